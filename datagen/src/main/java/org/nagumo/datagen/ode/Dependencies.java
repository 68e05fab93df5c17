package org.nagumo.datagen.ode;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nagumo.core.equations.Definition;
import org.nagumo.core.equations.Expression;

/** Which names expressions depend on, by themselves or through temporaries. */
final class Dependencies {

    private Dependencies() {
    }

    /** The names in some expressions and in the temporaries that they use. */
    static Set<String> of(Collection<Expression> roots, List<Definition> temporaries) {
        Map<String, Expression> formulas = new HashMap<>();
        temporaries.forEach(each -> formulas.put(each.name(), each.expression()));
        Set<String> read = new HashSet<>();
        ArrayDeque<Expression> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            for (String name : open.poll().names()) {
                if (read.add(name) && formulas.containsKey(name)) {
                    open.add(formulas.get(name));
                }
            }
        }
        return read;
    }
}

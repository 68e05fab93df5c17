package org.nagumo.datagen.ode;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nagumo.core.equations.Definition;
import org.nagumo.core.equations.EquationSystem;
import org.nagumo.core.equations.Expression;
import org.nagumo.core.equations.State;

/** Which names the derivatives of a system depend on, by themselves or through temporaries. */
final class Dependencies {

    private Dependencies() {
    }

    static Set<String> of(EquationSystem system) {
        return of(system.states().stream().map(State::derivative).toList(), system.temporaries());
    }

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

package org.nagumo.core.equations;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Collects the names of an expression; shared parts are visited once. */
final class Names {

    private final Set<String> names = new LinkedHashSet<>();
    private final Map<Expression, Boolean> seen = new IdentityHashMap<>();

    private Names() {
    }

    static Set<String> of(Expression expression) {
        Names names = new Names();
        names.visit(expression);
        return Collections.unmodifiableSet(names.names);
    }

    private void visit(Expression expression) {
        if (seen.put(expression, true) != null) {
            return;
        }
        if (expression instanceof Variable v) {
            names.add(v.name());
        }
        expression.operands().forEach(this::visit);
    }
}

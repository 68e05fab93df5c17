package org.nagumo.core.equations;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Replaces names by expressions; shared parts stay shared. */
final class Substitution {

    private final Map<String, Expression> replacements;
    private final Map<Expression, Expression> done = new IdentityHashMap<>();

    private Substitution(Map<String, Expression> replacements) {
        this.replacements = replacements;
    }

    static Expression apply(Expression expression, Map<String, Expression> replacements) {
        return new Substitution(replacements).visit(expression);
    }

    private Expression visit(Expression expression) {
        Expression known = done.get(expression);
        if (known == null) {
            known = replace(expression);
            done.put(expression, known);
        }
        return known;
    }

    private Expression replace(Expression expression) {
        if (expression instanceof Variable v) {
            return replacements.getOrDefault(v.name(), v);
        }
        List<Expression> before = expression.operands();
        List<Expression> after = before.stream().map(this::visit).toList();
        boolean same = true;
        for (int i = 0; i < before.size(); i++) {
            same &= before.get(i) == after.get(i);
        }
        if (same) {
            return expression;
        }
        if (expression instanceof Negation) {
            return new Negation(after.get(0));
        }
        if (expression instanceof Binary b) {
            return new Binary(b.operator(), after.get(0), after.get(1));
        }
        if (expression instanceof Call c) {
            return new Call(c.function(), after);
        }
        return new Conditional(after.get(0), after.get(1), after.get(2));
    }
}

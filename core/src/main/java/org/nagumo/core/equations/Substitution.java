package org.nagumo.core.equations;

import java.util.List;
import java.util.Map;

/** Replaces names by expressions; shared parts stay shared. */
final class Substitution extends TreeFold<Expression> {

    private final Map<String, Expression> replacements;

    Substitution(Map<String, Expression> replacements) {
        this.replacements = replacements;
    }

    @Override
    Expression combine(Expression expression, List<Expression> operands) {
        if (expression instanceof Variable v) {
            return replacements.getOrDefault(v.name(), v);
        }
        List<Expression> before = expression.operands();
        boolean same = true;
        for (int i = 0; i < before.size(); i++) {
            same &= before.get(i) == operands.get(i);
        }
        if (same) {
            return expression;
        }
        if (expression instanceof Negation) {
            return new Negation(operands.get(0));
        }
        if (expression instanceof Binary b) {
            return new Binary(b.operator(), operands.get(0), operands.get(1));
        }
        if (expression instanceof Call c) {
            return new Call(c.function(), operands);
        }
        return new Conditional(operands.get(0), operands.get(1), operands.get(2));
    }
}

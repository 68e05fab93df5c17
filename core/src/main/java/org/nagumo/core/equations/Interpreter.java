package org.nagumo.core.equations;

import java.util.List;
import java.util.Map;

/** Evaluates a tree as it is written, without rewriting it. */
final class Interpreter {

    private Interpreter() {
    }

    static double value(Expression expression, Map<String, Double> values) {
        if (expression instanceof Constant c) {
            return c.value();
        }
        if (expression instanceof Variable v) {
            Double value = values.get(v.name());
            if (value == null) {
                throw new IllegalArgumentException("'" + v.name() + "' has no value; allowed: a value for each of "
                        + "the names in the expression");
            }
            return value;
        }
        if (expression instanceof Conditional c) {
            return value(value(c.condition(), values) != 0 ? c.yes() : c.no(), values);
        }
        List<Expression> operands = expression.operands();
        double x = value(operands.get(0), values);
        double y = operands.size() > 1 ? value(operands.get(1), values) : 0;
        if (expression instanceof Binary b) {
            return RealMath.apply(b.operator(), x, y);
        }
        return expression instanceof Call c ? RealMath.apply(c.function(), x, y) : -x;
    }
}

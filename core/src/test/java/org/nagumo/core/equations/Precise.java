package org.nagumo.core.equations;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hipparchus.dfp.Dfp;
import org.hipparchus.dfp.DfpField;
import org.hipparchus.dfp.DfpMath;

/** Evaluates trees in 60 digits, and their derivatives by central differences: independent of the code under test. */
final class Precise {

    private static final DfpField FIELD = new DfpField(60);
    private static final Dfp STEP = FIELD.newDfp("1e-18");

    private Precise() {
    }

    static double value(Expression expression, Map<String, Double> values) {
        return dfp(expression, of(values)).toDouble();
    }

    /** The difference quotient, off by about 1e-36 of the third derivative. */
    static double derivative(Expression expression, Map<String, Double> values, String name) {
        Map<String, Dfp> at = of(values);
        Dfp x = at.get(name);
        at.put(name, x.add(STEP));
        Dfp above = dfp(expression, at);
        at.put(name, x.subtract(STEP));
        return above.subtract(dfp(expression, at)).divide(STEP.multiply(2)).toDouble();
    }

    private static Map<String, Dfp> of(Map<String, Double> values) {
        Map<String, Dfp> result = new HashMap<>();
        values.forEach((name, value) -> result.put(name, FIELD.newDfp(value)));
        return result;
    }

    private static Dfp dfp(Expression expression, Map<String, Dfp> values) {
        if (expression instanceof Constant c) {
            return FIELD.newDfp(c.value());
        }
        if (expression instanceof Variable v) {
            return values.get(v.name());
        }
        List<Expression> operands = expression.operands();
        Dfp x = dfp(operands.get(0), values);
        if (expression instanceof Conditional) {
            return dfp(operands.get(x.isZero() ? 2 : 1), values);
        }
        if (expression instanceof Negation) {
            return x.negate();
        }
        Dfp y = operands.size() > 1 ? dfp(operands.get(1), values) : null;
        return expression instanceof Binary b ? operator(b.operator(), x, y)
                : function(((Call) expression).function(), x, y);
    }

    private static Dfp truth(boolean condition) {
        return condition ? FIELD.getOne() : FIELD.getZero();
    }

    private static Dfp operator(Operator operator, Dfp x, Dfp y) {
        return switch (operator) {
            case ADD -> x.add(y);
            case SUBTRACT -> x.subtract(y);
            case MULTIPLY -> x.multiply(y);
            case DIVIDE -> x.divide(y);
            case POWER -> y.rint().equals(y) ? DfpMath.pow(x, y.intValue()) : DfpMath.exp(DfpMath.log(x).multiply(y));
            case LESS -> truth(x.lessThan(y));
            case GREATER -> truth(x.greaterThan(y));
            case LESS_OR_EQUAL -> truth(!x.greaterThan(y));
            case GREATER_OR_EQUAL -> truth(!x.lessThan(y));
            case EQUAL -> truth(x.equals(y));
            case NOT_EQUAL -> truth(!x.equals(y));
            case AND -> truth(!x.isZero() && !y.isZero());
            case OR -> truth(!x.isZero() || !y.isZero());
        };
    }

    private static Dfp function(Function function, Dfp x, Dfp y) {
        Dfp one = x.getOne();
        return switch (function) {
            case EXP -> DfpMath.exp(x);
            case LN -> DfpMath.log(x);
            case LOG10 -> DfpMath.log(x).divide(DfpMath.log(FIELD.newDfp(10)));
            case SQRT -> x.sqrt();
            case ABS -> x.abs();
            case SIGN -> x.isZero() ? x : x.greaterThan(FIELD.getZero()) ? one : one.negate();
            case HEAV -> truth(!x.lessThan(FIELD.getZero()));
            case FLOOR -> x.floor();
            case MIN -> x.lessThan(y) ? x : y;
            case MAX -> x.lessThan(y) ? y : x;
            case MOD -> x.subtract(y.multiply(x.divide(y).floor()));
            case SIN -> DfpMath.sin(x);
            case COS -> DfpMath.cos(x);
            case TAN -> DfpMath.tan(x);
            case ASIN -> DfpMath.asin(x);
            case ACOS -> DfpMath.acos(x);
            case ATAN -> DfpMath.atan(x);
            case ATAN2 -> angle(x, y);
            case SINH -> DfpMath.exp(x).subtract(DfpMath.exp(x.negate())).divide(2);
            case COSH -> DfpMath.exp(x).add(DfpMath.exp(x.negate())).divide(2);
            case TANH -> one.subtract(FIELD.newDfp(2).divide(DfpMath.exp(x.multiply(2)).add(1)));
            case NOT -> truth(x.isZero());
            case LINOID -> x.isZero() ? one : x.divide(one.subtract(DfpMath.exp(x.negate())));
            case LINOID_SLOPE -> slope(x);
            case LINOID_CURVATURE -> {
                Dfp q = DfpMath.exp(x.negate());
                Dfp d = one.subtract(q);
                yield q.multiply(x.multiply(q.add(1)).subtract(d.multiply(2))).divide(d.multiply(d).multiply(d));
            }
        };
    }

    private static Dfp slope(Dfp x) {
        Dfp q = DfpMath.exp(x.negate());
        Dfp d = x.getOne().subtract(q);
        return x.isZero() ? x.getOne().divide(2)
                : x.getOne().subtract(x.add(1).multiply(q)).divide(d.multiply(d));
    }

    private static Dfp angle(Dfp y, Dfp x) {
        Dfp half = DfpMath.atan(y.divide(x));
        if (x.greaterThan(FIELD.getZero())) {
            return half;
        }
        return y.lessThan(FIELD.getZero()) ? half.subtract(FIELD.getPi()) : half.add(FIELD.getPi());
    }
}

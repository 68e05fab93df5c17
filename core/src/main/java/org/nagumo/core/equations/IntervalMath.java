package org.nagumo.core.equations;

import org.nagumo.core.interval.Interval;

/** The operations of a {@link Graph} over intervals: all values that they take, rounded outwards. */
final class IntervalMath {

    static final Interval TRUTH = new Interval(0, 1);

    private static final Interval HALF = Interval.of(0.5);
    private static final Interval TWO = Interval.of(2);

    private IntervalMath() {
    }

    static Interval apply(Node node, Interval x, Interval y, Interval z) {
        if (node.op() instanceof Operator o) {
            return apply(o, x, y, node.a() == node.b());
        }
        if (node.op() instanceof Function f) {
            return apply(f, x, y);
        }
        return switch ((Node.Inner) node.op()) {
            case NEGATE -> x.negate();
            case SELECT -> !x.contains(0) ? y : isFalse(x) ? z : y.hull(z);
            case SIGMOID -> x.sigmoid();
            case SIGMOID_SLOPE -> x.sigmoidSlope();
        };
    }

    static boolean isFalse(Interval condition) {
        return condition.low() == 0 && condition.high() == 0;
    }

    private static Interval apply(Operator operator, Interval x, Interval y, boolean same) {
        return switch (operator) {
            case ADD -> x.plus(y);
            case SUBTRACT -> same ? x.width() < Double.POSITIVE_INFINITY ? Interval.ZERO : Interval.ALL : x.minus(y);
            case MULTIPLY -> same ? x.square() : x.times(y);
            case DIVIDE -> x.over(y);
            case POWER -> power(x, y);
            case LESS -> truth(x.high() < y.low(), x.low() >= y.high());
            case GREATER -> truth(x.low() > y.high(), x.high() <= y.low());
            case LESS_OR_EQUAL -> truth(x.high() <= y.low(), x.low() > y.high());
            case GREATER_OR_EQUAL -> truth(x.low() >= y.high(), x.high() < y.low());
            case EQUAL -> truth(x.width() == 0 && x.equals(y), !x.meets(y));
            case NOT_EQUAL -> truth(!x.meets(y), x.width() == 0 && x.equals(y));
            case AND -> truth(!x.contains(0) && !y.contains(0), isFalse(x) || isFalse(y));
            case OR -> truth(!x.contains(0) || !y.contains(0), isFalse(x) && isFalse(y));
        };
    }

    static Interval power(Interval x, Interval y) {
        return y.equals(HALF) ? x.sqrt() : y.equals(TWO) ? x.square() : x.power(y);
    }

    private static Interval truth(boolean always, boolean never) {
        return always ? Interval.ONE : never ? Interval.ZERO : TRUTH;
    }

    private static Interval apply(Function function, Interval x, Interval y) {
        return switch (function) {
            case EXP -> x.exp();
            case LN -> x.log();
            case LOG10 -> x.log10();
            case SQRT -> x.sqrt();
            case ABS -> x.abs();
            case SIGN -> x.sign();
            case HEAV -> truth(x.low() >= 0, x.high() < 0);
            case FLOOR -> x.floor();
            case MIN -> x.min(y);
            case MAX -> x.max(y);
            case MOD -> mod(x, y);
            case SIN -> x.sin();
            case COS -> x.cos();
            case TAN -> x.tan();
            case ASIN -> x.asin();
            case ACOS -> x.acos();
            case ATAN -> x.atan();
            case ATAN2 -> x.atan2(y);
            case SINH -> x.sinh();
            case COSH -> x.cosh();
            case TANH -> x.tanh();
            case NOT -> truth(isFalse(x), !x.contains(0));
            case LINOID -> x.linoid();
            case LINOID_SLOPE -> x.linoidSlope();
            case LINOID_CURVATURE -> x.linoidCurvature();
        };
    }

    /** The number of divisors that {@code mod(x, y)} subtracts, if it is one for all; else null. */
    static Interval wholes(Interval x, Interval y) {
        Interval wholes = y.contains(0) ? Interval.ALL : x.over(y).floor();
        return wholes.width() == 0 ? wholes : null;
    }

    private static Interval mod(Interval x, Interval y) {
        if (y.contains(0)) {
            return Interval.ALL;
        }
        Interval range = y.hull(Interval.ZERO);
        Interval wholes = wholes(x, y);
        Interval remainder = wholes == null ? range : x.minus(y.times(wholes));
        return remainder.meets(range) ? remainder.intersect(range) : range;
    }
}

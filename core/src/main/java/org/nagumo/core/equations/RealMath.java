package org.nagumo.core.equations;

/**
 * The operators and functions of expressions in double precision. Each gives the same bits on every machine: the
 * exponential function consists of additions and multiplications, the others are {@link StrictMath}'s.
 */
final class RealMath {

    /** The largest absolute value of an integer exponent that is computed by multiplications. */
    static final int MOST_MULTIPLIED = 64;

    static final double LOG2_E = 1.4426950408889634;
    static final double LN_10 = 2.302585092994046;
    static final double LN2_HIGH = 6.93147180369123816490e-01;
    static final double LN2_LOW = 1.90821492927058770002e-10;

    /** 1.5 * 2^52: adding and subtracting it rounds to the nearest integer. */
    static final double ROUND = 6755399441055744.0;

    /** The bits of 1. */
    private static final long ONE_BITS = 0x3ff0000000000000L;

    /** Below this |x| the functions of the linoid family are summed as series. */
    private static final double SERIES = 0.5;

    /**
     * Coefficients of x^2, x^4, ... in L(x) = 1 + x/2 + sum B_2k x^2k / (2k)! with Bernoulli's numbers B_2k (Abramowitz
     * and Stegun 1964, 23.1.1 and table 23.2).
     */
    private static final double[] BERNOULLI = {1.0 / 12, -1.0 / 720, 1.0 / 30240, -1.0 / 1209600, 1.0 / 47900160,
        -691.0 / 1307674368000.0, 1.0 / 74724249600.0, -3617.0 / 10670622842880000.0};

    private RealMath() {
    }

    /**
     * e^x = 2^k e^r with |r| at most ln(2) / 2 and the Taylor polynomial of order 13, whose parts do not wait for each
     * other (Estrin's scheme). The relative error is below 1e-15.
     *
     * @param x any number
     * @return e^x
     */
    static double exp(double x) {
        if (!(x > -700 && x < 700)) {
            return StrictMath.exp(x);
        }
        double k = x * LOG2_E + ROUND - ROUND;
        double r = x - k * LN2_HIGH - k * LN2_LOW;
        double s = r * r;
        double q = s * s;
        double high = (1.0 / 40320.0 + r * (1.0 / 362880.0) + s * (1.0 / 3628800.0 + r * (1.0 / 39916800.0)))
                + q * (1.0 / 479001600.0 + r * (1.0 / 6227020800.0));
        double middle = 1.0 / 24.0 + r * (1.0 / 120.0) + s * (1.0 / 720.0 + r * (1.0 / 5040.0));
        double p = 1.0 + (r + (s * (0.5 + r * (1.0 / 6.0)) + q * (middle + q * high)));
        return p * Double.longBitsToDouble((long) (k + 1023) << 52);
    }

    /**
     * The last step of e^y in loops, p 2^k for k from -1022 to 1023.
     *
     * @param p       e^(y - k ln 2)
     * @param rounded k + {@link #ROUND}, whose lowest bits are those of k
     */
    static double scaled(double p, double rounded) {
        return p * Double.longBitsToDouble((Double.doubleToRawLongBits(rounded) << 52) + ONE_BITS);
    }

    /**
     * A power. An integer exponent of at most 64 in absolute value is computed by repeated multiplication, the exponent
     * 1/2 by the square root, others by {@link StrictMath#pow}.
     *
     * @param base     the base
     * @param exponent the exponent
     * @return base ^ exponent
     */
    static double power(double base, double exponent) {
        if (isMultiplied(exponent)) {
            double power = integerPower(base, (int) Math.abs(exponent));
            return exponent < 0 ? 1 / power : power;
        }
        return exponent == 0.5 ? Math.sqrt(base) : StrictMath.pow(base, exponent);
    }

    static boolean isMultiplied(double exponent) {
        return exponent == Math.rint(exponent) && Math.abs(exponent) <= MOST_MULTIPLIED;
    }

    /** The order of the products is part of the definition: the bits depend on it. */
    private static double integerPower(double base, int exponent) {
        if (exponent == 0) {
            return 1;
        }
        if (exponent == 1) {
            return base;
        }
        double half = integerPower(base, exponent / 2);
        return exponent % 2 == 0 ? half * half : half * half * base;
    }

    /**
     * The sign.
     *
     * @param x a number
     * @return -1, 0 or 1; NaN for NaN
     */
    static double sign(double x) {
        return x > 0 ? 1 : x < 0 ? -1 : x == 0 ? 0 : x;
    }

    /**
     * Heaviside's step.
     *
     * @param x a number
     * @return 0 for x below 0, else 1; NaN for NaN
     */
    static double heav(double x) {
        return x < 0 ? 0 : x >= 0 ? 1 : x;
    }

    /**
     * The remainder with the sign of the divisor.
     *
     * @param x a number
     * @param y the divisor
     * @return x - n y with an integer n, in [0, y) for positive y; NaN for y = 0
     */
    static double mod(double x, double y) {
        double remainder = x % y;
        return remainder != 0 && remainder < 0 != y < 0 ? remainder + y : remainder;
    }

    /** y if the condition is not 0, else z. */
    static double select(double condition, double y, double z) {
        return condition != 0 ? y : z;
    }

    static double less(double x, double y) {
        return x < y ? 1 : 0;
    }

    static double greater(double x, double y) {
        return x > y ? 1 : 0;
    }

    static double lessOrEqual(double x, double y) {
        return x <= y ? 1 : 0;
    }

    static double greaterOrEqual(double x, double y) {
        return x >= y ? 1 : 0;
    }

    static double equal(double x, double y) {
        return x == y ? 1 : 0;
    }

    static double notEqual(double x, double y) {
        return x != y ? 1 : 0;
    }

    static double and(double x, double y) {
        return x != 0 && y != 0 ? 1 : 0;
    }

    static double or(double x, double y) {
        return x != 0 || y != 0 ? 1 : 0;
    }

    static double not(double x) {
        return x == 0 ? 1 : 0;
    }

    /**
     * L(x) = x / (1 - e^-x), L(0) = 1: 1 + x/2 plus Bernoulli's series for |x| below 1/2, else the quotient. The
     * relative error is below 1e-15.
     *
     * @param x a number
     * @return L(x)
     */
    static double linoid(double x) {
        if (Math.abs(x) < SERIES) {
            double s = x * x;
            double sum = 0;
            for (int k = BERNOULLI.length - 1; k >= 0; k--) {
                sum = (sum + BERNOULLI[k]) * s;
            }
            return 1 + (x / 2 + sum);
        }
        return x == Double.NEGATIVE_INFINITY ? 0 : x / (1 - exp(-x));
    }

    /**
     * L'(x) = (1 - (1 + x) e^-x) / (1 - e^-x)^2, L'(0) = 1/2, the derivative of {@link #linoid}. The relative error is
     * below 1e-14.
     *
     * @param x a number
     * @return L'(x), between 0 and 1
     */
    static double linoidSlope(double x) {
        if (Math.abs(x) < SERIES) {
            double s = x * x;
            double sum = 0;
            for (int k = BERNOULLI.length - 1; k >= 0; k--) {
                sum = sum * s + (2 * k + 2) * BERNOULLI[k];
            }
            return 0.5 + sum * x;
        }
        // Where e^x is the small one, L'(x) = 1 - L'(-x) would cancel: (e^x (e^x - 1 - x)) / (e^x - 1)^2.
        double e = exp(-Math.abs(x));
        double d = 1 - e;
        return x > 0 ? x == Double.POSITIVE_INFINITY ? 1 : (1 - (1 + x) * e) / (d * d)
                : x == Double.NEGATIVE_INFINITY ? 0 : e * (e - 1 - x) / (d * d);
    }

    /**
     * L''(x), the second derivative of {@link #linoid}: an even function, L''(0) = 1/6. With q = e^-|x| and d = 1 - q
     * it is q (|x| (1 + q) - 2 d) / d^3. The relative error is below 1e-13.
     *
     * @param x a number
     * @return L''(x), between 0 and 1/6
     */
    static double linoidCurvature(double x) {
        double a = Math.abs(x);
        if (a < SERIES) {
            double s = x * x;
            double sum = 0;
            for (int k = BERNOULLI.length - 1; k >= 0; k--) {
                sum = sum * s + (2 * k + 2) * (2 * k + 1) * BERNOULLI[k];
            }
            return sum;
        }
        double q = exp(-a);
        double d = 1 - q;
        return q == 0 ? 0 : q * (a * (1 + q) - 2 * d) / (d * d * d);
    }

    /** 1 / (1 + e^-x). */
    static double sigmoid(double x) {
        return 1 / (1 + exp(-x));
    }

    /** e^-|x| / (1 + e^-|x|)^2, the derivative of {@link #sigmoid}. */
    static double sigmoidSlope(double x) {
        double e = exp(-Math.abs(x));
        return e / ((1 + e) * (1 + e));
    }

    static double apply(Function function, double x, double y) {
        return switch (function) {
            case EXP -> exp(x);
            case LN -> StrictMath.log(x);
            case LOG10 -> StrictMath.log10(x);
            case SQRT -> Math.sqrt(x);
            case ABS -> Math.abs(x);
            case SIGN -> sign(x);
            case HEAV -> heav(x);
            case FLOOR -> Math.floor(x);
            case MIN -> Math.min(x, y);
            case MAX -> Math.max(x, y);
            case MOD -> mod(x, y);
            case SIN -> StrictMath.sin(x);
            case COS -> StrictMath.cos(x);
            case TAN -> StrictMath.tan(x);
            case ASIN -> StrictMath.asin(x);
            case ACOS -> StrictMath.acos(x);
            case ATAN -> StrictMath.atan(x);
            case ATAN2 -> StrictMath.atan2(x, y);
            case SINH -> StrictMath.sinh(x);
            case COSH -> StrictMath.cosh(x);
            case TANH -> StrictMath.tanh(x);
            case NOT -> not(x);
            case LINOID -> linoid(x);
            case LINOID_SLOPE -> linoidSlope(x);
            case LINOID_CURVATURE -> linoidCurvature(x);
        };
    }

    static double apply(Operator operator, double x, double y) {
        return switch (operator) {
            case ADD -> x + y;
            case SUBTRACT -> x - y;
            case MULTIPLY -> x * y;
            case DIVIDE -> x / y;
            case POWER -> power(x, y);
            case LESS -> less(x, y);
            case GREATER -> greater(x, y);
            case LESS_OR_EQUAL -> lessOrEqual(x, y);
            case GREATER_OR_EQUAL -> greaterOrEqual(x, y);
            case EQUAL -> equal(x, y);
            case NOT_EQUAL -> notEqual(x, y);
            case AND -> and(x, y);
            case OR -> or(x, y);
        };
    }
}

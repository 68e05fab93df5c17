package org.nagumo.core.equations;

/**
 * The functions that an expression may call. Arguments and values are real; angles are in radians. A function whose
 * argument lies outside its domain gives NaN, as in {@link StrictMath}.
 */
public enum Function {

    /** e^x. */
    EXP("exp", 1),
    /** Natural logarithm. */
    LN("ln", 1),
    /** Logarithm to base 10. */
    LOG10("log10", 1),
    /** Square root. */
    SQRT("sqrt", 1),
    /** Absolute value. */
    ABS("abs", 1),
    /** -1, 0 or 1: the sign of x. */
    SIGN("sign", 1),
    /** Heaviside's step: 0 for x &lt; 0, else 1. */
    HEAV("heav", 1),
    /** The largest integer that is not above x. */
    FLOOR("flr", 1),
    /** The smaller of two numbers. */
    MIN("min", 2),
    /** The larger of two numbers. */
    MAX("max", 2),
    /** {@code mod(x, y)}: x - n y with the integer n that makes the result lie in [0, y) for y &gt; 0. */
    MOD("mod", 2),
    /** Sine. */
    SIN("sin", 1),
    /** Cosine. */
    COS("cos", 1),
    /** Tangent. */
    TAN("tan", 1),
    /** Inverse sine. */
    ASIN("asin", 1),
    /** Inverse cosine. */
    ACOS("acos", 1),
    /** Inverse tangent. */
    ATAN("atan", 1),
    /** {@code atan2(y, x)}: the angle of the point (x, y), from -pi to pi. */
    ATAN2("atan2", 2),
    /** Hyperbolic sine. */
    SINH("sinh", 1),
    /** Hyperbolic cosine. */
    COSH("cosh", 1),
    /** Hyperbolic tangent. */
    TANH("tanh", 1),
    /** Logical negation: 1 if x is 0, else 0. */
    NOT("not", 1),
    /** L(x) = x / (1 - e^-x) with L(0) = 1: the removable singularity of voltage-dependent rates. */
    LINOID("linoid", 1),
    /** The first derivative of {@link #LINOID}. */
    LINOID_SLOPE("linoid1", 1),
    /** The second derivative of {@link #LINOID}. */
    LINOID_CURVATURE("linoid2", 1);

    private final String symbol;
    private final int arity;

    Function(String symbol, int arity) {
        this.symbol = symbol;
        this.arity = arity;
    }

    /**
     * The name in an expression's text.
     *
     * @return the name, lower case
     */
    public String symbol() {
        return symbol;
    }

    /**
     * The number of arguments.
     *
     * @return 1 or 2
     */
    public int arity() {
        return arity;
    }
}

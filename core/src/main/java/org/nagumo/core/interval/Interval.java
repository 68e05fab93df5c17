package org.nagumo.core.interval;

/**
 * All real numbers from {@code low} to {@code high}. Every operation rounds outwards, so that its result contains the
 * results of all numbers in its operands (Moore, Kearfott and Cloud 2009, Introduction to Interval Analysis, SIAM,
 * chapters 2, 3 and 5).
 *
 * @param low  lower end, may be negative infinity
 * @param high upper end, may be infinity
 */
public record Interval(double low, double high) {

    public static final Interval ZERO = of(0);
    public static final Interval ONE = of(1);

    /** Everything: what is known of a result that is not known. */
    public static final Interval ALL = new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** {@code StrictMath}'s exp, expm1 and tanh are within one unit in the last place; we allow for four. */
    private static final double LIBRARY = 4 * 0x1p-52;

    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("interval is [" + low + ", " + high + "]; allowed: low <= high");
        }
    }

    /** One number. */
    public static Interval of(double value) {
        return new Interval(value, value);
    }

    private static Interval outward(double low, double high) {
        return Double.isNaN(low) || Double.isNaN(high) ? ALL : new Interval(Math.nextDown(low), Math.nextUp(high));
    }

    public Interval plus(Interval o) {
        return outward(low + o.low, high + o.high);
    }

    public Interval minus(Interval o) {
        return outward(low - o.high, high - o.low);
    }

    public Interval negate() {
        return new Interval(-high, -low);
    }

    public Interval times(Interval o) {
        double a = product(low, o.low);
        double b = product(low, o.high);
        double c = product(high, o.low);
        double d = product(high, o.high);
        return outward(Math.min(Math.min(a, b), Math.min(c, d)), Math.max(Math.max(a, b), Math.max(c, d)));
    }

    /** Zero times anything is zero, also at an infinite end, which stands for arbitrarily large numbers. */
    private static double product(double a, double b) {
        return a == 0 || b == 0 ? 0 : a * b;
    }

    public Interval times(double factor) {
        return times(of(factor));
    }

    /** The quotient; {@link #ALL} when the divisor contains zero. */
    public Interval over(Interval o) {
        return o.contains(0) ? ALL : times(outward(1 / o.high, 1 / o.low));
    }

    /** The square, which is nowhere negative. */
    public Interval square() {
        double a = low * low;
        double b = high * high;
        Interval result = outward(contains(0) ? 0 : Math.min(a, b), Math.max(a, b));
        return new Interval(Math.max(0, result.low), result.high);
    }

    public Interval exp() {
        return new Interval(Math.max(0, down(StrictMath.exp(low))), up(StrictMath.exp(high)));
    }

    public Interval tanh() {
        return new Interval(Math.max(-1, down(StrictMath.tanh(low))), Math.min(1, up(StrictMath.tanh(high))));
    }

    /** 1 / (1 + e^-x). */
    public Interval sigmoid() {
        return new Interval(Math.max(0, of(low).sigmoidOfNumber().low), Math.min(1, of(high).sigmoidOfNumber().high));
    }

    private Interval sigmoidOfNumber() {
        return ONE.over(ONE.plus(negate().exp()));
    }

    /** x / (1 - e^-x), 1 at zero: the voltage dependence of Hodgkin and Huxley's rates. It rises everywhere. */
    public Interval linoid() {
        return new Interval(Math.max(0, linoid(low).low), linoid(high).high);
    }

    private static Interval linoid(double x) {
        if (x == 0) {
            return ONE;
        }
        double value = x == Double.NEGATIVE_INFINITY ? 0 : x == Double.POSITIVE_INFINITY ? x
                : x / -StrictMath.expm1(-x);
        return new Interval(down(value), up(value));
    }

    /** The derivative of {@link #linoid()}, which rises from 0 to 1. */
    public Interval linoidSlope() {
        return new Interval(Math.max(0, linoidSlope(low).low), Math.min(1, linoidSlope(high).high));
    }

    private static Interval linoidSlope(double x) {
        if (Math.abs(x) < 0.1) {
            // 1/2 + x/6 - x^3/180 + x^5/5040 - x^7/151200; the next term is below 1e-14 here.
            double s = x * x;
            double value = 0.5 + x * (1.0 / 6 - s * (1.0 / 180 - s * (1.0 / 5040 - s / 151200)));
            return new Interval(value - 1e-13, value + 1e-13);
        }
        if (Math.abs(x) > 700) {
            return x < 0 ? new Interval(0, 1e-100) : new Interval(1 - 1e-15, 1);
        }
        // (q - x e) / q^2 with e = e^-x, q = 1 - e.
        Interval q = new Interval(down(-StrictMath.expm1(-x)), up(-StrictMath.expm1(-x)));
        Interval e = of(-x).exp();
        return q.minus(of(x).times(e)).over(q.square());
    }

    private static double down(double value) {
        return Double.isInfinite(value) ? Math.nextDown(value) : Math.nextDown(value - Math.abs(value) * LIBRARY);
    }

    private static double up(double value) {
        return Double.isInfinite(value) ? Math.nextUp(value) : Math.nextUp(value + Math.abs(value) * LIBRARY);
    }

    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    /** Whether all of another interval lies in this one. */
    public boolean contains(Interval o) {
        return low <= o.low && o.high <= high;
    }

    /** Whether all of this interval, with its ends, lies between the ends of another. */
    public boolean isInside(Interval o) {
        return o.low < low && high < o.high;
    }

    public boolean meets(Interval o) {
        return low <= o.high && o.low <= high;
    }

    /** What both have in common; they must {@link #meets meet}. */
    public Interval intersect(Interval o) {
        return new Interval(Math.max(low, o.low), Math.min(high, o.high));
    }

    public double width() {
        return high - low;
    }

    /** A number near the middle. */
    public double middle() {
        return low / 2 + high / 2;
    }

    /** The largest absolute value. */
    public double magnitude() {
        return Math.max(Math.abs(low), Math.abs(high));
    }
}

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

    private boolean isZero() {
        return low == 0 && high == 0;
    }

    public Interval plus(Interval o) {
        if (isZero() || o.isZero()) {
            return isZero() ? o : this;
        }
        return outward(low + o.low, high + o.high);
    }

    public Interval minus(Interval o) {
        return outward(low - o.high, high - o.low);
    }

    public Interval negate() {
        return new Interval(-high, -low);
    }

    public Interval times(Interval o) {
        if (isZero() || o.isZero()) {
            return ZERO;
        }
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

    /** The second derivative of {@link #linoid()}: even, falling from 1/6 at 0 to 0. */
    public Interval linoidCurvature() {
        Interval a = abs();
        return new Interval(Math.max(0, linoidCurvature(a.high).low), linoidCurvature(a.low).high);
    }

    /** At a number that is not negative. */
    private static Interval linoidCurvature(double x) {
        if (x < 0.3) {
            // 1/6 - x^2/60 + x^4/1008 - x^6/21600 + x^8/532224; the next term is below 1e-11 here.
            double s = x * x;
            double value = 1.0 / 6 - s * (1.0 / 60 - s * (1.0 / 1008 - s * (1.0 / 21600 - s / 532224)));
            return new Interval(value - 1e-11, value + 1e-11);
        }
        if (x > 700) {
            return new Interval(0, 1e-100);
        }
        // q (x (1 + q) - 2 d) / d^3 with q = e^-x, d = 1 - q.
        Interval q = of(-x).exp();
        Interval d = new Interval(down(-StrictMath.expm1(-x)), up(-StrictMath.expm1(-x)));
        return q.times(of(x).times(ONE.plus(q)).minus(d.times(2))).over(d.times(d.square()));
    }

    /** e^x / (1 + e^x)^2, the derivative of {@link #sigmoid()}: even, falling from 1/4 at 0 to 0. */
    public Interval sigmoidSlope() {
        Interval a = abs();
        return new Interval(Math.max(0, of(a.high).sigmoidSlopeOfNumber().low),
                Math.min(0.25, of(a.low).sigmoidSlopeOfNumber().high));
    }

    /** sigma(x) sigma(-x), which keeps its digits in saturation. */
    private Interval sigmoidSlopeOfNumber() {
        return sigmoidOfNumber().times(negate().sigmoidOfNumber());
    }

    /** The absolute value. */
    public Interval abs() {
        return new Interval(contains(0) ? 0 : Math.min(Math.abs(low), Math.abs(high)), magnitude());
    }

    /** The square root of the part that is not negative; {@link #ALL} if there is none. */
    public Interval sqrt() {
        return high < 0 ? ALL : new Interval(low <= 0 ? 0 : Math.max(0, Math.nextDown(Math.sqrt(low))),
                Math.nextUp(Math.sqrt(high)));
    }

    /** The natural logarithm of the part above 0; {@link #ALL} if there is none. */
    public Interval log() {
        return high <= 0 ? ALL : new Interval(low <= 0 ? Double.NEGATIVE_INFINITY : down(StrictMath.log(low)),
                up(StrictMath.log(high)));
    }

    /** The logarithm to base 10 of the part above 0; {@link #ALL} if there is none. */
    public Interval log10() {
        return high <= 0 ? ALL : new Interval(low <= 0 ? Double.NEGATIVE_INFINITY : down(StrictMath.log10(low)),
                up(StrictMath.log10(high)));
    }

    /** A power with an integer exponent; {@link #ALL} for a negative one if the base contains 0. */
    public Interval power(int exponent) {
        if (exponent == 0) {
            return ONE;
        }
        if (exponent < 0) {
            return ONE.over(power(-exponent));
        }
        if (exponent % 2 == 0) {
            Interval a = abs();
            return new Interval(Math.max(0, down(StrictMath.pow(a.low, exponent))),
                    up(StrictMath.pow(a.high, exponent)));
        }
        return new Interval(down(StrictMath.pow(low, exponent)), up(StrictMath.pow(high, exponent)));
    }

    /**
     * A power with real exponents, over the part of the base that is not negative; {@link #ALL} if there is none, or if
     * the base contains 0 and an exponent is not positive. One exponent that is an integer allows for every base.
     */
    public Interval power(Interval exponent) {
        double n = exponent.low;
        if (exponent.width() == 0 && n == Math.rint(n) && Math.abs(n) < 1 << 20) {
            return power((int) n);
        }
        if (high < 0 || low <= 0 && exponent.low <= 0) {
            return ALL;
        }
        double from = Math.max(0, low);
        double a = StrictMath.pow(from, exponent.low);
        double b = StrictMath.pow(from, exponent.high);
        double c = StrictMath.pow(high, exponent.low);
        double d = StrictMath.pow(high, exponent.high);
        double least = Math.min(Math.min(a, b), Math.min(c, d));
        double most = Math.max(Math.max(a, b), Math.max(c, d));
        return Double.isNaN(least + most) ? ALL : new Interval(Math.max(0, down(least)), up(most));
    }

    /** Whether some number of the form {@code offset + k period} with an integer k may lie in the interval. */
    private boolean mayHold(double offset, double period) {
        double k = Math.floor((high - offset) / period + 1e-9);
        return offset + k * period >= low - 1e-9 * period;
    }

    /** The sine; [-1, 1] beyond 1e6, where its period counts in many digits. */
    public Interval sin() {
        return wave(StrictMath.sin(low), StrictMath.sin(high), Math.PI / 2);
    }

    /** The cosine; [-1, 1] beyond 1e6. */
    public Interval cos() {
        return wave(StrictMath.cos(low), StrictMath.cos(high), 0);
    }

    /**
     * @param maximum a place of a maximum
     */
    private Interval wave(double atLow, double atHigh, double maximum) {
        if (!(magnitude() < 1e6) || width() >= 2 * Math.PI) {
            return new Interval(-1, 1);
        }
        double least = mayHold(maximum - Math.PI, 2 * Math.PI) ? -1 : down(Math.min(atLow, atHigh));
        double most = mayHold(maximum, 2 * Math.PI) ? 1 : up(Math.max(atLow, atHigh));
        return new Interval(Math.max(-1, least), Math.min(1, most));
    }

    /** The tangent; {@link #ALL} if there may be a pole. */
    public Interval tan() {
        if (!(magnitude() < 1e6) || width() >= Math.PI || mayHold(Math.PI / 2, Math.PI)) {
            return ALL;
        }
        return new Interval(down(StrictMath.tan(low)), up(StrictMath.tan(high)));
    }

    /** The inverse sine of the part in [-1, 1]; {@link #ALL} if there is none. */
    public Interval asin() {
        return high < -1 || low > 1 ? ALL : new Interval(down(StrictMath.asin(Math.max(-1, low))),
                up(StrictMath.asin(Math.min(1, high))));
    }

    /** The inverse cosine of the part in [-1, 1]; {@link #ALL} if there is none. */
    public Interval acos() {
        return high < -1 || low > 1 ? ALL : new Interval(Math.max(0, down(StrictMath.acos(Math.min(1, high)))),
                up(StrictMath.acos(Math.max(-1, low))));
    }

    /** The inverse tangent. */
    public Interval atan() {
        return new Interval(down(StrictMath.atan(low)), up(StrictMath.atan(high)));
    }

    /**
     * The angle of the points (x, y) with this interval as y.
     *
     * @param x the abscissas
     * @return within [-pi, pi], which it is if the points may lie on both sides of the negative x axis
     */
    public Interval atan2(Interval x) {
        if (x.low > 0) {
            return over(x).atan();
        }
        Interval quarter = new Interval(Math.nextDown(Math.PI / 2), Math.nextUp(Math.PI / 2));
        if (low > 0) {
            return quarter.minus(x.over(this).atan());
        }
        if (high < 0) {
            return quarter.negate().minus(x.over(this).atan());
        }
        return new Interval(-Math.nextUp(Math.PI), Math.nextUp(Math.PI));
    }

    /** The hyperbolic sine. */
    public Interval sinh() {
        return new Interval(down(StrictMath.sinh(low)), up(StrictMath.sinh(high)));
    }

    /** The hyperbolic cosine. */
    public Interval cosh() {
        Interval a = abs();
        return new Interval(Math.max(1, down(StrictMath.cosh(a.low))), up(StrictMath.cosh(a.high)));
    }

    /** The smaller one of two numbers. */
    public Interval min(Interval o) {
        return new Interval(Math.min(low, o.low), Math.min(high, o.high));
    }

    /** The larger one of two numbers. */
    public Interval max(Interval o) {
        return new Interval(Math.max(low, o.low), Math.max(high, o.high));
    }

    /** The largest integers that are not above. */
    public Interval floor() {
        return new Interval(Math.floor(low), Math.floor(high));
    }

    /** The signs, -1, 0 or 1. */
    public Interval sign() {
        return new Interval(Math.signum(low), Math.signum(high));
    }

    /** All of both and what lies between. */
    public Interval hull(Interval o) {
        return new Interval(Math.min(low, o.low), Math.max(high, o.high));
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

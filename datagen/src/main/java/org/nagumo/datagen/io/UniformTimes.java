package org.nagumo.datagen.io;

/**
 * Finds the step of a column of times that are uniform within their printed precision: every time has to lie within
 * half a unit of its last printed digit of {@code t0 + i * step}, at most an eighth of the step. Times are added one by
 * one, in ms. A difference of a thousandth of the step is never a fault, so that accumulated times pass.
 *
 * <p>The step is a short decimal number or the simplest fraction. It agrees with all times exactly, else within their
 * printed precision, else within the thousandth. So 30 kHz printed with three decimals gives exactly 1/30 ms, the same
 * as printed with ten digits in seconds.
 */
public final class UniformTimes {

    private static final double LARGEST_PART = 0.125;
    private static final double NO_FAULT_PART = 1e-3;
    private static final double ROUNDING = 0x1p-51;
    private static final int SHORT_DIGITS = 3;

    private final double unitMs;
    private double first;
    private double firstTolerance;
    private double last;
    private int count;
    private int decimals;
    private int digits;
    /** The unit of the last digit, and for which values it holds. */
    private double unit;
    private int unitDecimals;
    private int unitDigits = -1;
    private double decadeStart;
    private double decadeEnd;
    /** Steps that agree with the times exactly, within half a unit of their last digits, and within what is allowed. */
    private final Steps exact = new Steps();
    private final Steps printed = new Steps();
    private final Steps allowed = new Steps();

    /**
     * No times yet.
     *
     * @param unitMs size in ms of the unit in which the times are written
     */
    public UniformTimes(double unitMs) {
        this.unitMs = unitMs;
    }

    /**
     * Adds the next time.
     *
     * @param time        the time in the unit of the column
     * @param decimalsNow decimals with which it is written; negative for an exponent that exceeds them
     * @param digitsNow   significant digits with which it is written
     * @return whether all times so far are uniform and increase
     */
    public boolean add(double time, int decimalsNow, int digitsNow) {
        decimals = count == 0 ? decimalsNow : Math.max(decimals, decimalsNow);
        digits = Math.max(digits, digitsNow);
        int i = count++;
        if (i == 0) {
            first = time;
            last = time;
            firstTolerance = halfUnit(time);
            return true;
        }
        if (decimals != unitDecimals || digits != unitDigits) {
            // The first value alone may show fewer digits than the column has.
            firstTolerance = Math.min(firstTolerance, halfUnit(first));
        }
        boolean rises = time > last;
        last = time;
        double distance = time - first;
        double most = 2 * LARGEST_PART / i * distance;
        double half = Math.min(firstTolerance + halfUnit(time), most);
        exact.narrow(i, distance, ROUNDING * (Math.abs(first) + Math.abs(time)));
        printed.narrow(i, distance, half);
        allowed.narrow(i, distance, Math.max(half, NO_FAULT_PART / i * distance));
        return rises && !allowed.none();
    }

    /** Half a unit of the last digit that a value of this size shows, in a column like this. */
    private double halfUnit(double time) {
        double size = Math.abs(time);
        if (decimals != unitDecimals || digits != unitDigits || size >= decadeEnd || size < decadeStart) {
            prepareUnits(size);
        }
        return Math.max(unit, ROUNDING * size);
    }

    /** Finds the unit of the last digit for values in the decade of this one. */
    private void prepareUnits(double size) {
        unitDecimals = decimals;
        unitDigits = digits;
        double byDecimals = 0.5 * Math.pow(10, -decimals);
        double exponent = size == 0 ? Double.NEGATIVE_INFINITY : Math.floor(Math.log10(size));
        decadeStart = size == 0 ? 0 : Math.pow(10, exponent);
        decadeEnd = size == 0 ? Double.MIN_VALUE : Math.pow(10, exponent + 1);
        double byDigits = size == 0 ? 0 : 0.5 * Math.pow(10, exponent + 1 - digits);
        unit = Math.max(byDecimals, byDigits) * (1 + 1e-9);
    }

    /**
     * Number of times.
     *
     * @return how many were added
     */
    public int count() {
        return count;
    }

    /**
     * The first time.
     *
     * @return its value in ms
     */
    public double startMs() {
        return first * unitMs;
    }

    /**
     * The step of the times, of which there have to be two at least.
     *
     * @return the step in ms
     */
    public double stepMs() {
        Steps steps = !exact.none() ? exact : !printed.none() ? printed : allowed;
        double mean = (last - first) / (count - 1) * unitMs;
        double from = steps.low * unitMs;
        double to = steps.high * unitMs;
        double decimal = shortDecimal(mean);
        return decimal >= from && decimal <= to ? decimal : simplestFraction(from, to, mean);
    }

    /** The value rounded to few significant digits. */
    private static double shortDecimal(double value) {
        int exponent = (int) Math.floor(Math.log10(value)) + 1 - SHORT_DIGITS;
        double power = Math.pow(10, Math.abs(exponent));
        return exponent < 0 ? Math.rint(value * power) / power : Math.rint(value / power) * power;
    }

    /** The fraction with the smallest denominator within bounds, by continued fractions. */
    private static double simplestFraction(double from, double to, double otherwise) {
        double low = from;
        double high = to;
        // Convergents p/q of the terms found so far.
        double p = 1;
        double q = 0;
        double previousP = 0;
        double previousQ = 1;
        while (q < 1e9) {
            double whole = Math.floor(low);
            boolean done = whole == low || whole + 1 <= high;
            double term = done && whole != low ? whole + 1 : whole;
            double nextP = term * p + previousP;
            double nextQ = term * q + previousQ;
            previousP = p;
            previousQ = q;
            p = nextP;
            q = nextQ;
            if (done) {
                double fraction = p / q;
                return fraction >= from && fraction <= to ? fraction : otherwise;
            }
            double newLow = 1 / (high - whole);
            high = 1 / (low - whole);
            low = newLow;
        }
        return otherwise;
    }

    /** The interval of the steps that agree with all times so far. */
    private static final class Steps {

        private double low;
        private double high = Double.POSITIVE_INFINITY;

        /** Keeps the steps of which {@code i} make a distance within a tolerance. */
        void narrow(int i, double distance, double tolerance) {
            // Bounds move rarely: comparing by products spares most divisions.
            if (distance - tolerance > low * i) {
                low = (distance - tolerance) / i;
            }
            if (distance + tolerance < high * i) {
                high = (distance + tolerance) / i;
            }
        }

        boolean none() {
            return low > high;
        }
    }
}

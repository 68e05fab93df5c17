package org.nagumo.datagen.io;

import java.util.Arrays;

/**
 * A uniform grid of times, {@code t_i = start + i step}.
 *
 * @param startMs time of the first sample in ms
 * @param stepMs  sampling step in ms, positive
 */
public record TimeGrid(double startMs, double stepMs) {

    /** Relative error of a time that passed through a number of 32 bits. */
    private static final double FLOAT_PRECISION = 0x1p-23;

    /** Part of the step up to which such errors are allowed. */
    private static final double FLOAT_PART = 1e-3;

    /** Part of the step above which the rounding of printed times hides gaps. */
    private static final double COARSE = 0.25;

    /** Largest denominator of a step in ms that is taken for exact: 1/30 at 30 kHz, 10/441 at 44.1 kHz. */
    private static final long MOST_DENOMINATOR = 1000;

    private static final int MOST_DECIMALS = 15;

    public TimeGrid {
        if (!Double.isFinite(startMs) || !(stepMs > 0) || Double.isInfinite(stepMs)) {
            throw new IllegalArgumentException("startMs is " + startMs + " and stepMs " + stepMs
                    + "; allowed: a finite start and a positive, finite step");
        }
    }

    /**
     * How precisely numbers were printed.
     *
     * @param decimals    largest number of digits after the point, negative for multiples of ten
     * @param significant largest number of significant digits
     */
    public record Precision(int decimals, int significant) {

        /** Half a unit of the last printed digit of a value. */
        double halfUnit(double value) {
            double unit = Math.pow(10, -decimals);
            if (value != 0) {
                unit = Math.max(unit, Math.pow(10, Math.floor(Math.log10(Math.abs(value))) + 1 - significant));
            }
            return 0.5 * unit;
        }
    }

    /**
     * Fits a grid to printed times: every time has to be within half a unit of its last printed digit of
     * {@code start + i step}. Where the printed times themselves are uniform, their step is taken. Otherwise it is the
     * simplest in ms of all that satisfy this, so that 30 kHz gives the same step in every unit and to every number of
     * digits. Digits coarser than half the step would hide gaps; there the printed times themselves have to be uniform.
     *
     * @param times     printed times, at least two
     * @param precision how they were printed
     * @param unitMs    their unit in ms
     * @return the grid, or null where the times are on none
     */
    public static TimeGrid of(double[] times, Precision precision, double unitMs) {
        double usual = usualStep(times);
        if (!(usual > 0)) {
            return null;
        }
        for (int i = 1; i < times.length; i++) {
            if (times[i] <= times[i - 1]) {
                return null;
            }
        }
        double rounding = 4 * Math.ulp(Math.max(Math.abs(times[0]), Math.abs(times[times.length - 1])));
        double[] tolerance = new double[times.length];
        Arrays.fill(tolerance, rounding);
        TimeGrid exact = within(times, tolerance, unitMs);
        if (exact != null) {
            return exact;
        }
        for (int i = 0; i < times.length; i++) {
            double half = precision.halfUnit(times[i]);
            tolerance[i] = rounding + Math.max(half > COARSE * usual ? 0 : half,
                    Math.min(Math.abs(times[i]) * FLOAT_PRECISION, FLOAT_PART * usual));
        }
        return within(times, tolerance, unitMs);
    }

    private static TimeGrid within(double[] times, double[] tolerance, double unitMs) {
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        for (int i = 1; i < times.length; i++) {
            double slack = tolerance[i] + tolerance[0];
            low = Math.max(low, (times[i] - times[0] - slack) / i);
            high = Math.min(high, (times[i] - times[0] + slack) / i);
        }
        double mean = (times[times.length - 1] - times[0]) / (times.length - 1);
        for (double stepMs : new double[] {simplest(low * unitMs, high * unitMs), mean * unitMs,
            (low + high) / 2 * unitMs}) {
            if (stepMs > 0 && fits(times, tolerance, stepMs / unitMs)) {
                return new TimeGrid(times[0] * unitMs, stepMs);
            }
        }
        return null;
    }

    /** Whether some start makes all times right. */
    private static boolean fits(double[] times, double[] tolerance, double step) {
        double from = Double.NEGATIVE_INFINITY;
        double to = Double.POSITIVE_INFINITY;
        for (int i = 0; i < times.length; i++) {
            double start = times[i] - i * step;
            from = Math.max(from, start - tolerance[i]);
            to = Math.min(to, start + tolerance[i]);
        }
        return from <= to;
    }

    /**
     * Returns the usual difference of successive times: the median, which gaps do not move.
     *
     * @param times at least two times
     * @return the median difference
     */
    static double usualStep(double[] times) {
        double[] differences = new double[times.length - 1];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = times[i + 1] - times[i];
        }
        Arrays.sort(differences);
        return differences[differences.length / 2];
    }

    /** The fraction with the smallest denominator, else the shortest decimal, in an interval; NaN in an empty one. */
    private static double simplest(double low, double high) {
        if (!(low <= high) || !(low >= 0) || Double.isInfinite(high)) {
            return Double.NaN;
        }
        for (long denominator = 1; denominator <= MOST_DENOMINATOR; denominator++) {
            double numerator = Math.ceil(low * denominator);
            if (numerator > 0 && numerator / denominator <= high) {
                return numerator / denominator;
            }
        }
        for (int decimals = 3; decimals <= MOST_DECIMALS; decimals++) {
            double scale = Math.pow(10, decimals);
            double numerator = Math.rint((low + high) / 2 * scale);
            if (numerator / scale >= low && numerator / scale <= high) {
                return numerator / scale;
            }
        }
        return Double.NaN;
    }
}

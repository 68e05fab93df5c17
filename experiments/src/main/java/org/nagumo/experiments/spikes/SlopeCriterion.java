package org.nagumo.experiments.spikes;

/**
 * How slopes of action potentials are measured: {@code dV/dt} at {@code t + h / 2} is the slope of the line that is
 * closest, in least squares, to the samples from {@code t} to {@code t + h}, with {@code h} a window or one sampling
 * step, whichever is longer. The window keeps the noise of fast recordings small; that of the steepest slopes is
 * shorter, since it lowers them.
 *
 * @param onsetMvPerMs slope in mV/ms at which an action potential starts
 * @param windowMs     the window in ms in which the onset is looked for
 * @param steepestMs   the window in ms of the largest and smallest slopes
 * @param searchMs     largest time in ms from the start of an action potential to its peak
 */
public record SlopeCriterion(double onsetMvPerMs, double windowMs, double steepestMs, double searchMs) {

    /**
     * 20 mV/ms over 0.1 ms, the steepest slopes over 0.05 ms, at most 5 ms before the peak: the slope and the interval
     * of the AllenSDK's spike detection ({@code dv_cutoff}, {@code max_interval}).
     */
    public static final SlopeCriterion MEMBRANE = new SlopeCriterion(20, 0.1, 0.05, 5);

    public SlopeCriterion {
        check("onsetMvPerMs", onsetMvPerMs);
        check("windowMs", windowMs);
        check("steepestMs", steepestMs);
        check("searchMs", searchMs);
    }

    private static void check(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " is " + value + "; allowed: positive, finite numbers");
        }
    }
}

package org.nagumo.experiments.spikes;

/**
 * How slopes of action potentials are measured: {@code dV/dt = (V(t + h) - V(t)) / h} at {@code t + h / 2}, with
 * {@code h} the window or one sampling step, whichever is longer. The window keeps the noise of fast recordings small.
 *
 * @param onsetMvPerMs slope in mV/ms at which an action potential starts
 * @param windowMs     the window h in ms
 * @param searchMs     largest time in ms from the start of an action potential to its peak
 */
public record SlopeCriterion(double onsetMvPerMs, double windowMs, double searchMs) {

    /**
     * 20 mV/ms over 0.1 ms, at most 5 ms before the peak: the slope and the interval of the AllenSDK's spike detection
     * ({@code dv_cutoff}, {@code max_interval}).
     */
    public static final SlopeCriterion MEMBRANE = new SlopeCriterion(20, 0.1, 5);

    public SlopeCriterion {
        check("onsetMvPerMs", onsetMvPerMs);
        check("windowMs", windowMs);
        check("searchMs", searchMs);
    }

    private static void check(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " is " + value + "; allowed: positive, finite numbers");
        }
    }
}

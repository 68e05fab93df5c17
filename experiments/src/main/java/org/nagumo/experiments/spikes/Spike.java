package org.nagumo.experiments.spikes;

/**
 * One action potential. For spikes that go downward ({@link SpikeCriterion}) peak and trough exchange largest and
 * smallest.
 *
 * @param timeMs      upward crossing of the threshold, interpolated between samples, on the clock of the trace
 * @param peakMv      largest sample between this crossing and the next
 * @param troughMv    first minimum after the spike; NaN when the trace, or the stimulus, ends before it
 * @param halfWidthMs time between the two crossings of (peak + trough) / 2, both interpolated; NaN where either is
 *                    missing
 * @param widthMs     time above the re-arm level, both crossings interpolated; NaN where either is missing
 */
public record Spike(double timeMs, double peakMv, double troughMv, double halfWidthMs, double widthMs) {

    /** Card of {@link #timeMs}. */
    public static final StatisticCard TIME = new StatisticCard("spike_times_ms", "spike time",
            "upward crossing of the threshold (0 mV) with a later return below it, interpolated between samples; the"
                    + " next spike can start once the potential has fallen to the re-arm level, 10 mV below the"
                    + " threshold",
            "ms", "t = t_(i-1) + dt (thr - V_(i-1)) / (V_i - V_(i-1)) where V_(i-1) < thr <= V_i",
            "threshold crossing; eFEL's peak_time is the time of the peak instead, with Threshold = -20 mV");

    /** Card of {@link #peakMv}. */
    public static final StatisticCard PEAK = new StatisticCard("peak_mV", "peak",
            "largest sample between a spike's crossing and the next", "mV", "max V(t), t_k <= t < t_(k+1)",
            "eFEL, peak_voltage");

    /** Card of {@link #troughMv}. */
    public static final StatisticCard TROUGH = new StatisticCard("trough_mV", "trough",
            "first minimum below the re-arm level after the peak: the lowest value before the potential has risen 2 mV"
                    + " above it, the next spike starts, or the stimulus or the trace ends; samples closer than 0.1 ms"
                    + " are averaged; undefined where the end comes while the potential falls",
            "mV", "V(t_m), t_m the first local minimum after t_peak with V(t) >= V(t_m) + 2 mV at some later t",
            "eFEL, min_AHP_values, which takes the first sample followed by two that are not lower and follows noise");

    /** Card of {@link #halfWidthMs}. */
    public static final StatisticCard HALF_WIDTH = new StatisticCard("half_width_ms", "half-width",
            "time between the two interpolated crossings of the middle of peak and trough next to the peak; undefined"
                    + " without a trough",
            "ms", "t_fall - t_rise at V = (peak + trough) / 2",
            "eFEL, spike_half_width; eFEL takes the first crossing after the trough before, here the last before the"
                    + " peak");

    /** Card of {@link #widthMs}. */
    public static final StatisticCard WIDTH = new StatisticCard("spike_width_ms", "spike width",
            "time above the re-arm level (-10 mV), both crossings interpolated; below two samples it is the mark of an"
                    + " artefact; undefined where the trace starts or ends above the level",
            "ms", "t_down - t_up at V = thr - 10 mV", "time above a level; tells artefacts from action potentials");
}

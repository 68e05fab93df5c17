package org.nagumo.experiments.spikes;

/**
 * One action potential. For spikes that go downward ({@link SpikeCriterion}) peak and trough change places of largest
 * and smallest.
 *
 * @param timeMs      upward crossing of 0 mV, interpolated between samples, from the start of the trace
 * @param peakMv      largest voltage between this crossing and the next
 * @param troughMv    smallest voltage after the peak and before the next spike; NaN for a spike without room after it
 * @param halfWidthMs time between the two crossings of (peak + trough) / 2, both interpolated; NaN where either is
 *                    missing (eFEL's {@code spike_half_width})
 */
public record Spike(double timeMs, double peakMv, double troughMv, double halfWidthMs) {

    /** Card of {@link #timeMs}. */
    public static final StatisticCard TIME = new StatisticCard("spike_times_ms", "spike time",
            "upward crossing of 0 mV with a later return below, interpolated between samples; one per crossing", "ms",
            "t = (i - 1 - V(i-1) / (V(i) - V(i-1))) dt where V(i-1) < 0 <= V(i)",
            "the usual criterion for Hodgkin and Huxley's neuron");

    /** Card of {@link #peakMv}. */
    public static final StatisticCard PEAK = new StatisticCard("peak_mV", "peak",
            "largest sample between a spike's crossing and the next", "mV", "max V(t), t_k <= t < t_(k+1)",
            "eFEL, peak_voltage");

    /** Card of {@link #troughMv}. */
    public static final StatisticCard TROUGH = new StatisticCard("trough_mV", "trough",
            "smallest sample after a spike's peak and before the next crossing, of the last spike within 15 ms;"
                    + " undefined where the trace ends first",
            "mV", "min V(t), t_peak <= t < t_(k+1)", "eFEL, min_between_peaks_values");

    /** Card of {@link #halfWidthMs}. */
    public static final StatisticCard HALF_WIDTH = new StatisticCard("half_width_ms", "half-width",
            "time between the two interpolated crossings of the middle of peak and following trough; undefined without"
                    + " a trough",
            "ms", "t_fall - t_rise at V = (peak + trough) / 2", "eFEL, spike_half_width");
}

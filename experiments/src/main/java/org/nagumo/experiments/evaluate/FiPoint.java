package org.nagumo.experiments.evaluate;

/**
 * The answer to one step of current from rest.
 *
 * @param currentUaPerCm2 amplitude
 * @param spikes          spikes in the 500 ms of the step
 * @param steadyRateHz    rate by the later inter-spike intervals; NaN below two spikes
 * @param latencyMs       onset to the first spike; NaN without one
 * @param halfWidthMs     mean half-width of the step's spikes; NaN without any
 * @param peakMv          mean peak
 * @param troughMv        mean trough
 */
public record FiPoint(double currentUaPerCm2, int spikes, double steadyRateHz, double latencyMs, double halfWidthMs,
        double peakMv, double troughMv) {

    /** Duration of the step. */
    public static final double STEP_MS = 500;
}

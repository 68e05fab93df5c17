package org.nagumo.experiments.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;

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
public record FiPoint(@JsonProperty("current_uA_per_cm2") double currentUaPerCm2, @JsonProperty("spikes") int spikes,
        @JsonProperty("steady_rate_hz") double steadyRateHz, @JsonProperty("latency_ms") double latencyMs,
        @JsonProperty("half_width_ms") double halfWidthMs, @JsonProperty("peak_mV") double peakMv,
        @JsonProperty("trough_mV") double troughMv) {

    /** Duration of the step. */
    public static final double STEP_MS = 500;
}

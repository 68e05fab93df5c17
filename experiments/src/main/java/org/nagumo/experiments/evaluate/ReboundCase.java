package org.nagumo.experiments.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What follows the release of a hyperpolarising step of 50 ms.
 *
 * @param currentUaPerCm2 amplitude of the step, negative
 * @param spikes          spikes after the release
 * @param latencyMs       release to the first of them; NaN without one
 * @param voltageMv       membrane potential at the end of the step
 */
public record ReboundCase(@JsonProperty("current_uA_per_cm2") double currentUaPerCm2,
        @JsonProperty("spikes") int spikes, @JsonProperty("latency_ms") double latencyMs,
        @JsonProperty("voltage_mV") double voltageMv) {
}

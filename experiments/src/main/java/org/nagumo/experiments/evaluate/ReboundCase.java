package org.nagumo.experiments.evaluate;

/**
 * What follows the release of a hyperpolarising step of 50 ms.
 *
 * @param currentUaPerCm2 amplitude of the step, negative
 * @param spikes          spikes after the release
 * @param latencyMs       release to the first of them; NaN without one
 * @param voltageMv       membrane potential at the end of the step
 */
public record ReboundCase(double currentUaPerCm2, int spikes, double latencyMs, double voltageMv) {
}

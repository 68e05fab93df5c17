package org.nagumo.experiments.spikes;

/**
 * One action potential.
 *
 * @param timeMs      upward crossing of 0 mV, interpolated between samples, from the start of the trace
 * @param peakMv      largest voltage between this crossing and the next
 * @param troughMv    smallest voltage after the peak and before the next spike; NaN for a spike without room after it
 * @param halfWidthMs time between the two crossings of (peak + trough) / 2, both interpolated; NaN where either is
 *                    missing (eFEL's {@code spike_half_width})
 */
public record Spike(double timeMs, double peakMv, double troughMv, double halfWidthMs) {
}

package org.nagumo.experiments.spikes;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What counts as a spike: a crossing of a threshold with a later return. Dimensionless neurons have thresholds of their
 * own, and in FitzHugh's sign convention their action potentials go downward.
 *
 * @param thresholdMv  membrane potential whose crossing makes a spike
 * @param downward     whether a spike crosses it from above
 * @param lastTroughMs how long after the last spike its trough is looked for, in ms
 */
public record SpikeCriterion(@JsonProperty("threshold_mV") double thresholdMv,
        @JsonProperty("downward") boolean downward, @JsonProperty("last_trough_ms") double lastTroughMs) {

    /** Upward crossings of 0 mV, as in Hodgkin and Huxley's neuron and in recordings. */
    public static final SpikeCriterion MEMBRANE = new SpikeCriterion(0, false, 15);

    public SpikeCriterion {
        if (!Double.isFinite(thresholdMv)) {
            throw new IllegalArgumentException("thresholdMv is " + thresholdMv + "; allowed: finite numbers");
        }
        if (!(lastTroughMs > 0) || Double.isInfinite(lastTroughMs)) {
            throw new IllegalArgumentException("lastTroughMs is " + lastTroughMs
                    + "; allowed: a positive, finite number of ms");
        }
    }

    /** The same with another threshold. */
    public SpikeCriterion withThreshold(double otherMv) {
        return new SpikeCriterion(otherMv, downward, lastTroughMs);
    }

    /** A voltage as one in which spikes cross zero upward; the same array where it is so already. */
    public double[] aligned(double[] voltageMv) {
        if (thresholdMv == 0 && !downward) {
            return voltageMv;
        }
        double[] aligned = new double[voltageMv.length];
        for (int i = 0; i < aligned.length; i++) {
            aligned[i] = downward ? thresholdMv - voltageMv[i] : voltageMv[i] - thresholdMv;
        }
        return aligned;
    }

    /** The voltage of an aligned value. */
    double voltageMv(double aligned) {
        return downward ? thresholdMv - aligned : thresholdMv + aligned;
    }
}

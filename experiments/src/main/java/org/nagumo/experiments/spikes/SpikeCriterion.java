package org.nagumo.experiments.spikes;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Defines what counts as a spike: an upward crossing of a threshold with a later return below it. After a crossing the
 * potential must fall to the re-arm level, {@code threshold - rearm}, before the next spike can start. Ripples on a
 * plateau and noise at the threshold therefore do not add spikes. Dimensionless neurons have other thresholds, and in
 * FitzHugh's sign convention action potentials go downward.
 *
 * @param thresholdMv  membrane potential whose crossing starts a spike
 * @param downward     whether a spike crosses it from above
 * @param rearmMv      distance in mV from the threshold to the re-arm level; a fifth of it is the rise that ends the
 *                     search for a trough
 * @param averageMs    time in ms over which samples are averaged for the trough, so that noise in fast recordings does
 *                     not decide it; no effect at sampling steps above half of it
 * @param leastWidthMs spikes that spend less than this time in ms above the re-arm level are left out; 0 keeps all
 */
@JsonIgnoreProperties("last_trough_ms")
public record SpikeCriterion(@JsonProperty("threshold_mV") double thresholdMv,
        @JsonProperty("downward") boolean downward, @JsonProperty("rearm_mV") double rearmMv,
        @JsonProperty("average_ms") double averageMs, @JsonProperty("least_width_ms") double leastWidthMs) {

    /** Upward crossings of 0 mV, as in Hodgkin and Huxley's neuron and in recordings. */
    public static final SpikeCriterion MEMBRANE = new SpikeCriterion(0, false, 10, 0.1, 0);

    /** Part of the re-arm distance by which the potential must rise above a minimum to make it the trough. */
    private static final double TROUGH_PART = 0.2;

    public SpikeCriterion {
        if (!Double.isFinite(thresholdMv)) {
            throw new IllegalArgumentException("thresholdMv is " + thresholdMv + "; allowed: finite numbers");
        }
        if (!(rearmMv > 0) || Double.isInfinite(rearmMv)) {
            throw new IllegalArgumentException("rearmMv is " + rearmMv + "; allowed: a positive, finite number of mV");
        }
        if (!(averageMs >= 0) || Double.isInfinite(averageMs)) {
            throw new IllegalArgumentException("averageMs is " + averageMs
                    + "; allowed: 0 or a positive, finite number of ms");
        }
        if (!(leastWidthMs >= 0) || Double.isInfinite(leastWidthMs)) {
            throw new IllegalArgumentException("leastWidthMs is " + leastWidthMs
                    + "; allowed: 0 or a positive, finite number of ms");
        }
    }

    /** Files of earlier versions hold only the threshold and the direction. */
    @JsonCreator
    static SpikeCriterion read(@JsonProperty("threshold_mV") double thresholdMv,
            @JsonProperty("downward") boolean downward, @JsonProperty("rearm_mV") Double rearmMv,
            @JsonProperty("average_ms") Double averageMs, @JsonProperty("least_width_ms") Double leastWidthMs) {
        return new SpikeCriterion(thresholdMv, downward, rearmMv == null ? MEMBRANE.rearmMv : rearmMv,
                averageMs == null ? MEMBRANE.averageMs : averageMs, leastWidthMs == null ? 0 : leastWidthMs);
    }

    /**
     * Returns this criterion with another threshold.
     *
     * @param otherMv membrane potential whose crossing starts a spike
     * @return a criterion that differs in the threshold only
     */
    public SpikeCriterion withThreshold(double otherMv) {
        return new SpikeCriterion(otherMv, downward, rearmMv, averageMs, leastWidthMs);
    }

    /**
     * Returns the criterion for potentials that {@link #aligned} has shifted and that are divided by a unit: spikes
     * cross zero upward.
     *
     * @param unitMv the unit in mV, positive
     * @return the criterion for the scaled potentials
     */
    public SpikeCriterion scaled(double unitMv) {
        return new SpikeCriterion(0, false, rearmMv / unitMv, averageMs, leastWidthMs);
    }

    /**
     * Transforms a potential to one in which spikes cross zero upward.
     *
     * @param voltageMv membrane potential in mV; not modified
     * @return the transformed potential, the same array where it is so already
     */
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

    /** Rise in mV above a minimum that makes it the trough. */
    double troughRiseMv() {
        return TROUGH_PART * rearmMv;
    }
}

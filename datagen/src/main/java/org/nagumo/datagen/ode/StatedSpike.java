package org.nagumo.datagen.ode;

/**
 * What counts as a spike of a neuron, in the unit of its potential.
 *
 * @param threshold potential whose crossing starts a spike
 * @param downward  whether a spike crosses it from above
 * @param rearm     distance from the threshold to which the potential must return before the next spike, positive
 */
public record StatedSpike(double threshold, boolean downward, double rearm) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming the field, its value and what is allowed
     */
    public StatedSpike {
        if (!Double.isFinite(threshold)) {
            throw new IllegalArgumentException("threshold is " + threshold + "; allowed: finite numbers");
        }
        if (!(rearm > 0) || Double.isInfinite(rearm)) {
            throw new IllegalArgumentException("rearm is " + rearm + "; allowed: positive and finite");
        }
    }
}

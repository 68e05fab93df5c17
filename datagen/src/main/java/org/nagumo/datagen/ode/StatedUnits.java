package org.nagumo.datagen.ode;

/**
 * The current and the time of a neuron that correspond to 1 uA/cm2 and 1 ms of Hodgkin and Huxley's neuron.
 *
 * @param current the current, negative where negative currents depolarise
 * @param time    the time, positive
 */
public record StatedUnits(double current, double time) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming the field, its value and what is allowed
     */
    public StatedUnits {
        if (current == 0 || !Double.isFinite(current)) {
            throw new IllegalArgumentException("current is " + current + "; allowed: finite, not zero");
        }
        if (!(time > 0) || Double.isInfinite(time)) {
            throw new IllegalArgumentException("time is " + time + "; allowed: positive and finite");
        }
    }
}

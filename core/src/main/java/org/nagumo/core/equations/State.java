package org.nagumo.core.equations;

import java.util.Objects;

/**
 * A state variable x with its equation dx/dt = f.
 *
 * @param name       the name in expressions
 * @param derivative dx/dt, per unit of time
 * @param initial    the initial value, finite
 * @param unit       the unit, such as {@code mV}; {@code 1} if dimensionless, empty if unknown
 * @param comment    what it is, may be empty
 */
public record State(String name, Expression derivative, double initial, String unit, String comment) {

    /**
     * Checks the fields.
     *
     * @throws IllegalArgumentException if the initial value is not finite
     */
    public State {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(derivative, "derivative");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(comment, "comment");
        EquationSystem.requireFinite("initial value of " + name, initial);
    }
}

package org.nagumo.core.equations;

import java.util.Objects;

/**
 * A number that is constant during a simulation.
 *
 * @param name    the name in expressions
 * @param value   the value, finite
 * @param unit    the unit, such as {@code mS/cm2}; {@code 1} if dimensionless, empty if unknown
 * @param comment what it is, may be empty
 */
public record Parameter(String name, double value, String unit, String comment) {

    /**
     * Checks the fields.
     *
     * @throws IllegalArgumentException if the value is not finite
     */
    public Parameter {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(comment, "comment");
        EquationSystem.requireFinite(name, value);
    }
}

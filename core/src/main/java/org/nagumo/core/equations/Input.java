package org.nagumo.core.equations;

import java.util.Objects;

/**
 * A quantity that is imposed from outside and may change with time, such as the injected current.
 *
 * @param name    the name in expressions
 * @param value   the value where nothing is imposed, finite
 * @param unit    the unit, such as {@code uA/cm2}; {@code 1} if dimensionless, empty if unknown
 * @param comment what it is, may be empty
 */
public record Input(String name, double value, String unit, String comment) {

    /**
     * Checks the fields.
     *
     * @throws IllegalArgumentException if the value is not finite
     */
    public Input {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(comment, "comment");
        EquationSystem.requireFinite(name, value);
    }
}

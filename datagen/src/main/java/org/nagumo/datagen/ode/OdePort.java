package org.nagumo.datagen.ode;

import java.util.Objects;

/**
 * The input or the potential of a system, with its unit.
 *
 * @param name name in the file
 * @param unit unit such as {@code uA/cm2}, {@code 1} when dimensionless
 */
public record OdePort(String name, String unit) {

    /** Checks that both are there. */
    public OdePort {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(unit, "unit");
    }

    @Override
    public String toString() {
        return name + (unit.equals("1") ? " (dimensionless)" : " (" + unit + ")");
    }
}

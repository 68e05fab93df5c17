package org.nagumo.datagen.neuron;

/**
 * The units of a neuron. The unit {@code 1} means dimensionless.
 *
 * @param current   unit of the injected current
 * @param potential unit of the potential
 * @param time      unit of the time
 */
public record PhysicalUnits(String current, String potential, String time) {

    /** uA/cm2, mV and ms. */
    public static final PhysicalUnits MEMBRANE = new PhysicalUnits("uA/cm2", "mV", "ms");

    /** No units. */
    public static final PhysicalUnits DIMENSIONLESS = new PhysicalUnits("1", "1", "1");

    /**
     * Checks that all are there.
     *
     * @throws IllegalArgumentException when a unit is missing or empty
     */
    public PhysicalUnits {
        if (current == null || potential == null || time == null || current.isEmpty() || potential.isEmpty()
                || time.isEmpty()) {
            throw new IllegalArgumentException("the units are '" + current + "', '" + potential + "' and '" + time
                    + "'; allowed: three units, 1 for dimensionless");
        }
    }

    /**
     * Whether the potential has no unit.
     *
     * @return true for dimensionless neurons
     */
    public boolean dimensionless() {
        return potential.equals("1");
    }

    /**
     * A unit behind a number.
     *
     * @param unit one of the units
     * @return the unit after a blank; nothing when dimensionless
     */
    public static String after(String unit) {
        return unit.equals("1") ? "" : " " + unit;
    }
}

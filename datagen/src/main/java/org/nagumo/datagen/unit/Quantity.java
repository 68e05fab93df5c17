package org.nagumo.datagen.unit;

/** A physical quantity with the unit in which {@link Unit#factor} counts it. */
public enum Quantity {

    /** Time, counted in ms. */
    TIME("a time"),

    /** Electric potential, counted in mV. */
    POTENTIAL("a potential"),

    /** Electric current, counted in pA. */
    CURRENT("a current"),

    /** Electric current per membrane area, counted in uA/cm2. */
    CURRENT_DENSITY("a current density");

    private final String label;

    Quantity(String label) {
        this.label = label;
    }

    /** The quantity in words, such as {@code a current density}. */
    public String label() {
        return label;
    }

    /** Whether the quantity drives a membrane: a current or a current density. */
    public boolean isCurrent() {
        return this == CURRENT || this == CURRENT_DENSITY;
    }
}

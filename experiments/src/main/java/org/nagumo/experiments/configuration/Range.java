package org.nagumo.experiments.configuration;

/** What a record's constructor allows of a number. */
public final class Range {

    private Range() {
    }

    /**
     * Refuses a number.
     *
     * @param field   the component
     * @param holds   whether the value is allowed; values that are not finite never are
     * @param allowed what is allowed, in words
     * @throws IllegalArgumentException naming field, value and what is allowed
     */
    public static void check(String field, double value, boolean holds, String allowed) {
        if (!holds || !Double.isFinite(value)) {
            String written = value == Math.rint(value) && Math.abs(value) < 1e9 ? Long.toString((long) value)
                    : Double.toString(value);
            throw new IllegalArgumentException(field + " is " + written + "; allowed: " + allowed);
        }
    }

    /** Refuses a number that is not positive. */
    public static void positive(String field, double value) {
        check(field, value, value > 0, "positive numbers");
    }

    /** Refuses a number below 0. */
    public static void notNegative(String field, double value) {
        check(field, value, value >= 0, "0 and more");
    }
}

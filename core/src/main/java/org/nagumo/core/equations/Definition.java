package org.nagumo.core.equations;

import java.util.Objects;

/**
 * A named expression: a temporary, which other expressions use, or an output, which is only recorded.
 *
 * @param name       the name
 * @param expression the value
 * @param unit       the unit; {@code 1} if dimensionless, empty if unknown
 * @param comment    what it is, may be empty
 */
public record Definition(String name, Expression expression, String unit, String comment) {

    /** Checks that nothing is missing. */
    public Definition {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(expression, "expression");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(comment, "comment");
    }
}

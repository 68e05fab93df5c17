package org.nagumo.experiments.evaluate;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * A range of currents, as {@code [from, to]} in JSON.
 *
 * @param from the end nearer to zero
 * @param to   the other end
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"from", "to"})
public record CurrentRange(double from, double to) {

    /**
     * How far two ranges are the same: length of the common part over the length of both together.
     *
     * @param a a range, or null where there is none
     * @param b a range, or null where there is none
     * @return 0 where they have nothing in common; NaN when there are none
     */
    public static double overlap(CurrentRange a, CurrentRange b) {
        if (a == null || b == null) {
            return a == b ? Double.NaN : 0;
        }
        // Negative currents depolarise some neurons.
        double sign = Math.signum(a.to);
        double common = Math.min(sign * a.to, sign * b.to) - Math.max(sign * a.from, sign * b.from);
        double both = Math.max(sign * a.to, sign * b.to) - Math.min(sign * a.from, sign * b.from);
        return Math.max(0, common / both);
    }
}

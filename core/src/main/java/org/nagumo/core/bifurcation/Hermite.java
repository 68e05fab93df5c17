package org.nagumo.core.bifurcation;

/** The cubic polynomial through two points with given slopes. */
final class Hermite {

    private Hermite() {
    }

    /**
     * @param s         place between the points, 0 to 1
     * @param fromSlope slope at the first point, by s
     */
    static double value(double s, double from, double to, double fromSlope, double toSlope) {
        double a = 1 - s;
        return a * a * (1 + 2 * s) * from + s * s * (3 - 2 * s) * to + s * a * (a * fromSlope - s * toSlope);
    }
}

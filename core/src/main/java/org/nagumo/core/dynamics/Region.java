package org.nagumo.core.dynamics;

/** A rectangle of the phase plane of two state variables x and y. */
public record Region(double xMin, double xMax, double yMin, double yMax) {

    public Region {
        if (!(xMin < xMax && yMin < yMax) || !Double.isFinite(xMax - xMin) || !Double.isFinite(yMax - yMin)) {
            throw new IllegalArgumentException("region is [" + xMin + ", " + xMax + "] x [" + yMin + ", " + yMax
                    + "]; allowed: finite bounds with min < max");
        }
    }

    /** Whether a point lies in the rectangle or on its edge. */
    public boolean contains(double x, double y) {
        return x >= xMin && x <= xMax && y >= yMin && y <= yMax;
    }
}

package org.nagumo.core.bifurcation;

import java.util.List;

/**
 * Periodic orbits along a curve.
 *
 * @param orbits the orbits, in the order of the curve
 * @param points folds of cycles, period doublings and a homoclinic end on it, in this order
 * @param end    why the curve is not followed further
 */
public record CycleBranch(List<PeriodicOrbit> orbits, List<BifurcationPoint> points, End end) {

    /** Why a branch ends. */
    public enum End {
        /** The input leaves the range that was asked for. */
        RANGE,
        /** The amplitude falls to zero: a Hopf point. */
        HOPF,
        /** The period grows without bound. */
        HOMOCLINIC,
        /** The curve returns to where it began. */
        CLOSED,
        /** The most steps allowed are done. */
        STEPS,
        /** The computation did not get on: what is listed is right, and there is more. */
        LOST
    }

    public CycleBranch {
        orbits = List.copyOf(orbits);
        points = List.copyOf(points);
    }
}

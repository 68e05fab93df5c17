package org.nagumo.core.bifurcation;

import java.util.ArrayList;
import java.util.List;
import org.nagumo.core.dynamics.VectorField;

/**
 * Periodic orbits along a curve.
 *
 * @param orbits the orbits, in the order of the curve
 * @param points folds of cycles, period doublings and a homoclinic end on it, in this order
 * @param end    why the curve is not followed further
 */
public record CycleBranch(List<PeriodicOrbit> orbits, List<BifurcationPoint> points, End end) {

    private static final double AT = 1e-9;

    /** Why a branch ends. */
    public enum End {
        /** The input leaves the range that was asked for. */
        RANGE,
        /** The amplitude falls to zero: a Hopf point. */
        HOPF,
        /** The period grows without bound. */
        HOMOCLINIC,
        /** The orbit has become two rounds of a cycle of half the period. */
        PERIOD_DOUBLING,
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

    /**
     * The orbits of the branch at one input.
     *
     * @param units typical range of each state variable, in which distances are measured
     */
    public List<PeriodicOrbit> at(VectorField field, double[] units, double input) {
        List<PeriodicOrbit> found = new ArrayList<>();
        CycleContinuation continuation = new CycleContinuation(field, units, input - 1, input + 1);
        for (int i = 0; i + 1 < orbits.size(); i++) {
            PeriodicOrbit a = orbits.get(i);
            PeriodicOrbit b = orbits.get(i + 1);
            // An end of the range, where a branch stops, is met but for rounding.
            boolean stops = i == 0 && isAt(a, input) || i + 2 == orbits.size() && isAt(b, input);
            if (stops || a.input() <= input != b.input() <= input) {
                PeriodicOrbit nearer = Math.abs(a.input() - input) <= Math.abs(b.input() - input) ? a : b;
                PeriodicOrbit orbit = continuation.moved(nearer, input);
                if (orbit != null) {
                    found.add(orbit);
                }
            }
        }
        return found;
    }

    private static boolean isAt(PeriodicOrbit orbit, double input) {
        return Math.abs(orbit.input() - input) <= AT * (1 + Math.abs(input));
    }
}

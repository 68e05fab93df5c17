package org.nagumo.core.dynamics;

import java.util.List;
import org.nagumo.core.interval.Interval;

/**
 * Equilibria that a search found, and what the search can say about those it did not.
 *
 * @param equilibria what was found
 * @param method     how it was searched
 * @param starts     points from which Newton's method began, or boxes that were examined
 * @param converged  starts that led to an equilibrium within the region; all boxes
 * @param enclosures for a search with intervals, a box around each equilibrium that provably holds one and one only
 * @param undecided  boxes that may or may not hold further equilibria
 * @param box        where it was searched, one interval for each state variable
 */
public record EquilibriumSearch(List<Equilibrium> equilibria, Method method, int starts, int converged,
        List<List<Interval>> enclosures, int undecided, List<Interval> box) {

    /** How a region is searched. */
    public enum Method {
        /** From the cells of a grid in which every component may be zero: misses what the grid cannot resolve. */
        GRID,
        /** From random points: more starts find more, and no number of them proves the list complete. */
        MULTI_START,
        /** With intervals: every equilibrium listed is proven to exist, and outside undecided boxes no other does. */
        INTERVAL
    }

    public EquilibriumSearch {
        equilibria = List.copyOf(equilibria);
        enclosures = List.copyOf(enclosures);
        box = List.copyOf(box);
        if (converged < 0 || starts < converged) {
            throw new IllegalArgumentException("converged is " + converged + " of " + starts
                    + " starts; allowed: 0 to the number of starts");
        }
        if (enclosures.size() != (method == Method.INTERVAL ? equilibria.size() : 0)) {
            throw new IllegalArgumentException(enclosures.size() + " enclosures for " + equilibria.size()
                    + " equilibria; allowed: one for each, with intervals only");
        }
    }

    static EquilibriumSearch unproven(List<Equilibrium> equilibria, Method method, int starts, int converged,
            List<Interval> box) {
        return new EquilibriumSearch(equilibria, method, starts, converged, List.of(), 0, box);
    }

    /**
     * What is known about the list.
     *
     * @return the certificate
     */
    public Certificate certificate() {
        return complete() ? Certificate.PROVEN : certified() ? Certificate.UNDECIDED : Certificate.SEARCHED;
    }

    /** Whether each equilibrium listed provably exists. */
    public boolean certified() {
        return method == Method.INTERVAL;
    }

    /** Whether the region provably holds no other equilibrium. */
    public boolean complete() {
        return certified() && undecided == 0;
    }
}

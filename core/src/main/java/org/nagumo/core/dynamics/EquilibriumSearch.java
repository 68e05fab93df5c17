package org.nagumo.core.dynamics;

import java.util.List;

/**
 * Equilibria that a search found, and what the search can say about those it did not.
 *
 * @param equilibria what was found
 * @param method     how it was searched
 * @param starts     points from which Newton's method began
 * @param converged  starts that led to an equilibrium within the region
 */
public record EquilibriumSearch(List<Equilibrium> equilibria, Method method, int starts, int converged) {

    /** How a region is searched. */
    public enum Method {
        /** From the cells of a grid in which every component may be zero: misses what the grid cannot resolve. */
        GRID,
        /** From random points: more starts find more, and no number of them proves the list complete. */
        MULTI_START
    }

    public EquilibriumSearch {
        equilibria = List.copyOf(equilibria);
        if (converged < 0 || starts < converged) {
            throw new IllegalArgumentException("converged is " + converged + " of " + starts
                    + " starts; allowed: 0 to the number of starts");
        }
    }
}

package org.nagumo.core.bifurcation;

import java.util.List;
import org.nagumo.core.dynamics.Equilibrium;

/**
 * Equilibria along a curve.
 *
 * @param inputs     the input of each
 * @param equilibria the equilibria, in the order of the curve
 * @param points     folds and Hopf points on it, in this order
 */
public record EquilibriumBranch(List<Double> inputs, List<Equilibrium> equilibria, List<BifurcationPoint> points) {

    public EquilibriumBranch {
        inputs = List.copyOf(inputs);
        equilibria = List.copyOf(equilibria);
        points = List.copyOf(points);
    }
}

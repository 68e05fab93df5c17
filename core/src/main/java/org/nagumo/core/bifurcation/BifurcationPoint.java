package org.nagumo.core.bifurcation;

/**
 * An input at which the qualitative picture changes.
 *
 * @param kind     what happens
 * @param input    the input
 * @param state    the equilibrium there, which is the saddle of a homoclinic orbit; at a fold and a period doubling of
 *                 cycles the first point of the orbit; not to be modified
 * @param periodMs period of the cycle there, at a Hopf point of the small cycles that are born; NaN at a fold of
 *                 equilibria, infinity for a homoclinic orbit
 * @param critical whether the cycles of a Hopf point are born stable (in the plane of the bifurcation)
 */
public record BifurcationPoint(Kind kind, double input, double[] state, double periodMs, Criticality critical) {

    /** What happens. */
    public enum Kind {
        /** Two equilibria meet and vanish. */
        FOLD,
        /** A pair of eigenvalues crosses the imaginary axis: a cycle of small amplitude is born. */
        HOPF,
        /** Two cycles meet and vanish. */
        FOLD_OF_CYCLES,
        /** A cycle of growing period runs into a saddle, or into a fold of equilibria. */
        HOMOCLINIC,
        /** A multiplier crosses -1: a cycle of twice the period is born. */
        PERIOD_DOUBLING
    }

    /** By the sign of the first Lyapunov coefficient. */
    public enum Criticality {
        /** The cycles that are born repel in the plane of the bifurcation. */
        SUB,
        /** The cycles that are born attract in the plane of the bifurcation. */
        SUPER,
        /** Not a Hopf point, or a coefficient of zero within rounding. */
        NONE
    }
}

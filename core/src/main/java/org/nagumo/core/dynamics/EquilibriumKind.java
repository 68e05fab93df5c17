package org.nagumo.core.dynamics;

import java.util.List;
import org.hipparchus.complex.Complex;

/**
 * What the linearised flow at an equilibrium looks like, by its eigenvalues (Strogatz 1994, Nonlinear Dynamics and
 * Chaos, chapter 5; Kuznetsov 2004, Elements of Applied Bifurcation Theory, section 2.1).
 */
public sealed interface EquilibriumKind {

    /** Relative size below which a real part counts as zero. */
    double ZERO = 1e-9;

    /** Whether small disturbances die out. */
    boolean stable();

    /**
     * All eigenvalues real and of one sign.
     *
     * @param stable whether they are negative
     */
    record Node(boolean stable) implements EquilibriumKind {
        @Override
        public String toString() {
            return stable ? "stable node" : "unstable node";
        }
    }

    /**
     * All real parts of one sign, and a complex pair among the eigenvalues.
     *
     * @param stable whether the real parts are negative
     */
    record Focus(boolean stable) implements EquilibriumKind {
        @Override
        public String toString() {
            return stable ? "stable focus" : "unstable focus";
        }
    }

    /**
     * Real parts of both signs.
     *
     * @param unstableDirections eigenvalues with a positive real part
     */
    record Saddle(int unstableDirections) implements EquilibriumKind {
        @Override
        public boolean stable() {
            return false;
        }

        @Override
        public String toString() {
            return "saddle";
        }
    }

    /**
     * A real part of zero within rounding: the linearisation does not decide.
     *
     * @param neutralDirections eigenvalues with such a real part
     */
    record NonHyperbolic(int neutralDirections) implements EquilibriumKind {
        @Override
        public boolean stable() {
            return false;
        }

        @Override
        public String toString() {
            return "non-hyperbolic";
        }
    }

    /** The kind of an equilibrium with these eigenvalues. */
    static EquilibriumKind of(List<Complex> eigenvalues) {
        double zero = ZERO * eigenvalues.stream().mapToDouble(Complex::norm).max().orElse(0);
        int neutral = (int) eigenvalues.stream().filter(e -> Math.abs(e.getReal()) <= zero).count();
        int unstable = (int) eigenvalues.stream().filter(e -> e.getReal() > zero).count();
        if (neutral > 0) {
            return new NonHyperbolic(neutral);
        }
        if (unstable > 0 && unstable < eigenvalues.size()) {
            return new Saddle(unstable);
        }
        boolean turns = eigenvalues.stream().anyMatch(e -> e.getImaginary() != 0);
        return turns ? new Focus(unstable == 0) : new Node(unstable == 0);
    }
}

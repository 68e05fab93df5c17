package org.nagumo.core.dynamics;

import java.util.List;
import org.hipparchus.complex.Complex;

/**
 * A point where the field is zero.
 *
 * @param state       the point
 * @param eigenvalues of the Jacobian there, per ms, by descending real part
 */
public record Equilibrium(double[] state, List<Complex> eigenvalues) {

    /** What the linearised flow looks like. */
    public enum Kind {
        /** All eigenvalues real and negative. */
        STABLE_NODE,
        /** All real parts negative, some eigenvalues complex. */
        STABLE_FOCUS,
        /** Real parts of both signs. */
        SADDLE,
        /** All real parts positive, some eigenvalues complex. */
        UNSTABLE_FOCUS,
        /** All eigenvalues real and positive. */
        UNSTABLE_NODE,
        /** A real part of zero, within rounding: the linearisation does not decide. */
        NON_HYPERBOLIC
    }

    /** Relative size below which a real part counts as zero. */
    private static final double ZERO = 1e-9;

    public Equilibrium {
        state = state.clone();
        eigenvalues = List.copyOf(eigenvalues);
    }

    /** The equilibrium at a point, which is taken to be one. */
    public static Equilibrium at(VectorField field, double[] state, double input) {
        int n = field.dimension();
        double[][] jacobian = new double[n][n];
        field.jacobian(state, input, jacobian);
        List<Complex> values = Eigenvalues.of(jacobian).stream()
                .sorted((a, b) -> a.getReal() != b.getReal() ? Double.compare(b.getReal(), a.getReal())
                        : Double.compare(b.getImaginary(), a.getImaginary())).toList();
        return new Equilibrium(state, values);
    }

    @Override
    public double[] state() {
        return state.clone();
    }

    /** The kind, by the eigenvalues. */
    public Kind kind() {
        double scale = eigenvalues.stream().mapToDouble(Complex::norm).max().orElse(0);
        boolean spiral = eigenvalues.stream().anyMatch(e -> e.getImaginary() != 0);
        boolean positive = eigenvalues.stream().anyMatch(e -> e.getReal() > 0);
        boolean negative = eigenvalues.stream().anyMatch(e -> e.getReal() < 0);
        if (eigenvalues.stream().anyMatch(e -> Math.abs(e.getReal()) <= ZERO * scale)) {
            return Kind.NON_HYPERBOLIC;
        }
        if (positive && negative) {
            return Kind.SADDLE;
        }
        if (negative) {
            return spiral ? Kind.STABLE_FOCUS : Kind.STABLE_NODE;
        }
        return spiral ? Kind.UNSTABLE_FOCUS : Kind.UNSTABLE_NODE;
    }

    /** Whether small disturbances die out. */
    public boolean stable() {
        return kind() == Kind.STABLE_NODE || kind() == Kind.STABLE_FOCUS;
    }
}

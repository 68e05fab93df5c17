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

    /** What the linearised flow looks like. */
    public EquilibriumKind kind() {
        return EquilibriumKind.of(eigenvalues);
    }

    /** Whether small disturbances die out. */
    public boolean stable() {
        return kind().stable();
    }
}

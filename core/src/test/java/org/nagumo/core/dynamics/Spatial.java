package org.nagumo.core.dynamics;

import java.util.List;

/** A field of three state variables by its right-hand side; the Jacobian by central differences. */
interface Spatial extends VectorField {

    double[] f(double[] state, double u);

    @Override
    default int dimension() {
        return 3;
    }

    @Override
    default List<String> stateNames() {
        return List.of("x", "y", "z");
    }

    @Override
    default void derivative(double[] state, double input, double[] derivative) {
        System.arraycopy(f(state, input), 0, derivative, 0, 3);
    }

    @Override
    default void jacobian(double[] state, double input, double[][] jacobian) {
        double e = 1e-6;
        for (int j = 0; j < 3; j++) {
            double[] up = state.clone();
            double[] down = state.clone();
            up[j] += e;
            down[j] -= e;
            double[] fUp = f(up, input);
            double[] fDown = f(down, input);
            for (int i = 0; i < 3; i++) {
                jacobian[i][j] = (fUp[i] - fDown[i]) / (2 * e);
            }
        }
    }
}

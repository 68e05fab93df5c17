package org.nagumo.core.dynamics;

import java.util.List;

/** A planar field by its right-hand side; the Jacobian by central differences. */
interface Planar extends VectorField {

    double[] f(double x, double y, double u);

    @Override
    default int dimension() {
        return 2;
    }

    @Override
    default List<String> stateNames() {
        return List.of("x", "y");
    }

    @Override
    default void derivative(double[] state, double input, double[] derivative) {
        System.arraycopy(f(state[0], state[1], input), 0, derivative, 0, 2);
    }

    @Override
    default void jacobian(double[] s, double input, double[][] jacobian) {
        double e = 1e-6;
        double[] xUp = f(s[0] + e, s[1], input);
        double[] xDown = f(s[0] - e, s[1], input);
        double[] yUp = f(s[0], s[1] + e, input);
        double[] yDown = f(s[0], s[1] - e, input);
        for (int i = 0; i < 2; i++) {
            jacobian[i][0] = (xUp[i] - xDown[i]) / (2 * e);
            jacobian[i][1] = (yUp[i] - yDown[i]) / (2 * e);
        }
    }
}

package org.nagumo.core.dynamics;

/** The Jacobian matrix of a field by central differences of order four. */
final class DifferencedJacobian {

    private static final double PART = 1e-3;
    private static final double LEAST = 1e-3;

    private DifferencedJacobian() {
    }

    static void at(VectorField field, double[] state, double input, double[][] jacobian) {
        int n = state.length;
        double[] x = state.clone();
        double[][] f = new double[4][n];
        for (int j = 0; j < n; j++) {
            double h = PART * Math.max(LEAST, Math.abs(state[j]));
            for (int k = 0; k < 4; k++) {
                // At x - 2h, x - h, x + h and x + 2h.
                x[j] = state[j] + (k < 2 ? k - 2 : k - 1) * h;
                field.derivative(x, input, f[k]);
            }
            x[j] = state[j];
            for (int i = 0; i < n; i++) {
                jacobian[i][j] = (8 * (f[2][i] - f[1][i]) - (f[3][i] - f[0][i])) / (12 * h);
            }
        }
    }
}

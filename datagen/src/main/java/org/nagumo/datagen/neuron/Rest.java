package org.nagumo.datagen.neuron;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.nagumo.core.dynamics.VectorField;

/** Newton's method for the equilibrium of a neuron at zero current. */
final class Rest {

    private static final int MAX_ITERATIONS = 200;

    private Rest() {
    }

    /**
     * @param guess where to begin, for instance the end of a long integration
     * @throws IllegalStateException when the iteration does not converge
     */
    static double[] near(VectorField field, double[] guess) {
        int n = field.dimension();
        double[] x = guess.clone();
        double[] f = new double[n];
        double[][] jacobian = new double[n][n];
        for (int i = 0; i < MAX_ITERATIONS; i++) {
            field.derivative(x, 0, f);
            field.jacobian(x, 0, jacobian);
            double[] step = new LUDecomposition(new Array2DRowRealMatrix(jacobian, false)).getSolver()
                    .solve(new ArrayRealVector(f, false)).toArray();
            double size = 0;
            for (int k = 0; k < n; k++) {
                x[k] -= step[k];
                size = Math.max(size, Math.abs(step[k]) / (1 + Math.abs(x[k])));
            }
            if (size < 1e-14) {
                return x;
            }
        }
        throw new IllegalStateException("no resting state was found from " + java.util.Arrays.toString(guess));
    }
}

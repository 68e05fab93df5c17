package org.nagumo.datagen.neuron;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.nagumo.core.dynamics.Eigenvalues;

/**
 * The state that a neuron rests in at zero current: an equilibrium by Newton's method, accepted when every eigenvalue
 * of the Jacobian there has a negative real part.
 */
public final class Rest {

    private static final int MAX_ITERATIONS = 200;

    /** A Newton step below this share of the state is at the level of rounding, unless the next is smaller still. */
    private static final double CONVERGED = 1e-9;
    private static final double AT_ONCE = 1e-14;

    private Rest() {
    }

    /** Potentials to look for a rest at, the usual one first, then outwards from it. */
    static DoubleStream potentialsMv() {
        return DoubleStream.of(-65, -70, -60, -75, -55, -80, -50, -90, -45, -100, -40, -120, -30, -150, 0);
    }

    /**
     * @param guesses where to begin; the first that leads to a stable equilibrium decides
     * @throws IllegalArgumentException when none does: with these parameters the neuron does not come to rest
     */
    public static double[] near(Neuron neuron, double[]... guesses) {
        double[] unstable = null;
        for (double[] guess : guesses) {
            double[] x = equilibrium(neuron, guess);
            if (x != null && isStable(neuron, x)) {
                return x;
            }
            unstable = x == null ? unstable : x;
        }
        throw new IllegalArgumentException(neuron.name() + " has no resting state at zero current with "
                + neuron.parameters().stream().map(p -> p.name() + "=" + p.value()).toList()
                + (unstable == null ? "" : ": the equilibrium " + Arrays.toString(unstable) + " is unstable")
                + "; allowed: parameters with a stable equilibrium");
    }

    /** The equilibrium that Newton's method finds from a guess, or null. */
    private static double[] equilibrium(Neuron neuron, double[] guess) {
        int n = neuron.dimension();
        double[] x = guess.clone();
        double[] f = new double[n];
        double[][] jacobian = new double[n][n];
        double last = Double.POSITIVE_INFINITY;
        try {
            for (int i = 0; i < MAX_ITERATIONS; i++) {
                neuron.derivative(x, 0, f);
                neuron.jacobian(x, 0, jacobian);
                double[] step = new LUDecomposition(new Array2DRowRealMatrix(jacobian, false)).getSolver()
                        .solve(new ArrayRealVector(f, false)).toArray();
                double size = 0;
                for (int k = 0; k < n; k++) {
                    x[k] -= step[k];
                    size = Math.max(size, Math.abs(step[k]) / (1 + Math.abs(x[k])));
                }
                if (size < AT_ONCE || size < CONVERGED && size >= last) {
                    return x;
                }
                last = size;
            }
        } catch (MathRuntimeException e) {
            // A singular or non-finite Jacobian: nothing to be found from this guess.
            return null;
        }
        return null;
    }

    private static boolean isStable(Neuron neuron, double[] x) {
        double[][] jacobian = new double[neuron.dimension()][neuron.dimension()];
        neuron.jacobian(x, 0, jacobian);
        try {
            return Eigenvalues.of(jacobian).stream().allMatch(e -> e.getReal() < 0);
        } catch (ArithmeticException e) {
            // No eigenvalues of a matrix that is not finite.
            return false;
        }
    }
}

package org.nagumo.datagen.neuron;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.nagumo.core.dynamics.AdaptiveSolver;
import org.nagumo.core.equations.EquationSystem;
import org.nagumo.core.equations.State;
import org.nagumo.core.equations.SystemField;

/** States from which a search for the rest of a neuron may begin. */
final class RestGuesses {

    private static final int MOST_ITERATIONS = 50;
    private static final double CONVERGED = 1e-10;
    private static final double DURATION = 2000;

    private final SystemField field;
    private final double[] initial;
    private final String unit;
    private final double range;

    /**
     * Prepares guesses.
     *
     * @param unit  unit of the potential
     * @param range typical range of the potential
     */
    RestGuesses(SystemField field, EquationSystem system, String unit, double range) {
        this.field = field;
        this.initial = system.states().stream().mapToDouble(State::initial).toArray();
        this.unit = unit;
        this.range = range;
    }

    /** The initial values, then usual potentials with the other states in equilibrium. */
    double[][] usual() {
        List<double[]> guesses = new ArrayList<>(List.of(initial));
        DoubleStream potentials = unit.equals("mV") ? Rest.potentialsMv()
                : DoubleStream.of(0, -0.5, 0.5, -0.25, 0.25, -1, 1).map(share -> initial[0] + share * range);
        potentials.forEach(potential -> {
            double[] guess = settled(potential);
            if (guess != null) {
                guesses.add(guess);
            }
        });
        return guesses.toArray(double[][]::new);
    }

    /** Where an orbit from the initial values ends. */
    double[] endOfOrbit() {
        double[][] last = {initial};
        AdaptiveSolver.solve(field, 0, initial, DURATION, step -> {
            last[0] = step.state(step.toMs());
            return true;
        });
        return last[0];
    }

    /** The state at a potential in which the other equations have a zero, by Newton's method; null if none is found. */
    private double[] settled(double potential) {
        int n = initial.length;
        double[] x = initial.clone();
        x[0] = potential;
        double[] f = new double[n];
        double[][] jacobian = new double[n][n];
        try {
            for (int k = 0; k < MOST_ITERATIONS && n > 1; k++) {
                field.derivative(x, 0, f);
                field.jacobian(x, 0, jacobian);
                double[] step = new LUDecomposition(new Array2DRowRealMatrix(jacobian, false)
                        .getSubMatrix(1, n - 1, 1, n - 1)).getSolver()
                        .solve(new ArrayRealVector(f, false).getSubVector(1, n - 1)).toArray();
                double size = 0;
                for (int i = 1; i < n; i++) {
                    x[i] -= step[i - 1];
                    size = Math.max(size, Math.abs(step[i - 1]) / (1 + Math.abs(x[i])));
                }
                if (size < CONVERGED) {
                    return x;
                }
            }
        } catch (MathRuntimeException e) {
            // A singular or non-finite Jacobian: no guess at this potential.
            return null;
        }
        return n == 1 ? x : null;
    }
}

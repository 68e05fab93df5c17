package org.nagumo.datagen.neuron;

import java.util.function.Consumer;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.nagumo.core.dynamics.VectorField;

/** Orbits of a field at a constant input, by the error-controlled method of Dormand and Prince of order 8(5,3). */
final class Orbits {

    private static final double TOLERANCE = 1e-8;
    private static final int MOST_EVALUATIONS = 50_000;

    private Orbits() {
    }

    /**
     * Follows an orbit as far as it can be followed.
     *
     * @param initial  where it begins; not modified
     * @param duration how long at most
     * @param visited  receives the finite states at the ends of the steps
     */
    static void follow(VectorField field, double[] initial, double input, double duration, Consumer<double[]> visited) {
        DormandPrince853Integrator integrator = new DormandPrince853Integrator(duration * 1e-12, duration, TOLERANCE,
                TOLERANCE);
        integrator.setMaxEvaluations(MOST_EVALUATIONS);
        integrator.addStepHandler(step -> {
            double[] state = step.getCurrentState().getPrimaryState();
            if (isFinite(state)) {
                visited.accept(state);
            }
        });
        OrdinaryDifferentialEquation equation = new OrdinaryDifferentialEquation() {
            @Override
            public int getDimension() {
                return field.dimension();
            }

            @Override
            public double[] computeDerivatives(double t, double[] y) {
                double[] derivative = new double[y.length];
                field.derivative(y, input, derivative);
                return derivative;
            }
        };
        try {
            integrator.integrate(equation, new ODEState(0, initial), duration);
        } catch (MathRuntimeException e) {
            // The orbit diverges or has too many steps: what was visited counts.
            return;
        }
    }

    private static boolean isFinite(double[] state) {
        for (double x : state) {
            if (!Double.isFinite(x)) {
                return false;
            }
        }
        return true;
    }
}

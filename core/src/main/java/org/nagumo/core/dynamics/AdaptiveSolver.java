package org.nagumo.core.dynamics;

import java.util.Arrays;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.hipparchus.ode.sampling.ODEStateInterpolator;

/**
 * Solves the equations of a field at a constant input by the error-controlled Runge-Kutta method of Dormand and Prince
 * of order 8(5,3) with a dense output of order 7 (Hairer, Norsett and Wanner 1993, Solving Ordinary Differential
 * Equations I, section II.10). A step costs 15 evaluations of the field. In each state variable x the error of a step
 * is held below {@code tolerance (|x| + min(1, |x(0)|) / 10)}. The method is explicit: on a stiff field the steps are
 * as short as its fastest rate asks for, and the number of evaluations is bounded.
 *
 * <p>A field that is not finite at a trial point rejects the step, so that an orbit may run along the edge of a field's
 * domain. How a solution ends is always reported; it never holds a number that is not finite.
 */
public final class AdaptiveSolver {

    /** The relative tolerance of orbits and cycles. */
    public static final double TOLERANCE = 1e-9;

    /** Evaluations of the field after which an orbit is given up. */
    public static final int MOST_EVALUATIONS = 1_000_000;

    /** Takes the place of a derivative that is not finite; no step with it is accepted. */
    private static final double UNBOUNDED = 1e100;

    /** The shortest step, in parts of the duration. */
    private static final double SHORTEST = 1e-13;

    /** The least size of a state variable that the absolute tolerance assumes. */
    private static final double LEAST_SIZE = 1e-6;
    private static final double ABSOLUTE_PART = 0.1;

    /** How a solution ends. */
    public enum Ending {
        /** The whole duration is solved. */
        COMPLETE,
        /** The visitor has ended it. */
        STOPPED,
        /** A state variable grows beyond all bounds, or the field is not finite ahead. */
        DIVERGED,
        /** The number of evaluations is reached. */
        EXHAUSTED
    }

    /** A step of the solution. */
    public interface Step {

        /**
         * When the step starts.
         *
         * @return the time in ms after the start of the solution
         */
        double fromMs();

        /**
         * When the step ends.
         *
         * @return the time in ms after the start of the solution
         */
        double toMs();

        /**
         * The solution within the step.
         *
         * @param timeMs a time from {@link #fromMs} to {@link #toMs}
         * @return the state, a new array
         */
        double[] state(double timeMs);
    }

    /** Receives the steps in their order. */
    @FunctionalInterface
    public interface Visitor {

        /**
         * Receives a step, all of whose states are finite.
         *
         * @param step the step; it may be kept
         * @return whether to go on
         */
        boolean visit(Step step);
    }

    /** Ends an integration from within. */
    private static final class Stop extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final Ending ending;

        Stop(Ending ending) {
            super(ending.toString(), null, false, false);
            this.ending = ending;
        }
    }

    /** A step as Hipparchus gives it. */
    private record Interpolated(ODEStateInterpolator interpolator) implements Step {

        @Override
        public double fromMs() {
            return interpolator.getPreviousState().getTime();
        }

        @Override
        public double toMs() {
            return interpolator.getCurrentState().getTime();
        }

        @Override
        public double[] state(double timeMs) {
            return timeMs == toMs() ? interpolator.getCurrentState().getPrimaryState()
                    : interpolator.getInterpolatedState(timeMs).getPrimaryState();
        }
    }

    /** The field as Hipparchus asks for it. */
    private static final class Equations implements OrdinaryDifferentialEquation {

        private final VectorField field;
        private final double input;
        private int left;

        Equations(VectorField field, double input, int mostEvaluations) {
            this.field = field;
            this.input = input;
            left = mostEvaluations;
        }

        @Override
        public int getDimension() {
            return field.dimension();
        }

        @Override
        public double[] computeDerivatives(double t, double[] y) {
            if (left-- <= 0) {
                throw new Stop(Ending.EXHAUSTED);
            }
            double[] derivative = new double[y.length];
            field.derivative(y, input, derivative);
            for (int i = 0; i < derivative.length; i++) {
                if (!Double.isFinite(derivative[i])) {
                    Arrays.fill(derivative, UNBOUNDED);
                    return derivative;
                }
            }
            return derivative;
        }
    }

    private AdaptiveSolver() {
    }

    /**
     * Solves with the standard tolerance and bound of the evaluations.
     *
     * @param field      the field
     * @param input      the constant input
     * @param start      the first state; not modified
     * @param durationMs how long; negative to solve backwards in time
     * @param visitor    receives the steps
     * @return how the solution ends
     * @throws IllegalArgumentException when the start does not match the field or is not finite, or the duration is
     *     zero or not finite
     */
    public static Ending solve(VectorField field, double input, double[] start, double durationMs, Visitor visitor) {
        return solve(field, input, start, durationMs, TOLERANCE, MOST_EVALUATIONS, visitor);
    }

    /**
     * Solves.
     *
     * @param field           the field
     * @param input           the constant input
     * @param start           the first state; not modified
     * @param durationMs      how long; negative to solve backwards in time
     * @param tolerance       relative tolerance of a step, positive
     * @param mostEvaluations bound of the evaluations of the field
     * @param visitor         receives the steps
     * @return how the solution ends
     * @throws IllegalArgumentException as {@link #solve(VectorField, double, double[], double, Visitor)}
     */
    public static Ending solve(VectorField field, double input, double[] start, double durationMs, double tolerance,
            int mostEvaluations, Visitor visitor) {
        checkStart(field, start);
        if (durationMs == 0 || !Double.isFinite(durationMs)) {
            throw new IllegalArgumentException("durationMs is " + durationMs + "; allowed: finite, not zero");
        }
        double length = Math.abs(durationMs);
        double[] absolute = Arrays.stream(start).map(x -> ABSOLUTE_PART * tolerance
                * Math.max(LEAST_SIZE, Math.min(1, x == 0 ? 1 : Math.abs(x)))).toArray();
        double[] relative = new double[start.length];
        Arrays.fill(relative, tolerance);
        DormandPrince853Integrator integrator = new DormandPrince853Integrator(SHORTEST * length, length, absolute,
                relative);
        integrator.addStepHandler(interpolator -> {
            if (!finite(interpolator.getCurrentState().getPrimaryState())) {
                throw new Stop(Ending.DIVERGED);
            }
            if (!visitor.visit(new Interpolated(interpolator))) {
                throw new Stop(Ending.STOPPED);
            }
        });
        try {
            integrator.integrate(new Equations(field, input, mostEvaluations), new ODEState(0, start), durationMs);
            return Ending.COMPLETE;
        } catch (Stop stop) {
            return stop.ending;
        } catch (MathRuntimeException e) {
            // No step is short enough for the tolerance: a pole of the solution, or an edge of the field's domain.
            return Ending.DIVERGED;
        }
    }

    /** Checks a first state. */
    static void checkStart(VectorField field, double[] start) {
        if (start.length != field.dimension() || !finite(start)) {
            throw new IllegalArgumentException("start is " + Arrays.toString(start) + "; allowed: "
                    + field.dimension() + " finite numbers, one for each state variable");
        }
    }

    private static boolean finite(double[] x) {
        for (double value : x) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}

package org.nagumo.datagen.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import org.hipparchus.analysis.UnivariateFunction;
import org.hipparchus.analysis.solvers.BracketedUnivariateSolver;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.ODEStateAndDerivative;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.events.Action;
import org.hipparchus.ode.events.AdaptableInterval;
import org.hipparchus.ode.events.ODEEventDetector;
import org.hipparchus.ode.events.ODEEventHandler;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.nagumo.datagen.neuron.Neuron;

/**
 * A neuron under the error-controlled Runge-Kutta method of Dormand and Prince of order 8(5,3), restarted wherever
 * the current jumps: relative and absolute tolerance 1e-13 (Hairer, Norsett and Wanner 1993, Solving Ordinary
 * Differential Equations I, section II.10). Slow; the yardstick for {@link NeuronSimulator}.
 */
public final class ReferenceSimulator implements ExcitableSystem {

    private static final double ABSOLUTE_TOLERANCE = 1e-13;
    private static final double RELATIVE_TOLERANCE = 1e-13;

    private static final double SHORTEST_LIMIT_MS = 1e-4;
    private static final double LONGEST_BETWEEN_CHECKS_MS = 0.1;
    private static final double EVENT_PRECISION_MS = 1e-9;

    private final Neuron neuron;
    private final double[] rest;

    public ReferenceSimulator(Neuron neuron) {
        this.neuron = neuron;
        this.rest = neuron.restState();
    }

    @Override
    public String name() {
        return neuron.name();
    }

    @Override
    public List<String> stateNames() {
        return neuron.stateNames().subList(1, neuron.dimension());
    }

    @Override
    public List<Trace> respond(List<CurrentTrace> currents, LongConsumer progress) {
        return currents.stream().map(current -> simulate(current, new ArrayList<>(), progress)).toList();
    }

    /**
     * Times of spikes, upward crossings of 0 mV with a later return, each located as an event of the integration to
     * 1e-9 ms, not from samples.
     */
    public List<Double> spikeTimesMs(CurrentTrace current) {
        List<Crossing> crossings = new ArrayList<>();
        simulate(current, crossings, samples -> { });
        List<Double> spikes = new ArrayList<>();
        for (int k = 0; k + 1 < crossings.size(); k++) {
            if (crossings.get(k).upward && !crossings.get(k + 1).upward) {
                spikes.add(crossings.get(k).timeMs);
            }
        }
        return spikes;
    }

    /** Where the potential passes 0 mV. */
    private record Crossing(double timeMs, boolean upward) {
    }

    private static ODEEventDetector detector(List<Crossing> crossings) {
        ODEEventHandler handler = (state, detector, increasing) -> {
            crossings.add(new Crossing(state.getTime(), increasing));
            return Action.CONTINUE;
        };
        return new ODEEventDetector() {
            @Override
            public AdaptableInterval getMaxCheckInterval() {
                return AdaptableInterval.of(LONGEST_BETWEEN_CHECKS_MS);
            }

            @Override
            public int getMaxIterationCount() {
                return 100;
            }

            @Override
            public BracketedUnivariateSolver<UnivariateFunction> getSolver() {
                return new BracketingNthOrderBrentSolver(0, EVENT_PRECISION_MS, 0, 5);
            }

            @Override
            public ODEEventHandler getHandler() {
                return handler;
            }

            @Override
            public double g(ODEStateAndDerivative state) {
                return state.getPrimaryState()[0];
            }
        };
    }

    private Trace simulate(CurrentTrace current, List<Crossing> crossings, LongConsumer progress) {
        int n = neuron.dimension();
        double[] input = current.currentUaPerCm2();
        double[] voltage = new double[current.length()];
        double[][] states = new double[n - 1][current.length()];
        double[] x = rest.clone();
        int from = 0;
        while (from < input.length) {
            int to = from + 1;
            while (to < input.length && input[to] == input[from]) {
                to++;
            }
            x = piece(current.dtMs(), input[from], from, to, x, voltage, states, crossings, progress);
            from = to;
        }
        return new Trace(current, voltage, stateNames(), states);
    }

    /** Integrates over the samples [from, to), on which the current is constant; returns the state at the end. */
    private double[] piece(double dt, double input, int from, int to, double[] initial, double[] voltage,
            double[][] states, List<Crossing> crossings, LongConsumer progress) {
        OrdinaryDifferentialEquation equation = new OrdinaryDifferentialEquation() {
            @Override
            public int getDimension() {
                return neuron.dimension();
            }

            @Override
            public double[] computeDerivatives(double t, double[] y) {
                double[] derivative = new double[y.length];
                neuron.derivative(y, input, derivative);
                return derivative;
            }
        };
        double[] end = null;
        int[] told = {from};
        IntConsumer reached = sample -> {
            if (sample > told[0]) {
                progress.accept(sample - told[0]);
                told[0] = sample;
            }
        };
        // A trial step that overshoots far enough ends in NaN, which the step control cannot weigh: try shorter ones.
        for (double longest = 1; end == null && longest >= SHORTEST_LIMIT_MS; longest /= 10) {
            List<Crossing> found = new ArrayList<>();
            end = integrate(equation, longest, dt, from, to, initial, voltage, states, found, reached);
            crossings.addAll(end == null ? List.of() : found);
        }
        if (end == null) {
            throw new DivergenceException(neuron.name() + " diverged between " + from * dt + " and " + to * dt
                    + " ms from " + neuron.stateNames() + " = " + Arrays.toString(initial) + " under " + input
                    + " uA/cm2");
        }
        record(from, initial, voltage, states);
        return end;
    }

    /** The state at the end, or null when it could not be reached with steps up to the longest. */
    private static double[] integrate(OrdinaryDifferentialEquation equation, double longestStepMs, double dt, int from,
            int to, double[] initial, double[] voltage, double[][] states, List<Crossing> crossings,
            IntConsumer reached) {
        DormandPrince853Integrator integrator = new DormandPrince853Integrator(1e-12, longestStepMs,
                ABSOLUTE_TOLERANCE, RELATIVE_TOLERANCE);
        integrator.addEventDetector(detector(crossings));
        int[] next = {from};
        integrator.addStepHandler(step -> {
            double end = step.getCurrentState().getTime();
            while (next[0] < to && next[0] * dt <= end + 1e-9) {
                record(next[0], step.getInterpolatedState(next[0] * dt).getPrimaryState(), voltage, states);
                next[0]++;
            }
            reached.accept(next[0]);
        });
        try {
            double[] end = integrator.integrate(equation, new ODEState(from * dt, initial), to * dt)
                    .getPrimaryState();
            return Arrays.stream(end).allMatch(Double::isFinite) ? end : null;
        } catch (MathRuntimeException e) {
            return null;
        }
    }

    private static void record(int sample, double[] state, double[] voltage, double[][] states) {
        voltage[sample] = state[0];
        for (int k = 1; k < state.length; k++) {
            states[k - 1][sample] = state[k];
        }
    }
}

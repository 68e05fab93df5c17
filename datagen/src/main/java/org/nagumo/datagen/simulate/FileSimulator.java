package org.nagumo.datagen.simulate;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.nagumo.core.equations.CompiledSystem;
import org.nagumo.core.equations.Input;
import org.nagumo.core.equations.State;
import org.nagumo.datagen.ode.OdeFile;

/**
 * A file of equations under the error-controlled method of Dormand and Prince of order 8(5,3), also when its equations
 * depend on the time or have no injected current. A response begins at time 0 in the initial values of the file. Where
 * the equations themselves jump, the step control finds the jump; where the current jumps, the integration restarts.
 */
public final class FileSimulator implements ExcitableSystem {

    private static final double TOLERANCE = 1e-10;
    private static final double SHORTEST_STEP = 1e-12;

    private final OdeFile file;
    private final CompiledSystem system;
    private final int potential;
    private final int[] others;

    /**
     * Prepares a simulator.
     *
     * @param file the equations with the values of the file
     */
    public FileSimulator(OdeFile file) {
        this.file = file;
        system = file.system().compile();
        List<String> names = file.system().states().stream().map(State::name).toList();
        potential = names.indexOf(file.ports().output().name());
        others = IntStream.range(0, names.size()).filter(k -> k != potential).toArray();
    }

    @Override
    public String name() {
        return file.name();
    }

    @Override
    public List<String> stateNames() {
        return Arrays.stream(others).mapToObj(k -> file.spelling(file.system().states().get(k).name())).toList();
    }

    /**
     * Responds to each current from the initial values of the file.
     *
     * @param currents the currents, which take the place of the file's own; all zero where the file has no current
     * @param progress receives numbers of further samples
     * @return one trace for each current
     * @throws DivergenceException      when a state ceases to be finite
     * @throws IllegalArgumentException when a current is not zero, but the file has no input for it
     */
    @Override
    public List<Trace> respond(List<CurrentTrace> currents, LongConsumer progress) {
        return currents.stream().map(current -> respond(current, progress)).toList();
    }

    /**
     * A response to the current that the file itself holds.
     *
     * @param dt      sampling step in the file's unit of time, positive
     * @param samples number of samples, at least 1
     * @return the trace
     * @throws DivergenceException when a state ceases to be finite
     */
    public Trace ownResponse(double dt, int samples) {
        double[] current = new double[samples];
        Arrays.fill(current, file.system().inputs().stream().mapToDouble(Input::value).findFirst().orElse(0));
        return respond(new CurrentTrace(dt, current), done -> { });
    }

    private Trace respond(CurrentTrace current, LongConsumer progress) {
        double[] input = current.currentUaPerCm2();
        if (file.system().inputs().isEmpty() && Arrays.stream(input).anyMatch(value -> value != 0)) {
            throw new IllegalArgumentException(file.file() + ": has no injected current; allowed: a current of 0, or a"
                    + " file with a current");
        }
        double[] voltage = new double[input.length];
        double[][] states = new double[others.length][input.length];
        double[] x = file.system().states().stream().mapToDouble(State::initial).toArray();
        int from = 0;
        while (from < input.length) {
            int to = from + 1;
            while (to < input.length && input[to] == input[from]) {
                to++;
            }
            record(from, x, voltage, states);
            x = piece(current, from, to, x, voltage, states);
            progress.accept(to - from);
            from = to;
        }
        return new Trace(current, voltage, stateNames(), states);
    }

    /** Integrates over the samples [from, to), on which the current is constant; returns the state at the end. */
    private double[] piece(CurrentTrace current, int from, int to, double[] initial, double[] voltage,
            double[][] states) {
        double dt = current.dtMs();
        double[] inputs = file.system().inputs().isEmpty() ? new double[0]
                : new double[] {current.currentUaPerCm2()[from]};
        OrdinaryDifferentialEquation equation = new OrdinaryDifferentialEquation() {
            @Override
            public int getDimension() {
                return system.dimension();
            }

            @Override
            public double[] computeDerivatives(double t, double[] y) {
                double[] derivative = new double[y.length];
                system.derivative(t, y, inputs, derivative);
                return derivative;
            }
        };
        DormandPrince853Integrator integrator = new DormandPrince853Integrator(SHORTEST_STEP, 1, TOLERANCE, TOLERANCE);
        int[] next = {from + 1};
        integrator.addStepHandler(step -> {
            double end = step.getCurrentState().getTime();
            while (next[0] < to && next[0] * dt <= end + 1e-9) {
                record(next[0], step.getInterpolatedState(next[0] * dt).getPrimaryState(), voltage, states);
                next[0]++;
            }
        });
        double[] end = null;
        try {
            end = integrator.integrate(equation, new ODEState(from * dt, initial), to * dt).getPrimaryState();
        } catch (MathRuntimeException e) {
            // No step is short enough: reported below.
            end = null;
        }
        if (end == null || !Arrays.stream(end).allMatch(Double::isFinite)) {
            throw new DivergenceException(file.name() + " diverged between " + from * dt + " and " + to * dt + " "
                    + file.ports().timeUnit() + " from " + Arrays.toString(initial));
        }
        return end;
    }

    private void record(int sample, double[] state, double[] voltage, double[][] states) {
        voltage[sample] = state[potential];
        for (int k = 0; k < others.length; k++) {
            states[k][sample] = state[others[k]];
        }
    }
}

package org.nagumo.datagen.neuron;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.nagumo.core.dynamics.AdaptiveSolver;
import org.nagumo.core.equations.EquationSystem;
import org.nagumo.core.equations.State;
import org.nagumo.core.equations.SystemField;
import org.nagumo.datagen.ode.OdeFile;

/**
 * The typical ranges of the states of a neuron: what its file states. A potential in mV has 150, a state between 0 and 1
 * has 1; the range of another state is the largest absolute value on orbits, rounded up to one digit. The orbits start
 * in the initial values at zero current and at the current of the file, then in the last state at zero current at
 * currents of both signs that grow by a factor of 1.5, up to the third at which the potential keeps moving or moves
 * more than twice as far as the linearised equations say.
 */
final class TypicalRanges {

    private static final double POTENTIAL_MV = 150;

    /** Duration of the first orbits; of the others in slowest time constants, within bounds in ms. */
    private static final double DURATION = 500;
    private static final double TIME_CONSTANTS = 50;
    private static final double SHORTEST_MS = 500;
    private static final double LONGEST_MS = 2000;
    private static final double TOLERANCE = 1e-6;
    private static final int MOST_EVALUATIONS = 200_000;

    /** The first current moves the rest by this part of the size of the potential. */
    private static final double FIRST_SHIFT = 0.01;
    private static final double RATIO = 1.5;
    private static final int CURRENTS = 24;
    private static final int MOVING = 3;
    private static final double FAR = 2;

    private final OdeFile file;
    private final EquationSystem system;
    private double[] values;

    TypicalRanges(OdeFile file, EquationSystem system) {
        this.file = file;
        this.system = system;
    }

    /** The ranges in the order of the system's states. */
    synchronized double[] values() {
        if (values == null) {
            List<State> states = system.states();
            boolean known = file.scales().keySet().containsAll(states.stream().map(State::name).toList());
            double[][] reached = known ? null : reached();
            double[] ranges = new double[states.size()];
            for (int i = 0; i < ranges.length; i++) {
                Double stated = file.scales().get(states.get(i).name());
                ranges[i] = stated != null ? stated : i == 0 && inMillivolts() ? POTENTIAL_MV : range(reached[i]);
            }
            values = ranges;
        }
        return values.clone();
    }

    private boolean inMillivolts() {
        return file.ports().output().unit().equals("mV");
    }

    private static double range(double[] lowAndHigh) {
        if (lowAndHigh[0] >= -0.01 && lowAndHigh[1] <= 1.01 && lowAndHigh[1] > 0.01) {
            return 1;
        }
        double largest = Math.max(Math.abs(lowAndHigh[0]), Math.abs(lowAndHigh[1]));
        return largest == 0 ? 1 : BigDecimal.valueOf(largest).round(new MathContext(1, RoundingMode.UP)).doubleValue();
    }

    /** Lowest and highest values on orbits, {@code [state][low, high]}. */
    private double[][] reached() {
        SystemField field = system.field();
        double[] start = system.states().stream().mapToDouble(State::initial).toArray();
        double[][] reached = Arrays.stream(start).mapToObj(x -> new double[] {x, x}).toArray(double[][]::new);
        double[] rest = new Excursion(field, 0, start, DURATION).include(reached).end;
        double own = system.inputs().get(0).value();
        if (own != 0) {
            new Excursion(field, own, start, DURATION).include(reached);
        }
        double size = inMillivolts() ? POTENTIAL_MV : Math.max(Math.abs(reached[0][0]), Math.abs(reached[0][1]));
        double shift = FIRST_SHIFT * (size == 0 ? 1 : size);
        double unit = shift / gain(field, rest);
        if (unit > 0 && Double.isFinite(unit)) {
            double duration = duration(field, rest);
            int moving = 0;
            for (int k = 0; k < 2 * CURRENTS && moving < MOVING; k++) {
                double factor = (k % 2 == 0 ? 1 : -1) * Math.pow(RATIO, k / 2);
                Excursion excursion = new Excursion(field, factor * unit, rest, duration);
                if (excursion.goesBeyond(shift * Math.abs(factor))) {
                    excursion.include(reached);
                    moving++;
                }
            }
        }
        return reached;
    }

    /** Change of the potential at a state per unit of current, for small currents; NaN where there is none. */
    private static double gain(SystemField field, double[] state) {
        int n = state.length;
        double[][] jacobian = new double[n][n];
        double[] byInput = new double[n];
        field.jacobian(state, 0, jacobian);
        field.derivativeBy(field.system().inputs().get(0).name(), state, 0, byInput);
        try {
            return Math.abs(new LUDecomposition(new Array2DRowRealMatrix(jacobian, false)).getSolver()
                    .solve(new ArrayRealVector(byInput, false)).getEntry(0));
        } catch (MathRuntimeException e) {
            // A singular Jacobian.
            return Double.NaN;
        }
    }

    private double duration(SystemField field, double[] state) {
        double[][] jacobian = new double[state.length][state.length];
        field.jacobian(state, 0, jacobian);
        double slowest = 0;
        for (int i = 0; i < state.length; i++) {
            slowest = Math.max(slowest, 1 / Math.abs(jacobian[i][i]));
        }
        double constants = TIME_CONSTANTS * slowest;
        return file.ports().timeUnit().equals("ms") ? Math.max(SHORTEST_MS, Math.min(LONGEST_MS, constants))
                : Double.isFinite(constants) ? constants : DURATION;
    }

    /** An orbit at a constant current, with the values that it reaches. */
    private static final class Excursion {

        private static final int PARTS = 4;

        private final double start;
        private final double[] low;
        private final double[] high;

        /** Lowest and highest potential in the second half. */
        private final double[] late = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        private final boolean finite;
        private double[] end;

        Excursion(SystemField field, double current, double[] start, double duration) {
            low = start.clone();
            high = start.clone();
            end = start.clone();
            this.start = start[0];
            finite = AdaptiveSolver.solve(field, current, start, duration, TOLERANCE, MOST_EVALUATIONS, step -> {
                for (int k = 1; k <= PARTS; k++) {
                    double time = k == PARTS ? step.toMs()
                            : step.fromMs() + (step.toMs() - step.fromMs()) * k / PARTS;
                    visit(step.state(time), time > duration / 2);
                }
                return true;
            }) != AdaptiveSolver.Ending.DIVERGED;
        }

        private void visit(double[] state, boolean second) {
            for (int i = 0; i < state.length; i++) {
                low[i] = Math.min(low[i], state[i]);
                high[i] = Math.max(high[i], state[i]);
            }
            if (second) {
                late[0] = Math.min(late[0], state[0]);
                late[1] = Math.max(late[1], state[0]);
            }
            end = state;
        }

        /** Whether the potential keeps moving by more than a shift, or leaves the start by more than twice as much. */
        boolean goesBeyond(double shift) {
            double farthest = Math.max(high[0] - start, start - low[0]);
            return finite && (late[1] - late[0] > shift || farthest > FAR * shift);
        }

        Excursion include(double[][] reached) {
            for (int i = 0; i < reached.length; i++) {
                reached[i][0] = Math.min(reached[i][0], low[i]);
                reached[i][1] = Math.max(reached[i][1], high[i]);
            }
            return this;
        }
    }
}

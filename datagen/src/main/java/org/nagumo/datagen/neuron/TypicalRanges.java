package org.nagumo.datagen.neuron;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import org.nagumo.core.equations.EquationSystem;
import org.nagumo.core.equations.State;
import org.nagumo.datagen.ode.OdeFile;

/**
 * The typical ranges of the states of a neuron: what its file states. A potential in mV has 150, a state between 0 and 1
 * has 1; the range of another state is the largest absolute value on the orbits from the initial values at zero current
 * and at the current of the file, rounded up to one digit.
 */
final class TypicalRanges {

    private static final double DURATION = 500;
    private static final double POTENTIAL_MV = 150;

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
                ranges[i] = stated != null ? stated : i == 0 && file.ports().output().unit().equals("mV")
                        ? POTENTIAL_MV : range(reached[i]);
            }
            values = ranges;
        }
        return values.clone();
    }

    private static double range(double[] lowAndHigh) {
        if (lowAndHigh[0] >= -0.01 && lowAndHigh[1] <= 1.01 && lowAndHigh[1] > 0.01) {
            return 1;
        }
        double largest = Math.max(Math.abs(lowAndHigh[0]), Math.abs(lowAndHigh[1]));
        return largest == 0 ? 1 : BigDecimal.valueOf(largest).round(new MathContext(1, RoundingMode.UP)).doubleValue();
    }

    /** Lowest and highest values on orbits. */
    private double[][] reached() {
        double[][] reached = new double[system.states().size()][];
        for (int i = 0; i < reached.length; i++) {
            double initial = system.states().get(i).initial();
            reached[i] = new double[] {initial, initial};
        }
        double[] start = system.states().stream().mapToDouble(State::initial).toArray();
        for (double input : new double[] {0, system.inputs().get(0).value()}) {
            Orbits.follow(system.field(), start, input, DURATION, state -> {
                for (int i = 0; i < reached.length; i++) {
                    reached[i][0] = Math.min(reached[i][0], state[i]);
                    reached[i][1] = Math.max(reached[i][1], state[i]);
                }
            });
        }
        return reached;
    }
}

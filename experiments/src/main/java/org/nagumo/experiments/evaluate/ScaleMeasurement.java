package org.nagumo.experiments.evaluate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.nagumo.core.dynamics.AdaptiveSolver;
import org.nagumo.core.dynamics.Eigenvalues;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.ode.StatedSpike;
import org.nagumo.experiments.spikes.SpikeCriterion;

/**
 * Measures the scale of a neuron. All currents are steps or pulses from rest.
 * <ul>
 * <li>The onset of repetitive firing is the smallest step, of either sign, under which at least three spikes fall into
 * the second half of a run of 100 times the slowest time constant at rest.
 * <li>A spike crosses the middle between the lowest and the highest potential of the largest firing up to four times
 * the smallest current at which the potential keeps oscillating, in the direction away from rest. The re-arm distance
 * is a tenth of that range.
 * <li>The period is the mean interval of spikes at twice the onset, or at the largest smaller multiple at which the
 * neuron still fires.
 * <li>The pulse has the width of one unit of time and 15 / 6.92 of the smallest amplitude that gives a spike, as the
 * pulse of Hodgkin and Huxley's neuron has.
 * </ul>
 * Orbits are followed by {@link AdaptiveSolver}, and no longer than it takes to see that they rest ({@link
 * StepResponse}).
 *
 * <p>Onset and period are compared with those of Hodgkin and Huxley's neuron, which the same procedure gives.
 */
final class ScaleMeasurement {

    /** Onset in uA/cm2 and period in ms of the standard Hodgkin-Huxley neuron by this procedure. */
    static final double REFERENCE_ONSET = 6.2634;
    static final double REFERENCE_PERIOD_MS = 13.512;

    /** Pulse current of the battery over the threshold of such a pulse. */
    private static final double PULSE_FACTOR = 15 / 6.92;

    /** Largest hyperpolarising step of the battery, which corresponds to minus one onset. */
    private static final double LARGEST_HYPERPOLARISATION = 20;

    /** The first current moves the rest by this part of the typical range of the potential. */
    private static final double FIRST_SHIFT = 0.001;
    private static final double RATIO = 1.3;
    private static final int CURRENTS = 27;

    /** Currents of a finer search between two of the grid. */
    private static final int FINE = 20;

    /** Parts of the interval between a current without and one with firing to which the onset is known. */
    private static final int ONSET_PARTS = 100;

    /** Length of a run in slowest time constants at rest, and its bounds in ms and in fastest time constants. */
    private static final double TIME_CONSTANTS = 100;
    private static final double SHORTEST_MS = 500;
    private static final double LONGEST_MS = 2000;
    private static final double MOST_FASTEST = 20_000;
    private static final int FEWEST_SPIKES = 3;

    /** Least range of the potential in repetitive firing, in parts of its typical range. */
    private static final double LEAST_RANGE = 0.05;

    /** Firing lasts when the last quarter of a run has this part of the range of the last half, or is silent. */
    private static final double LASTING = 0.8;
    private static final double SILENT = 0.2;
    private static final double LEAST_RANGE_OF_BURSTS = 0.1;
    private static final double REARM_PART = 0.1;

    /** Multiples of the onset at which the period is measured; the first at which the neuron fires decides. */
    private static final double[] MULTIPLES = {2, 1.5, 1.25, 1.1, 1};

    /** Multiples of the smallest current of firing among which the largest oscillation is looked for. */
    private static final double[] LARGEST = {1, 1.25, 1.5, 2, 3, 4};

    private static final int PULSE_PERIODS = 5;
    private static final double PULSE_RATIO = 1.4;
    private static final int PULSE_CURRENTS = 24;

    private final Neuron neuron;
    private final double[] rest;
    private final double range;
    private final double duration;

    private ScaleMeasurement(Neuron neuron) {
        this.neuron = neuron;
        rest = neuron.restState();
        range = neuron.units()[0];
        double[] rates = rates();
        double slowest = 1 / Arrays.stream(rates).min().orElseThrow();
        double fastest = 1 / Arrays.stream(rates).max().orElseThrow();
        double constants = TIME_CONSTANTS * slowest;
        duration = neuron.traits().units().time().equals("ms")
                ? Math.max(SHORTEST_MS, Math.min(LONGEST_MS, constants)) : Math.min(MOST_FASTEST * fastest, constants);
    }

    /**
     * Measures a neuron.
     *
     * @throws InputException when the neuron fires repetitively at no constant current
     */
    static NeuronScale of(Neuron neuron) {
        try {
            return new ScaleMeasurement(neuron).scale();
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage(), e);
        }
    }

    /**
     * A current that moves the rest of a neuron by a part of the typical range of its potential.
     *
     * @return the current, positive; empty when the neuron does not rest or the current does not move it
     */
    static OptionalDouble currentOfShift(Neuron neuron, double part) {
        try {
            double current = part * neuron.units()[0] / gain(neuron, neuron.restState());
            return Double.isFinite(current) ? OptionalDouble.of(current) : OptionalDouble.empty();
        } catch (IllegalArgumentException | MathRuntimeException e) {
            // No rest, or a singular Jacobian.
            return OptionalDouble.empty();
        }
    }

    /** Absolute real parts of the eigenvalues at rest. */
    private double[] rates() {
        double[][] jacobian = new double[neuron.dimension()][neuron.dimension()];
        neuron.jacobian(rest, 0, jacobian);
        return Eigenvalues.of(jacobian).stream().mapToDouble(e -> Math.abs(e.getReal())).toArray();
    }

    /** Change of the potential at rest per unit of current. */
    private static double gain(Neuron neuron, double[] rest) {
        int n = neuron.dimension();
        double[][] jacobian = new double[n][n];
        neuron.jacobian(rest, 0, jacobian);
        double[] with = new double[n];
        double[] without = new double[n];
        double probe = 1e-3;
        neuron.derivative(rest, probe, with);
        neuron.derivative(rest, 0, without);
        double[] byCurrent = IntStream.range(0, n).mapToDouble(i -> (with[i] - without[i]) / probe).toArray();
        return Math.abs(new LUDecomposition(new Array2DRowRealMatrix(jacobian, false)).getSolver()
                .solve(new ArrayRealVector(byCurrent, false)).getEntry(0));
    }

    private NeuronScale scale() {
        double first = currentOfShift(neuron, FIRST_SHIFT).orElseThrow(() -> silent("its current does not move it"));
        double firing = firing(first);
        SpikeCriterion criterion = neuron.traits().spike().map(stated -> criterion(stated, 0))
                .orElseGet(() -> criterion(firing));
        double onset = onset(firing, criterion);
        int chosen = -1;
        double[] spikes = {};
        while (spikes.length < FEWEST_SPIKES) {
            if (++chosen == MULTIPLES.length) {
                throw silent("its firing does not last");
            }
            spikes = late(MULTIPLES[chosen] * onset, criterion);
        }
        double period = (spikes[spikes.length - 1] - spikes[0]) / (spikes.length - 1);
        double timeUnit = period / REFERENCE_PERIOD_MS;
        double currentUnit = onset / REFERENCE_ONSET;
        SpikeCriterion averaged = new SpikeCriterion(criterion.thresholdMv(), criterion.downward(),
                criterion.rearmMv(), timeUnit * SpikeCriterion.MEMBRANE.averageMs(), 0);
        return new NeuronScale(currentUnit, timeUnit, neuron.traits().units().dimensionless(), averaged,
                new NeuronScale.Amplitudes(pulse(currentUnit, timeUnit, averaged), MULTIPLES[chosen] * REFERENCE_ONSET,
                        REFERENCE_ONSET / LARGEST_HYPERPOLARISATION));
    }

    /** The criterion that a neuron states. */
    static SpikeCriterion criterion(StatedSpike stated, double timeUnit) {
        return new SpikeCriterion(stated.threshold(), stated.downward(), stated.rearm(),
                timeUnit * SpikeCriterion.MEMBRANE.averageMs(), 0);
    }

    /** The criterion by the largest oscillation from a current of firing to four times as much. */
    private SpikeCriterion criterion(double firing) {
        double low = 0;
        double high = 0;
        for (double multiple : LARGEST) {
            StepResponse response = step(multiple * firing);
            if (firesRepetitively(response) && response.lateHigh() - response.lateLow() > high - low) {
                low = response.lateLow();
                high = response.lateHigh();
            }
        }
        double threshold = rounded((low + high) / 2, high - low);
        return new SpikeCriterion(threshold, rest[0] - low > high - rest[0], REARM_PART * (high - low), 0, 0);
    }

    /** Rounded to at most a tenth of a size, to a power of ten. */
    private static double rounded(double value, double size) {
        int digits = -(int) Math.floor(Math.log10(size / 10));
        return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_EVEN).doubleValue();
    }

    /**
     * The smallest current of a geometric grid in both directions under which the neuron fires repetitively. When there
     * is none, the intervals in which the excursion from rest jumps are searched more finely, since the currents of
     * firing may lie between two of the grid.
     */
    private double firing(double first) {
        List<double[]> jumps = new ArrayList<>();
        double[] last = new double[2];
        for (int k = 0; k < 2 * CURRENTS; k++) {
            double current = (k % 2 == 0 ? 1 : -1) * first * Math.pow(RATIO, k / 2);
            StepResponse response = step(current);
            if (firesRepetitively(response)) {
                return current;
            }
            double excursion = response.excursion();
            if (excursion - last[k % 2] >= LEAST_RANGE * range) {
                jumps.add(new double[] {current / RATIO, current});
            }
            last[k % 2] = excursion;
        }
        for (double[] jump : jumps) {
            for (int k = 1; k <= FINE; k++) {
                double current = jump[0] + (jump[1] - jump[0]) * k / FINE;
                if (firesRepetitively(step(current))) {
                    return current;
                }
            }
        }
        throw silent("not up to a current of " + (float) (first * Math.pow(RATIO, CURRENTS - 1)));
    }

    private InputException silent(String why) {
        return new InputException(Neurons.label(neuron) + " does not fire repetitively at a constant current, " + why
                + ", so that its scale cannot be measured; allowed: a neuron that fires, or one whose file states"
                + " '# nagumo: unit current .., duration ..' and '# nagumo: spike above .., rearm ..'");
    }

    /** Large oscillations around the middle of the potential's range that last. */
    private boolean firesRepetitively(StepResponse response) {
        double size = response.lateHigh() - response.lateLow();
        double last = response.lastRange() / size;
        return response.complete() && response.latePassages() >= FEWEST_SPIKES && (last >= LASTING
                && size >= LEAST_RANGE * range || last < SILENT && size >= LEAST_RANGE_OF_BURSTS * range);
    }

    private StepResponse step(double current) {
        return StepResponse.of(neuron, rest, current, duration);
    }

    /** Times of the spikes in the second half of a step. */
    private double[] late(double current, SpikeCriterion criterion) {
        return Arrays.stream(step(current).spikes(criterion)).filter(time -> time > duration / 2).toArray();
    }

    private boolean fires(double current, SpikeCriterion criterion) {
        return late(current, criterion).length >= FEWEST_SPIKES;
    }

    /** The smallest current with enough spikes: between the last of the grid without them and the first with them. */
    private double onset(double firing, SpikeCriterion criterion) {
        double without = firing / RATIO;
        for (double multiple : LARGEST) {
            double current = multiple * firing;
            if (fires(current, criterion)) {
                return refined(without, current, each -> fires(each, criterion));
            }
            without = current;
        }
        throw silent("its firing does not last");
    }

    /** The smallest value with a property, to a part of the interval between one without and one with it. */
    private static double refined(double without, double with, DoublePredicate property) {
        int low = 0;
        int high = ONSET_PARTS;
        while (high - low > 1) {
            int middle = (low + high) / 2;
            if (property.test(without + (with - without) * middle / ONSET_PARTS)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return without + (with - without) * high / ONSET_PARTS;
    }

    /** Amplitude of the battery's pulses in units of current; that of the reference when no pulse gives a spike. */
    private double pulse(double currentUnit, double timeUnit, SpikeCriterion criterion) {
        double length = PULSE_PERIODS * REFERENCE_PERIOD_MS * timeUnit;
        DoublePredicate fires = amplitude -> StepResponse.ofPulse(neuron, rest, amplitude * currentUnit, timeUnit,
                length).spikes(criterion).length > 0;
        double last = 0;
        for (int k = 0; k < PULSE_CURRENTS; k++) {
            double amplitude = Math.pow(PULSE_RATIO, k);
            if (fires.test(amplitude)) {
                return PULSE_FACTOR * refined(last, amplitude, fires);
            }
            last = amplitude;
        }
        return NeuronScale.Amplitudes.STANDARD.pulse();
    }
}

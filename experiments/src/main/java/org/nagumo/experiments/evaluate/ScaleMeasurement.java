package org.nagumo.experiments.evaluate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.nagumo.core.dynamics.Eigenvalues;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.ode.StatedSpike;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.DivergenceException;
import org.nagumo.datagen.simulate.NeuronSimulator;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.experiments.spikes.Spike;
import org.nagumo.experiments.spikes.SpikeCriterion;
import org.nagumo.experiments.spikes.SpikeDetector;

/**
 * Measures the scale of a neuron. All currents are steps or pulses from rest.
 * <ul>
 * <li>The onset of repetitive firing is the smallest step, of either sign, under which at least three spikes fall into
 * the second half of a run of 100 times the slowest time constant at rest.
 * <li>A spike crosses the middle between the lowest and the highest potential of the firing there, in the direction
 * away from rest. The re-arm distance is a tenth of that range.
 * <li>The period is the mean interval of spikes at twice the onset, or at the largest smaller multiple at which the
 * neuron still fires.
 * <li>The pulse has the width of one unit of time and 15 / 6.92 of the smallest amplitude that gives a spike, as the
 * pulse of Hodgkin and Huxley's neuron has.
 * </ul>
 * Onset and period are compared with those of Hodgkin and Huxley's neuron, which the same procedure gives.
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
    private static final int BLOCK = 9;
    private static final int BLOCKS = 3;

    /** Currents of a finer search between two of the grid. */
    private static final int FINE = 20;
    private static final int REFINEMENTS = 2;

    private static final double TIME_CONSTANTS = 100;
    private static final double SHORTEST_MS = 500;
    private static final double LONGEST_MS = 2000;
    private static final int FEWEST_SAMPLES = 10_000;
    private static final int MOST_SAMPLES = 40_000;
    private static final int FEWEST_SPIKES = 3;

    /** Least range of the potential in repetitive firing, in parts of its typical range. */
    private static final double LEAST_RANGE = 0.1;
    private static final double REARM_PART = 0.1;

    /** Multiples of the onset at which the period is measured; the first at which the neuron fires decides. */
    private static final double[] MULTIPLES = {2, 1.5, 1.25, 1.1, 1};

    private static final int PULSE_SAMPLES = 20;
    private static final int PULSE_PERIODS = 5;
    private static final double PULSE_RATIO = 1.4;
    private static final int PULSE_CURRENTS = 24;

    private final Neuron neuron;
    private final NeuronSimulator simulator;
    private final double[] rest;
    private final double range;
    private final double duration;
    private final double dt;

    private ScaleMeasurement(Neuron neuron) {
        this.neuron = neuron;
        rest = neuron.restState();
        simulator = new NeuronSimulator(neuron, 1);
        range = neuron.units()[0];
        double[] rates = rates();
        double slowest = 1 / Arrays.stream(rates).min().orElseThrow();
        double fastest = 1 / Arrays.stream(rates).max().orElseThrow();
        double constants = TIME_CONSTANTS * slowest;
        duration = neuron.traits().units().time().equals("ms")
                ? Math.max(SHORTEST_MS, Math.min(LONGEST_MS, constants)) : constants;
        dt = Math.max(duration / MOST_SAMPLES, Math.min(duration / FEWEST_SAMPLES, fastest));
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
        Trace trace = answers(List.of(step(firing))).get(0);
        SpikeCriterion criterion = neuron.traits().spike().map(stated -> criterion(stated, 0))
                .orElseGet(() -> criterion(trace));
        double onset = refined(firing / RATIO, firing, this::step, answer -> late(answer, criterion).size()
                >= FEWEST_SPIKES);
        List<Trace> multiples = answers(Arrays.stream(MULTIPLES).mapToObj(m -> step(m * onset)).toList());
        int chosen = IntStream.range(0, MULTIPLES.length)
                .filter(k -> late(multiples.get(k), criterion).size() >= FEWEST_SPIKES).findFirst()
                .orElseThrow(() -> silent("its firing does not last"));
        List<Spike> spikes = late(multiples.get(chosen), criterion);
        double period = (spikes.get(spikes.size() - 1).timeMs() - spikes.get(0).timeMs()) / (spikes.size() - 1);
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

    private SpikeCriterion criterion(Trace firing) {
        double[] potential = secondHalf(firing);
        double low = Arrays.stream(potential).min().orElseThrow();
        double high = Arrays.stream(potential).max().orElseThrow();
        double threshold = rounded((low + high) / 2, high - low);
        return new SpikeCriterion(threshold, rest[0] - low > high - rest[0], REARM_PART * (high - low), 0, 0);
    }

    /** Rounded to at most a tenth of a size, to a power of ten. */
    private static double rounded(double value, double size) {
        int digits = -(int) Math.floor(Math.log10(size / 10));
        return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_EVEN).doubleValue();
    }

    private static double[] secondHalf(Trace trace) {
        return Arrays.copyOfRange(trace.voltageMv(), trace.length() / 2, trace.length());
    }

    /**
     * The smallest current of a geometric grid in both directions under which the neuron fires repetitively. When there
     * is none, the intervals in which the excursion from rest jumps are searched more finely, since the currents of
     * firing may lie between two of the grid.
     */
    private double firing(double first) {
        List<double[]> jumps = new ArrayList<>();
        double[] last = new double[2];
        for (int block = 0; block < BLOCKS; block++) {
            int from = block * BLOCK;
            double[] currents = IntStream.range(0, 2 * BLOCK).mapToDouble(k -> (k % 2 == 0 ? 1 : -1) * first
                    * Math.pow(RATIO, from + k / 2)).toArray();
            List<Trace> traces = answers(Arrays.stream(currents).mapToObj(this::step).toList());
            for (int k = 0; k < currents.length; k++) {
                if (firesRepetitively(traces.get(k))) {
                    return currents[k];
                }
                double excursion = excursion(traces.get(k));
                if (excursion - last[k % 2] >= LEAST_RANGE * range) {
                    jumps.add(new double[] {currents[k] / RATIO, currents[k]});
                }
                last[k % 2] = excursion;
            }
        }
        for (double[] jump : jumps) {
            double[] currents = IntStream.rangeClosed(1, FINE)
                    .mapToDouble(k -> jump[0] + (jump[1] - jump[0]) * k / FINE).toArray();
            List<Trace> traces = answers(Arrays.stream(currents).mapToObj(this::step).toList());
            for (int k = 0; k < FINE; k++) {
                if (firesRepetitively(traces.get(k))) {
                    return currents[k];
                }
            }
        }
        throw silent("not up to a current of " + (float) (first * Math.pow(RATIO, BLOCKS * BLOCK - 1)));
    }

    /** Largest distance of the potential from rest. */
    private double excursion(Trace trace) {
        return trace == null ? Double.NaN
                : Arrays.stream(trace.voltageMv()).map(v -> Math.abs(v - rest[0])).max().orElseThrow();
    }

    private InputException silent(String why) {
        return new InputException(Neurons.label(neuron) + " does not fire repetitively at a constant current, " + why
                + ", so that its scale cannot be measured; allowed: a neuron that fires, or one whose file states"
                + " '# nagumo: unit current .., duration ..' and '# nagumo: spike above .., rearm ..'");
    }

    /** Large oscillations around the middle of the potential's range that last. */
    private boolean firesRepetitively(Trace trace) {
        if (trace == null) {
            return false;
        }
        double[] potential = secondHalf(trace);
        double low = Arrays.stream(potential).min().orElseThrow();
        double high = Arrays.stream(potential).max().orElseThrow();
        if (!(high - low >= LEAST_RANGE * range)) {
            return false;
        }
        double middle = (low + high) / 2;
        return IntStream.range(1, potential.length)
                .filter(i -> potential[i - 1] < middle && potential[i] >= middle).count() >= FEWEST_SPIKES;
    }

    private List<Spike> late(Trace trace, SpikeCriterion criterion) {
        return trace == null ? List.of() : SpikeDetector.detect(trace, criterion).stream()
                .filter(spike -> spike.timeMs() > duration / 2).toList();
    }

    private CurrentTrace step(double current) {
        double[] samples = new double[(int) Math.round(duration / dt)];
        Arrays.fill(samples, current);
        return new CurrentTrace(dt, samples);
    }

    /** Whether a response has what is looked for. */
    @FunctionalInterface
    private interface Property {
        boolean holds(Trace answer);
    }

    /** The smallest value with a property between one without and one with it, by rounds of finer grids. */
    private double refined(double without, double with, DoubleFunction<CurrentTrace> protocol, Property property) {
        double low = without;
        double high = with;
        for (int round = 0; round < REFINEMENTS; round++) {
            double start = low;
            double spacing = (high - low) / (BLOCK + 1);
            List<Trace> answers = answers(IntStream.rangeClosed(1, BLOCK)
                    .mapToObj(k -> protocol.apply(start + k * spacing)).toList());
            int first = 0;
            while (first < BLOCK && !(answers.get(first) != null && property.holds(answers.get(first)))) {
                first++;
            }
            high = first == BLOCK ? high : start + (first + 1) * spacing;
            low = start + first * spacing;
        }
        return high;
    }

    /** Amplitude of the battery's pulses in units of current; that of the reference when no pulse gives a spike. */
    private double pulse(double currentUnit, double timeUnit, SpikeCriterion criterion) {
        double step = timeUnit / PULSE_SAMPLES;
        int length = (int) Math.round(PULSE_PERIODS * REFERENCE_PERIOD_MS * PULSE_SAMPLES);
        DoubleFunction<CurrentTrace> pulse = amplitude -> {
            double[] current = new double[length];
            Arrays.fill(current, 0, PULSE_SAMPLES, amplitude * currentUnit);
            return new CurrentTrace(step, current);
        };
        Property spikes = answer -> !SpikeDetector.detect(answer, criterion).isEmpty();
        double[] amplitudes = DoubleStream.iterate(1, a -> a * PULSE_RATIO).limit(PULSE_CURRENTS).toArray();
        List<Trace> answers = answers(Arrays.stream(amplitudes).mapToObj(pulse).toList());
        for (int k = 0; k < amplitudes.length; k++) {
            if (answers.get(k) != null && spikes.holds(answers.get(k))) {
                return PULSE_FACTOR * refined(k == 0 ? 0 : amplitudes[k - 1], amplitudes[k], pulse, spikes);
            }
        }
        return NeuronScale.Amplitudes.STANDARD.pulse();
    }

    /** Responses; null for a current under which the neuron diverges. */
    private List<Trace> answers(List<CurrentTrace> currents) {
        try {
            return simulator.respond(currents);
        } catch (DivergenceException e) {
            List<Trace> answers = new ArrayList<>();
            for (CurrentTrace current : currents) {
                answers.add(answer(current));
            }
            return answers;
        }
    }

    private Trace answer(CurrentTrace current) {
        try {
            return simulator.respond(List.of(current)).get(0);
        } catch (DivergenceException e) {
            return null;
        }
    }
}

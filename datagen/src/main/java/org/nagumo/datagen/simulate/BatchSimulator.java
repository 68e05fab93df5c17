package org.nagumo.datagen.simulate;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import org.nagumo.datagen.neuron.Neuron;

/**
 * Integrates a neuron under many currents at once, one lane for each: the states are a structure of arrays, so that one
 * instruction moves several neurons. Every lane has its own clock and its own step; all lanes make a step together,
 * whatever time it is in each. The numbers of a lane are therefore the same whatever the other lanes are. An instance
 * keeps work space and belongs to one thread.
 */
public final class BatchSimulator {

    /** Lanes at which the arrays still stay in the nearer caches. */
    public static final int LANES = 256;

    /** Halvings of a step of 0.1 ms down to 1e-7 ms: rates beyond that are beyond anything that a neuron has. */
    private static final int MOST_HALVINGS = 20;

    /** An estimated error from which twice the step is tried: order 8 makes it 256 times larger; squared. */
    private static final double SMALL = 1e-5;

    /** Samples between two words of how far it is: some thousandths of a second. */
    private static final int PROGRESS_EVERY = 1 << 12;

    /**
     * Largest magnitude of a state, in multiples of its typical range or of 1, whichever is larger; beyond it the
     * simulation has diverged. A gate that is closed at rest may have a measured range far below 1.
     */
    private static final double MOST_RANGES = 40;

    /** Told the state of each lane at each of its samples. */
    @FunctionalInterface
    public interface Recorder {

        /**
         * @param trace  which of the currents the lane answers
         * @param sample number of the sample
         * @param states {@code [variable][lane]}; not to be kept
         * @param lane   the lane
         */
        void record(int trace, int sample, double[][] states, int lane);
    }

    private final Neuron neuron;
    private final double[] initial;
    private final double[] bound;
    private final Integration integration;
    private final BatchStep step;

    // One element a lane.
    private final double[][] x;
    private final double[][] out;
    private final double[] current;
    private final double[] stepMs;
    private final int[] trace;
    private final int[] sample;
    private final int[] level;
    /** Position within the sample in smallest steps. */
    private final long[] position;

    /**
     * @param neuron  the neuron
     * @param initial the state in which every response begins, in the neuron's order
     * @param lanes   most currents at once
     */
    public BatchSimulator(Neuron neuron, double[] initial, Integration integration, int lanes) {
        if (initial.length != neuron.dimension()) {
            throw new IllegalArgumentException("initial has " + initial.length + " values; allowed: "
                    + neuron.dimension() + ", one for each of " + neuron.stateNames());
        }
        this.neuron = neuron;
        this.initial = initial.clone();
        this.integration = integration;
        bound = Arrays.stream(neuron.units()).map(unit -> MOST_RANGES * Math.max(1, unit)).toArray();
        step = switch (integration.method()) {
            case DORMAND_PRINCE -> new DormandPrince(neuron, lanes);
            case RUNGE_KUTTA_4 -> ExplicitRungeKutta.classical(neuron, lanes);
            case EXPONENTIAL_EULER -> new ExponentialEuler(neuron, lanes);
        };
        x = new double[initial.length][lanes];
        out = new double[initial.length][lanes];
        current = new double[lanes];
        stepMs = new double[lanes];
        trace = new int[lanes];
        sample = new int[lanes];
        level = new int[lanes];
        position = new long[lanes];
    }

    /**
     * Lanes of each of several batches that keep threads busy alike: as few rounds as there can be, of equal batches. A
     * step of few lanes takes nearly as long as one of many.
     *
     * @param currents how many currents there are to answer
     * @param round    batches in a round
     */
    public static int lanes(int currents, int round) {
        int batches = (currents + LANES * round - 1) / (LANES * round) * round;
        return Math.max(1, (currents + batches - 1) / Math.max(1, batches));
    }

    /**
     * Answers currents of one sampling step.
     *
     * @param currents at most as many as there are lanes; lengths may differ
     * @param progress told again and again how many more samples have been recorded, in the end all
     * @throws DivergenceException when a state can be followed no further
     */
    public void run(List<CurrentTrace> currents, Recorder recorder, LongConsumer progress) {
        if (currents.size() > trace.length) {
            throw new IllegalArgumentException(currents.size() + " currents at once; allowed: at most "
                    + trace.length);
        }
        double dt = currents.get(0).dtMs();
        if (currents.stream().anyMatch(c -> c.dtMs() != dt)) {
            throw new IllegalArgumentException("the currents have different sampling steps; allowed: one, " + dt
                    + " ms");
        }
        double[][] input = currents.stream().map(CurrentTrace::currentUaPerCm2).toArray(double[][]::new);
        long steps = (long) Math.max(1, Math.ceil(dt / integration.longestStepMs() - 1e-9));
        double longest = dt / steps;
        long end = steps << MOST_HALVINGS;
        int lanes = begin(input, longest, recorder);
        int recorded = input.length;
        while (lanes > 0) {
            step.step(lanes, x, current, stepMs, out);
            double[] error = step.error();
            for (int i = lanes - 1; i >= 0; i--) {
                if (error != null && !(error[i] <= 1)) {
                    refine(i, dt);
                } else {
                    accept(i);
                    if (position[i] == end) {
                        position[i] = 0;
                        sample[i]++;
                        check(i, dt);
                        recorder.record(trace[i], sample[i], x, i);
                        recorded++;
                        if (sample[i] == input[trace[i]].length - 1) {
                            replace(i, --lanes);
                            continue;
                        }
                        current[i] = input[trace[i]][sample[i]];
                    }
                    if (error != null && level[i] > 0 && error[i] < SMALL
                            && (position[i] & (1L << MOST_HALVINGS - level[i])) == 0) {
                        level[i]--;
                    }
                }
                stepMs[i] = longest / (1L << level[i]);
            }
            if (recorded >= PROGRESS_EVERY) {
                progress.accept(recorded);
                recorded = 0;
            }
        }
        progress.accept(recorded);
    }

    private int begin(double[][] input, double longest, Recorder recorder) {
        int lanes = 0;
        for (int k = 0; k < input.length; k++) {
            for (int v = 0; v < initial.length; v++) {
                x[v][lanes] = initial[v];
            }
            recorder.record(k, 0, x, lanes);
            if (input[k].length > 1) {
                trace[lanes] = k;
                sample[lanes] = 0;
                level[lanes] = 0;
                position[lanes] = 0;
                current[lanes] = input[k][0];
                stepMs[lanes] = longest;
                lanes++;
            }
        }
        return lanes;
    }

    private void accept(int lane) {
        for (int v = 0; v < x.length; v++) {
            x[v][lane] = out[v][lane];
        }
        position[lane] += 1L << MOST_HALVINGS - level[lane];
    }

    private void refine(int lane, double dt) {
        if (level[lane] == MOST_HALVINGS) {
            throw new DivergenceException(trace[lane], neuron.name() + " diverged after " + time(lane, dt)
                    + " ms: it changes too fast to be followed under " + current[lane] + " uA/cm2 at " + state(lane));
        }
        level[lane]++;
    }

    /** Puts another lane where this one was. */
    private void replace(int lane, int other) {
        for (int v = 0; v < x.length; v++) {
            x[v][lane] = x[v][other];
        }
        current[lane] = current[other];
        stepMs[lane] = stepMs[other];
        trace[lane] = trace[other];
        sample[lane] = sample[other];
        level[lane] = level[other];
        position[lane] = position[other];
    }

    private void check(int lane, double dt) {
        for (int v = 0; v < x.length; v++) {
            if (!(Math.abs(x[v][lane]) <= bound[v])) {
                throw new DivergenceException(trace[lane], neuron.name() + " diverged before " + time(lane, dt)
                        + " ms: " + neuron.stateNames().get(v) + " is " + x[v][lane] + " under " + current[lane]
                        + " uA/cm2, by the method " + integration.describe());
            }
        }
    }

    private double time(int lane, double dt) {
        return Math.round(sample[lane] * dt * 1e6) / 1e6;
    }

    private String state(int lane) {
        return neuron.stateNames() + " = " + Arrays.toString(Arrays.stream(x).mapToDouble(v -> v[lane]).toArray());
    }
}

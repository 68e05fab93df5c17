package org.nagumo.experiments.train;

import org.nagumo.experiments.configuration.Described;
import org.nagumo.experiments.configuration.Range;

/**
 * What is seen of the recent past where a window begins: the potential, low-pass filtered with several time constants
 * in geometric progression. The gates of a neuron are filtered functions of its potential, so these traces tell where
 * they are; nothing that an experiment cannot record is used.
 *
 * @param traces     number of traces
 * @param shortestMs time constant of the first one
 * @param longestMs  time constant of the last one
 */
public record Encoder(
        @Described("low-pass filtered traces of the potential: 1 to 8") int traces,
        @Described("time constant in ms of the fastest one: positive") double shortestMs,
        @Described("time constant in ms of the slowest one: at least shortest_ms") double longestMs) {

    /** Most traces: the encoder reads their products too. */
    public static final int MOST_TRACES = 8;

    /** After this many of the longest time constants what was before the trajectory counts by 5 % in a trace. */
    private static final double MEMORY = 3;

    static final Encoder STANDARD = new Encoder(3, 0.7, 9);

    public Encoder {
        Range.check("traces", traces, traces >= 1 && traces <= MOST_TRACES, "1 to " + MOST_TRACES);
        Range.positive("shortestMs", shortestMs);
        Range.check("longestMs", longestMs, longestMs >= shortestMs && Double.isFinite(longestMs),
                "finite numbers from shortestMs, " + shortestMs + ", on");
    }

    /** Time constants in ms, the shortest first. */
    double[] timesMs() {
        double[] times = new double[traces];
        for (int k = 0; k < traces; k++) {
            times[k] = shortestMs * Math.pow(longestMs / shortestMs, traces == 1 ? 0 : k / (traces - 1.0));
        }
        return times;
    }

    /** How much of a trajectory has to be seen before a window may begin, in ms. */
    double pastMs() {
        return MEMORY * longestMs;
    }

    /** Numbers that the first state is computed from: 1, the potential and its traces, and the products of any two. */
    int features() {
        int rows = 1 + traces;
        return 1 + rows + rows * (rows + 1) / 2;
    }
}

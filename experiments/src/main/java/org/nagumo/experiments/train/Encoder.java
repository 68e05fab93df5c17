package org.nagumo.experiments.train;

import org.nagumo.experiments.configuration.Described;
import org.nagumo.experiments.configuration.Range;

/**
 * What is seen of the recent past where a window begins: the potential v and its sigmoid s(v), each low-pass filtered
 * with several time constants in geometric progression. The gates of a neuron are filtered, voltage-dependent functions
 * of its potential, so these traces tell where they are. Nothing that an experiment cannot record is used. From traces
 * of 1 and 6 ms and their products, h and n of Hodgkin and Huxley's neuron follow but for 0.3 % of their variance;
 * from three traces of v alone but for 1.4 %.
 *
 * <p>With a time for a trace of spikes, the traces are those of v and one slow trace that tells how much the neuron has
 * fired, in the place of the traces of s(v): fewer products for cells whose adaptation is slow.
 *
 * @param times        number of time constants
 * @param shortestMs   the first one
 * @param longestMs    the last one
 * @param spikeTraceMs time constant of the trace of spikes; null for traces of the sigmoid instead
 */
public record Encoder(
        @Described("time constants of the low-pass filters: 1 to 4") int times,
        @Described("the shortest one in ms: positive") double shortestMs,
        @Described("the longest one in ms: at least shortest_ms") double longestMs,
        @Described("time constant in ms of one slow trace of spikes, which takes the place of the traces of the"
                + " potential's sigmoid: positive; by default those") Double spikeTraceMs) {

    /** Most time constants: the encoder reads all products of their traces too. */
    public static final int MOST_TIMES = 4;

    /** After this many of the longest time constants what was before the trajectory counts by 5 % in a trace. */
    private static final double MEMORY = 3;

    static final Encoder STANDARD = new Encoder(2, 1, 6);

    public Encoder {
        Range.check("times", times, times >= 1 && times <= MOST_TIMES, "1 to " + MOST_TIMES);
        Range.positive("shortestMs", shortestMs);
        Range.check("longestMs", longestMs, longestMs >= shortestMs, "from shortestMs, " + shortestMs + ", on");
        if (spikeTraceMs != null) {
            Range.positive("spikeTraceMs", spikeTraceMs);
        }
    }

    /** Without a trace of spikes. */
    Encoder(int times, double shortestMs, double longestMs) {
        this(times, shortestMs, longestMs, null);
    }

    /** Time constants in ms, the shortest first. */
    double[] timesMs() {
        double[] all = new double[times];
        for (int k = 0; k < times; k++) {
            all[k] = shortestMs * Math.pow(longestMs / shortestMs, times == 1 ? 0 : k / (times - 1.0));
        }
        return all;
    }

    /** How much of a trajectory has to be seen before a window may begin, in ms. */
    double pastMs() {
        return MEMORY * (spikeTraceMs == null ? longestMs : Math.max(longestMs, spikeTraceMs));
    }

    /** Number of traces: those of the potential, the fastest first, then those of its sigmoid or that of spikes. */
    int traces() {
        return spikeTraceMs == null ? 2 * times : times + 1;
    }

    /** Numbers that the first state is computed from: 1, the potential and the traces, and the products of any two. */
    int features() {
        int rows = 1 + traces();
        return 1 + rows + rows * (rows + 1) / 2;
    }
}

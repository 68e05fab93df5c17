package org.nagumo.experiments.recording;

import java.util.List;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.experiments.spikes.Spike;

/** Sums over samples that are farther than 5 ms from any spike: of squared errors, and of the potential's variance. */
final class BetweenSpikes {

    private static final double AWAY_MS = 5;

    private double squares;
    private long samples;
    private double variance;

    /**
     * Adds a trace.
     *
     * @param cell  the trace
     * @param model potentials that are compared with it, in mV
     * @param first spikes that are left out
     * @param other further spikes that are left out
     */
    void add(Trace cell, double[] model, List<Spike> first, List<Spike> other) {
        boolean[] near = new boolean[cell.length()];
        mark(near, first, cell);
        mark(near, other, cell);
        double sum = 0;
        double sumOfSquares = 0;
        long count = 0;
        for (int i = 0; i < near.length; i++) {
            if (!near[i]) {
                double v = cell.voltageMv()[i];
                double error = model[i] - v;
                squares += error * error;
                sum += v;
                sumOfSquares += v * v;
                count++;
            }
        }
        samples += count;
        variance += count == 0 ? 0 : sumOfSquares - sum / count * sum;
    }

    private static void mark(boolean[] near, List<Spike> spikes, Trace trace) {
        for (Spike spike : spikes) {
            double at = spike.timeMs() - trace.startMs();
            int from = (int) Math.max(0, Math.ceil((at - AWAY_MS) / trace.dtMs()));
            int to = (int) Math.min(near.length, (at + AWAY_MS) / trace.dtMs() + 1);
            for (int i = from; i < to; i++) {
                near[i] = true;
            }
        }
    }

    /** Root mean squared error in mV; NaN without samples. */
    double rmseMv() {
        return samples == 0 ? Double.NaN : Math.sqrt(squares / samples);
    }

    /** One less the ratio of squared error and variance; NaN without samples. */
    double explained() {
        return samples == 0 ? Double.NaN : 1 - squares / variance;
    }
}

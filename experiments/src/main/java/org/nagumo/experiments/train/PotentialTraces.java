package org.nagumo.experiments.train;

import java.util.Arrays;
import org.nagumo.datagen.io.InputException;

/**
 * The low-pass filtered traces of an {@link Encoder}, {@code y_i = y_(i-1) + (1 - exp(-dt / T)) (x_i - y_(i-1))},
 * beginning at {@code y_0 = x_0}, of the scaled potential, x = v, and of its sigmoid, x = sigma((v + 0.1) / 0.1), which
 * passes from 0 to 1 between rest and spike; or of a steeper one, x = sigma((v - 0.1) / 0.06), which is 1 within spikes
 * alone. Over all trajectories each trace has mean 0 and standard deviation
 * {@link #SPREAD}.
 */
final class PotentialTraces {

    /** About that of a scaled potential and of the states of a network. */
    static final double SPREAD = 0.17;

    private static final double CENTRE = -0.1;
    private static final double WIDTH = 0.1;
    private static final double SPIKE_CENTRE = 0.1;
    private static final double SPIKE_WIDTH = 0.06;

    private PotentialTraces() {
    }

    /**
     * @param v    scaled potentials {@code [trajectory][sample]}; not modified
     * @param dtMs time between samples
     * @return the traces, {@code [trajectory][trace][sample]}
     * @throws InputException when the potential is constant
     */
    static float[][][] of(double[][] v, double dtMs, Encoder encoder) {
        double[] times = encoder.timesMs();
        float[][][] traces = new float[v.length][encoder.traces()][];
        for (int k = 0; k < v.length; k++) {
            for (int s = 0; s < times.length; s++) {
                traces[k][s] = filtered(v[k], share(dtMs, times[s]));
            }
            if (encoder.spikeTraceMs() != null) {
                traces[k][times.length] = filtered(sigmoid(v[k], SPIKE_CENTRE, SPIKE_WIDTH),
                        share(dtMs, encoder.spikeTraceMs()));
                continue;
            }
            double[] sigmoid = sigmoid(v[k], CENTRE, WIDTH);
            for (int s = 0; s < times.length; s++) {
                traces[k][times.length + s] = filtered(sigmoid, share(dtMs, times[s]));
            }
        }
        for (int s = 0; s < encoder.traces(); s++) {
            standardise(traces, s);
        }
        return traces;
    }

    private static double share(double dtMs, double timeMs) {
        return -Math.expm1(-dtMs / timeMs);
    }

    private static double[] sigmoid(double[] v, double centre, double width) {
        return Arrays.stream(v).map(x -> 1 / (1 + Math.exp((centre - x) / width))).toArray();
    }

    private static float[] filtered(double[] x, double share) {
        float[] y = new float[x.length];
        double last = x[0];
        for (int i = 0; i < x.length; i++) {
            last += share * (x[i] - last);
            y[i] = (float) last;
        }
        return y;
    }

    private static void standardise(float[][][] traces, int s) {
        long count = 0;
        double sum = 0;
        for (float[][] trajectory : traces) {
            for (float y : trajectory[s]) {
                sum += y;
            }
            count += trajectory[s].length;
        }
        double mean = sum / count;
        double squares = 0;
        for (float[][] trajectory : traces) {
            for (float y : trajectory[s]) {
                squares += (y - mean) * (y - mean);
            }
        }
        double sd = Math.sqrt(squares / count);
        if (!(sd > 1e-6 * Math.max(1, Math.abs(mean)))) {
            throw new InputException("the potential of the data is constant; allowed: data in which it changes");
        }
        for (float[][] trajectory : traces) {
            for (int i = 0; i < trajectory[s].length; i++) {
                trajectory[s][i] = (float) (SPREAD * (trajectory[s][i] - mean) / sd);
            }
        }
    }
}

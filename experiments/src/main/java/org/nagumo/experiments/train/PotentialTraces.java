package org.nagumo.experiments.train;

import java.util.Arrays;
import org.nagumo.datagen.io.InputException;

/**
 * The low-pass filtered traces of an {@link Encoder}, {@code y_i = y_(i-1) + (1 - exp(-dt / T)) (x_i - y_(i-1))},
 * beginning at {@code y_0 = x_0}, of the scaled potential, x = v, and of its sigmoid, x = sigma((v + 0.1) / 0.1), which
 * passes from 0 to 1 between rest and spike. Over all trajectories each trace has mean 0 and standard deviation
 * {@link #SPREAD}.
 */
final class PotentialTraces {

    /** About that of a scaled potential and of the states of a network. */
    static final double SPREAD = 0.17;

    private static final double CENTRE = -0.1;
    private static final double WIDTH = 0.1;

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
            double[] sigmoid = Arrays.stream(v[k]).map(x -> 1 / (1 + Math.exp((CENTRE - x) / WIDTH))).toArray();
            for (int s = 0; s < times.length; s++) {
                double share = -Math.expm1(-dtMs / times[s]);
                traces[k][s] = filtered(v[k], share);
                traces[k][times.length + s] = filtered(sigmoid, share);
            }
        }
        for (int s = 0; s < encoder.traces(); s++) {
            standardise(traces, s);
        }
        return traces;
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

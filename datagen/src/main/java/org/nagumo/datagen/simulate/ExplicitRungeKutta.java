package org.nagumo.datagen.simulate;

import java.util.stream.IntStream;
import org.hipparchus.ode.nonstiff.ClassicalRungeKuttaIntegrator;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.NeuronBatch;

/**
 * An explicit Runge-Kutta method: {@code k_s = h f(x + sum_j a_sj k_j)}, {@code out = x + sum_s b_s k_s}. The input is
 * constant, so the times of the stages do not enter.
 */
class ExplicitRungeKutta implements BatchStep {

    private final NeuronBatch field;
    private final Sum[] stages;
    private final Sum result;
    private final double[][] y;

    /** {@code [stage][variable][lane]} of the last step. */
    final double[][][] k;

    /**
     * @param a {@code a[s - 1][j]}, the coefficients of stage s from 1 on
     * @param b the weights of the stages
     */
    ExplicitRungeKutta(Neuron neuron, int lanes, double[][] a, double[] b) {
        int n = neuron.dimension();
        field = neuron.batch(lanes);
        stages = IntStream.range(1, b.length).mapToObj(s -> new Sum(a[s - 1])).toArray(Sum[]::new);
        result = new Sum(b);
        y = new double[n][lanes];
        k = new double[b.length][n][lanes];
    }

    /** Kutta's classical method of order 4. */
    static ExplicitRungeKutta classical(Neuron neuron, int lanes) {
        ClassicalRungeKuttaIntegrator method = new ClassicalRungeKuttaIntegrator(1);
        return new ExplicitRungeKutta(neuron, lanes, method.getA(), method.getB());
    }

    @Override
    public void step(int lanes, double[][] x, double[] currents, double[] stepsMs, double[][] out) {
        change(lanes, x, currents, stepsMs, k[0]);
        for (int s = 1; s < k.length; s++) {
            for (int v = 0; v < x.length; v++) {
                stages[s - 1].add(lanes, x[v], k, v, y[v]);
            }
            change(lanes, y, currents, stepsMs, k[s]);
        }
        for (int v = 0; v < x.length; v++) {
            result.add(lanes, x[v], k, v, out[v]);
        }
    }

    private void change(int lanes, double[][] state, double[] currents, double[] stepsMs, double[][] stage) {
        field.derivatives(lanes, state, currents, stage);
        for (double[] derivative : stage) {
            multiply(lanes, stepsMs, derivative);
        }
    }

    private static void multiply(int lanes, double[] factor, double[] product) {
        for (int i = 0; i < lanes; i++) {
            product[i] *= factor[i];
        }
    }

    /** A weighted sum of stages, four at a time: loops of that size become vector instructions. */
    static final class Sum {

        private final int[] stage;
        private final double[] weight;

        Sum(double[] weights) {
            int[] used = IntStream.range(0, weights.length).filter(j -> weights[j] != 0).toArray();
            int padded = (used.length + 3) / 4 * 4;
            stage = new int[padded];
            weight = new double[padded];
            for (int j = 0; j < used.length; j++) {
                stage[j] = used[j];
                weight[j] = weights[used[j]];
            }
        }

        /** {@code out = x + sum}. */
        void add(int lanes, double[] x, double[][][] k, int variable, double[] out) {
            double[] from = x;
            for (int j = 0; j < stage.length; j += 4) {
                addFour(lanes, from, k[stage[j]][variable], k[stage[j + 1]][variable], k[stage[j + 2]][variable],
                        k[stage[j + 3]][variable], weight[j], weight[j + 1], weight[j + 2], weight[j + 3], out);
                from = out;
            }
        }

        private static void addFour(int lanes, double[] x, double[] a, double[] b, double[] c, double[] d, double wa,
                double wb, double wc, double wd, double[] out) {
            for (int i = 0; i < lanes; i++) {
                out[i] = x[i] + ((wa * a[i] + wb * b[i]) + (wc * c[i] + wd * d[i]));
            }
        }
    }
}

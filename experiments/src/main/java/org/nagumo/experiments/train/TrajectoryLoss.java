package org.nagumo.experiments.train;

import java.util.Arrays;
import org.nagumo.experiments.configuration.Described;
import org.nagumo.experiments.configuration.Range;

/**
 * How far a voltage trajectory of the network is from the neuron's, for a whole minibatch of windows, and the
 * gradient by the network's output. Voltages are scaled ({@link org.nagumo.experiments.network.Scaling}).
 *
 * <p>With error e = v^ - v, at each sample:
 * <pre>
 *   w delta^2 (sqrt(1 + (e / delta)^2) - 1)                    pseudo-Huber, weighted
 *   + fast (LP_2ms [s(v^) - s(v)])^2 + slow (LP_20ms [s(v^) - s(v)])^2
 *   + (peak / dt) (max v^ - max v)^2                           where the neuron's spike has its peak
 * </pre>
 * averaged over time and minibatch. w gives the fast flanks of a spike, where a small shift in time is a large error,
 * less weight ({@link SampleWeights}). The heights of peaks are compared wherever the network's own peak is ({@link
 * PeakHeights}). s(v) = sigma((v - threshold) / width) marks "in a spike", and the first-order low-pass filters LP,
 * started at zero with each window, compare when and how often. The filtered terms keep a poor network from falling
 * silent, the minimum that a pointwise loss offers. The times of 1, 2 and 20 are in the unit of the data and the same
 * for all plans; a neuron in another unit of time is suited by other weights.
 */
public record TrajectoryLoss(
        @Described("delta of the pseudo-Huber term, in scaled voltage: positive") double huberDelta,
        @Described("weight of the term that compares spikes within 2 ms: 0 and more") double fastWeight,
        @Described("weight of the term that compares spikes within 20 ms: 0 and more") double slowWeight,
        @Described("scaled voltage at which s, the mark of a spike, is one half") double spikeThreshold,
        @Described("scaled width of s: positive") double spikeWidth,
        @Described("weight of the height of a spike's peak, in ms of samples that weigh 1: 0 and more")
        double peakWeight) {

    static final double FAST_MS = 2;
    static final double SLOW_MS = 20;

    public TrajectoryLoss {
        Range.positive("huberDelta", huberDelta);
        Range.notNegative("fastWeight", fastWeight);
        Range.notNegative("slowWeight", slowWeight);
        Range.check("spikeThreshold", spikeThreshold, true, "finite numbers");
        Range.positive("spikeWidth", spikeWidth);
        Range.notNegative("peakWeight", peakWeight);
    }

    /** The same with another scaled voltage at which the mark of a spike is one half. */
    TrajectoryLoss withSpikeThreshold(double other) {
        return new TrajectoryLoss(huberDelta, fastWeight, slowWeight, other, spikeWidth, peakWeight);
    }

    /** Rows that one thread reuses from call to call. */
    static final class Workspace {
        private float[][] mark = new float[0][];
        private float[][] fast = new float[0][];
        private float[][] slow = new float[0][];
        private final Peaks peaks = new Peaks();

        private void resize(int steps, int lanes) {
            if (mark.length < steps + 1 || mark[0].length != lanes) {
                mark = new float[steps + 1][lanes];
                fast = new float[steps + 1][lanes];
                slow = new float[steps + 1][lanes];
            }
        }
    }

    /** The peaks of the network that answer the neuron's, and by how much they are too high. */
    private static final class Peaks {
        private int count;
        private int[] step = new int[64];
        private int[] lane = new int[64];
        private float[] error = new float[64];

        /** Looks for all; returns the sum of the squared errors. */
        double find(float[][] outputs, Minibatch batch, double threshold) {
            count = 0;
            double squares = 0;
            int steps = batch.steps();
            int reach = (int) Math.round(PeakHeights.REACH_MS / batch.dtMs());
            for (int t = reach; t + reach < steps; t++) {
                float[] now = batch.target(t);
                float[] before = batch.target(t - 1);
                float[] after = batch.target(t + 1);
                for (int b = 0; b < now.length; b++) {
                    if (now[b] > threshold && now[b] > before[b] && now[b] >= after[b]) {
                        int its = b;
                        int peak = PeakHeights.answering(s -> batch.target(s)[its], s -> outputs[s][its], t, reach,
                                steps, threshold);
                        squares += peak < 0 ? 0 : add(peak, b, outputs[peak][b] - now[b]);
                    }
                }
            }
            return squares;
        }

        private double add(int itsStep, int itsLane, float itsError) {
            if (count == step.length) {
                step = Arrays.copyOf(step, 2 * count);
                lane = Arrays.copyOf(lane, 2 * count);
                error = Arrays.copyOf(error, 2 * count);
            }
            step[count] = itsStep;
            lane[count] = itsLane;
            error[count++] = itsError;
            return itsError * itsError;
        }

        void addGradient(float[][] gradient, float scale) {
            for (int k = 0; k < count; k++) {
                gradient[step[k]][lane[k]] += scale * error[k];
            }
        }
    }

    /** The scaled voltage mapped to "in a spike", 0 to 1. */
    double mark(double v) {
        return 1 / (1 + Math.exp(-(v - spikeThreshold) / spikeWidth));
    }

    /**
     * Computes the loss and its gradient.
     *
     * @param outputs the network's scaled voltages {@code [steps][lanes]}; overwritten by dL/dv^
     * @param batch   the windows compared with
     * @param least   least weight of a sample
     * @param work    buffers of the calling thread
     * @return the loss, averaged over time and minibatch
     */
    double evaluate(float[][] outputs, Minibatch batch, double least, Workspace work) {
        int steps = batch.steps();
        int lanes = batch.lanes();
        work.resize(steps, lanes);
        float aFast = (float) (batch.dtMs() / FAST_MS);
        float aSlow = (float) (batch.dtMs() / SLOW_MS);
        float share = 1f / ((float) steps * lanes);
        float[] total = new float[lanes];
        double loss = 0;
        Arrays.fill(work.fast[steps], 0);
        Arrays.fill(work.slow[steps], 0);
        double heights = peakWeight == 0 ? 0 : work.peaks.find(outputs, batch, spikeThreshold);
        for (int t = 0; t < steps; t++) {
            float[] fastBefore = work.fast[t == 0 ? steps : t - 1];
            float[] slowBefore = work.slow[t == 0 ? steps : t - 1];
            mark(work.mark[t], outputs[t], (float) spikeThreshold, (float) (0.5 / spikeWidth));
            filter(work.fast[t], fastBefore, work.mark[t], batch.mark(t), aFast);
            filter(work.slow[t], slowBefore, work.mark[t], batch.mark(t), aSlow);
            addSquare(total, work.fast[t], (float) fastWeight);
            addSquare(total, work.slow[t], (float) slowWeight);
            huber(outputs[t], batch.target(t), batch.weight(t), total, (float) least, (float) huberDelta, share);
        }
        for (int b = 0; b < lanes; b++) {
            loss += total[b];
        }
        // The filters run backwards: lambda_t = 2 w y_t + (1 - a) lambda_{t+1}, and dL/d(s) = a lambda_t.
        float slope = (float) (1 / spikeWidth);
        float[] lambdaFast = new float[lanes];
        float[] lambdaSlow = new float[lanes];
        for (int t = steps - 1; t >= 0; t--) {
            adjoint(lambdaFast, work.fast[t], aFast, (float) (2 * fastWeight) * share);
            adjoint(lambdaSlow, work.slow[t], aSlow, (float) (2 * slowWeight) * share);
            addMarkGradient(outputs[t], work.mark[t], lambdaFast, lambdaSlow, aFast * slope, aSlow * slope);
        }
        float each = (float) (peakWeight / batch.dtMs());
        work.peaks.addGradient(outputs, 2 * each * share);
        return (loss + each * heights) * share;
    }

    /** s = sigma((v - threshold) / width) by x / sqrt(1 + x^2) of the polynomial hyperbolic sine, |v| below 9. */
    private static void mark(float[] s, float[] v, float threshold, float half) {
        for (int b = 0; b < s.length; b++) {
            float x = (v[b] - threshold) * half;
            float y = x * x;
            float p = Math.fma(y, 1f / 39916800, 1f / 362880);
            p = Math.fma(p, y, 1f / 5040);
            p = Math.fma(p, y, 1f / 120);
            p = Math.fma(p, y, 1f / 6);
            p = Math.fma(p, y, 1f);
            float u = x * p;
            s[b] = Math.fma(0.5f, u / (float) Math.sqrt(Math.fma(u, u, 1f)), 0.5f);
        }
    }

    private static void filter(float[] y, float[] before, float[] mark, float[] target, float a) {
        for (int b = 0; b < y.length; b++) {
            y[b] = Math.fma(a, mark[b] - target[b] - before[b], before[b]);
        }
    }

    private static void addSquare(float[] total, float[] y, float weight) {
        for (int b = 0; b < y.length; b++) {
            total[b] = Math.fma(weight * y[b], y[b], total[b]);
        }
    }

    private static void huber(float[] v, float[] target, float[] weight, float[] total, float least, float delta,
            float share) {
        float inverse = 1 / delta;
        for (int b = 0; b < v.length; b++) {
            float w = Math.max(weight[b], least);
            float e = v[b] - target[b];
            float q = e * inverse;
            float root = (float) Math.sqrt(Math.fma(q, q, 1f));
            total[b] = Math.fma(w * delta * delta, root - 1, total[b]);
            v[b] = w * share * e / root;
        }
    }

    private static void adjoint(float[] lambda, float[] y, float a, float twice) {
        for (int b = 0; b < lambda.length; b++) {
            lambda[b] = Math.fma(twice, y[b], (1 - a) * lambda[b]);
        }
    }

    private static void addMarkGradient(float[] gradient, float[] mark, float[] fast, float[] slow, float fastScale,
            float slowScale) {
        for (int b = 0; b < gradient.length; b++) {
            gradient[b] += Math.fma(fastScale, fast[b], slowScale * slow[b]) * mark[b] * (1 - mark[b]);
        }
    }
}

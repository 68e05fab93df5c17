package org.nagumo.experiments.train;

/**
 * Windows of several trajectories, transposed to rows: one row for each time step and quantity, one element for each
 * window. Step t is driven by the input at sample t and compared with the voltage at sample t + 1.
 */
final class Minibatch {

    /** Time steps that are transposed together, so that the rows being written stay in the nearest cache. */
    private static final int TILE = 16;

    private final double dtMs;
    private final int lanes;
    private final int steps;
    private final float[][] trajectories;
    private final int[] offsets;
    private final float[][] input;
    private final float[][] target;
    private final float[][] weight;
    private final float[][] mark;
    // What the encoder sees at the first sample: v and its traces, then the products of any two.
    private final int seen;
    private final float[][] start;     // [rows][lanes]

    Minibatch(TrainingSet set, int lanes, int steps) {
        this.dtMs = set.dtMs();
        this.lanes = lanes;
        this.steps = steps;
        this.seen = 1 + set.encoder().traces();
        trajectories = new float[lanes][];
        offsets = new int[lanes];
        input = new float[steps][lanes];
        target = new float[steps][lanes];
        weight = new float[steps][lanes];
        mark = new float[steps][lanes];
        start = new float[set.encoder().features() - 1][lanes];
    }

    /** Puts a window in a lane: a trajectory with the traces of its potential, from one of its samples on. */
    void place(int lane, float[] samples, float[][] traces, int first) {
        trajectories[lane] = samples;
        offsets[lane] = first;
        start[0][lane] = samples[first * TrainingSet.STRIDE + TrainingSet.VOLTAGE];
        for (int s = 0; s < traces.length; s++) {
            start[1 + s][lane] = traces[s][first];
        }
    }

    void gather() {
        multiply();
        for (int t = 0; t < steps; t += TILE) {
            for (int b = 0; b < lanes; b++) {
                gatherTile(b, t, Math.min(t + TILE, steps));
            }
        }
    }

    private void gatherTile(int lane, int from, int to) {
        float[] samples = trajectories[lane];
        int at = (offsets[lane] + from) * TrainingSet.STRIDE;
        for (int t = from; t < to; t++) {
            input[t][lane] = samples[at + TrainingSet.INPUT];
            at += TrainingSet.STRIDE;
            target[t][lane] = samples[at + TrainingSet.VOLTAGE];
            weight[t][lane] = samples[at + TrainingSet.WEIGHT];
            mark[t][lane] = samples[at + TrainingSet.MARK];
        }
    }

    private void multiply() {
        int at = seen;
        for (int i = 0; i < seen; i++) {
            for (int j = i; j < seen; j++) {
                float[] product = start[at++];
                float[] p = start[i];
                float[] q = start[j];
                for (int b = 0; b < product.length; b++) {
                    product[b] = p[b] * q[b];
                }
            }
        }
    }

    double dtMs() {
        return dtMs;
    }

    int lanes() {
        return lanes;
    }

    int steps() {
        return steps;
    }

    float[] input(int t) {
        return input[t];
    }

    float[] target(int t) {
        return target[t];
    }

    float[] weight(int t) {
        return weight[t];
    }

    float[] mark(int t) {
        return mark[t];
    }

    float[][] start() {
        return start;
    }
}

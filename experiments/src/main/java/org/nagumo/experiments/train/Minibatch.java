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
    private final boolean withStates;
    private final int hiddenStates;
    private final float[][] trajectories;
    private final float[][][] hiddenOf;
    private final int[] offsets;
    private final float[][] input;
    private final float[][] target;
    private final float[][] weight;
    private final float[][] mark;
    // What the encoder sees of the neuron: v and the other states, then the products of any two.
    private final float[][] start;     // [rows][lanes], at the first sample
    private final float[][][] states;  // [steps][rows][lanes] after each step, when wanted

    /** @param withStates whether the neuron's state after every step is wanted, not only at the start */
    Minibatch(TrainingSet set, int lanes, int steps, boolean withStates) {
        this.dtMs = set.dtMs();
        this.lanes = lanes;
        this.steps = steps;
        this.withStates = withStates;
        this.hiddenStates = set.hiddenStates();
        trajectories = new float[lanes][];
        hiddenOf = new float[lanes][][];
        offsets = new int[lanes];
        input = new float[steps][lanes];
        target = new float[steps][lanes];
        weight = new float[steps][lanes];
        mark = new float[steps][lanes];
        int rows = set.encoderFeatures() - 1;
        start = new float[rows][lanes];
        states = withStates ? new float[steps][rows][lanes] : null;
    }

    void place(int lane, float[] samples, float[][] hidden, int first) {
        trajectories[lane] = samples;
        offsets[lane] = first;
        hiddenOf[lane] = hidden;
        start[0][lane] = samples[first * TrainingSet.STRIDE + TrainingSet.VOLTAGE];
        for (int s = 0; s < hiddenStates; s++) {
            start[1 + s][lane] = hidden[s][first];
        }
    }

    void gather() {
        multiply(start);
        for (int t = 0; t < steps; t += TILE) {
            for (int b = 0; b < lanes; b++) {
                gatherTile(b, t, Math.min(t + TILE, steps));
            }
        }
        if (withStates) {
            for (int t = 0; t < steps; t++) {
                gatherStates(t);
                multiply(states[t]);
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

    private void gatherStates(int t) {
        for (int b = 0; b < lanes; b++) {
            states[t][0][b] = target[t][b];
            for (int k = 0; k < hiddenStates; k++) {
                states[t][1 + k][b] = hiddenOf[b][k][offsets[b] + t + 1];
            }
        }
    }

    /** Fills the rows of products from those of the states. */
    private void multiply(float[][] rows) {
        int at = 1 + hiddenStates;
        for (int i = 0; i <= hiddenStates; i++) {
            for (int j = i; j <= hiddenStates; j++) {
                float[] product = rows[at++];
                float[] p = rows[i];
                float[] q = rows[j];
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

    float[][] states(int t) {
        return states[t];
    }
}

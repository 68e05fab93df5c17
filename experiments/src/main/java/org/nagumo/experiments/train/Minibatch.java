package org.nagumo.experiments.train;

/**
 * Windows of several trajectories, transposed to rows: one row for each time step and quantity, one element for each
 * window. Step t is driven by the input at sample t and compared with the voltage at sample t + 1.
 */
final class Minibatch {

    private final double dtMs;
    private final int lanes;
    private final int steps;
    private final boolean withStates;
    private final int hiddenStates;
    private final float[][] trajectories;
    private final int[] offsets;
    private final float[][] input;
    private final float[][] target;
    private final float[][] weight;
    private final float[][] mark;
    private final float[][] start;     // [1 + hiddenStates][lanes]: v and the other states at the first sample
    private final float[][][] states;  // [steps][1 + hiddenStates][lanes] after each step, when wanted

    /** @param withStates whether the neuron's state after every step is wanted, not only at the start */
    Minibatch(TrainingSet set, int lanes, int steps, boolean withStates) {
        this.dtMs = set.dtMs();
        this.lanes = lanes;
        this.steps = steps;
        this.withStates = withStates;
        this.hiddenStates = set.hiddenStates();
        trajectories = new float[lanes][];
        offsets = new int[lanes];
        input = new float[steps][lanes];
        target = new float[steps][lanes];
        weight = new float[steps][lanes];
        mark = new float[steps][lanes];
        start = new float[1 + hiddenStates][lanes];
        states = withStates ? new float[steps][1 + hiddenStates][lanes] : null;
    }

    void place(int lane, float[] trajectory, int offset, int stride) {
        trajectories[lane] = trajectory;
        offsets[lane] = offset;
        start[0][lane] = trajectory[offset + TrainingSet.VOLTAGE];
        for (int s = 0; s < hiddenStates; s++) {
            start[1 + s][lane] = trajectory[offset + TrainingSet.STATES + s];
        }
    }

    void gather(int stride) {
        for (int t = 0; t < steps; t++) {
            gatherStep(t, t * stride, stride);
        }
    }

    private void gatherStep(int t, int from, int stride) {
        float[] x = input[t];
        float[] v = target[t];
        float[] w = weight[t];
        float[] s = mark[t];
        for (int b = 0; b < lanes; b++) {
            float[] trajectory = trajectories[b];
            int at = offsets[b] + from;
            x[b] = trajectory[at + TrainingSet.INPUT];
            at += stride;
            v[b] = trajectory[at + TrainingSet.VOLTAGE];
            w[b] = trajectory[at + TrainingSet.WEIGHT];
            s[b] = trajectory[at + TrainingSet.MARK];
            if (withStates) {
                states[t][0][b] = v[b];
                for (int k = 0; k < hiddenStates; k++) {
                    states[t][1 + k][b] = trajectory[at + TrainingSet.STATES + k];
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

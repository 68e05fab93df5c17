package org.nagumo.core.gru;

/**
 * A readout of one number from the states of a {@link FusedGru}, with its gradients: linear,
 * {@code v = w . h + b}, or through K hyperbolic tangent units,
 * {@code v = b + sum_k w_k tanh(A_k . h + a_k)}.
 *
 * <p>It computes what Deeplearning4j's {@code RnnOutputLayer} with identity activation computes, after a
 * {@code DenseLayer} of K tanh units when there are any, and its flat parameters have the order of those layers:
 * {@code [w [H] | b]} or {@code [A [H, K] column by column | a [K] | w [K] | b]}.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
public final class FusedReadout<A> {

    private final FusedGru<A> gru;
    private final RowMath<A> math;
    private final int units;
    private final int hidden;

    private int lanes;
    private A[] outputs;      // [steps]
    private A[] hiddenRows;   // [steps * hidden], tanh of the hidden units
    private A[] hiddenErrors; // [hidden]
    private A[] laneGradients;

    private final double[][] hiddenWeights; // [hidden][units]
    private final double[][] hiddenBack;    // [units][hidden]
    private final double[] hiddenBias;
    private final double[] outputWeights;

    /**
     * @param gru    the kernel whose states are read
     * @param hidden number of tanh units, 0 for a linear readout
     */
    public FusedReadout(FusedGru<A> gru, int hidden) {
        if (hidden < 0) {
            throw new IllegalArgumentException("hidden is " + hidden + "; allowed: at least 0");
        }
        this.gru = gru;
        this.math = gru.math();
        this.units = gru.units();
        this.hidden = hidden;
        hiddenWeights = new double[hidden][units];
        hiddenBack = new double[units][hidden];
        hiddenBias = new double[hidden];
        outputWeights = new double[hidden == 0 ? units : hidden];
    }

    /** Number of parameters of a readout of {@code units} states through {@code hidden} tanh units. */
    public static int parameterCount(int units, int hidden) {
        return hidden == 0 ? units + 1 : hidden * (units + 2) + 1;
    }

    /** Number of parameters, the length of the flat vector. */
    public int parameterCount() {
        return parameterCount(units, hidden);
    }

    /**
     * Reads the states of the kernel's last forward pass.
     *
     * @param parameters array that holds the flat parameters; not modified
     * @param offset     place of the first of them
     */
    public void forward(double[] parameters, int offset) {
        if (lanes != gru.lanes() || outputs.length < gru.steps()) {
            lanes = gru.lanes();
            outputs = math.rows(gru.steps(), lanes);
            hiddenRows = math.rows(gru.steps() * hidden, lanes);
            hiddenErrors = math.rows(hidden, lanes);
            laneGradients = math.rows(parameterCount(), lanes);
        }
        regroup(parameters, offset);
        double bias = parameters[offset + parameterCount() - 1];
        for (int t = 0; t < gru.steps(); t++) {
            A[] h = gru.states(t + 1);
            if (hidden == 0) {
                math.affine(outputs[t], bias, outputWeights, h, 0, units);
            } else {
                for (int k = 0; k < hidden; k++) {
                    A f = hiddenRows[t * hidden + k];
                    math.affine(f, hiddenBias[k], hiddenWeights[k], h, 0, units);
                    math.tanh(f, bound(k));
                }
                math.affine(outputs[t], bias, outputWeights, hiddenRows, t * hidden, hidden);
            }
        }
    }

    private void regroup(double[] parameters, int offset) {
        for (int k = 0; k < hidden; k++) {
            for (int j = 0; j < units; j++) {
                hiddenWeights[k][j] = parameters[offset + k * units + j];
                hiddenBack[j][k] = hiddenWeights[k][j];
            }
            hiddenBias[k] = parameters[offset + hidden * units + k];
        }
        System.arraycopy(parameters, offset + hidden * (units + 1), outputWeights, 0, outputWeights.length);
    }

    private double bound(int k) {
        double bound = Math.abs(hiddenBias[k]);
        for (double w : hiddenWeights[k]) {
            bound += Math.abs(w) * gru.stateBound();
        }
        return bound;
    }

    /** Row of the readout after step {@code t}; the caller overwrites it with dL/dv before {@link #backward}. */
    public A output(int t) {
        return outputs[t];
    }

    /**
     * Computes the gradients of a loss from dL/dv, which the caller has left in the {@link #output} rows, and fills
     * the kernel's {@link FusedGru#outputGradient} rows.
     */
    public void backward() {
        for (A row : laneGradients) {
            math.clear(row);
        }
        int weightsAt = hidden * (units + 1);
        int biasAt = parameterCount() - 1;
        double[] weight = new double[1];
        for (int t = 0; t < gru.steps(); t++) {
            A[] h = gru.states(t + 1);
            A e = outputs[t];
            math.add(laneGradients[biasAt], e);
            if (hidden == 0) {
                for (int j = 0; j < units; j++) {
                    math.accumulateOne(laneGradients[j], e, h[j]);
                    weight[0] = outputWeights[j];
                    math.affine(gru.outputGradient(t, j), 0, weight, outputs, t, 1);
                }
            } else {
                for (int k = 0; k < hidden; k++) {
                    A f = hiddenRows[t * hidden + k];
                    math.accumulateOne(laneGradients[weightsAt + k], e, f);
                    math.tanhBackward(hiddenErrors[k], e, f, outputWeights[k]);
                    math.add(laneGradients[hidden * units + k], hiddenErrors[k]);
                    for (int j = 0; j < units; j++) {
                        math.accumulateOne(laneGradients[k * units + j], hiddenErrors[k], h[j]);
                    }
                }
                for (int j = 0; j < units; j++) {
                    math.affine(gru.outputGradient(t, j), 0, hiddenBack[j], hiddenErrors, 0, hidden);
                }
            }
        }
    }

    /** Gradient of each parameter for each sequence of the minibatch, in the flat order; the readout's own rows. */
    public A[] laneGradients() {
        return laneGradients;
    }
}

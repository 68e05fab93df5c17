package org.nagumo.core.gru;

import java.lang.reflect.Array;
import java.util.List;
import java.util.stream.IntStream;

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

    /** Time steps whose weight gradients are taken together. */
    private static final int CHUNK = 16;

    private final FusedGru<A> gru;
    private final int units;
    private final int hidden;

    private int lanes;
    private A one;
    private A[][] outputs;    // [steps][1]
    private A[][] states;     // [steps][units + 1]: h, 1
    private A[][] hiddenRows; // [steps][hidden + 1]: tanh of the hidden units, 1; after backward their errors
    private A[] laneGradients;
    private WeightGradients<A> outputGradients;
    private WeightGradients<A> hiddenGradients;

    private final A hiddenWeights; // [hidden][units]
    private final A hiddenBack;    // [units][hidden]
    private final A hiddenBias;    // [hidden]
    private final A outputWeights; // [hidden, or units]
    private final A outputBias;    // [1]
    private final int[] hiddenPlaces;
    private final int[] outputPlaces;
    private double bound;

    /**
     * @param gru    the kernel whose states are read
     * @param hidden number of tanh units, 0 for a linear readout
     */
    public FusedReadout(FusedGru<A> gru, int hidden) {
        if (hidden < 0) {
            throw new IllegalArgumentException("hidden is " + hidden + "; allowed: at least 0");
        }
        this.gru = gru;
        this.units = gru.units();
        this.hidden = hidden;
        RowMath<A> math = gru.math();
        hiddenWeights = math.row(hidden * units);
        hiddenBack = math.row(units * hidden);
        hiddenBias = math.row(hidden);
        outputWeights = math.row(sources());
        outputBias = math.row(1);
        hiddenPlaces = new int[hidden * (units + 1)];
        for (int k = 0; k < hidden; k++) {
            for (int j = 0; j < units; j++) {
                hiddenPlaces[k * (units + 1) + j] = k * units + j;
            }
            hiddenPlaces[k * (units + 1) + units] = hidden * units + k;
        }
        outputPlaces = IntStream.rangeClosed(0, sources()).map(k -> hidden * (units + 1) + k).toArray();
    }

    /** What the output is a weighted sum of. */
    private int sources() {
        return hidden == 0 ? units : hidden;
    }

    /** Number of parameters of a readout of {@code units} states through {@code hidden} tanh units. */
    public static int parameterCount(int units, int hidden) {
        return hidden == 0 ? units + 1 : hidden * (units + 2) + 1;
    }

    /** Number of parameters, the length of the flat vector. */
    public int parameterCount() {
        return parameterCount(units, hidden);
    }

    /** Bytes of the rows of a lane and time step. */
    public long bytesPerStep() {
        return (long) gru.math().bytes() * (1 + hidden);
    }

    /**
     * Reads the states of the kernel's last forward pass.
     *
     * @param parameters array that holds the flat parameters; not modified
     * @param offset     place of the first of them
     */
    public void forward(double[] parameters, int offset) {
        RowMath<A> math = gru.math();
        if (lanes != gru.lanes() || outputs.length < gru.steps()) {
            allocate(math);
        }
        regroup(math, parameters, offset);
        for (int t = 0; t < gru.steps(); t++) {
            System.arraycopy(gru.states(t + 1), 0, states[t], 0, units);
            if (hidden > 0) {
                math.tanh(hiddenRows[t], 0, hidden, hiddenBias, hiddenWeights, states[t], units, bound);
            }
            math.affine(outputs[t], 0, 1, outputBias, outputWeights, read(t), 0, sources());
        }
    }

    private void allocate(RowMath<A> math) {
        lanes = gru.lanes();
        one = math.row(lanes);
        math.fill(one, 1);
        outputs = table(math, 1, false);
        states = table(math, units, true);
        hiddenRows = table(math, hidden, true);
        laneGradients = math.rows(parameterCount(), lanes);
        outputGradients = new WeightGradients<>(laneGradients, List.of(new WeightGroup<>(outputPlaces, outputs, 0,
                hidden == 0 ? states : hiddenRows, sources() + 1, true)));
        hiddenGradients = new WeightGradients<>(laneGradients, hidden == 0 ? List.of()
                : List.of(new WeightGroup<>(hiddenPlaces, hiddenRows, 0, states, units + 1, true)));
    }

    /** Rows for each step, the last one of ones if wanted. */
    @SuppressWarnings("unchecked")
    private A[][] table(RowMath<A> math, int rows, boolean withOne) {
        A[][] table = (A[][]) Array.newInstance(math.rows(0, 0).getClass(), gru.steps());
        for (int t = 0; t < table.length; t++) {
            table[t] = math.rows(rows + (withOne ? 1 : 0), lanes);
            if (withOne) {
                table[t][rows] = one;
            }
        }
        return table;
    }

    private A[] read(int t) {
        return hidden == 0 ? states[t] : hiddenRows[t];
    }

    private void regroup(RowMath<A> math, double[] parameters, int offset) {
        bound = 0;
        for (int k = 0; k < hidden; k++) {
            double bias = parameters[offset + hidden * units + k];
            double sum = Math.abs(bias);
            for (int j = 0; j < units; j++) {
                double w = parameters[offset + k * units + j];
                math.set(hiddenWeights, k * units + j, w);
                math.set(hiddenBack, j * hidden + k, w);
                sum += Math.abs(w) * gru.stateBound();
            }
            math.set(hiddenBias, k, bias);
            bound = Math.max(bound, sum);
        }
        int at = offset + hidden * (units + 1);
        for (int k = 0; k < sources(); k++) {
            math.set(outputWeights, k, parameters[at + k]);
        }
        math.set(outputBias, 0, parameters[at + sources()]);
    }

    /** Row of the readout after step {@code t}; the caller overwrites it with dL/dv before {@link #backward}. */
    public A output(int t) {
        return outputs[t][0];
    }

    /**
     * Computes the gradients of a loss from dL/dv, which the caller has left in the {@link #output} rows, and fills
     * the kernel's {@link FusedGru#outputGradient} rows.
     */
    public void backward() {
        outputGradients.sums(gru.math()).clear();
        hiddenGradients.sums(gru.math()).clear();
        continueBackward();
    }

    /** As {@link #backward} where the last one was that of the steps that follow: sums of weight gradients go on. */
    public void continueBackward() {
        RowMath<A> math = gru.math();
        for (int to = gru.steps(); to > 0; to -= CHUNK) {
            backward(math, Math.max(0, to - CHUNK), to);
        }
    }

    private void backward(RowMath<A> math, int from, int to) {
        outputGradients.sums(math).add(from, to);
        for (int t = to - 1; t >= from; t--) {
            A e = outputs[t][0];
            A[] errors = hiddenRows[t];
            for (int k = 0; k < hidden; k++) {
                math.tanhBackward(errors[k], e, errors[k], math.get(outputWeights, k));
            }
            A[] byState = gru.outputGradients(t);
            for (A row : byState) {
                math.clear(row);
            }
            if (hidden == 0) {
                math.addAffine(byState, outputWeights, outputs[t], 0, 1);
            } else {
                math.addAffine(byState, hiddenBack, errors, 0, hidden);
            }
        }
        hiddenGradients.sums(math).add(from, to);
    }

    /** Gradient of each parameter for each sequence of the minibatch, in the flat order; the readout's own rows. */
    public A[] laneGradients() {
        outputGradients.store();
        hiddenGradients.store();
        return laneGradients;
    }
}

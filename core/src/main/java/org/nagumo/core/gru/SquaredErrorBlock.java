package org.nagumo.core.gru;

import java.util.Arrays;

/**
 * Some time steps of a whole minibatch in a linear readout under the squared error. What the readout sees as
 * {@code [minibatch, feature, time]} in 'f' order is gathered here into one row for each feature, long enough for the
 * just-in-time compiler's vector loops and short enough for the first cache; the rows of all features are read and
 * written at the same index. Sums over the minibatch and time are kept by element and added up in double precision at
 * the end.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
final class SquaredErrorBlock<A> {

    private final RowMath<A> math;
    private final int inputs;
    private final int outputs;
    private final int lanes;
    private final int steps;

    private final A[] states;          // [inputs]; their gradients after run
    private final A[] errors;          // [outputs]
    private final A target;
    private final A mask;
    private final A squares;
    private final A[] weightGradients; // [outputs * inputs], output by output
    private final A[] biasGradients;   // [outputs]

    SquaredErrorBlock(RowMath<A> math, int inputs, int outputs, int lanes, int steps) {
        this.math = math;
        this.inputs = inputs;
        this.outputs = outputs;
        this.lanes = lanes;
        this.steps = steps;
        int length = lanes * steps;
        states = math.rows(inputs, length);
        errors = math.rows(outputs, length);
        target = math.row(length);
        mask = math.row(length);
        squares = math.row(length);
        weightGradients = math.rows(outputs * inputs, length);
        biasGradients = math.rows(outputs, length);
    }

    /** Number of time steps. */
    int steps() {
        return steps;
    }

    /** Sets all sums to zero. */
    void clear() {
        math.clear(squares);
        Arrays.stream(weightGradients).forEach(math::clear);
        Arrays.stream(biasGradients).forEach(math::clear);
    }

    /**
     * The readout's weights.
     *
     * @param forward by output, then input
     * @param back    by input, then output: the same times the factor of the gradient
     */
    record Weights<A>(A forward, double[] bias, A back) {
    }

    /**
     * The readout of some steps.
     *
     * @param h    states, channels: inputs
     * @param m    masks, one channel, or null
     * @param y    takes the readout, channels: outputs
     * @param from first step
     */
    void forward(Weights<A> weights, Channels<A> h, Channels<A> m, Channels<A> y, int from) {
        gather(h, states, from);
        for (int k = 0; k < outputs; k++) {
            math.affine(errors[k], weights.bias[k], weights.forward, k * inputs, states, 0, inputs);
        }
        if (m != null) {
            gather(m, 0, mask, from);
            for (A y1 : errors) {
                math.multiply(y1, y1, mask);
            }
        }
        scatter(errors, y, from);
    }

    /**
     * Loss and gradients of some steps, up to the loss's factor.
     *
     * @param h    states, channels: inputs
     * @param y    targets, channels: outputs
     * @param m    masks, one channel, or null
     * @param byH  takes dL/dh, channels: inputs
     * @param from first step
     */
    void run(Weights<A> weights, Channels<A> h, Channels<A> y, Channels<A> m, Channels<A> byH, int from) {
        gather(h, states, from);
        if (m != null) {
            gather(m, 0, mask, from);
        }
        for (int k = 0; k < outputs; k++) {
            A e = errors[k];
            gather(y, k, target, from);
            math.affine(e, weights.bias[k], weights.forward, k * inputs, states, 0, inputs);
            math.combine(e, e, 1, target, -1);
            if (m == null) {
                math.accumulateOne(squares, e, e);
            } else {
                math.multiply(target, e, mask);
                math.accumulateOne(squares, e, target);
                math.copy(e, target);
            }
            for (int j = 0; j < inputs; j++) {
                math.accumulateOne(weightGradients[k * inputs + j], e, states[j]);
            }
            math.add(biasGradients[k], e);
        }
        for (int j = 0; j < inputs; j++) {
            math.affine(states[j], 0, weights.back, j * outputs, errors, 0, outputs);
        }
        scatter(states, byH, from);
    }

    private void gather(Channels<A> all, A[] rows, int from) {
        for (int j = 0; j < rows.length; j++) {
            gather(all, j, rows[j], from);
        }
    }

    private void gather(Channels<A> all, int feature, A row, int from) {
        for (int s = 0; s < steps; s++) {
            all.read(from + s, feature, 0, row, s * lanes, lanes);
        }
    }

    private void scatter(A[] rows, Channels<A> all, int from) {
        for (int s = 0; s < steps; s++) {
            for (int j = 0; j < rows.length; j++) {
                all.write(from + s, j, 0, rows[j], s * lanes, lanes);
            }
        }
    }

    /** Sum of m (y - target)^2. */
    double squares() {
        return math.sum(0, squares, lanes * steps);
    }

    /** Adds factor times the sums of m (y - target) h, output by output, and of m (y - target). */
    void addGradient(double factor, double[] into) {
        for (int p = 0; p < weightGradients.length; p++) {
            into[p] += factor * math.sum(0, weightGradients[p], lanes * steps);
        }
        for (int k = 0; k < outputs; k++) {
            into[weightGradients.length + k] += factor * math.sum(0, biasGradients[k], lanes * steps);
        }
    }
}

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
     * The readout of some steps.
     *
     * @param weights by output, then input
     * @param h       states of all steps
     * @param m       masks of all steps, or null
     * @param y       takes the readout of these steps
     * @param from    first step
     */
    void forward(A weights, double[] bias, A h, A m, A y, int from) {
        gather(h, states, from);
        for (int k = 0; k < outputs; k++) {
            math.affine(errors[k], bias[k], weights, k * inputs, states, 0, inputs);
        }
        if (m != null) {
            System.arraycopy(m, from * lanes, mask, 0, steps * lanes);
            for (A y1 : errors) {
                math.multiply(y1, y1, mask);
            }
        }
        scatter(errors, y, from);
    }

    /**
     * Loss and gradients of some steps, up to the loss's factor.
     *
     * @param weights by output, then input
     * @param back    by input, then output: the weights times the factor of the gradient
     * @param h       states of all steps; those of these steps become dL/dh
     * @param y       targets of all steps
     * @param m       masks of all steps, or null
     * @param from    first step
     */
    void run(A weights, double[] bias, A back, A h, A y, A m, int from) {
        gather(h, states, from);
        if (m != null) {
            System.arraycopy(m, from * lanes, mask, 0, steps * lanes);
        }
        for (int k = 0; k < outputs; k++) {
            A e = errors[k];
            gather(y, k, outputs, target, from);
            math.affine(e, bias[k], weights, k * inputs, states, 0, inputs);
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
            math.affine(states[j], 0, back, j * outputs, errors, 0, outputs);
        }
        scatter(states, h, from);
    }

    private void gather(A all, A[] rows, int from) {
        for (int j = 0; j < rows.length; j++) {
            gather(all, j, rows.length, rows[j], from);
        }
    }

    private void gather(A all, int feature, int features, A row, int from) {
        for (int s = 0; s < steps; s++) {
            System.arraycopy(all, ((from + s) * features + feature) * lanes, row, s * lanes, lanes);
        }
    }

    private void scatter(A[] rows, A all, int from) {
        for (int s = 0; s < steps; s++) {
            for (int j = 0; j < rows.length; j++) {
                System.arraycopy(rows[j], s * lanes, all, ((from + s) * rows.length + j) * lanes, lanes);
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

package org.nagumo.core.gru;

import java.lang.reflect.Array;
import java.util.Arrays;

/**
 * The continuous-time GRU over a whole minibatch and sequence, with exact backpropagation through time: the fast
 * equivalent of {@link ContinuousTimeGruGraph}.
 *
 * <p>One Euler step, for unit j and with alpha_j = dt / tau_j:
 * <pre>
 *   z = sigma(x Wz + h Uz + bz)
 *   r = sigma(x Wr + h Ur + br)
 *   c = tanh (x Wh + (r * h) Uh + bh)
 *   h' = h + alpha (1 - z)(c - h)
 * </pre>
 *
 * <p><b>Layout.</b> Every quantity is a row for each time step and feature, with one element for each sequence of
 * the minibatch (a lane): an {@code [minibatch, feature, time]} array in 'f' order, cut into rows. The caller fills
 * {@link #input}, {@link #initialState} and, before {@link #backward}, {@link #outputGradient}, and reads
 * {@link #state}.
 *
 * <p><b>Parameters</b> are one flat vector, {@code [W | RW | b | logTau]}: W is {@code [nIn, 3H]}, RW {@code [H, 3H]},
 * both column by column ('f' order), b {@code [3H]}, column blocks in the order z, r, candidate; logTau {@code [H]} is
 * the natural logarithm of the time constants in ms.
 *
 * <p>Buffers are kept between calls and grow only when a call needs more. An instance belongs to one thread; the
 * numbers of a lane do not depend on the other lanes.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
public final class FusedGru<A> {

    private final RowMath<A> math;
    private final int inputs;
    private final int units;

    private int lanes;
    private int steps;

    // Rows by time step. After backward, gates holds the gradients of the pre-activations.
    private A[][] inputAndState;   // [steps][inputs + units]: x, h
    private A[][] inputAndReset;   // [steps][inputs + units]: x, r * h
    private A[][] gates;           // [steps][3 units]: z, r, c
    private A[][] states;          // [steps + 1][units]
    private A[][] outputGradients; // [steps][units]
    private A[][] inputGradients;  // [steps][inputs], made when first wanted

    private A[] stateGradient;
    private A[] held;
    private A resetGradient;
    private A inputBound;
    private A[] laneGradients;

    // The parameters, regrouped by the row sums they enter.
    private final double[][] gateWeights;      // [3 units][inputs + units]
    private final double[][] resetBack;        // [units][units]: Uh by row
    private final double[][] stateBack;        // [units][2 units]: Uz, Ur by row
    private final double[][] inputBack;        // [inputs][3 units]: W by row
    private final double[] bias;               // [3 units]
    private final double[] alpha;              // [units]
    private A[] masks;
    private double stateBound = 1;

    private FusedGru(RowMath<A> math, int inputs, int units) {
        if (inputs < 1 || units < 1) {
            throw new IllegalArgumentException("inputs is " + inputs + " and units is " + units
                    + "; allowed: at least 1 each");
        }
        this.math = math;
        this.inputs = inputs;
        this.units = units;
        gateWeights = new double[3 * units][inputs + units];
        resetBack = new double[units][units];
        stateBack = new double[units][2 * units];
        inputBack = new double[inputs][3 * units];
        bias = new double[3 * units];
        alpha = new double[units];
    }

    /** A kernel in single precision. */
    public static FusedGru<float[]> ofFloats(int inputs, int units) {
        return new FusedGru<>(new FloatRowMath(), inputs, units);
    }

    /** A kernel in double precision. */
    public static FusedGru<double[]> ofDoubles(int inputs, int units) {
        return new FusedGru<>(new DoubleRowMath(), inputs, units);
    }

    /** Number of parameters of a layer: {@code 3 units (inputs + units + 1) + units}. */
    public static int parameterCount(int inputs, int units) {
        return 3 * units * (inputs + units + 1) + units;
    }

    /** Number of parameters, the length of the flat vector. */
    public int parameterCount() {
        return parameterCount(inputs, units);
    }

    /**
     * Sets the size of the next calls. Contents of the rows are lost when the number of lanes changes.
     *
     * @param newLanes number of sequences of the minibatch, at least 1
     * @param newSteps number of time steps, at least 1
     */
    public void resize(int newLanes, int newSteps) {
        if (newLanes < 1 || newSteps < 1) {
            throw new IllegalArgumentException("lanes is " + newLanes + " and steps is " + newSteps
                    + "; allowed: at least 1 each");
        }
        if (newLanes != lanes || states.length <= newSteps) {
            allocate(newLanes, newSteps);
        }
        lanes = newLanes;
        steps = newSteps;
    }

    private void allocate(int newLanes, int newSteps) {
        A[] prototype = math.rows(0, 0);
        states = rowTable(newSteps + 1, units, newLanes);
        gates = rowTable(newSteps, 3 * units, newLanes);
        outputGradients = rowTable(newSteps, units, newLanes);
        inputGradients = null;
        inputAndState = newTable(newSteps);
        inputAndReset = newTable(newSteps);
        for (int t = 0; t < newSteps; t++) {
            A[] x = math.rows(inputs, newLanes);
            A[] q = math.rows(units, newLanes);
            inputAndState[t] = concatenate(prototype, x, states[t]);
            inputAndReset[t] = concatenate(prototype, x, q);
        }
        stateGradient = math.rows(units, newLanes);
        held = math.rows(units, newLanes);
        resetGradient = math.row(newLanes);
        inputBound = math.row(newLanes);
        laneGradients = math.rows(parameterCount(), newLanes);
    }

    @SuppressWarnings("unchecked")
    private A[][] newTable(int count) {
        return (A[][]) Array.newInstance(math.rows(0, 0).getClass(), count);
    }

    private A[][] rowTable(int count, int features, int rowLanes) {
        A[][] table = newTable(count);
        for (int t = 0; t < count; t++) {
            table[t] = math.rows(features, rowLanes);
        }
        return table;
    }

    private static <A> A[] concatenate(A[] prototype, A[] first, A[] second) {
        A[] both = Arrays.copyOf(prototype, first.length + second.length);
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** Number of sequences of the minibatch. */
    public int lanes() {
        return lanes;
    }

    /** Number of time steps. */
    public int steps() {
        return steps;
    }

    /** Row of input {@code feature} at step {@code t}, to be filled by the caller. */
    public A input(int t, int feature) {
        return inputAndState[t][feature];
    }

    /** Row of the state of {@code unit} before the first step, to be filled by the caller. */
    public A initialState(int unit) {
        return states[0][unit];
    }

    /** Row of the state of {@code unit} after {@code t} steps, 0 to {@link #steps}: row t + 1 is the output of t. */
    public A state(int t, int unit) {
        return states[t][unit];
    }

    /** Rows of all units after {@code t} steps. */
    A[] states(int t) {
        return states[t];
    }

    /** Row of dL/d(output of step {@code t}), to be filled by the caller before {@link #backward}. */
    public A outputGradient(int t, int unit) {
        return outputGradients[t][unit];
    }

    /**
     * Computes the states of all steps.
     *
     * @param parameters the flat vector, length {@link #parameterCount}; not modified
     * @param dtMs       Euler step in ms; every time constant must be at least dt
     * @param stepMasks  null, or one row a step: where it is zero the state is held
     * @throws IllegalArgumentException when an input is not finite (with its place), or a time constant is below dt
     */
    public void forward(double[] parameters, double dtMs, A[] stepMasks) {
        regroup(parameters, dtMs);
        masks = stepMasks;
        double[] bounds = preActivationBounds();
        for (int t = 0; t < steps; t++) {
            A[] xh = inputAndState[t];
            A[] xq = inputAndReset[t];
            A[] gate = gates[t];
            for (int j = 0; j < 2 * units; j++) {
                math.affine(gate[j], bias[j], gateWeights[j], xh, 0, inputs + units);
                math.sigmoid(gate[j], bounds[j]);
            }
            for (int j = 0; j < units; j++) {
                math.multiply(xq[inputs + j], gate[units + j], states[t][j]);
            }
            for (int j = 0; j < units; j++) {
                A candidate = gate[2 * units + j];
                math.affine(candidate, bias[2 * units + j], gateWeights[2 * units + j], xq, 0, inputs + units);
                math.tanh(candidate, bounds[2 * units + j]);
                A next = states[t + 1][j];
                math.euler(next, states[t][j], gate[j], candidate, alpha[j]);
                if (masks != null) {
                    math.hold(next, states[t][j], masks[t]);
                }
            }
        }
    }

    private void regroup(double[] parameters, double dtMs) {
        int biasAt = 3 * units * (inputs + units);
        for (int j = 0; j < 3 * units; j++) {
            for (int i = 0; i < inputs; i++) {
                double w = parameters[j * inputs + i];
                gateWeights[j][i] = w;
                inputBack[i][j] = w;
            }
            for (int k = 0; k < units; k++) {
                double u = parameters[3 * units * inputs + j * units + k];
                gateWeights[j][inputs + k] = u;
                if (j < 2 * units) {
                    stateBack[k][j] = u;
                } else {
                    resetBack[k][j - 2 * units] = u;
                }
            }
            bias[j] = parameters[biasAt + j];
        }
        for (int j = 0; j < units; j++) {
            double tau = Math.exp(parameters[biasAt + 3 * units + j]);
            if (!(tau >= dtMs * (1 - 1e-6))) {
                throw new IllegalArgumentException("time constant of unit " + j + " is " + tau
                        + " ms; allowed: at least the Euler step dt = " + dtMs + " ms");
            }
            alpha[j] = Math.min(1, dtMs / tau);
        }
    }

    /** Largest |pre-activation| that can occur: |h| never exceeds max(1, |h(0)|), because h' lies between h and c. */
    private double[] preActivationBounds() {
        double x = largestInput();
        math.clear(inputBound);
        for (int j = 0; j < units; j++) {
            math.maxAbs(inputBound, states[0][j]);
        }
        stateBound = Math.max(1, largest(inputBound));
        double h = stateBound;
        if (!Double.isFinite(h)) {
            throw new IllegalArgumentException("the initial state is not finite; allowed: finite numbers");
        }
        double[] bounds = new double[3 * units];
        for (int j = 0; j < 3 * units; j++) {
            double bound = Math.abs(bias[j]);
            for (int k = 0; k < inputs + units; k++) {
                bound += Math.abs(gateWeights[j][k]) * (k < inputs ? x : h);
            }
            if (!Double.isFinite(bound)) {
                throw new IllegalArgumentException("the parameters of gate unit " + j
                        + " are not finite; allowed: finite numbers");
            }
            bounds[j] = bound;
        }
        return bounds;
    }

    private double largestInput() {
        math.clear(inputBound);
        for (int t = 0; t < steps; t++) {
            for (int i = 0; i < inputs; i++) {
                math.maxAbs(inputBound, inputAndState[t][i]);
            }
        }
        double largest = largest(inputBound);
        if (Double.isFinite(largest)) {
            return largest;
        }
        for (int t = 0; t < steps; t++) {
            for (int i = 0; i < inputs; i++) {
                for (int b = 0; b < lanes; b++) {
                    double value = math.get(inputAndState[t][i], b);
                    if (!Double.isFinite(value)) {
                        throw new IllegalArgumentException("input[example " + b + ", feature " + i + ", time step "
                                + t + "] is " + value + "; allowed: finite numbers");
                    }
                }
            }
        }
        throw new AssertionError("a non-finite bound without a non-finite input");
    }

    private double largest(A row) {
        double largest = 0;
        for (int b = 0; b < lanes; b++) {
            largest = Math.max(largest, math.get(row, b));
        }
        return largest;
    }

    /** No state of the last {@link #forward} exceeds this in magnitude. */
    public double stateBound() {
        return stateBound;
    }

    /** Number of units. */
    public int units() {
        return units;
    }

    RowMath<A> math() {
        return math;
    }

    /**
     * Computes all gradients of a loss L from dL/d(output), for the last {@link #forward}. The gates of that pass are
     * overwritten: one backward for each forward.
     *
     * @param wantInputGradient whether {@link #inputGradient} is needed
     */
    public void backward(boolean wantInputGradient) {
        backward(wantInputGradient, 0);
    }

    /**
     * As {@link #backward(boolean)}, but only back to a step: what is before it counts as constant.
     *
     * @param firstStep the earliest step that gradients flow through, 0 for all
     */
    public void backward(boolean wantInputGradient, int firstStep) {
        for (A row : laneGradients) {
            math.clear(row);
        }
        for (A row : stateGradient) {
            math.clear(row);
        }
        if (wantInputGradient && inputGradients == null) {
            inputGradients = rowTable(gates.length, inputs, lanes);
        }
        for (int t = 0; wantInputGradient && t < firstStep; t++) {
            for (A row : inputGradients[t]) {
                math.clear(row);
            }
        }
        for (int t = steps - 1; t >= firstStep; t--) {
            stepBackward(t);
            if (wantInputGradient) {
                for (int i = 0; i < inputs; i++) {
                    math.affine(inputGradients[t][i], 0, inputBack[i], gates[t], 0, 3 * units);
                }
            }
            // Two steps share one pass over the accumulators: half the traffic.
            if ((t - firstStep) % 2 == 0) {
                if (t + 1 < steps) {
                    accumulateTwo(t, t + 1);
                } else {
                    accumulateOne(t);
                }
            }
        }
    }

    private void stepBackward(int t) {
        A[] gate = gates[t];
        A[] h = states[t];
        int tauAt = parameterCount() - units;
        for (int j = 0; j < units; j++) {
            math.add(stateGradient[j], outputGradients[t][j]);
            if (masks != null) {
                math.splitHeld(held[j], stateGradient[j], masks[t]);
            }
            math.eulerBackward(stateGradient[j], h[j], gate[j], gate[2 * units + j], laneGradients[tauAt + j],
                    alpha[j]);
        }
        for (int k = 0; k < units; k++) {
            math.affine(resetGradient, 0, resetBack[k], gate, 2 * units, units);
            math.resetBackward(stateGradient[k], resetGradient, h[k], gate[units + k]);
        }
        for (int k = 0; k < units; k++) {
            math.addAffine(stateGradient[k], stateBack[k], gate, 0, 2 * units);
            if (masks != null) {
                math.add(stateGradient[k], held[k]);
            }
        }
    }

    private void accumulateTwo(int t1, int t2) {
        int biasAt = 3 * units * (inputs + units);
        for (int j = 0; j < 3 * units; j++) {
            A[] source1 = j < 2 * units ? inputAndState[t1] : inputAndReset[t1];
            A[] source2 = j < 2 * units ? inputAndState[t2] : inputAndReset[t2];
            A d1 = gates[t1][j];
            A d2 = gates[t2][j];
            for (int k = 0; k < inputs + units; k++) {
                math.accumulate(laneGradients[weightAt(j, k)], d1, source1[k], d2, source2[k]);
            }
            math.accumulate(laneGradients[biasAt + j], d1, d2);
        }
    }

    private void accumulateOne(int t) {
        int biasAt = 3 * units * (inputs + units);
        for (int j = 0; j < 3 * units; j++) {
            A[] source = j < 2 * units ? inputAndState[t] : inputAndReset[t];
            A d = gates[t][j];
            for (int k = 0; k < inputs + units; k++) {
                math.accumulateOne(laneGradients[weightAt(j, k)], d, source[k]);
            }
            math.add(laneGradients[biasAt + j], d);
        }
    }

    /** Place in the flat vector of the weight from source k (inputs, then units) to gate unit j. */
    private int weightAt(int j, int k) {
        return k < inputs ? j * inputs + k : 3 * units * inputs + j * units + k - inputs;
    }

    /**
     * Gradient of each parameter for each sequence of the minibatch: one row for each parameter, in the flat order.
     * Belongs to the kernel, valid until the next call.
     */
    public A[] laneGradients() {
        return laneGradients;
    }

    /** Gradient of the loss by the parameters, in the flat order, summed over the minibatch. */
    public void gradient(double[] into) {
        for (int p = 0; p < laneGradients.length; p++) {
            into[p] = math.sum(laneGradients[p]);
        }
    }

    /** Row of dL/d(initial state of {@code unit}). */
    public A initialStateGradient(int unit) {
        return stateGradient[unit];
    }

    /** Row of dL/d(input {@code feature} at step {@code t}), when {@link #backward} was asked for it. */
    public A inputGradient(int t, int feature) {
        return inputGradients[t][feature];
    }
}

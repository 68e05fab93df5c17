package org.nagumo.core.gru;

import java.lang.reflect.Array;
import java.util.Arrays;

/**
 * The continuous-time GRU over a whole minibatch and sequence, with exact backpropagation through time: the fast
 * equivalent of {@link ContinuousTimeGruGraph}, whose equations it computes.
 *
 * <p><b>Layout.</b> Every quantity is a row for each time step and feature, with one element for each sequence of
 * the minibatch (a lane): an {@code [minibatch, feature, time]} array in 'f' order, cut into rows. The caller fills
 * {@link #input}, {@link #initialState}, with irregular time {@link #interval}, and, before {@link #backward},
 * {@link #outputGradient}, and reads {@link #state}.
 *
 * <p><b>Parameters</b> are one flat vector, {@code [W | RW | b | logTau]}: W is {@code [inputs, 3H]} (or
 * {@code [inputs, H]} when the candidate alone sees the input), RW {@code [H, 3H]}, both column by column ('f' order),
 * b {@code [3H]}, column blocks in the order z, r, candidate; logTau {@code [H]} is the natural logarithm of the time
 * constants in ms.
 *
 * <p>Buffers are kept between calls and grow only when a call needs more. An instance belongs to one thread; the
 * numbers of a lane do not depend on the other lanes.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
public final class FusedGru<A> {

    private final RowMath<A> math;
    private final GruEquations equations;
    private final Integrator integrator;
    private final int inputs;
    private final int units;
    private final int stages;
    private final int substeps;
    private final FusedWeights weights;

    private int lanes;
    private int steps;
    private int capacity;

    // Rows by integrator step; a time step has 'substeps' of them.
    private A[][] states;          // [capacity * substeps + 1][units]

    // Rows by evaluation of the gates; an integrator step has 'stages' of them. x rows are shared by all evaluations
    // of a time step, the state rows of a first stage are those of 'states'.
    private A[][] inputAndState;   // [evaluations][inputs + units]: x, y
    private A[][] inputAndReset;   // [evaluations][inputs + units]: x, r * y
    private A[][] gates;           // [evaluations][3 units]: z, r, c; after backward the pre-activations' gradients

    // Rows by time step.
    private A[] intervals;         // [capacity], with irregular time
    private A[] intervalGradients;
    private A[][] outputGradients; // [capacity][units]
    private A[][] inputGradients;  // [capacity][inputs], made when first wanted
    private A[] masks;

    private A[] alpha;             // [units], of the present step
    private A[] stateGradient;
    private A[] stageGradient;
    private A[] stageTotal;
    private A[] held;
    private A slope;
    private A resetGradient;
    private A bound;
    private A[] laneGradients;

    private double stateBound = 1;

    private FusedGru(RowMath<A> math, GruEquations equations, int inputs, int units) {
        if (inputs < 1 || units < 1) {
            throw new IllegalArgumentException("inputs is " + inputs + " and units is " + units
                    + "; allowed: at least 1 each");
        }
        this.math = math;
        this.equations = equations;
        this.integrator = equations.integrator();
        this.inputs = inputs;
        this.units = units;
        stages = integrator.stages();
        substeps = equations.substeps();
        weights = new FusedWeights(equations, inputs, units);
    }

    /**
     * A kernel in single precision.
     *
     * @param inputs number of data inputs, the rows of W
     */
    public static FusedGru<float[]> ofFloats(GruEquations equations, int inputs, int units) {
        return new FusedGru<>(new FloatRowMath(), equations, inputs, units);
    }

    /**
     * A kernel in double precision.
     *
     * @param inputs number of data inputs, the rows of W
     */
    public static FusedGru<double[]> ofDoubles(GruEquations equations, int inputs, int units) {
        return new FusedGru<>(new DoubleRowMath(), equations, inputs, units);
    }

    /** Number of parameters with the input in the gates: {@code 3 units (inputs + units + 1) + units}. */
    public static int parameterCount(int inputs, int units) {
        return 3 * units * (inputs + units + 1) + units;
    }

    /** Number of parameters, the length of the flat vector. */
    public int parameterCount() {
        return weights.count();
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
        if (newLanes != lanes || capacity < newSteps) {
            allocate(newLanes, newSteps);
        }
        lanes = newLanes;
        steps = newSteps;
    }

    private void allocate(int newLanes, int newSteps) {
        capacity = newSteps;
        int evaluations = newSteps * substeps * stages;
        states = rowTable(newSteps * substeps + 1, units, newLanes);
        gates = rowTable(evaluations, 3 * units, newLanes);
        outputGradients = rowTable(newSteps, units, newLanes);
        inputGradients = null;
        int irregularSteps = equations.irregularTime() ? newSteps : 0;
        intervals = math.rows(irregularSteps, newLanes);
        intervalGradients = math.rows(irregularSteps, newLanes);
        inputAndState = newTable(evaluations);
        inputAndReset = newTable(evaluations);
        A[] x = null;
        for (int e = 0; e < evaluations; e++) {
            if (e % (substeps * stages) == 0) {
                x = math.rows(inputs, newLanes);
            }
            inputAndState[e] = concatenate(x, e % stages == 0 ? states[e / stages] : math.rows(units, newLanes));
            inputAndReset[e] = concatenate(x, math.rows(units, newLanes));
        }
        alpha = math.rows(units, newLanes);
        stateGradient = math.rows(units, newLanes);
        stageGradient = math.rows(units, newLanes);
        stageTotal = math.rows(units, newLanes);
        held = math.rows(units, newLanes);
        slope = math.row(newLanes);
        resetGradient = math.row(newLanes);
        bound = math.row(newLanes);
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

    private static <A> A[] concatenate(A[] first, A[] second) {
        A[] both = Arrays.copyOf(first, first.length + second.length);
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

    /** Number of units. */
    public int units() {
        return units;
    }

    RowMath<A> math() {
        return math;
    }

    /** Row of input {@code feature} at step {@code t}, to be filled by the caller. */
    public A input(int t, int feature) {
        return inputAndState[t * substeps * stages][feature];
    }

    /** Row of the time in ms that step {@code t} takes, to be filled by the caller; with irregular time alone. */
    public A interval(int t) {
        return intervals[t];
    }

    /** Row of the state of {@code unit} before the first step, to be filled by the caller. */
    public A initialState(int unit) {
        return states[0][unit];
    }

    /** Row of the state of {@code unit} after {@code t} steps, 0 to {@link #steps}: row t + 1 is the output of t. */
    public A state(int t, int unit) {
        return states[t * substeps][unit];
    }

    /** Rows of all units after {@code t} steps. */
    A[] states(int t) {
        return states[t * substeps];
    }

    /** Row of dL/d(output of step {@code t}), to be filled by the caller before {@link #backward}. */
    public A outputGradient(int t, int unit) {
        return outputGradients[t][unit];
    }

    /**
     * Computes the states of all steps.
     *
     * @param parameters the flat vector, length {@link #parameterCount}; not modified
     * @param stepMasks  null, or one row a step: where it is zero the state is held
     * @throws IllegalArgumentException when an input, an initial state or a parameter is not finite, an interval is not
     *                                  from 0 to dt, a time constant is below the integrator's step, or a sum
     *                                  may overflow; the message names the place
     */
    public void forward(double[] parameters, A[] stepMasks) {
        double stepMs = integrator.isBoundedByTau() ? equations.dtMs() / substeps : 0;
        weights.set(parameters, stepMs);
        masks = stepMasks;
        stateBound = Math.max(1, largestState());
        double[] bounds = weights.bounds(largestInput(0, steps), integrator.overshoot() * stateBound);
        if (Arrays.stream(bounds).max().orElseThrow() > math.largestNumber()) {
            reportOverflow();
        }
        if (equations.irregularTime()) {
            checkIntervals();
        } else {
            for (int j = 0; j < units; j++) {
                double ratio = equations.dtMs() / weights.tauMs[j] / substeps;
                math.fill(alpha[j], integrator.isBoundedByTau() ? Math.min(1, ratio) : ratio);
            }
        }
        for (int t = 0; t < steps; t++) {
            timeStep(t);
            for (int m = t * substeps; m < (t + 1) * substeps; m++) {
                integratorStep(m, bounds);
                if (masks != null) {
                    for (int j = 0; j < units; j++) {
                        math.hold(states[m + 1][j], states[m][j], masks[t]);
                    }
                }
            }
        }
    }

    /** With irregular time, the alphas of a time step. */
    private void timeStep(int t) {
        if (equations.irregularTime()) {
            for (int j = 0; j < units; j++) {
                math.combine(alpha[j], intervals[t], rate(j), intervals[t], 0);
            }
        }
    }

    /** d(alpha)/d(interval). */
    private double rate(int unit) {
        return 1 / (weights.tauMs[unit] * substeps);
    }

    private void integratorStep(int m, double[] bounds) {
        A[] h = states[m];
        A[] next = states[m + 1];
        for (int i = 0; i < stages; i++) {
            int e = m * stages + i;
            A[] xy = inputAndState[e];
            A[] xq = inputAndReset[e];
            A[] gate = gates[e];
            for (int j = 0; j < 2 * units; j++) {
                int from = weights.firstSource(j);
                math.affine(gate[j], weights.bias[j], weights.gate[j], xy, from, inputs + units - from);
                math.sigmoid(gate[j], bounds[j]);
            }
            for (int j = 0; j < units; j++) {
                math.multiply(xq[inputs + j], gate[units + j], xy[inputs + j]);
            }
            for (int j = 0; j < units; j++) {
                A c = gate[2 * units + j];
                math.affine(c, weights.bias[2 * units + j], weights.gate[2 * units + j], xq, 0, inputs + units);
                math.tanh(c, bounds[2 * units + j]);
                if (integrator == Integrator.EULER) {
                    math.euler(next[j], h[j], gate[j], c, alpha[j]);
                } else if (integrator == Integrator.EXPONENTIAL_EULER) {
                    math.exponentialEuler(next[j], h[j], gate[j], c, alpha[j]);
                } else {
                    math.slope(slope, xy[inputs + j], gate[j], c, alpha[j]);
                    math.combine(next[j], i == 0 ? h[j] : next[j], 1, slope, integrator.weight(i));
                    if (i + 1 < stages) {
                        math.combine(inputAndState[e + 1][inputs + j], h[j], 1, slope, integrator.inner(i + 1));
                    }
                }
            }
        }
    }

    private double largestState() {
        math.clear(bound);
        for (int j = 0; j < units; j++) {
            math.maxAbs(bound, states[0][j]);
        }
        double largest = largest(bound);
        for (int j = 0; j < units && !Double.isFinite(largest); j++) {
            requireFinite(states[0][j], "initial state", "unit " + j);
        }
        return largest;
    }

    /** States cannot grow: to diverge is to overflow in a sum. */
    private void reportOverflow() {
        for (int t = 0; t < steps; t++) {
            double[] bounds = weights.bounds(largestInput(t, t + 1), integrator.overshoot() * stateBound);
            for (int j = 0; j < bounds.length; j++) {
                if (bounds[j] > math.largestNumber()) {
                    throw new IllegalArgumentException("the sum of " + weights.name(j) + " may reach " + bounds[j]
                            + " in time step " + t + "; allowed: up to " + math.largestNumber());
                }
            }
        }
    }

    /** Largest |x| of some time steps. */
    private double largestInput(int from, int to) {
        math.clear(bound);
        for (int t = from; t < to; t++) {
            for (int i = 0; i < inputs; i++) {
                math.maxAbs(bound, input(t, i));
            }
        }
        double largest = largest(bound);
        for (int t = from; t < to && !Double.isFinite(largest); t++) {
            for (int i = 0; i < inputs; i++) {
                requireFinite(input(t, i), "input", "feature " + i + ", time step " + t);
            }
        }
        return largest;
    }

    private void requireFinite(A row, String name, String place) {
        for (int b = 0; b < lanes; b++) {
            if (!Double.isFinite(math.get(row, b))) {
                throw new IllegalArgumentException(name + "[example " + b + ", " + place + "] is " + math.get(row, b)
                        + "; allowed: finite numbers");
            }
        }
    }

    private void checkIntervals() {
        double longest = integrator.isBoundedByTau() ? equations.dtMs() * (1 + 1e-6) : Double.MAX_VALUE;
        for (int t = 0; t < steps; t++) {
            for (int b = 0; b < lanes; b++) {
                double interval = math.get(intervals[t], b);
                if (!(interval >= 0 && interval <= longest)) {
                    throw new IllegalArgumentException("interval[example " + b + ", time step " + t + "] is " + interval
                            + " ms; allowed: from 0 to " + (integrator.isBoundedByTau() ? "dt = " + equations.dtMs()
                            + " ms" : "any finite number"));
                }
            }
        }
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

    /**
     * Computes all gradients of a loss L from dL/d(output), for the last {@link #forward}. The gates of that pass are
     * overwritten: one backward for each forward.
     *
     * @param wantInputGradient whether {@link #inputGradient} and {@link #intervalGradient} are needed
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
        clearAll(laneGradients);
        clearAll(stateGradient);
        clearAll(intervalGradients);
        if (wantInputGradient && inputGradients == null) {
            inputGradients = rowTable(capacity, inputs, lanes);
        }
        for (int t = 0; wantInputGradient && t < firstStep; t++) {
            clearAll(inputGradients[t]);
        }
        int first = firstStep * substeps * stages;
        int end = steps * substeps * stages;
        for (int t = steps - 1; t >= firstStep; t--) {
            timeStep(t);
            for (int j = 0; j < units; j++) {
                math.add(stateGradient[j], outputGradients[t][j]);
                if (masks != null) {
                    math.splitHeld(held[j], stateGradient[j], masks[t]);
                }
            }
            for (int m = (t + 1) * substeps - 1; m >= t * substeps; m--) {
                if (stages == 1) {
                    stageBackward(t, m, stateGradient, 1);
                } else {
                    integratorStepBackward(t, m);
                }
                for (int e = (m + 1) * stages - 1; e >= m * stages; e--) {
                    // Two evaluations share one pass over the accumulators: half the traffic.
                    if ((e - first) % 2 == 0) {
                        if (e + 1 < end) {
                            accumulateTwo(e, e + 1);
                        } else {
                            accumulateOne(e);
                        }
                    }
                }
            }
            for (int j = 0; masks != null && j < units; j++) {
                math.add(stateGradient[j], held[j]);
            }
            if (wantInputGradient) {
                inputBackward(t);
            }
        }
    }

    private void clearAll(A[] rows) {
        for (A row : rows) {
            math.clear(row);
        }
    }

    /** From the gradient by the state after integrator step m to that by the state before it, for several stages. */
    private void integratorStepBackward(int t, int m) {
        clearAll(stageTotal);
        for (int i = stages - 1; i >= 0; i--) {
            for (int j = 0; j < units; j++) {
                A later = i == stages - 1 ? stateGradient[j] : stageGradient[j];
                double inner = i == stages - 1 ? 0 : integrator.inner(i + 1);
                math.combine(stageGradient[j], later, inner, stateGradient[j], integrator.weight(i));
            }
            stageBackward(t, m * stages + i, stageGradient, 0);
            for (int j = 0; j < units; j++) {
                math.add(stageTotal[j], stageGradient[j]);
            }
        }
        for (int j = 0; j < units; j++) {
            math.add(stateGradient[j], stageTotal[j]);
        }
    }

    /**
     * The gradient through k(y): gates become the gradients of the pre-activations.
     *
     * @param d    by unit; on entry dL/dk, on return dL/dy
     * @param keep 1 for a stage that returns y + k(y), 0 for k(y)
     */
    private void stageBackward(int t, int e, A[] d, double keep) {
        A[] gate = gates[e];
        A[] y = inputAndState[e];
        boolean exponential = integrator == Integrator.EXPONENTIAL_EULER;
        for (int j = 0; j < units; j++) {
            A c = gate[2 * units + j];
            A dLogTau = laneGradients[weights.logTauAt() + j];
            if (equations.irregularTime()) {
                math.intervalBackward(intervalGradients[t], d[j], y[inputs + j], gate[j], c, alpha[j], rate(j),
                        exponential);
            }
            if (exponential) {
                math.exponentialEulerBackward(d[j], y[inputs + j], gate[j], c, dLogTau, alpha[j]);
            } else {
                math.eulerBackward(d[j], y[inputs + j], gate[j], c, dLogTau, alpha[j], keep);
            }
        }
        for (int k = 0; k < units; k++) {
            math.affine(resetGradient, 0, weights.resetBack[k], gate, 2 * units, units);
            math.resetBackward(d[k], resetGradient, y[inputs + k], gate[units + k]);
        }
        for (int k = 0; k < units; k++) {
            math.addAffine(d[k], weights.stateBack[k], gate, 0, 2 * units);
        }
    }

    private void inputBackward(int t) {
        int from = weights.firstInputGate;
        int first = t * substeps * stages;
        for (int i = 0; i < inputs; i++) {
            A dx = inputGradients[t][i];
            math.affine(dx, 0, weights.inputBack[i], gates[first], from, 3 * units - from);
            for (int e = first + 1; e < first + substeps * stages; e++) {
                math.addAffine(dx, weights.inputBack[i], gates[e], from, 3 * units - from);
            }
        }
    }

    private void accumulateTwo(int e1, int e2) {
        for (int j = 0; j < 3 * units; j++) {
            A[] source1 = j < 2 * units ? inputAndState[e1] : inputAndReset[e1];
            A[] source2 = j < 2 * units ? inputAndState[e2] : inputAndReset[e2];
            A d1 = gates[e1][j];
            A d2 = gates[e2][j];
            for (int k = weights.firstSource(j); k < inputs + units; k++) {
                math.accumulate(laneGradients[weights.weightAt(j, k)], d1, source1[k], d2, source2[k]);
            }
            math.accumulate(laneGradients[weights.biasAt() + j], d1, d2);
        }
    }

    private void accumulateOne(int e) {
        for (int j = 0; j < 3 * units; j++) {
            A[] source = j < 2 * units ? inputAndState[e] : inputAndReset[e];
            A d = gates[e][j];
            for (int k = weights.firstSource(j); k < inputs + units; k++) {
                math.accumulateOne(laneGradients[weights.weightAt(j, k)], d, source[k]);
            }
            math.add(laneGradients[weights.biasAt() + j], d);
        }
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

    /** Row of dL/d(interval of step {@code t}), with irregular time. */
    public A intervalGradient(int t) {
        return intervalGradients[t];
    }
}

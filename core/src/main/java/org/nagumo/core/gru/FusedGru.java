package org.nagumo.core.gru;

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
 * <p><b>Parameters</b> are one flat vector, {@code [W | RW | b | FW | Fb | V | logTau]}: W is {@code [inputs, 3H]} (or
 * {@code [inputs, H]} when the candidate alone sees the input), RW {@code [H, 3H]}, b {@code [3H]}, column blocks in
 * the order z, r, candidate; of F shared features FW is {@code [inputs + H, F]}, Fb {@code [F]} and V {@code [F, 3H]};
 * logTau {@code [H]} is the natural logarithm of the time constants in ms. Matrices lie column by column ('f' order).
 *
 * <p>Buffers are kept between calls and grow only when a call needs more. An instance belongs to one thread; the numbers
 * of a lane depend neither on the other lanes nor on whether vector instructions are used (see
 * {@link VectorSupport}).
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
public final class FusedGru<A> {

    private static final StepGradients NOTHING_TO_ASK = new StepGradients() {
        @Override
        public void fill(int from, int to) {
        }

        @Override
        public void take(int from, int to) {
        }
    };

    private final GruEquations equations;
    private final Integrator integrator;
    private final int inputs;
    private final int units;
    private final int features;
    private final int stages;
    private final int substeps;
    private final FusedWeights<A> weights;
    private final PassBounds<A> bounds;

    private final RowMathChoice<A> choice;
    private RowMath<A> math;
    private int lanes;
    private int steps;
    private boolean sharesGradientRows;
    private A[] masks;

    private GruRows<A> rows;
    private A[] laneGradients;
    private WeightGradients<A> weightGradients; // those of laneGradients that belong to weights

    private FusedGru(RowMathChoice<A> choice, GruEquations equations, int inputs, int units) {
        if (inputs < 1 || units < 1) {
            throw new IllegalArgumentException("inputs is " + inputs + " and units is " + units
                    + "; allowed: at least 1 each");
        }
        this.choice = choice;
        this.math = choice.choose(1, 0);
        this.equations = equations;
        this.integrator = equations.integrator();
        this.inputs = inputs;
        this.units = units;
        stages = integrator.stages();
        substeps = equations.substeps();
        features = equations.features();
        weights = new FusedWeights<>(math, equations, inputs, units);
        bounds = new PassBounds<>(equations, weights);
    }

    /**
     * A kernel in single precision.
     *
     * @param inputs number of data inputs, the rows of W
     */
    public static FusedGru<float[]> ofFloats(GruEquations equations, int inputs, int units) {
        return ofFloats(VectorSupport::choose, equations, inputs, units);
    }

    static FusedGru<float[]> ofFloats(RowMathChoice<float[]> choice, GruEquations equations, int inputs, int units) {
        return new FusedGru<>(choice, equations, inputs, units);
    }

    /**
     * A kernel in double precision.
     *
     * @param inputs number of data inputs, the rows of W
     */
    public static FusedGru<double[]> ofDoubles(GruEquations equations, int inputs, int units) {
        RowMath<double[]> math = new DoubleRowMath();
        return new FusedGru<>((lanes, work) -> math, equations, inputs, units);
    }

    /**
     * Number of parameters with the input in the gates:
     * {@code 3 units (inputs + units + 1) + features (inputs + units + 1 + 3 units) + units}.
     */
    public static int parameterCount(int inputs, int units, int features) {
        return 3 * units * (inputs + units + 1) + features * (inputs + 4 * units + 1) + units;
    }

    /** {@link #parameterCount(int, int, int)} without shared features. */
    public static int parameterCount(int inputs, int units) {
        return parameterCount(inputs, units, 0);
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
        if (rows == null || !rows.hold(newLanes, newSteps)) {
            rows = new GruRows<>(math, equations, inputs, units, newLanes, newSteps, sharesGradientRows);
            laneGradients = math.rows(parameterCount(), newLanes);
            weightGradients = new WeightGradients<>(laneGradients, rows.weightGroups(weights));
        }
        lanes = newLanes;
        steps = newSteps;
    }

    /** New rows for the present lanes. */
    A[][] table(int count, int features) {
        return rows.table(count, features);
    }

    /** Bytes of the rows of a lane and time step, gradients included where each step has its own. */
    public long bytesPerStep() {
        return GruRows.bytesPerStep(math.bytes(), equations, inputs, units, sharesGradientRows);
    }

    /** What a backward pass asks its caller for some time steps after the other, the last ones first. */
    interface StepGradients {

        /** Fills the rows {@link #outputGradient} of some steps. */
        void fill(int from, int to);

        /** Takes what is wanted of {@link #inputGradient} and {@link #intervalGradient} of some steps. */
        void take(int from, int to);
    }

    /** Steps share rows of gradients, which the caller fills and takes when asked; before the first {@link #resize}. */
    void shareGradientRows() {
        sharesGradientRows = true;
    }

    /** Where the first lane and step stand in the caller's minibatch, for messages. */
    void standAt(int example, int step) {
        bounds.standAt(example, step);
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
        return rows.inputs[t][feature];
    }

    /** Row of the time in ms that step {@code t} takes, to be filled by the caller; with irregular time alone. */
    public A interval(int t) {
        return rows.intervals[t];
    }

    /** Row of the state of {@code unit} before the first step, to be filled by the caller. */
    public A initialState(int unit) {
        return rows.states[0][unit];
    }

    /** Row of the state of {@code unit} after {@code t} steps, 0 to {@link #steps}: row t + 1 is the output of t. */
    public A state(int t, int unit) {
        return rows.states[t * substeps][unit];
    }

    /** Rows of all units after {@code t} steps. */
    A[] states(int t) {
        return rows.states[t * substeps];
    }

    /** Row of dL/d(output of step {@code t}), to be filled by the caller before {@link #backward}. */
    public A outputGradient(int t, int unit) {
        return outputGradients(t)[unit];
    }

    /** Rows of dL/d(output of step {@code t}), of all units. */
    A[] outputGradients(int t) {
        return rows.outputGradients(t);
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
        math = choice.choose(lanes, (long) lanes * steps * units);
        weights.set(parameters, stepMs);
        masks = stepMasks;
        bounds.look(math, rows, lanes, steps);
        for (int j = 0; j < units && !equations.irregularTime(); j++) {
            double ratio = equations.dtMs() / weights.tauMs[j] / substeps;
            math.fill(rows.alpha[j], integrator.isBoundedByTau() ? Math.min(1, ratio) : ratio);
        }
        for (int t = 0; t < steps; t++) {
            timeStep(t);
            for (int m = t * substeps; m < (t + 1) * substeps; m++) {
                integratorStep(m);
                for (int j = 0; masks != null && j < units; j++) {
                    math.hold(rows.states[m + 1][j], rows.states[m][j], masks[t]);
                }
            }
        }
    }

    /** With irregular time, the alphas of a time step. */
    private void timeStep(int t) {
        if (equations.irregularTime()) {
            for (int j = 0; j < units; j++) {
                math.combine(rows.alpha[j], rows.intervals[t], rate(j), rows.intervals[t], 0);
            }
        }
    }

    /** d(alpha)/d(interval). */
    private double rate(int unit) {
        return 1 / (weights.tauMs[unit] * substeps);
    }

    private void integratorStep(int m) {
        A[] h = rows.states[m];
        A[] next = rows.states[m + 1];
        for (int i = 0; i < stages; i++) {
            int e = m * stages + i;
            A[] xy = rows.inputAndState[e];
            A[] xq = rows.inputAndReset[e];
            A[] gate = rows.gates[e];
            if (features > 0) {
                math.tanh(rows.features[e], 0, features, weights.featureBias, weights.feature, xy, inputs + units,
                        bounds.feature());
            }
            math.sigmoid(gate, 0, 2 * units, weights.bias, weights.gate, xy, weights.sources, bounds.gate());
            math.multiply(xq, inputs, gate, units, xy, inputs, units);
            math.tanh(gate, 2 * units, units, weights.bias, weights.gate, xq, weights.sources, bounds.gate());
            if (integrator == Integrator.EULER) {
                math.euler(next, h, gate, rows.alpha, units);
            } else {
                advance(i, h, next, xy, gate, e);
            }
        }
    }

    private void advance(int stage, A[] h, A[] next, A[] xy, A[] gate, int e) {
        for (int j = 0; j < units; j++) {
            A c = gate[2 * units + j];
            if (integrator == Integrator.EXPONENTIAL_EULER) {
                math.exponentialEuler(next[j], h[j], gate[j], c, rows.alpha[j]);
            } else {
                math.slope(rows.slope, xy[inputs + j], gate[j], c, rows.alpha[j]);
                math.combine(next[j], stage == 0 ? h[j] : next[j], 1, rows.slope, integrator.weight(stage));
                if (stage + 1 < stages) {
                    A y = rows.inputAndState[e + 1][inputs + j];
                    math.combine(y, h[j], 1, rows.slope, integrator.inner(stage + 1));
                }
            }
        }
    }

    /** No state of the last {@link #forward} exceeds this in magnitude. */
    public double stateBound() {
        return bounds.state();
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
        backward(wantInputGradient, firstStep, NOTHING_TO_ASK);
    }

    void backward(boolean wantInputGradient, int firstStep, StepGradients gradients) {
        weightGradients.sums(math).clear();
        for (int j = 0; j < units; j++) {
            math.clear(laneGradients[weights.logTauAt() + j]);
        }
        clearAll(rows.stateGradient);
        continueBackward(wantInputGradient, firstStep, gradients);
    }

    /**
     * As {@link #backward(boolean, int)} where the last backward pass was that of the steps that follow: its
     * gradient by the initial state is the one by this pass's last state, and the sums of weight gradients go on.
     */
    public void continueBackward(boolean wantInputGradient, int earliest) {
        continueBackward(wantInputGradient, earliest, NOTHING_TO_ASK);
    }

    void continueBackward(boolean wantInputGradient, int earliest, StepGradients gradients) {
        clearAll(rows.intervalGradients);
        if (wantInputGradient) {
            rows.makeInputGradients();
        }
        int perStep = substeps * stages;
        int pending = steps * perStep;
        for (int t = steps - 1; t >= earliest; t--) {
            timeStep(t);
            int exchanged = t / GruRows.EXCHANGE * GruRows.EXCHANGE;
            if (t == steps - 1 || t == exchanged + GruRows.EXCHANGE - 1) {
                gradients.fill(Math.max(exchanged, earliest), t + 1);
            }
            A[] error = outputGradients(t);
            A[] d = rows.stateGradient;
            for (int j = 0; j < units; j++) {
                math.add(d[j], error[j]);
                if (masks != null) {
                    math.splitHeld(rows.held[j], d[j], masks[t]);
                }
            }
            int first = t * perStep;
            for (int e = first + perStep - stages; e >= first; e -= stages) {
                if (stages == 1) {
                    stageBackward(t, e, d, 1);
                } else {
                    integratorStepBackward(t, e);
                }
            }
            for (int j = 0; masks != null && j < units; j++) {
                math.add(d[j], rows.held[j]);
            }
            if (wantInputGradient) {
                inputBackward(t, first);
            }
            if (t == exchanged || t == earliest) {
                gradients.take(t, Math.min(steps, exchanged + GruRows.EXCHANGE));
            }
            if (pending - first >= GruRows.CHUNK || t == earliest) {
                weightGradients.sums(math).add(first, pending);
                pending = first;
            }
        }
        for (int t = earliest - 1; wantInputGradient && t >= 0; t--) {
            clearAll(rows.inputGradients(t));
            gradients.take(t, t + 1);
        }
    }

    private void clearAll(A[] some) {
        for (A row : some) {
            math.clear(row);
        }
    }

    /** From the gradient by the state after an integrator step to that by the state before it, for several stages. */
    private void integratorStepBackward(int t, int e) {
        A[] d = rows.stateGradient;
        A[] ofStage = rows.stageGradient;
        clearAll(rows.stageTotal);
        for (int i = stages - 1; i >= 0; i--) {
            for (int j = 0; j < units; j++) {
                A later = i == stages - 1 ? d[j] : ofStage[j];
                double inner = i == stages - 1 ? 0 : integrator.inner(i + 1);
                math.combine(ofStage[j], later, inner, d[j], integrator.weight(i));
            }
            stageBackward(t, e + i, ofStage, 0);
            for (int j = 0; j < units; j++) {
                math.add(rows.stageTotal[j], ofStage[j]);
            }
        }
        for (int j = 0; j < units; j++) {
            math.add(d[j], rows.stageTotal[j]);
        }
    }

    /**
     * The gradient through k(y): gates become the gradients of the pre-activations.
     *
     * @param d    by unit; on entry dL/dk, on return dL/dy
     * @param keep 1 for a stage that returns y + k(y), 0 for k(y)
     */
    private void stageBackward(int t, int e, A[] d, double keep) {
        A[] gate = rows.gates[e];
        A[] y = rows.inputAndState[e];
        boolean exponential = integrator == Integrator.EXPONENTIAL_EULER;
        for (int j = 0; j < units; j++) {
            A c = gate[2 * units + j];
            if (equations.irregularTime()) {
                math.intervalBackward(rows.intervalGradients[t], d[j], y[inputs + j], gate[j], c, rows.alpha[j],
                        rate(j), exponential);
            }
            if (exponential) {
                math.exponentialEulerBackward(d[j], y[inputs + j], gate[j], c, laneGradients[weights.logTauAt() + j],
                        rows.alpha[j]);
            }
        }
        if (!exponential) {
            math.eulerBackward(d, y, inputs, gate, laneGradients, weights.logTauAt(), rows.alpha, keep);
        }
        math.affine(rows.resets[e], 0, units, weights.noBias, weights.resetBack, gate, 2 * units, units);
        math.resetBackward(d, rows.resets[e], y, inputs, gate);
        math.addAffine(d, weights.stateBack, gate, 0, 2 * units);
        if (features > 0) {
            math.tanhBackward(rows.featureErrors[e], rows.features[e], weights.featureBack, gate, 3 * units);
            math.addAffine(d, weights.featureStateBack, rows.featureErrors[e], 0, features);
        }
    }

    private void inputBackward(int t, int first) {
        A[] byInput = rows.inputGradients(t);
        math.affine(byInput, 0, inputs, weights.noBias, weights.inputBack, rows.gates[first], 0, 3 * units);
        for (int e = first + 1; e < first + substeps * stages; e++) {
            math.addAffine(byInput, weights.inputBack, rows.gates[e], 0, 3 * units);
        }
        for (int e = first; features > 0 && e < first + substeps * stages; e++) {
            math.addAffine(byInput, weights.featureInputBack, rows.featureErrors[e], 0, features);
        }
    }

    /**
     * Gradient of each parameter for each sequence of the minibatch: one row for each parameter, in the flat order.
     * Belongs to the kernel, valid until the next call.
     */
    public A[] laneGradients() {
        weightGradients.store();
        return laneGradients;
    }

    /** Gradient of the loss by the parameters, in the flat order, summed over the minibatch. */
    public void gradient(double[] into) {
        Arrays.fill(into, 0, parameterCount(), 0);
        addGradient(into, lanes);
    }

    /** Adds the gradients of the first lanes, one after the other. */
    void addGradient(double[] into, int count) {
        weightGradients.store();
        math.addSums(into, laneGradients, count);
    }

    /** Row of dL/d(initial state of {@code unit}). */
    public A initialStateGradient(int unit) {
        return rows.stateGradient[unit];
    }

    /** Row of dL/d(input {@code feature} at step {@code t}), when {@link #backward} was asked for it. */
    public A inputGradient(int t, int feature) {
        return rows.inputGradients(t)[feature];
    }

    /** Row of dL/d(interval of step {@code t}), with irregular time. */
    public A intervalGradient(int t) {
        return rows.intervalGradients[t];
    }
}

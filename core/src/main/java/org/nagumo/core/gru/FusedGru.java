package org.nagumo.core.gru;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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

    /** Evaluations of the gates whose weight gradients are taken together: the rows stay in the nearest caches. */
    private static final int CHUNK = 16;

    /** Time steps whose gradients a caller fills and takes together: long stretches are fetched ahead of their use. */
    private static final int EXCHANGE = 64;

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

    private final RowMathChoice<A> choice;
    private RowMath<A> math;
    private int lanes;
    private int steps;
    private int capacity;
    private int firstExample;
    private int firstStep;

    // Rows by integrator step; a time step has 'substeps' of them.
    private A[][] states;           // [capacity * substeps + 1][units]

    // Rows by evaluation of the gates; an integrator step has 'stages' of them. Here x and the state of a first stage are
    // the rows of 'inputRows' and 'states', and the row of ones is the source of the biases.
    private A[][] inputAndState;    // [evaluations][inputs + units + features]: x, y, u
    private A[][] inputAndReset;    // [evaluations][inputs + units + features]: x, r * y, u
    private A[][] stateSources;     // [evaluations][inputs + units + 1]: x, y, 1
    private A[][] resetSources;     // [evaluations][inputs + units + 1]: x, r * y, 1
    private A[][] gates;            // [evaluations][3 units]: z, r, c; after backward the pre-activations' gradients
    private A[][] featureRows;      // [evaluations][features]: u
    private A[][] featureErrors;    // [evaluations][features]: of the pre-activations; only those wanted last differ
    private A[][] resets;           // [evaluations][units]: r * y; only those wanted last differ

    // Rows by time step.
    private A[][] inputRows;        // [capacity][inputs]
    private A[] intervals;          // [capacity], with irregular time
    private A[] intervalGradients;
    private A[][] outputGradients;  // [capacity][units], made when first wanted; few differ where they are shared
    private A[][] inputGradients;   // [capacity][inputs], likewise
    private boolean sharesGradientRows;
    private A[] masks;

    private A[] alpha;              // [units], of the present step
    private A[] stateGradient;
    private A[] stageGradient;
    private A[] stageTotal;
    private A[] held;
    private A slope;
    private A largest;
    private A[] laneGradients;
    private WeightGradients<A> weightGradients; // those of laneGradients that belong to weights

    private double stateBound = 1;
    private double gateBound;
    private double featureBound;

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
        if (newLanes != lanes || capacity < newSteps) {
            allocate(newLanes, newSteps);
        }
        lanes = newLanes;
        steps = newSteps;
    }

    private void allocate(int newLanes, int newSteps) {
        capacity = newSteps;
        int evaluations = newSteps * substeps * stages;
        A one = math.row(newLanes);
        math.fill(one, 1);
        inputRows = rowTable(newSteps, inputs, newLanes);
        states = rowTable(newSteps * substeps + 1, units, newLanes);
        gates = rowTable(evaluations, 3 * units, newLanes);
        inputAndState = newTable(evaluations);
        inputAndReset = newTable(evaluations);
        featureRows = rowTable(evaluations, features, newLanes);
        featureErrors = newTable(evaluations);
        stateSources = newTable(evaluations);
        resetSources = newTable(evaluations);
        A[] ones = math.rows(1, 0);
        ones[0] = one;
        resets = newTable(evaluations);
        int wantedLast = CHUNK + substeps * stages;
        A[][] errorRing = rowTable(features == 0 ? 1 : wantedLast, features, newLanes);
        A[][] resetRing = rowTable(wantedLast, units, newLanes);
        for (int e = 0; e < evaluations; e++) {
            A[] x = inputRows[e / (substeps * stages)];
            A[] y = e % stages == 0 ? states[e / stages] : math.rows(units, newLanes);
            resets[e] = resetRing[e % resetRing.length];
            inputAndState[e] = concatenate(x, y, featureRows[e]);
            inputAndReset[e] = concatenate(x, resets[e], featureRows[e]);
            stateSources[e] = concatenate(x, y, ones);
            resetSources[e] = concatenate(x, resets[e], ones);
            featureErrors[e] = errorRing[e % errorRing.length];
        }
        outputGradients = null;
        inputGradients = null;
        int irregularSteps = equations.irregularTime() ? newSteps : 0;
        intervals = math.rows(irregularSteps, newLanes);
        intervalGradients = math.rows(irregularSteps, newLanes);
        alpha = math.rows(units, newLanes);
        stateGradient = math.rows(units, newLanes);
        stageGradient = math.rows(units, newLanes);
        stageTotal = math.rows(units, newLanes);
        held = math.rows(units, newLanes);
        slope = math.row(newLanes);
        largest = math.row(newLanes);
        laneGradients = math.rows(parameterCount(), newLanes);
        weightGradients = new WeightGradients<>(laneGradients, weightGroups());
    }

    /** New rows for the present lanes. */
    A[][] table(int count, int features) {
        return rowTable(count, features, lanes);
    }

    /** Bytes of the rows of a lane and time step, gradients included where each step has its own. */
    public long bytesPerStep() {
        long perEvaluation = (integrator == Integrator.EULER ? 3 : 4) * units + features;
        return math.bytes() * (substeps * (stages * perEvaluation + units) + inputs
                + (sharesGradientRows ? 0L : units + inputs));
    }

    /** What a backward pass asks its caller for some time steps after the other, the last ones first. */
    interface StepGradients {

        /** Fills the rows {@link #outputGradient} of some steps. */
        void fill(int from, int to);

        /** Takes what is wanted of {@link #inputGradient} and {@link #intervalGradient} of some steps. */
        void take(int from, int to);
    }

    /** Steps share rows of gradients, which the caller fills and takes when it is asked; before the first pass. */
    void shareGradientRows() {
        sharesGradientRows = true;
    }

    /** Rows of gradients for each step. */
    private A[][] gradientRows(int rowsPerStep) {
        A[][] table = newTable(capacity);
        for (int t = 0; t < capacity; t++) {
            table[t] = sharesGradientRows && t >= EXCHANGE ? table[t % EXCHANGE] : math.rows(rowsPerStep, lanes);
        }
        return table;
    }

    /** Where the first lane and step stand in the caller's minibatch, for messages. */
    void standAt(int example, int step) {
        firstExample = example;
        firstStep = step;
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

    private A[] concatenate(A[] first, A[] second, A[] third) {
        A[] all = math.rows(first.length + second.length + third.length, 0);
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        System.arraycopy(third, 0, all, first.length + second.length, third.length);
        return all;
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
        return inputRows[t][feature];
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
        return outputGradients(t)[unit];
    }

    /** Rows of dL/d(output of step {@code t}), of all units. */
    A[] outputGradients(int t) {
        if (outputGradients == null) {
            outputGradients = gradientRows(units);
        }
        return outputGradients[t];
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
        stateBound = Math.max(1, largestState());
        double largestInput = largestInput(0, steps);
        gateBound = largestSum(largestInput, 0, 3 * units);
        featureBound = largestSum(largestInput, 3 * units, weights.sums());
        if (Math.max(gateBound, featureBound) > math.largestNumber()) {
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
                integratorStep(m);
                for (int j = 0; masks != null && j < units; j++) {
                    math.hold(states[m + 1][j], states[m][j], masks[t]);
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

    private void integratorStep(int m) {
        A[] h = states[m];
        A[] next = states[m + 1];
        for (int i = 0; i < stages; i++) {
            int e = m * stages + i;
            A[] xy = inputAndState[e];
            A[] xq = inputAndReset[e];
            A[] gate = gates[e];
            if (features > 0) {
                math.tanh(featureRows[e], 0, features, weights.featureBias, weights.feature, xy, inputs + units,
                        featureBound);
            }
            math.sigmoid(gate, 0, 2 * units, weights.bias, weights.gate, xy, weights.sources, gateBound);
            math.multiply(xq, inputs, gate, units, xy, inputs, units);
            math.tanh(gate, 2 * units, units, weights.bias, weights.gate, xq, weights.sources, gateBound);
            if (integrator == Integrator.EULER) {
                math.euler(next, h, gate, alpha, units);
            } else {
                advance(i, h, next, xy, gate, e);
            }
        }
    }

    private void advance(int stage, A[] h, A[] next, A[] xy, A[] gate, int e) {
        for (int j = 0; j < units; j++) {
            A c = gate[2 * units + j];
            if (integrator == Integrator.EXPONENTIAL_EULER) {
                math.exponentialEuler(next[j], h[j], gate[j], c, alpha[j]);
            } else {
                math.slope(slope, xy[inputs + j], gate[j], c, alpha[j]);
                math.combine(next[j], stage == 0 ? h[j] : next[j], 1, slope, integrator.weight(stage));
                if (stage + 1 < stages) {
                    math.combine(inputAndState[e + 1][inputs + j], h[j], 1, slope, integrator.inner(stage + 1));
                }
            }
        }
    }

    private double largestState() {
        math.clear(largest);
        for (int j = 0; j < units; j++) {
            math.maxAbs(largest, states[0][j]);
        }
        double most = largest();
        for (int j = 0; j < units && !Double.isFinite(most); j++) {
            requireFinite(states[0][j], "initial state", "unit " + j);
        }
        return most;
    }

    /** The largest |pre-activation| of some gate units or features. */
    private double largestSum(double largestInput, int from, int to) {
        double most = 0;
        for (int j = from; j < to; j++) {
            most = Math.max(most, weights.bound(j, largestInput, integrator.overshoot() * stateBound));
        }
        return most;
    }

    /** States cannot grow: to diverge is to overflow in a sum. */
    private void reportOverflow() {
        for (int t = 0; t < steps; t++) {
            double largestInput = largestInput(t, t + 1);
            for (int j = 0; j < weights.sums(); j++) {
                double bound = weights.bound(j, largestInput, integrator.overshoot() * stateBound);
                if (bound > math.largestNumber()) {
                    throw new IllegalArgumentException("the sum of " + weights.name(j) + " may reach " + bound
                            + " in time step " + (firstStep + t) + "; allowed: up to " + math.largestNumber());
                }
            }
        }
    }

    /** Largest |x| of some time steps. */
    private double largestInput(int from, int to) {
        math.clear(largest);
        for (int t = from; t < to; t++) {
            for (int i = 0; i < inputs; i++) {
                math.maxAbs(largest, input(t, i));
            }
        }
        double most = largest();
        for (int t = from; t < to && !Double.isFinite(most); t++) {
            for (int i = 0; i < inputs; i++) {
                requireFinite(input(t, i), "input", "feature " + i + ", time step " + (firstStep + t));
            }
        }
        return most;
    }

    private void requireFinite(A row, String name, String place) {
        for (int b = 0; b < lanes; b++) {
            if (!Double.isFinite(math.get(row, b))) {
                throw new IllegalArgumentException(name + "[example " + (firstExample + b) + ", " + place + "] is " + math.get(row, b)
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
                    throw new IllegalArgumentException("interval[example " + (firstExample + b) + ", time step "
                            + (firstStep + t) + "] is " + interval + " ms; allowed: from 0 to " + (integrator.isBoundedByTau() ? "dt = " + equations.dtMs()
                            + " ms" : "any finite number"));
                }
            }
        }
    }

    private double largest() {
        double most = 0;
        for (int b = 0; b < lanes; b++) {
            most = Math.max(most, math.get(largest, b));
        }
        return most;
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
        backward(wantInputGradient, firstStep, NOTHING_TO_ASK);
    }

    void backward(boolean wantInputGradient, int firstStep, StepGradients gradients) {
        weightGradients.sums(math).clear();
        for (int j = 0; j < units; j++) {
            math.clear(laneGradients[weights.logTauAt() + j]);
        }
        clearAll(stateGradient);
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
        clearAll(intervalGradients);
        if (wantInputGradient && inputGradients == null) {
            inputGradients = gradientRows(inputs);
        }
        int perStep = substeps * stages;
        int pending = steps * perStep;
        for (int t = steps - 1; t >= earliest; t--) {
            timeStep(t);
            int exchanged = t / EXCHANGE * EXCHANGE;
            if (t == steps - 1 || t == exchanged + EXCHANGE - 1) {
                gradients.fill(Math.max(exchanged, earliest), t + 1);
            }
            A[] error = outputGradients(t);
            for (int j = 0; j < units; j++) {
                math.add(stateGradient[j], error[j]);
                if (masks != null) {
                    math.splitHeld(held[j], stateGradient[j], masks[t]);
                }
            }
            int first = t * perStep;
            for (int e = first + perStep - stages; e >= first; e -= stages) {
                if (stages == 1) {
                    stageBackward(t, e, stateGradient, 1);
                } else {
                    integratorStepBackward(t, e);
                }
            }
            for (int j = 0; masks != null && j < units; j++) {
                math.add(stateGradient[j], held[j]);
            }
            if (wantInputGradient) {
                inputBackward(t, first);
            }
            if (t == exchanged || t == earliest) {
                gradients.take(t, Math.min(steps, exchanged + EXCHANGE));
            }
            if (pending - first >= CHUNK || t == earliest) {
                weightGradients.sums(math).add(first, pending);
                pending = first;
            }
        }
        for (int t = earliest - 1; wantInputGradient && t >= 0; t--) {
            clearAll(inputGradients[t]);
            gradients.take(t, t + 1);
        }
    }

    private List<WeightGroup<A>> weightGroups() {
        int own = inputs + units + 1;
        List<WeightGroup<A>> groups = new ArrayList<>();
        groups.add(new WeightGroup<>(weights.gatePlaces, gates, 0, stateSources, own, true));
        groups.add(new WeightGroup<>(weights.candidatePlaces, gates, 2 * units, resetSources, own, true));
        if (features > 0) {
            groups.add(new WeightGroup<>(weights.fromFeaturePlaces, gates, 0, featureRows, features, false));
            groups.add(new WeightGroup<>(weights.featurePlaces, featureErrors, 0, stateSources, own, true));
        }
        return groups;
    }

    private void clearAll(A[] rows) {
        for (A row : rows) {
            math.clear(row);
        }
    }

    /** From the gradient by the state after an integrator step to that by the state before it, for several stages. */
    private void integratorStepBackward(int t, int e) {
        clearAll(stageTotal);
        for (int i = stages - 1; i >= 0; i--) {
            for (int j = 0; j < units; j++) {
                A later = i == stages - 1 ? stateGradient[j] : stageGradient[j];
                double inner = i == stages - 1 ? 0 : integrator.inner(i + 1);
                math.combine(stageGradient[j], later, inner, stateGradient[j], integrator.weight(i));
            }
            stageBackward(t, e + i, stageGradient, 0);
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
            if (equations.irregularTime()) {
                math.intervalBackward(intervalGradients[t], d[j], y[inputs + j], gate[j], c, alpha[j], rate(j),
                        exponential);
            }
            if (exponential) {
                math.exponentialEulerBackward(d[j], y[inputs + j], gate[j], c, laneGradients[weights.logTauAt() + j],
                        alpha[j]);
            }
        }
        if (!exponential) {
            math.eulerBackward(d, y, inputs, gate, laneGradients, weights.logTauAt(), alpha, keep);
        }
        math.affine(resets[e], 0, units, weights.noBias, weights.resetBack, gate, 2 * units, units);
        math.resetBackward(d, resets[e], y, inputs, gate);
        math.addAffine(d, weights.stateBack, gate, 0, 2 * units);
        if (features > 0) {
            math.tanhBackward(featureErrors[e], featureRows[e], weights.featureBack, gate, 3 * units);
            math.addAffine(d, weights.featureStateBack, featureErrors[e], 0, features);
        }
    }

    private void inputBackward(int t, int first) {
        math.affine(inputGradients[t], 0, inputs, weights.noBias, weights.inputBack, gates[first], 0, 3 * units);
        for (int e = first + 1; e < first + substeps * stages; e++) {
            math.addAffine(inputGradients[t], weights.inputBack, gates[e], 0, 3 * units);
        }
        for (int e = first; features > 0 && e < first + substeps * stages; e++) {
            math.addAffine(inputGradients[t], weights.featureInputBack, featureErrors[e], 0, features);
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

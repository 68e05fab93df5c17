package org.nagumo.core.gru;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a {@link FusedGru} for a number of lanes and time steps: by time step, by integrator step, of which a time
 * step has 'substeps', and by evaluation of the gates, of which an integrator step has 'stages'.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
final class GruRows<A> {

    /** Evaluations of the gates whose weight gradients are taken together: the rows stay in the nearest caches. */
    static final int CHUNK = 16;

    /** Time steps whose gradients a caller fills and takes together: long stretches are fetched ahead of their use. */
    static final int EXCHANGE = 64;

    private final RowMath<A> math;
    private final int lanes;
    private final int capacity;
    private final boolean sharesGradientRows;

    // By time step.
    final A[][] inputs;             // [capacity][inputs]
    final A[] intervals;            // [capacity], with irregular time
    final A[] intervalGradients;
    private A[][] outputGradients;  // [capacity][units], made when wanted; few differ where they are shared
    private A[][] inputGradients;   // [capacity][inputs], likewise

    // By integrator step.
    final A[][] states;             // [capacity * substeps + 1][units]

    // By evaluation of the gates. Here x and the state of a first stage are the rows of 'inputs' and 'states', and the
    // row of ones is the source of the biases.
    final A[][] inputAndState;      // [evaluations][inputs + units + features]: x, y, u
    final A[][] inputAndReset;      // [evaluations][inputs + units + features]: x, r * y, u
    final A[][] stateSources;       // [evaluations][inputs + units + 1]: x, y, 1
    final A[][] resetSources;       // [evaluations][inputs + units + 1]: x, r * y, 1
    final A[][] gates;              // [evaluations][3 units]: z, r, c; after backward the pre-activations' gradients
    final A[][] features;           // [evaluations][features]: u
    final A[][] featureErrors;      // [evaluations][features]: of the pre-activations; only those wanted last differ
    final A[][] resets;             // [evaluations][units]: r * y; only those wanted last differ

    // Of the present step.
    final A[] alpha;                // [units]
    final A[] stateGradient;
    final A[] stageGradient;
    final A[] stageTotal;
    final A[] held;
    final A slope;
    final A largest;

    /** @param sharesGradientRows whether time steps share rows of gradients, see {@link #EXCHANGE} */
    GruRows(RowMath<A> math, GruEquations equations, int inputCount, int units, int lanes, int steps,
            boolean sharesGradientRows) {
        this.math = math;
        this.lanes = lanes;
        this.sharesGradientRows = sharesGradientRows;
        capacity = steps;
        int stages = equations.integrator().stages();
        int perStep = equations.substeps() * stages;
        int evaluations = steps * perStep;
        inputs = table(steps, inputCount);
        int irregularSteps = equations.irregularTime() ? steps : 0;
        intervals = math.rows(irregularSteps, lanes);
        intervalGradients = math.rows(irregularSteps, lanes);
        states = table(steps * equations.substeps() + 1, units);
        gates = table(evaluations, 3 * units);
        features = table(evaluations, equations.features());
        inputAndState = empty(evaluations);
        inputAndReset = empty(evaluations);
        stateSources = empty(evaluations);
        resetSources = empty(evaluations);
        featureErrors = empty(evaluations);
        resets = empty(evaluations);
        A[] ones = math.rows(1, lanes);
        math.fill(ones[0], 1);
        int wantedLast = CHUNK + perStep;
        A[][] errorRing = table(equations.features() == 0 ? 1 : wantedLast, equations.features());
        A[][] resetRing = table(wantedLast, units);
        for (int e = 0; e < evaluations; e++) {
            A[] x = inputs[e / perStep];
            A[] y = e % stages == 0 ? states[e / stages] : math.rows(units, lanes);
            resets[e] = resetRing[e % wantedLast];
            inputAndState[e] = concatenate(x, y, features[e]);
            inputAndReset[e] = concatenate(x, resets[e], features[e]);
            stateSources[e] = concatenate(x, y, ones);
            resetSources[e] = concatenate(x, resets[e], ones);
            featureErrors[e] = errorRing[e % errorRing.length];
        }
        alpha = math.rows(units, lanes);
        stateGradient = math.rows(units, lanes);
        stageGradient = math.rows(units, lanes);
        stageTotal = math.rows(units, lanes);
        held = math.rows(units, lanes);
        slope = math.row(lanes);
        largest = math.row(lanes);
    }

    /** Bytes of a lane and time step, gradients included where each step has its own. */
    static long bytesPerStep(int bytes, GruEquations equations, int inputs, int units, boolean sharesGradientRows) {
        Integrator integrator = equations.integrator();
        long perEvaluation = (integrator == Integrator.EULER ? 3 : 4) * units + equations.features();
        return bytes * (equations.substeps() * (integrator.stages() * perEvaluation + units) + inputs
                + (sharesGradientRows ? 0L : units + inputs));
    }

    /** Whether there are rows for so many lanes and time steps. */
    boolean hold(int wantedLanes, int steps) {
        return lanes == wantedLanes && steps <= capacity;
    }

    /** dL/d(output) of a time step, by unit. */
    A[] outputGradients(int t) {
        if (outputGradients == null) {
            outputGradients = gradientRows(alpha.length);
        }
        return outputGradients[t];
    }

    /** Makes the rows of dL/d(input), if there are none yet. */
    void makeInputGradients() {
        if (inputGradients == null) {
            inputGradients = gradientRows(inputs[0].length);
        }
    }

    /** dL/d(input) of a time step. */
    A[] inputGradients(int t) {
        return inputGradients[t];
    }

    private A[][] gradientRows(int perStep) {
        A[][] table = empty(capacity);
        for (int t = 0; t < capacity; t++) {
            table[t] = sharesGradientRows && t >= EXCHANGE ? table[t % EXCHANGE] : math.rows(perStep, lanes);
        }
        return table;
    }

    /** What the gradients of all weights are sums over. */
    List<WeightGroup<A>> weightGroups(FusedWeights<A> weights) {
        int own = stateSources[0].length;
        List<WeightGroup<A>> groups = new ArrayList<>();
        groups.add(new WeightGroup<>(weights.gatePlaces, gates, 0, stateSources, own, true));
        groups.add(new WeightGroup<>(weights.candidatePlaces, gates, 2 * weights.units, resetSources, own, true));
        if (weights.features > 0) {
            groups.add(new WeightGroup<>(weights.fromFeaturePlaces, gates, 0, features, weights.features, false));
            groups.add(new WeightGroup<>(weights.featurePlaces, featureErrors, 0, stateSources, own, true));
        }
        return groups;
    }

    @SuppressWarnings("unchecked")
    private A[][] empty(int count) {
        return (A[][]) Array.newInstance(math.rows(0, 0).getClass(), count);
    }

    /** New rows of this number of lanes, some for each step. */
    A[][] table(int count, int perStep) {
        A[][] table = empty(count);
        for (int t = 0; t < count; t++) {
            table[t] = math.rows(perStep, lanes);
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
}

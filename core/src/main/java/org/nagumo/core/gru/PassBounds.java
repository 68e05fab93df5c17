package org.nagumo.core.gru;

/**
 * How large the numbers of a forward pass of a {@link FusedGru} can become. What is not finite at its beginning is
 * refused, with its place; since states cannot grow, to diverge is then to overflow in a sum, and where that may happen
 * is known before the pass.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
final class PassBounds<A> {

    private final GruEquations equations;
    private final Integrator integrator;
    private final FusedWeights<A> weights;

    private int firstExample;
    private int firstStep;

    private RowMath<A> math;
    private GruRows<A> rows;
    private int lanes;
    private int steps;
    private double state = 1;
    private double gate;
    private double feature;

    PassBounds(GruEquations equations, FusedWeights<A> weights) {
        this.equations = equations;
        integrator = equations.integrator();
        this.weights = weights;
    }

    /** Where the first lane and step stand in the caller's minibatch, for messages. */
    void standAt(int example, int step) {
        firstExample = example;
        firstStep = step;
    }

    /** No state exceeds this in magnitude. */
    double state() {
        return state;
    }

    /** No sum of a gate exceeds this in magnitude. */
    double gate() {
        return gate;
    }

    /** No sum of a shared feature exceeds this in magnitude. */
    double feature() {
        return feature;
    }

    /**
     * Looks at initial states, inputs and intervals; the weights are those of the pass.
     *
     * @throws IllegalArgumentException see {@link FusedGru#forward}
     */
    void look(RowMath<A> passMath, GruRows<A> passRows, int passLanes, int passSteps) {
        math = passMath;
        rows = passRows;
        lanes = passLanes;
        steps = passSteps;
        state = Math.max(1, largestState());
        double largestInput = largestInput(0, steps);
        gate = largestSum(largestInput, 0, 3 * weights.units);
        feature = largestSum(largestInput, 3 * weights.units, weights.sums());
        if (Math.max(gate, feature) > math.largestNumber()) {
            reportOverflow();
        }
        if (equations.irregularTime()) {
            checkIntervals();
        }
    }

    private double largestState() {
        A[] initial = rows.states[0];
        math.clear(rows.largest);
        for (A h : initial) {
            math.maxAbs(rows.largest, h);
        }
        double most = largest();
        for (int j = 0; j < initial.length && !Double.isFinite(most); j++) {
            requireFinite(initial[j], "initial state", "unit " + j);
        }
        return most;
    }

    /** Largest |x| of some time steps. */
    private double largestInput(int from, int to) {
        math.clear(rows.largest);
        for (int t = from; t < to; t++) {
            for (A x : rows.inputs[t]) {
                math.maxAbs(rows.largest, x);
            }
        }
        double most = largest();
        for (int t = from; t < to && !Double.isFinite(most); t++) {
            for (int i = 0; i < weights.inputs; i++) {
                requireFinite(rows.inputs[t][i], "input", "feature " + i + ", time step " + (firstStep + t));
            }
        }
        return most;
    }

    private double largest() {
        double most = 0;
        for (int b = 0; b < lanes; b++) {
            most = Math.max(most, math.get(rows.largest, b));
        }
        return most;
    }

    private void requireFinite(A row, String name, String place) {
        for (int b = 0; b < lanes; b++) {
            if (!Double.isFinite(math.get(row, b))) {
                throw new IllegalArgumentException(name + "[example " + (firstExample + b) + ", " + place + "] is "
                        + math.get(row, b) + "; allowed: finite numbers");
            }
        }
    }

    /** The largest |pre-activation| of some gate units or features. */
    private double largestSum(double largestInput, int from, int to) {
        double most = 0;
        for (int j = from; j < to; j++) {
            most = Math.max(most, largestSum(largestInput, j));
        }
        return most;
    }

    private double largestSum(double largestInput, int j) {
        return weights.bound(j, largestInput, integrator.overshoot() * state);
    }

    private void reportOverflow() {
        for (int t = 0; t < steps; t++) {
            double largestInput = largestInput(t, t + 1);
            for (int j = 0; j < weights.sums(); j++) {
                double bound = largestSum(largestInput, j);
                if (bound > math.largestNumber()) {
                    throw new IllegalArgumentException("the sum of " + weights.name(j) + " may reach " + bound
                            + " in time step " + (firstStep + t) + "; allowed: up to " + math.largestNumber());
                }
            }
        }
    }

    private void checkIntervals() {
        boolean bounded = integrator.isBoundedByTau();
        double longest = bounded ? equations.dtMs() * (1 + 1e-6) : Double.MAX_VALUE;
        for (int t = 0; t < steps; t++) {
            for (int b = 0; b < lanes; b++) {
                double interval = math.get(rows.intervals[t], b);
                if (!(interval >= 0 && interval <= longest)) {
                    throw new IllegalArgumentException("interval[example " + (firstExample + b) + ", time step "
                            + (firstStep + t) + "] is " + interval + " ms; allowed: from 0 to "
                            + (bounded ? "dt = " + equations.dtMs() + " ms" : "any finite number"));
                }
            }
        }
    }
}

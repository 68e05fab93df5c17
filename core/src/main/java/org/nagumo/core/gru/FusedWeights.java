package org.nagumo.core.gru;

/**
 * The parameters of a {@link FusedGru}, regrouped by the sums over rows that they enter, with their places in the flat
 * vector {@code [W | RW | b | logTau]}. The sources of a gate are the inputs and then the units; an input that a gate
 * does not see has weight zero.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
final class FusedWeights<A> {

    private final RowMath<A> math;
    final int inputs;
    final int units;
    final int sources;

    /** First gate unit that sees the input: 0, or 2H when the candidate alone does. */
    private final int firstInputGate;

    final A gate;          // [3 units][sources]
    final A resetBack;     // [units][units]: Uh by row
    final A stateBack;     // [units][2 units]: Uz, Ur by row
    final A inputBack;     // [inputs][3 units]: W by row
    final A bias;          // [3 units]
    final A noBias;        // [inputs, or units]: zeros
    final double[] tauMs;  // [units]

    /** Places of the gradients of z and r, and of those of the candidate, [gates][sources, bias]; -1 for none. */
    final int[] gatePlaces;
    final int[] candidatePlaces;

    private final double[] absolute; // [3 units][inputs, units, bias]: sums of |w|

    FusedWeights(RowMath<A> math, GruEquations equations, int inputs, int units) {
        this.math = math;
        this.inputs = inputs;
        this.units = units;
        sources = inputs + units;
        firstInputGate = equations.inputInGates() ? 0 : 2 * units;
        gate = math.row(3 * units * sources);
        resetBack = math.row(units * units);
        stateBack = math.row(2 * units * units);
        inputBack = math.row(3 * units * inputs);
        bias = math.row(3 * units);
        noBias = math.row(Math.max(inputs, units));
        tauMs = new double[units];
        gatePlaces = places(0, 2 * units);
        candidatePlaces = places(2 * units, units);
        absolute = new double[9 * units];
    }

    private int[] places(int first, int count) {
        int[] places = new int[count * (sources + 1)];
        for (int j = 0; j < count; j++) {
            for (int k = 0; k < sources; k++) {
                places[j * (sources + 1) + k] = weightAt(first + j, k);
            }
            places[j * (sources + 1) + sources] = biasAt() + first + j;
        }
        return places;
    }

    int count() {
        return biasAt() + 4 * units;
    }

    private int recurrentAt() {
        return (3 * units - firstInputGate) * inputs;
    }

    private int biasAt() {
        return recurrentAt() + 3 * units * units;
    }

    int logTauAt() {
        return biasAt() + 3 * units;
    }

    /** Place of the weight from source k (inputs, then units) to gate unit j; -1 when there is none. */
    private int weightAt(int j, int k) {
        if (k >= inputs) {
            return recurrentAt() + j * units + k - inputs;
        }
        return j < firstInputGate ? -1 : (j - firstInputGate) * inputs + k;
    }

    /**
     * Takes the parameters.
     *
     * @param stepMs length of an integrator step, which the time constants must reach; 0 for no such bound
     */
    void set(double[] parameters, double stepMs) {
        for (int j = 0; j < 3 * units; j++) {
            double ofInputs = 0;
            double ofUnits = 0;
            for (int k = 0; k < sources; k++) {
                int place = weightAt(j, k);
                double w = place < 0 ? 0 : finite(parameters[place], j);
                math.set(gate, j * sources + k, w);
                if (k < inputs) {
                    ofInputs += Math.abs(w);
                    math.set(inputBack, k * 3 * units + j, w);
                } else {
                    ofUnits += Math.abs(w);
                    if (j < 2 * units) {
                        math.set(stateBack, (k - inputs) * 2 * units + j, w);
                    } else {
                        math.set(resetBack, (k - inputs) * units + j - 2 * units, w);
                    }
                }
            }
            double b = finite(parameters[biasAt() + j], j);
            math.set(bias, j, b);
            absolute[3 * j] = ofInputs;
            absolute[3 * j + 1] = ofUnits;
            absolute[3 * j + 2] = Math.abs(b);
        }
        for (int j = 0; j < units; j++) {
            tauMs[j] = Math.exp(parameters[logTauAt() + j]);
            if (!(tauMs[j] > 0 && tauMs[j] >= stepMs * (1 - 1e-6)) || Double.isInfinite(tauMs[j])) {
                throw new IllegalArgumentException("time constant of unit " + j + " is " + tauMs[j]
                        + " ms; allowed: " + (stepMs > 0 ? "finite numbers of at least the step, " + stepMs + " ms"
                        : "positive, finite numbers"));
            }
        }
    }

    private double finite(double parameter, int j) {
        if (!Double.isFinite(parameter)) {
            throw new IllegalArgumentException("a parameter of " + name(j) + " is " + parameter
                    + "; allowed: finite numbers");
        }
        return parameter;
    }

    /** What gate unit j is called. */
    String name(int j) {
        return "unit " + j % units + "'s " + (j < units ? "gate z" : j < 2 * units ? "gate r" : "candidate");
    }

    /**
     * Largest |pre-activation| of a gate unit.
     *
     * @param largestInput largest |x|
     * @param largestState largest |h|
     */
    double bound(int j, double largestInput, double largestState) {
        return absolute[3 * j] * largestInput + absolute[3 * j + 1] * largestState + absolute[3 * j + 2];
    }
}

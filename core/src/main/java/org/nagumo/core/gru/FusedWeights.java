package org.nagumo.core.gru;

/**
 * The parameters of a {@link FusedGru}, regrouped by the sums over rows that they enter, with their places in the flat
 * vector {@code [W | RW | b | logTau]}.
 */
final class FusedWeights {

    final int inputs;
    final int units;

    /** First gate unit that sees the input: 0, or 2H when the candidate alone does. */
    final int firstInputGate;

    final double[][] gate;       // [3 units][sources of the gate: inputs if it sees them, then units]
    final double[][] resetBack;  // [units][units]: Uh by row
    final double[][] stateBack;  // [units][2 units]: Uz, Ur by row
    final double[][] inputBack;  // [inputs][gate units that see the input]: W by row
    final double[] bias;         // [3 units]
    final double[] tauMs;        // [units]

    FusedWeights(GruEquations equations, int inputs, int units) {
        this.inputs = inputs;
        this.units = units;
        firstInputGate = equations.inputInGates() ? 0 : 2 * units;
        gate = new double[3 * units][];
        for (int j = 0; j < 3 * units; j++) {
            gate[j] = new double[inputs + units - firstSource(j)];
        }
        resetBack = new double[units][units];
        stateBack = new double[units][2 * units];
        inputBack = new double[inputs][3 * units - firstInputGate];
        bias = new double[3 * units];
        tauMs = new double[units];
    }

    int count() {
        return biasAt() + 4 * units;
    }

    private int recurrentAt() {
        return (3 * units - firstInputGate) * inputs;
    }

    int biasAt() {
        return recurrentAt() + 3 * units * units;
    }

    int logTauAt() {
        return biasAt() + 3 * units;
    }

    /** Whether gate unit j sees the input. */
    boolean seesInput(int j) {
        return j >= firstInputGate;
    }

    /** First source of gate unit j among inputs, then units. */
    int firstSource(int j) {
        return seesInput(j) ? 0 : inputs;
    }

    /** Place of the weight from source k (inputs, then units) to gate unit j. */
    int weightAt(int j, int k) {
        return k < inputs ? (j - firstInputGate) * inputs + k : recurrentAt() + j * units + k - inputs;
    }

    /**
     * Takes the parameters.
     *
     * @param stepMs length of an integrator step, which the time constants must reach; 0 for no such bound
     */
    void set(double[] parameters, double stepMs) {
        for (int j = 0; j < 3 * units; j++) {
            for (int k = firstSource(j); k < inputs + units; k++) {
                double w = finite(parameters[weightAt(j, k)], j);
                gate[j][k - firstSource(j)] = w;
                if (k < inputs) {
                    inputBack[k][j - firstInputGate] = w;
                } else if (j < 2 * units) {
                    stateBack[k - inputs][j] = w;
                } else {
                    resetBack[k - inputs][j - 2 * units] = w;
                }
            }
            bias[j] = finite(parameters[biasAt() + j], j);
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
     * Largest |pre-activation| of each gate unit.
     *
     * @param largestInput largest |x|
     * @param largestState largest |h|
     */
    double[] bounds(double largestInput, double largestState) {
        double[] bounds = new double[3 * units];
        for (int j = 0; j < 3 * units; j++) {
            double bound = Math.abs(bias[j]);
            for (int k = firstSource(j); k < inputs + units; k++) {
                bound += Math.abs(gate[j][k - firstSource(j)]) * (k < inputs ? largestInput : largestState);
            }
            bounds[j] = bound;
        }
        return bounds;
    }
}

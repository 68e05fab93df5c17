package org.nagumo.core.gru;

import java.util.stream.IntStream;

/**
 * The parameters of a {@link FusedGru}, regrouped by the sums over rows that they enter, with their places in the flat
 * vector {@code [W | RW | b | FW | Fb | V | logTau]}. The sources of a gate are the inputs, the units and then the
 * shared features; an input that a gate does not see has weight zero. The sources of a feature are the inputs and the
 * units.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
final class FusedWeights<A> {

    private final RowMath<A> math;
    final int inputs;
    final int units;
    final int features;
    final int sources;

    /** First gate unit that sees the input: 0, or 2H when the candidate alone does. */
    private final int firstInputGate;

    final A gate;          // [3 units][sources]
    final A resetBack;     // [units][units]: Uh by row
    final A stateBack;     // [units][2 units]: Uz, Ur by row
    final A inputBack;     // [inputs][3 units]: W by row
    final A bias;          // [3 units]
    final A noBias;        // [inputs, units or features]: zeros
    final A feature;          // [features][inputs + units]
    final A featureBias;      // [features]
    final A featureBack;      // [features][3 units]: V by row
    final A featureStateBack; // [units][features]
    final A featureInputBack; // [inputs][features]
    final double[] tauMs;  // [units]

    /** Places of the gradients of z and r and of those of the candidate, [gates][inputs, units, bias]; -1 for none. */
    final int[] gatePlaces;
    final int[] candidatePlaces;

    /** Places of the gradients of the weights from features to gates, [3 units][features]. */
    final int[] fromFeaturePlaces;

    /** Places of the gradients of the features, [features][inputs, units, bias]. */
    final int[] featurePlaces;

    private final double[] absolute; // [3 units, features][inputs, units, features and bias]: sums of |w|

    FusedWeights(RowMath<A> math, GruEquations equations, int inputs, int units) {
        this.math = math;
        this.inputs = inputs;
        this.units = units;
        features = equations.features();
        sources = inputs + units + features;
        firstInputGate = equations.inputInGates() ? 0 : 2 * units;
        gate = math.row(3 * units * sources);
        resetBack = math.row(units * units);
        stateBack = math.row(2 * units * units);
        inputBack = math.row(3 * units * inputs);
        bias = math.row(3 * units);
        noBias = math.row(Math.max(features, Math.max(inputs, units)));
        feature = math.row(features * (inputs + units));
        featureBias = math.row(features);
        featureBack = math.row(features * 3 * units);
        featureStateBack = math.row(units * features);
        featureInputBack = math.row(inputs * features);
        tauMs = new double[units];
        gatePlaces = places(0, 2 * units);
        candidatePlaces = places(2 * units, units);
        fromFeaturePlaces = IntStream.range(0, 3 * units * features).map(i -> fromFeaturesAt() + i).toArray();
        featurePlaces = featurePlaces();
        absolute = new double[3 * (3 * units + features)];
    }

    private int[] featurePlaces() {
        int own = inputs + units;
        int[] places = new int[features * (own + 1)];
        for (int f = 0; f < features; f++) {
            for (int k = 0; k < own; k++) {
                places[f * (own + 1) + k] = featureAt() + f * own + k;
            }
            places[f * (own + 1) + own] = featureBiasAt() + f;
        }
        return places;
    }

    private int[] places(int first, int count) {
        int own = inputs + units;
        int[] places = new int[count * (own + 1)];
        for (int j = 0; j < count; j++) {
            for (int k = 0; k < own; k++) {
                places[j * (own + 1) + k] = weightAt(first + j, k);
            }
            places[j * (own + 1) + own] = biasAt() + first + j;
        }
        return places;
    }

    int count() {
        return logTauAt() + units;
    }

    private int recurrentAt() {
        return (3 * units - firstInputGate) * inputs;
    }

    private int biasAt() {
        return recurrentAt() + 3 * units * units;
    }

    private int featureAt() {
        return biasAt() + 3 * units;
    }

    private int featureBiasAt() {
        return featureAt() + features * (inputs + units);
    }

    private int fromFeaturesAt() {
        return featureBiasAt() + features;
    }

    int logTauAt() {
        return fromFeaturesAt() + 3 * units * features;
    }

    /** Place of the weight from source k (inputs, units, then features) to gate unit j; -1 when there is none. */
    private int weightAt(int j, int k) {
        if (k >= inputs + units) {
            return fromFeaturesAt() + j * features + k - inputs - units;
        }
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
            double ofFeatures = 0;
            for (int k = 0; k < sources; k++) {
                int place = weightAt(j, k);
                double w = place < 0 ? 0 : finite(parameters[place], name(j));
                math.set(gate, j * sources + k, w);
                if (k >= inputs + units) {
                    ofFeatures += Math.abs(w);
                    math.set(featureBack, (k - inputs - units) * 3 * units + j, w);
                } else if (k < inputs) {
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
            double b = finite(parameters[biasAt() + j], name(j));
            math.set(bias, j, b);
            absolute[3 * j] = ofInputs;
            absolute[3 * j + 1] = ofUnits;
            absolute[3 * j + 2] = ofFeatures + Math.abs(b);
        }
        for (int f = 0; f < features; f++) {
            setFeature(parameters, f);
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

    private void setFeature(double[] parameters, int f) {
        String name = name(3 * units + f);
        double ofInputs = 0;
        double ofUnits = 0;
        for (int k = 0; k < inputs + units; k++) {
            double w = finite(parameters[featureAt() + f * (inputs + units) + k], name);
            math.set(feature, f * (inputs + units) + k, w);
            if (k < inputs) {
                ofInputs += Math.abs(w);
                math.set(featureInputBack, k * features + f, w);
            } else {
                ofUnits += Math.abs(w);
                math.set(featureStateBack, (k - inputs) * features + f, w);
            }
        }
        double b = finite(parameters[featureBiasAt() + f], name);
        math.set(featureBias, f, b);
        int at = 3 * (3 * units + f);
        absolute[at] = ofInputs;
        absolute[at + 1] = ofUnits;
        absolute[at + 2] = Math.abs(b);
    }

    private static double finite(double parameter, String name) {
        if (!Double.isFinite(parameter)) {
            throw new IllegalArgumentException("a parameter of " + name + " is " + parameter
                    + "; allowed: finite numbers");
        }
        return parameter;
    }

    /** What sum j is called: the gate units, then the features. */
    String name(int j) {
        return j >= 3 * units ? "shared feature " + (j - 3 * units)
                : "unit " + j % units + "'s " + (j < units ? "gate z" : j < 2 * units ? "gate r" : "candidate");
    }

    /** Number of sums: the gate units and the features. */
    int sums() {
        return 3 * units + features;
    }

    /**
     * Largest |pre-activation| of a gate unit or a feature.
     *
     * @param largestInput largest |x|
     * @param largestState largest |h|
     */
    double bound(int j, double largestInput, double largestState) {
        return absolute[3 * j] * largestInput + absolute[3 * j + 1] * largestState + absolute[3 * j + 2];
    }
}

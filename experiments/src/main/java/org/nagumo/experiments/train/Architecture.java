package org.nagumo.experiments.train;

import org.nagumo.core.gru.FusedGru;
import org.nagumo.core.gru.FusedReadout;
import org.nagumo.core.gru.Integrator;

/**
 * Shape of a network with one input, the current, and one output, the membrane potential, and the places of its parts
 * in the vector that is trained: {@code [layer | readout | encoder]}.
 *
 * <p>The encoder, {@code h(0) = E [1, s, s s^T]}, sets the network's state where a window begins in the middle of a
 * trajectory; s is the potential and its low-pass filtered traces ({@link Encoder}). It is scaffolding of the training
 * alone and no part of the network. The products let the network's coordinates be curved ones of the neuron's: with a
 * linear encoder a window begins with an error that no later weight can mend.
 *
 * @param integrator      method by which the network steps
 * @param units           state variables, the units of the continuous-time GRU
 * @param readoutUnits    tanh units of the readout, 0 for a linear one
 * @param features        shared features of the layer, 0 for the plain continuous-time GRU
 * @param encoderFeatures numbers that the encoder sees
 */
record Architecture(Integrator integrator, int units, int readoutUnits, int features, int encoderFeatures) {

    Architecture {
        if (units < 1 || readoutUnits < 0 || features < 0) {
            throw new IllegalArgumentException("units is " + units + ", readoutUnits " + readoutUnits + " and features "
                    + features + "; allowed: at least 1 unit and at least 0 of the others");
        }
    }

    /** The same with another readout. */
    Architecture withReadoutUnits(int others) {
        return new Architecture(integrator, units, others, features, encoderFeatures);
    }

    /** The same, stepping by another method. */
    Architecture steppingBy(Integrator other) {
        return new Architecture(other, units, readoutUnits, features, encoderFeatures);
    }

    int layerParameters() {
        return FusedGru.parameterCount(1, units, features);
    }

    int readoutParameters() {
        return FusedReadout.parameterCount(units, readoutUnits);
    }

    /** Parameters of the network itself. */
    int networkParameters() {
        return layerParameters() + readoutParameters();
    }

    /** Length of the trained vector. */
    int trainedParameters() {
        return networkParameters() + units * encoderFeatures;
    }

    /** First of W, the input's weights: {@code [3 units]}, blocks z, r, candidate. */
    int inputWeight(int gate, int unit) {
        return gate * units + unit;
    }

    /** Recurrent weight from unit {@code from} to {@code unit}'s gate. */
    int recurrentWeight(int gate, int from, int unit) {
        return 3 * units + (gate * units + unit) * units + from;
    }

    int bias(int gate, int unit) {
        return 3 * units * (1 + units) + gate * units + unit;
    }

    /** Weight of a feature's source: the input, then the units. */
    int featureWeight(int feature, int source) {
        return 3 * units * (2 + units) + feature * (1 + units) + source;
    }

    int featureBias(int feature) {
        return 3 * units * (2 + units) + features * (1 + units) + feature;
    }

    /** Weight by which a unit's gate reads a feature. */
    int fromFeature(int gate, int feature, int unit) {
        return 3 * units * (2 + units) + features * (2 + units) + (gate * units + unit) * features + feature;
    }

    int logTau(int unit) {
        return layerParameters() - units + unit;
    }

    int readout() {
        return layerParameters();
    }

    int encoder(int unit, int feature) {
        return networkParameters() + unit * encoderFeatures + feature;
    }
}

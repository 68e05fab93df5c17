package org.nagumo.experiments.network;

import org.nagumo.core.gru.FusedGru;
import org.nagumo.core.gru.FusedReadout;
import org.nagumo.core.gru.GruEquations;

/**
 * What a network is, beside its parameters: the file {@code nagumo.json} inside a {@code model.zip}.
 *
 * @param formatVersion version of this description
 * @param name          short name, such as {@code gru-2}
 * @param units         state variables
 * @param readoutUnits  tanh units of the readout, 0 for a linear one
 * @param features      shared features of the layer, 0 for the plain continuous-time GRU
 * @param dtMs          Euler step in ms
 * @param scaling       units of input and output
 * @param provenance    where it comes from
 */
public record NetworkCard(int formatVersion, String name, int units, int readoutUnits, int features, double dtMs,
        Scaling scaling, Provenance provenance) {

    /** The version that this code writes. */
    public static final int FORMAT_VERSION = 2;

    public NetworkCard {
        if (features < 0 || formatVersion == 1 && features > 0) {
            throw new IllegalArgumentException("features is " + features + " in format version " + formatVersion
                    + "; allowed: 0 in version 1, at least 0 in later ones");
        }
    }

    /** The layer's equations at a step that may be finer than the one of the training. */
    GruEquations equations(double stepMs) {
        return GruEquations.euler(stepMs, features);
    }

    /** Parameters of the layer. */
    public int layerParameters() {
        return FusedGru.parameterCount(1, units, features);
    }

    /** Parameters of layer and readout. */
    public int parameters() {
        return layerParameters() + FusedReadout.parameterCount(units, readoutUnits);
    }
}

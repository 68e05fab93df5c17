package org.nagumo.experiments.network;

/**
 * What a network is, beside its parameters: the file {@code nagumo.json} inside a {@code model.zip}.
 *
 * @param formatVersion version of this description
 * @param name          short name, such as {@code gru-2}
 * @param units         state variables
 * @param readoutUnits  tanh units of the readout, 0 for a linear one
 * @param dtMs          Euler step in ms
 * @param scaling       units of input and output
 * @param provenance    where it comes from
 */
public record NetworkCard(int formatVersion, String name, int units, int readoutUnits, double dtMs, Scaling scaling,
        Provenance provenance) {

    /** The version that this code writes. */
    public static final int FORMAT_VERSION = 1;
}

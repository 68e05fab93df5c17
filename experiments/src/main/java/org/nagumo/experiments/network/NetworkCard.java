package org.nagumo.experiments.network;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.nagumo.core.gru.FusedGru;
import org.nagumo.core.gru.FusedReadout;
import org.nagumo.core.gru.GruEquations;
import org.nagumo.core.gru.Integrator;

/**
 * What a network is, beside its parameters: the file {@code nagumo.json} inside a {@code model.zip}.
 *
 * @param formatVersion version of this description
 * @param name          short name, such as {@code gru-2}
 * @param units         state variables
 * @param readoutUnits  tanh units of the readout, 0 for a linear one
 * @param features      shared features of the layer, 0 for the plain continuous-time GRU
 * @param dtMs          step in ms with which the network was trained
 * @param integrator    method by which it steps
 * @param scaling       units of input and output
 * @param trained       currents on which it was trained; null for networks of format versions 1 and 2, where they are
 *                      not known
 * @param recorded      unit of the current and spike threshold of the recordings that it was trained on; null for
 *                      networks of simulated neurons, whose currents have the neuron's unit, such as uA/cm2
 * @param provenance    where it comes from
 */
public record NetworkCard(int formatVersion, String name, int units, int readoutUnits, int features, double dtMs,
        Integrator integrator, Scaling scaling, TrainedCurrents trained,
        @JsonInclude(JsonInclude.Include.NON_NULL) RecordedData recorded, Provenance provenance) {

    /** The version that this code writes. */
    public static final int FORMAT_VERSION = 3;

    private static final int FLOW_SUBSTEPS = 3;

    /** Room for the rounding of steps such as 0.3 / 3. */
    private static final double ROUNDING = 1e-9;

    public NetworkCard {
        if (features < 0 || formatVersion == 1 && features > 0) {
            throw new IllegalArgumentException("features is " + features + " in format version " + formatVersion
                    + "; allowed: 0 in version 1, at least 0 in later ones");
        }
    }

    /**
     * Of a network that was trained on a simulated neuron.
     *
     * @param formatVersion version of this description
     * @param name          short name
     * @param units         state variables
     * @param readoutUnits  tanh units of the readout, 0 for a linear one
     * @param features      shared features of the layer
     * @param dtMs          step in ms with which the network was trained
     * @param integrator    method by which it steps
     * @param scaling       units of input and output
     * @param trained       currents on which it was trained, or null
     * @param provenance    where it comes from
     */
    public NetworkCard(int formatVersion, String name, int units, int readoutUnits, int features, double dtMs,
            Integrator integrator, Scaling scaling, TrainedCurrents trained, Provenance provenance) {
        this(formatVersion, name, units, readoutUnits, features, dtMs, integrator, scaling, trained, null, provenance);
    }

    /**
     * The layer's equations for samples of another length, whose steps are no longer than for those of the training.
     *
     * @param sampleMs time from one sample to the next
     */
    GruEquations equations(double sampleMs) {
        int samples = Math.max(1, (int) Math.ceil(sampleMs / dtMs * (1 - ROUNDING)));
        return GruEquations.of(integrator, samples * substeps(), sampleMs, features);
    }

    /**
     * Steps in a sample of the training. A network that is a differential equation makes three: shorter ones no longer
     * change its answers, also where a little decides between rest and firing. Euler's steps are as they were trained.
     */
    public int substeps() {
        return integrator == Integrator.EULER ? 1 : FLOW_SUBSTEPS;
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

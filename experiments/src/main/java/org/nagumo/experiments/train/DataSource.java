package org.nagumo.experiments.train;

import java.nio.file.Path;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.protocol.Protocol;
import org.nagumo.datagen.protocol.ProtocolScale;
import org.nagumo.experiments.configuration.Described;
import org.nagumo.experiments.evaluate.NeuronScale;

/** Where the trajectories come from. */
public record DataSource(
        @Described("protocol by which the data are made: the name of one that ships, or a file, found from the folder"
                + " of this one") String protocol,
        @Described("neuron in the place of the protocol's own: {name: hh, parameters: {T: 18.5}}") Neuron model) {

    /** Limits of currents that are scaled: a neuron is evaluated from -20 to 20, under noise a little beyond. */
    private static final double LOWEST = -21;
    private static final double HIGHEST = 30;

    static final DataSource STANDARD = new DataSource("training-mix", null);

    /**
     * The protocol with the neuron that is trained on.
     *
     * @param scale the neuron's scale in units of the protocol's; null where the currents are the neuron's own
     * @return the protocol
     * @throws InputException when the protocol cannot be read, or ships with this project for neurons in other units
     */
    public Protocol open(ProtocolScale scale) {
        Protocol read = Protocol.named(protocol);
        if (model == null) {
            return read;
        }
        if (scale != null) {
            return read.onScale(model, scale, LOWEST, HIGHEST);
        }
        Neuron own = read.neuron();
        // A protocol of one's own has the units that its plan means.
        if (Protocol.shippedNames().contains(protocol) && !NeuronScale.comparable(own, model)) {
            throw new InputException("protocol '" + protocol + "' has the currents and times of " + own.name()
                    + ", which mean"
                    + " nothing to " + model.name() + "; allowed: a protocol in the units of " + model.name());
        }
        return read.withNeuron(model);
    }

    /** The same currents into another neuron. */
    public DataSource withModel(Neuron neuron) {
        return new DataSource(protocol, neuron);
    }

    /** A protocol in a file is found from another file's folder. */
    DataSource from(Path folder) {
        return new DataSource(from(folder, protocol), model);
    }

    static String from(Path folder, String protocol) {
        return Protocol.shippedNames().contains(protocol) || folder == null ? protocol
                : folder.resolve(protocol).toString();
    }
}

package org.nagumo.experiments.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.simulate.ExcitableSystem;
import org.nagumo.datagen.simulate.NeuronSimulator;
import org.nagumo.experiments.dynamics.FlowModel;
import org.nagumo.experiments.network.NetworkSystem;
import org.nagumo.experiments.network.ShippedNetworks;
import org.nagumo.experiments.network.TrainedCurrents;
import org.nagumo.experiments.network.TrainedNetwork;
import picocli.CommandLine.Option;

/** A system by name, with changed parameters, or a network by its name or file. */
final class ModelOption {

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "Changes a parameter of a neuron, such as"
            + " gNa=110.")
    private Map<String, Double> parameters = new LinkedHashMap<>();

    /** What a MODEL may be, as a description of an option begins. */
    static final String NAMES = "hh, fhn, fhn-psi, bvp, rinzel, a network that ships (such as gru-2) or the path of a"
            + " model.zip";

    /** A network that ships, or the one in a file. */
    static TrainedNetwork network(String model) {
        if (ShippedNetworks.names().contains(model)) {
            return ShippedNetworks.named(model);
        }
        if (!Files.exists(Path.of(model))) {
            throw new InputException("there is no model '" + model + "'; allowed: " + Neurons.names()
                    + ", " + ShippedNetworks.names() + " or the path of a model.zip");
        }
        return TrainedNetwork.load(Path.of(model));
    }

    /**
     * Says when a network answers currents that it has not seen. Networks of earlier versions do not say which these
     * are.
     *
     * @param from lowest current
     * @param to   highest current
     */
    static void noteUnseen(String model, double from, double to) {
        TrainedCurrents trained = isNeuron(model) ? null : network(model).card().trained();
        if (trained != null && !trained.contain(from, to)) {
            System.err.printf(Locale.ROOT, "%s was trained on currents from %s to %s uA/cm2; what it does beyond them"
                    + " (here from %s to %s) is not learned from the neuron%n", model, (float) trained.lowest(),
                    (float) trained.highest(), (float) from, (float) to);
        }
    }

    static boolean isNeuron(String model) {
        return Neurons.names().contains(model);
    }

    /** The changed parameters. */
    Map<String, Double> changed() {
        return parameters;
    }

    /** A neuron with the parameters that are changed besides. */
    Neuron changed(Neuron neuron) {
        return neuron.with(parameters);
    }

    /** A neuron with the changed parameters. */
    Neuron neuron(String model) {
        return changed(Neurons.named(model));
    }

    /** Whether any parameters are changed. */
    boolean changes() {
        return !parameters.isEmpty();
    }

    /** A system to be measured: the changed parameters are a neuron's, or those of a network's teacher. */
    ExcitableSystem student(String model, int threads) {
        return isNeuron(model) ? new NeuronSimulator(neuron(model), threads) : new NetworkSystem(network(model));
    }

    ExcitableSystem system(String model, int threads) {
        return isNeuron(model) ? new NeuronSimulator(neuron(model), threads)
                : new NetworkSystem(unchangedNetwork(model));
    }

    FlowModel flow(String model) {
        return isNeuron(model) ? FlowModel.of(neuron(model))
                : FlowModel.of(unchangedNetwork(model));
    }

    private TrainedNetwork unchangedNetwork(String model) {
        if (!parameters.isEmpty()) {
            throw new InputException("--set " + parameters.keySet() + " with model '" + model
                    + "'; allowed: with the neurons " + Neurons.names());
        }
        return network(model);
    }
}

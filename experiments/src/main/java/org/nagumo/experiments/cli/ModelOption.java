package org.nagumo.experiments.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.EquationNeuron;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.neuron.PhysicalUnits;
import org.nagumo.datagen.ode.OdeChoice;
import org.nagumo.datagen.ode.OdeFile;
import org.nagumo.datagen.ode.OdeReader;
import org.nagumo.datagen.simulate.ExcitableSystem;
import org.nagumo.datagen.simulate.FileSimulator;
import org.nagumo.datagen.simulate.NeuronSimulator;
import org.nagumo.datagen.unit.Unit;
import org.nagumo.experiments.dynamics.FlowModel;
import org.nagumo.experiments.evaluate.EvaluationFile;
import org.nagumo.experiments.network.NetworkCard;
import org.nagumo.experiments.network.NetworkSystem;
import org.nagumo.experiments.network.ShippedNetworks;
import org.nagumo.experiments.network.TrainedCurrents;
import org.nagumo.experiments.network.TrainedNetwork;
import picocli.CommandLine.Option;

/**
 * The system that a command works on: a neuron by its name or as a file of equations, with changed parameters, or a
 * network by its name or file.
 */
final class ModelOption {

    /** What a MODEL may be, as a description of an option begins. */
    static final String NAMES = "A neuron that ships (such as hh, fhn or morris-lecar-1), the path of a neuron's"
            + " equations (a file " + Neurons.ENDING + "), a network that ships (such as gru-2) or the path of a"
            + " model.zip or of its folder";

    private static final String RUN = "model.zip";

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "Changes a parameter of a neuron, such as"
            + " gNa=110.")
    private Map<String, Double> parameters = new LinkedHashMap<>();

    @Option(names = "--input", paramLabel = "NAME", description = "The parameter of a file " + Neurons.ENDING
            + " that is the injected current, with its unit if the file does not say it: --input 'iapp uA/cm2'.")
    private String input;

    @Option(names = "--output", paramLabel = "NAME", description = "The state of a file " + Neurons.ENDING
            + " that is the membrane potential, with its unit if the file does not say it: --output 'v mV'.")
    private String output;

    /** Neurons of files, which are read once. */
    private final Map<String, Neuron> files = new HashMap<>();

    /** Whether a name is that of the folder of a training that was not evaluated yet. */
    static boolean isRun(String model) {
        return Files.exists(Path.of(model, RUN)) && !Files.exists(Path.of(model, EvaluationFile.NAME));
    }

    /** Unit of the currents of a network. */
    static Unit unit(NetworkCard card) {
        return card.recorded() == null ? Unit.UA_PER_CM2 : Unit.named(card.recorded().currentUnit()).orElseThrow();
    }

    /** A network that ships, the one in a file, or that of a training's folder. */
    static TrainedNetwork network(String model) {
        if (ShippedNetworks.names().contains(model)) {
            return ShippedNetworks.named(model);
        }
        if (!Files.exists(Path.of(model))) {
            throw new InputException("there is no model '" + model + "'; allowed: " + Neurons.names() + ", "
                    + ShippedNetworks.names() + " or a file " + Neurons.ENDING + " / model.zip");
        }
        return TrainedNetwork.load(Files.isDirectory(Path.of(model)) ? Path.of(model, RUN) : Path.of(model));
    }

    /**
     * Says when a network answers currents that it has not seen. Networks of earlier versions do not say which these
     * are.
     *
     * @param from lowest current
     * @param to   highest current
     */
    static void noteUnseen(String model, double from, double to) {
        if (isNeuron(model)) {
            return;
        }
        NetworkCard card = network(model).card();
        TrainedCurrents trained = card.trained();
        if (trained != null && !trained.contain(from, to)) {
            String unit = card.recorded() != null ? " " + card.recorded().currentUnit()
                    : PhysicalUnits.after(card.provenance().neuron().map(neuron -> neuron.traits().units())
                            .orElse(PhysicalUnits.MEMBRANE).current());
            System.err.printf(Locale.ROOT, "%s was trained on currents from %s to %s%s; what it does beyond them"
                    + " (here from %s to %s) is not learned from the neuron%n", model, (float) trained.lowest(),
                    (float) trained.highest(), unit, (float) from, (float) to);
        }
    }

    /** Whether a model is a neuron: one that has a name, or a file of equations. */
    static boolean isNeuron(String model) {
        return model.endsWith(Neurons.ENDING) || Neurons.names().contains(model);
    }

    /**
     * A neuron with its standard parameters. Of a file, what was chosen as potential and current is reported.
     *
     * @throws InputException when a file cannot be read or has faults
     */
    Neuron standard(String model) {
        if (!model.endsWith(Neurons.ENDING)) {
            refusePorts(model);
            return Neurons.named(model);
        }
        return files.computeIfAbsent(model, this::read);
    }

    private void refusePorts(String model) {
        if (input != null || output != null) {
            throw new InputException((input != null ? "--input" : "--output") + " with model '" + model
                    + "'; allowed: with a file " + Neurons.ENDING);
        }
    }

    private Neuron read(String file) {
        EquationNeuron neuron = EquationNeuron.read(Path.of(file), new OdeChoice(input, output));
        report(neuron);
        return neuron;
    }

    /** Reports what was chosen as potential and current of a neuron that is given by a file. */
    static void report(Neuron neuron) {
        if (neuron instanceof EquationNeuron own && !own.ships()) {
            System.err.println(own.file().file() + ": " + own.file().ports().sentence());
        }
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
        return changed(standard(model));
    }

    /** Whether any parameters are changed. */
    boolean changes() {
        return !parameters.isEmpty();
    }

    /** A system to be measured: the changed parameters are a neuron's, or those of a network's teacher. */
    ExcitableSystem student(String model, int threads) {
        return isNeuron(model) ? new NeuronSimulator(neuron(model), threads) : new NetworkSystem(network(model));
    }

    /**
     * A system that answers currents. A file of equations that depend on the time, or that have no injected current, is
     * one as well, from the initial values of the file.
     */
    ExcitableSystem system(String model, int threads) {
        if (model.endsWith(Neurons.ENDING)) {
            OdeFile file = OdeReader.read(Path.of(model), new OdeChoice(input, output));
            if (file.system().dependsOnTime() || file.ports().input().isEmpty()) {
                System.err.println(file.file() + ": " + file.ports().sentence() + (file.system().dependsOnTime()
                        ? "; its equations depend on the time, which starts at 0" : ""));
                return new FileSimulator(file.with(parameters));
            }
        }
        return isNeuron(model) ? new NeuronSimulator(neuron(model), threads)
                : new NetworkSystem(unchangedNetwork(model));
    }

    FlowModel flow(String model) {
        return isNeuron(model) ? FlowModel.of(neuron(model))
                : FlowModel.of(unchangedNetwork(model));
    }

    /** A network, whose parameters no option may change. */
    TrainedNetwork unchangedNetwork(String model) {
        if (!parameters.isEmpty()) {
            throw new InputException("--set " + parameters.keySet() + " with model '" + model
                    + "'; allowed: with a neuron");
        }
        refusePorts(model);
        return network(model);
    }
}

package org.nagumo.experiments.export;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nagumo.core.equations.EquationSystem;
import org.nagumo.core.equations.Input;
import org.nagumo.core.equations.State;
import org.nagumo.core.gru.Integrator;
import org.nagumo.datagen.dataset.Checksums;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.EquationNeuron;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.NeuronTraits;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.neuron.PhysicalUnits;
import org.nagumo.datagen.ode.OdeFile;
import org.nagumo.datagen.ode.OdeRequirement;
import org.nagumo.datagen.ode.OdeTraits;
import org.nagumo.datagen.ode.StatedSpike;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.experiments.network.NetworkCard;
import org.nagumo.experiments.network.NetworkSystem;
import org.nagumo.experiments.network.Provenance;
import org.nagumo.experiments.network.ShippedNetworks;
import org.nagumo.experiments.network.TrainedNetwork;

/**
 * A neuron or network as other programs get it.
 *
 * @param system       the equations with their numbers; one input, the current; initial values are the resting state
 * @param potential    the state or output that is the membrane potential
 * @param units        units of current, potential and time
 * @param stepping     the method by which the system is integrated here
 * @param spike        what counts as a spike
 * @param scales       typical range of each state
 * @param traits       what a neuron's file states for measurements and pictures
 * @param requirements conditions on the parameters
 * @param spellings    names by which people know quantities that have another in the equations
 * @param origin       lines that say what the system is, where it comes from, its checksum and its licence
 */
public record ExportedSystem(EquationSystem system, String potential, PhysicalUnits units, Stepping stepping,
        StatedSpike spike, List<Double> scales, OdeTraits traits, List<OdeRequirement> requirements,
        Map<String, String> spellings, List<String> origin) {

    /** Step of the Runge-Kutta method for neurons, as a share of the time that corresponds to 1 ms. */
    private static final double NEURON_STEP = 0.025;

    private static final StatedSpike MEMBRANE_SPIKE = new StatedSpike(0, false, 10);
    private static final String LICENCE = "Licence: Apache License 2.0";
    private static final String LICENCE_OF_OWNER = "Licence: that of the model's owner; the model states none";

    /**
     * Checks that every dialect can hold the system.
     *
     * @throws InputException when the system depends on the time, does not have exactly one input, or has no quantity
     *                        of the potential's name
     */
    public ExportedSystem {
        scales = List.copyOf(scales);
        requirements = List.copyOf(requirements);
        spellings = Map.copyOf(spellings);
        origin = List.copyOf(origin);
        if (system.dependsOnTime()) {
            throw new InputException(system.name() + " depends on the time; allowed for an export: equations without"
                    + " the time, whose input is a current");
        }
        if (system.inputs().size() != 1) {
            throw new InputException(system.name() + " has " + system.inputs().size() + " inputs "
                    + system.inputs().stream().map(Input::name).toList() + "; allowed for an export: one, the current");
        }
        if (!isState(system, potential) && system.outputs().stream().noneMatch(o -> o.name().equals(potential))) {
            throw new InputException(system.name() + " has no state or output '" + potential
                    + "'; allowed as potential: a state or an output");
        }
    }

    private static boolean isState(EquationSystem system, String name) {
        return system.states().stream().anyMatch(each -> each.name().equals(name));
    }

    /**
     * The input.
     *
     * @return the injected current
     */
    public Input input() {
        return system.inputs().get(0);
    }

    /**
     * Whether the potential is a state.
     *
     * @return false if it is an output
     */
    public boolean potentialIsState() {
        return isState(system, potential);
    }

    /**
     * A trained network. Its initial state is that in which it rests without current.
     *
     * @param network the network
     * @return the flow of the network; for one of exponential Euler steps, with Runge-Kutta steps of the same length
     */
    public static ExportedSystem of(TrainedNetwork network) {
        NetworkCard card = network.card();
        Neuron teacher = card.provenance().neuron().orElse(null);
        NeuronTraits traits = teacher == null ? NeuronTraits.membrane(1) : teacher.traits();
        EquationSystem system = network.equations();
        double[][] rest = new NetworkSystem(network).respond(List.of(new CurrentTrace(card.dtMs(), new double[1])))
                .get(0).states();
        Map<String, Double> values = new LinkedHashMap<>();
        for (int k = 0; k < rest.length; k++) {
            values.put(system.states().get(k).name(), rest[k][0]);
        }
        Integrator method = card.integrator() == Integrator.EXPONENTIAL_EULER ? Integrator.RUNGE_KUTTA_4
                : card.integrator();
        return new ExportedSystem(system.with(values), system.outputs().get(0).name(), traits.units(),
                Stepping.of(method, card.dtMs(), card.substeps()), traits.spike().orElse(MEMBRANE_SPIKE),
                system.states().stream().map(each -> 1.0).toList(), OdeTraits.NONE, List.of(), Map.of(),
                origin(network));
    }

    private static List<String> origin(TrainedNetwork network) {
        NetworkCard card = network.card();
        Provenance from = card.provenance();
        List<String> lines = new ArrayList<>();
        lines.add(card.name() + ": a recurrent network of " + card.units() + " units that imitates "
                + Neurons.label(from.teacher(), from.teacherParameters()) + ", as a differential equation");
        lines.add("Training: " + from.command() + ", seed " + from.seed() + ", with Nagumo " + from.version());
        if (from.planSha256() != null) {
            lines.add("Checksum of the plan (SHA-256): " + from.planSha256());
        }
        if (from.dataSha256() != null) {
            lines.add("Checksum of the training data (SHA-256): " + from.dataSha256());
        }
        double[] parameters = network.parameters();
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * parameters.length);
        bytes.asDoubleBuffer().put(parameters);
        lines.add("Checksum of the weights (SHA-256 of big-endian doubles): " + Checksums.of(bytes.array()));
        boolean ships = ShippedNetworks.names().contains(card.name())
                && Arrays.equals(parameters, ShippedNetworks.named(card.name()).parameters());
        lines.add(ships ? LICENCE : LICENCE_OF_OWNER);
        return lines;
    }

    /**
     * A neuron. Its initial state is its resting state; that of its file if it does not rest.
     *
     * @param neuron the neuron
     * @return its equations with its parameters
     */
    public static ExportedSystem of(EquationNeuron neuron) {
        OdeFile file = neuron.file();
        EquationSystem system = neuron.system();
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(system.inputs().get(0).name(), 0.0);
        boolean rests = true;
        try {
            double[] rest = neuron.restState();
            for (int k = 0; k < rest.length; k++) {
                values.put(system.states().get(k).name(), rest[k]);
            }
        } catch (IllegalArgumentException e) {
            rests = false;
        }
        NeuronTraits traits = neuron.traits();
        double step = NEURON_STEP * file.traits().units().map(each -> each.time()).orElse(1.0);
        return new ExportedSystem(system.with(values), file.ports().output().name(), traits.units(),
                Stepping.of(Integrator.RUNGE_KUTTA_4, step, 1), traits.spike().orElse(MEMBRANE_SPIKE),
                Arrays.stream(neuron.units()).boxed().toList(), file.traits(), file.requirements(), file.spellings(),
                origin(neuron, rests));
    }

    private static List<String> origin(EquationNeuron neuron, boolean rests) {
        OdeFile file = neuron.file();
        List<String> lines = new ArrayList<>();
        lines.add(Neurons.label(neuron) + ": a neuron");
        for (String line : file.text().split("\r?\n")) {
            if (!line.startsWith("#") || line.toLowerCase(Locale.ROOT).contains("nagumo:")) {
                break;
            }
            lines.add(line.replaceFirst("^#+\\s*", "").replace('\\', '/'));
        }
        lines.add("Checksum of its file (SHA-256): "
                + Checksums.of(file.text().getBytes(StandardCharsets.UTF_8)));
        lines.add("Initial values: " + (rests ? "the resting state at no current" : "those of its file; it does not"
                + " rest at no current"));
        lines.add(neuron.ships() ? LICENCE : LICENCE_OF_OWNER);
        return lines;
    }

    /**
     * The initial values.
     *
     * @return one for each state
     */
    double[] initial() {
        return system.states().stream().mapToDouble(State::initial).toArray();
    }
}

package org.nagumo.datagen.neuron;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nagumo.core.dynamics.EnclosedField;
import org.nagumo.core.equations.CompiledSystem;
import org.nagumo.core.equations.EquationSystem;
import org.nagumo.core.equations.State;
import org.nagumo.core.equations.SystemBatch;
import org.nagumo.core.equations.SystemField;
import org.nagumo.core.interval.Interval;
import org.nagumo.core.interval.Jet;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.ode.OdeChoice;
import org.nagumo.datagen.ode.OdeFile;
import org.nagumo.datagen.ode.OdePlane;
import org.nagumo.datagen.ode.OdePort;
import org.nagumo.datagen.ode.OdePorts;
import org.nagumo.datagen.ode.OdeReader;
import org.nagumo.datagen.ode.OdeRequirement;
import org.nagumo.datagen.ode.OdeTraits;

/**
 * A neuron that is given by its equations, as a file in XPPAUT's language ({@link OdeReader}). Derivative, Jacobian and
 * enclosure follow from the equations. The injected current takes the place of the parameter that the file uses for it;
 * the value of that parameter in the file is not used.
 *
 * <p>States are in the order of the file, but for the potential, which is the first.
 */
public final class EquationNeuron implements Neuron, EnclosedField {

    private final Origin origin;
    private final Parameters parameters;
    private final EquationSystem system;
    private final CompiledSystem compiled;
    private final SystemField field;

    /** What all neurons of one file have in common. */
    private record Origin(OdeFile file, OdeChoice choice, EquationSystem system, List<String> stateNames,
            Parameters standard, TypicalRanges ranges) {

        static Origin of(OdeFile file, OdeChoice choice) {
            EquationSystem system = potentialFirst(file);
            List<Parameter> list = new ArrayList<>();
            for (org.nagumo.core.equations.Parameter each : system.parameters()) {
                list.add(new Parameter(file.spelling(each.name()), each.value(), each.unit(), each.comment()));
            }
            return new Origin(file, choice, system,
                    system.states().stream().map(state -> file.spelling(state.name())).toList(),
                    new Parameters(file.name(), list.toArray(new Parameter[0])), new TypicalRanges(file, system));
        }
    }

    private EquationNeuron(Origin origin, Parameters parameters) {
        this.origin = origin;
        this.parameters = parameters;
        Map<String, Double> values = new LinkedHashMap<>();
        for (org.nagumo.core.equations.Parameter each : origin.system().parameters()) {
            values.put(each.name(), parameters.value(origin.file().spelling(each.name())));
        }
        origin.file().requirements().forEach(each -> check(each, values));
        system = origin.system().with(values);
        compiled = system.compile();
        field = system.field();
    }

    /**
     * Reads a neuron.
     *
     * @param path the file
     * @return the neuron
     * @throws InputException when the file cannot be read, has faults, depends on the time or has no injected current
     */
    public static EquationNeuron read(Path path) {
        return read(path, OdeChoice.NONE);
    }

    /**
     * Reads a neuron whose input and potential the user chooses.
     *
     * @param path   the file
     * @param choice the choice
     * @return the neuron
     * @throws InputException as for {@link #read(Path)}
     */
    public static EquationNeuron read(Path path, OdeChoice choice) {
        return of(OdeReader.read(path, choice), choice);
    }

    /**
     * Reads a neuron under another name.
     *
     * @param path   the file
     * @param name   name of the neuron, unless the file says another
     * @param choice what the user says about input and potential
     * @return the neuron
     * @throws InputException as for {@link #read(Path)}
     */
    public static EquationNeuron read(Path path, String name, OdeChoice choice) {
        return of(OdeReader.read(path, name, choice), choice);
    }

    /**
     * The neuron of a text.
     *
     * @param name   name of the neuron, unless the text says another
     * @param text   the equations
     * @param choice what the user says about input and potential
     * @return the neuron
     * @throws InputException as for {@link #read(Path)}
     */
    public static EquationNeuron parse(String name, String text, OdeChoice choice) {
        return of(OdeReader.parse(name, text, choice), choice);
    }

    private static EquationNeuron of(OdeFile file, OdeChoice choice) {
        if (file.system().dependsOnTime()) {
            throw new InputException(file.file() + ": the equations depend on the time t; allowed for a neuron:"
                    + " equations without t, whose stimuli come from a protocol; 'simulate' takes this file as it is");
        }
        if (file.ports().input().isEmpty()) {
            throw new InputException(file.file() + ": has no injected current: " + file.ports().sentence()
                    + "; allowed for a neuron: a current");
        }
        try {
            Origin origin = Origin.of(file, choice);
            return new EquationNeuron(origin, origin.standard());
        } catch (IllegalArgumentException e) {
            throw new InputException(file.file() + ": " + e.getMessage(), e);
        }
    }

    private static EquationSystem potentialFirst(OdeFile file) {
        EquationSystem system = file.system();
        String output = file.ports().output().name();
        EquationSystem.Builder builder = EquationSystem.builder(file.name());
        List<State> states = new ArrayList<>(system.states());
        states.removeIf(state -> state.name().equals(output));
        system.states().stream().filter(state -> state.name().equals(output)).forEach(state -> states.add(0, state));
        states.forEach(builder::state);
        system.parameters().forEach(builder::parameter);
        system.inputs().forEach(builder::input);
        system.temporaries().forEach(builder::temporary);
        system.outputs().forEach(builder::output);
        return builder.build();
    }

    private void check(OdeRequirement requirement, Map<String, Double> values) {
        double holds = requirement.condition().value(values);
        if (!(holds != 0)) {
            String parameter = origin.file().spelling(requirement.parameter());
            throw new IllegalArgumentException(name() + " parameter '" + parameter + "' is "
                    + values.get(requirement.parameter()) + "; allowed: " + spelled(requirement.text()));
        }
    }

    private String spelled(String text) {
        Matcher words = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*").matcher(text);
        return words.replaceAll(word -> Matcher.quoteReplacement(origin.file().spelling(word.group())));
    }

    @Override
    public String name() {
        return origin.file().name();
    }

    /**
     * The file's content.
     *
     * @return the content, with the parameters of the file
     */
    public OdeFile file() {
        return origin.file();
    }

    /**
     * Whether the neuron ships with this module, so that its name alone tells its equations.
     *
     * @return false for a neuron of the user's own
     */
    public boolean ships() {
        return ShippedNeurons.NAMES.contains(name()) && origin.choice().equals(OdeChoice.NONE)
                && ShippedNeurons.text(name()).equals(origin.file().text());
    }

    /**
     * What the user said about input and potential when the neuron was read.
     *
     * @return the choice
     */
    public OdeChoice choice() {
        return origin.choice();
    }

    /**
     * The equations with this neuron's parameters.
     *
     * @return the system, with the potential as its first state
     */
    public EquationSystem system() {
        return system;
    }

    /** {@inheritDoc} They are those of the file. */
    @Override
    public NeuronTraits traits() {
        OdePorts ports = origin.file().ports();
        OdeTraits stated = origin.file().traits();
        return new NeuronTraits(new PhysicalUnits(ports.input().map(OdePort::unit).orElse("1"), ports.output().unit(),
                ports.timeUnit()), system.states().stream().map(each -> each.unit().isEmpty() ? "1" : each.unit())
                .toList(), stated.units(), stated.spike(), stated.plane().map(this::axis));
    }

    private PlaneAxis axis(OdePlane plane) {
        return new PlaneAxis(plane.text(), "1", state -> {
            Map<String, Double> values = new HashMap<>();
            for (int i = 0; i < state.length; i++) {
                values.put(system.states().get(i).name(), state[i]);
            }
            return plane.formula().value(values);
        });
    }

    @Override
    public List<Parameter> parameters() {
        return parameters.list();
    }

    @Override
    public List<Parameter> standardParameters() {
        return origin.standard().list();
    }

    @Override
    public EquationNeuron with(Map<String, Double> overrides) {
        return new EquationNeuron(origin, parameters.with(overrides));
    }

    @Override
    public int dimension() {
        return field.dimension();
    }

    @Override
    public List<String> stateNames() {
        return origin.stateNames();
    }

    @Override
    public void derivative(double[] state, double current, double[] derivative) {
        field.derivative(state, current, derivative);
    }

    @Override
    public void jacobian(double[] state, double current, double[][] jacobian) {
        field.jacobian(state, current, jacobian);
    }

    @Override
    public void enclose(Jet[] state, double current, Jet[] derivative) {
        field.enclose(state, current, derivative);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Computed by loops that are compiled from the equations. They differ from {@link #derivative} by rounding, see
     * {@link SystemBatch}.
     */
    @Override
    public NeuronBatch batch(int lanes) {
        SystemBatch batch = compiled.batch(lanes);
        double[][] inputs = new double[1][];
        return new NeuronBatch() {
            @Override
            public void derivatives(int count, double[][] states, double[] currents, double[][] derivatives) {
                inputs[0] = currents;
                batch.derivatives(count, null, states, inputs, derivatives);
            }

            @Override
            public void relaxationRates(int count, double[][] states, double[] currents, double[][] rates) {
                inputs[0] = currents;
                batch.relaxationRates(count, null, states, inputs, rates);
            }
        };
    }

    /**
     * {@inheritDoc}
     *
     * <p>Proven: between the ends of the region and at least eight typical ranges of the potential around zero there is
     * no
     * equilibrium, at no current of the range; see {@link EquilibriumBox}. Equilibria beyond that are not looked for.
     */
    @Override
    public Interval[] equilibriumRegion(double from, double to) {
        return EquilibriumBox.of(field, new Interval(from, to), units());
    }

    /**
     * {@inheritDoc}
     *
     * <p>The ranges that the file states; for other states what {@link TypicalRanges} measures.
     */
    @Override
    public double[] units() {
        return origin.ranges().values();
    }

    /**
     * {@inheritDoc}
     *
     * <p>The search begins at the initial values of the file, then at usual potentials with the other states in
     * equilibrium, then where an orbit from the initial values ends.
     */
    @Override
    public double[] restState() {
        RestGuesses guesses = new RestGuesses(field, system, origin.file().ports().output().unit(), units()[0]);
        try {
            return Rest.near(this, guesses.usual());
        } catch (IllegalArgumentException e) {
            return Rest.near(this, guesses.endOfOrbit());
        }
    }
}

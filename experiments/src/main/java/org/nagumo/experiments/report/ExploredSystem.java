package org.nagumo.experiments.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.nagumo.core.equations.Definition;
import org.nagumo.core.equations.EquationSystem;
import org.nagumo.core.equations.Expression;
import org.nagumo.core.equations.State;
import org.nagumo.core.equations.SystemScript;
import org.nagumo.datagen.neuron.EquationNeuron;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.neuron.Parameter;
import org.nagumo.datagen.neuron.PhysicalUnits;
import org.nagumo.datagen.ode.OdePlane;
import org.nagumo.experiments.dynamics.FlowModel;
import org.nagumo.experiments.network.NetworkCard;
import org.nagumo.experiments.network.NetworkSystem;
import org.nagumo.experiments.network.TrainedNetwork;

/**
 * A system as the explorer runs it: its equations as a script, and what the page has to know besides. The script's
 * outputs are the potential and the two coordinates of the plane that is drawn.
 *
 * @param script      the equations, printed by {@link SystemScript}
 * @param description name, states, units, axes and method, as {@code system.js} reads them
 */
record ExploredSystem(String script, ObjectNode description) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Names with a dot are not those of a file of equations. */
    private static final String POTENTIAL = "explorer.potential";
    private static final String ABSCISSA = "explorer.x";
    private static final String ORDINATE = "explorer.y";

    /**
     * An axis of the plane.
     *
     * @param label what it shows
     * @param unit  its unit, {@code 1} when dimensionless
     * @param value its value as an expression of the states
     */
    private record Axis(String label, String unit, Expression value) { }

    /** A neuron in the plane that it states, else of its potential and its slowest state. */
    static ExploredSystem of(EquationNeuron neuron) {
        List<State> states = neuron.system().states();
        List<String> names = neuron.stateNames();
        List<String> units = neuron.traits().stateUnits();
        Axis x = new Axis(names.get(0), units.get(0), Expression.variable(states.get(0).name()));
        Axis y = null;
        boolean ofStates = true;
        if (neuron.dimension() > 1) {
            Optional<OdePlane> plane = neuron.file().traits().plane();
            int slowest = FlowModel.Plane.slowest(neuron);
            y = plane.map(each -> new Axis(each.text(), "1", each.formula()))
                    .orElseGet(() -> new Axis(names.get(slowest), units.get(slowest),
                            Expression.variable(states.get(slowest).name())));
            ofStates = plane.isEmpty();
        }
        ObjectNode json = description(Neurons.label(neuron), names, neuron.units(), x, y, ofStates);
        ArrayNode parameters = json.putArray("parameters");
        for (Parameter each : neuron.parameters()) {
            parameters.addObject().put("name", each.name()).put("value", each.value()).put("unit", symbol(each.unit()))
                    .put("says", each.description());
        }
        numbers(json.putArray("rest"), neuron.restState());
        return new ExploredSystem(script(neuron.system(), x.value(), x, y), json);
    }

    /** A network in the plane of its first two units; of one unit, of that and the potential. */
    static ExploredSystem of(TrainedNetwork network) {
        NetworkCard card = network.card();
        EquationSystem system = network.equations();
        Definition potential = system.outputs().get(0);
        List<String> names = system.states().stream().map(State::name).toList();
        Axis x = new Axis(names.get(0), "1", Expression.variable(names.get(0)));
        Axis y = card.units() == 1 ? new Axis(potential.name(), potential.unit(), potential.expression())
                : new Axis(names.get(1), "1", Expression.variable(names.get(1)));
        double[] ones = DoubleStream.generate(() -> 1).limit(card.units()).toArray();
        ObjectNode json = description(card.name(), names, ones, x, y, true);
        json.putArray("parameters");
        ObjectNode method = json.putObject("method");
        int stages = card.integrator().stages();
        numbers(method.putArray("inner"), IntStream.range(0, stages).mapToDouble(card.integrator()::inner).toArray());
        numbers(method.putArray("weights"),
                IntStream.range(0, stages).mapToDouble(card.integrator()::weight).toArray());
        method.put("substeps", card.substeps());
        method.put("dt", card.dtMs());
        method.put("settling", NetworkSystem.SETTLING_MS);
        double[] p = network.parameters();
        int layer = card.layerParameters();
        numbers(method.putArray("timeConstants"), Arrays.stream(p, layer - card.units(), layer).map(Math::exp)
                .toArray());
        List<String> temporaries = system.temporaries().stream().map(Definition::name).toList();
        json.put("temporaries", temporaries.size());
        ArrayNode gates = json.putArray("gates");
        for (int j = 1; j <= card.units(); j++) {
            ObjectNode unit = gates.addObject();
            for (String gate : List.of("z", "r", "c")) {
                unit.put(gate, temporaries.indexOf(gate + j));
            }
        }
        return new ExploredSystem(script(system, potential.expression(), x, y), json);
    }

    private static ObjectNode description(String name, List<String> stateNames, double[] scales, Axis x, Axis y,
            boolean ofStates) {
        ObjectNode json = JSON.createObjectNode();
        json.put("name", name);
        stateNames.forEach(json.putArray("stateNames")::add);
        numbers(json.putArray("scales"), scales);
        if (y == null) {
            json.putNull("axes");
        } else {
            ObjectNode axes = json.putObject("axes");
            axes.putObject("x").put("label", x.label()).put("unit", symbol(x.unit()));
            axes.putObject("y").put("label", y.label()).put("unit", symbol(y.unit()));
            axes.put("ofStates", ofStates);
        }
        return json;
    }

    private static String script(EquationSystem system, Expression potential, Axis x, Axis y) {
        EquationSystem.Builder builder = EquationSystem.builder(system.name());
        system.states().forEach(builder::state);
        system.parameters().forEach(builder::parameter);
        system.inputs().forEach(builder::input);
        system.temporaries().forEach(builder::temporary);
        List<Definition> outputs = new ArrayList<>(List.of(new Definition(POTENTIAL, potential, "", ""),
                new Definition(ABSCISSA, x.value(), "", "")));
        outputs.add(new Definition(ORDINATE, y == null ? potential : y.value(), "", ""));
        outputs.forEach(builder::output);
        return SystemScript.of(builder.build());
    }

    /** A unit as a page shows it; empty when dimensionless. */
    static String symbol(String unit) {
        return unit.equals(PhysicalUnits.DIMENSIONLESS.current()) || unit.isEmpty() ? "" : Style.after(unit).strip();
    }

    static void numbers(ArrayNode array, double[] values) {
        for (double value : values) {
            array.add(value);
        }
    }
}

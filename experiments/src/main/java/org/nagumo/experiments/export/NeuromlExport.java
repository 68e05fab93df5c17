package org.nagumo.experiments.export;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nagumo.core.equations.Binary;
import org.nagumo.core.equations.Call;
import org.nagumo.core.equations.Conditional;
import org.nagumo.core.equations.Definition;
import org.nagumo.core.equations.EquationSystem;
import org.nagumo.core.equations.Expression;
import org.nagumo.core.equations.ExpressionPrinter;
import org.nagumo.core.equations.Negation;
import org.nagumo.core.equations.Operator;
import org.nagumo.core.equations.Parameter;
import org.nagumo.core.equations.State;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.ode.StatedSpike;

/**
 * A file of LEMS, the language in which NeuroML 2 defines its components (R. C. Cannon, P. Gleeson, S. Crook, G.
 * Ganapathy, B. Marin, E. Piasini and R. A. Silver 2014, LEMS: a language for expressing complex biological models in
 * concise and hierarchical form and its use in underpinning NeuroML 2, Frontiers in Neuroinformatics 8:79). It holds a
 * component type, a component with the numbers and a simulation of it, in the order of schema 0.7.6. Current, potential
 * and time have dimensions; inside the equations they are numbers in the units of the neuron.
 */
public final class NeuromlExport implements ExportDialect {

    /** Dimension of LEMS, and a unit as symbol and power of ten. */
    private record Unit(String dimension, String symbol, int power) { }

    private static final Unit NONE = new Unit("none", "", 0);
    private static final Map<String, Unit> CURRENTS = Map.of("1", NONE,
            "uA/cm2", new Unit("currentDensity", "uA_per_cm2", -2),
            "mA/cm2", new Unit("currentDensity", "mA_per_cm2", 1),
            "nA/cm2", new Unit("currentDensity", "nA_per_cm2", -5), "pA", new Unit("current", "pA", -12),
            "nA", new Unit("current", "nA", -9), "uA", new Unit("current", "uA", -6));
    private static final Map<String, Unit> POTENTIALS = Map.of("1", NONE, "mV", new Unit("voltage", "mV", -3),
            "V", new Unit("voltage", "V", 0));
    private static final Map<String, Unit> TIMES = Map.of("1", new Unit("time", "ms", -3),
            "ms", new Unit("time", "ms", -3), "s", new Unit("time", "s", 0));
    private static final Map<String, String> DIMENSIONS = Map.of("time", "t=\"1\"", "current", "i=\"1\"",
            "currentDensity", "l=\"-2\" i=\"1\"", "voltage", "m=\"1\" l=\"2\" t=\"-3\" i=\"-1\"");

    private static final Set<String> RESERVED = Set.of("t", "dt", "id", "type", "name", "extends", "description", "exp",
            "log", "ln", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh", "abs", "ceil", "factorial", "random", "H",
            "sum", "product", "current", "voltage", "armed", "spike", "TIME_UNIT", "CURRENT_UNIT", "POTENTIAL_UNIT");

    private static final String SIMULATION = """
              <ComponentType name="OutputColumn">
                <Path name="quantity"/>
                <Simulation>
                  <Record quantity="quantity"/>
                </Simulation>
              </ComponentType>
              <ComponentType name="OutputFile">
                <Children name="columns" type="OutputColumn"/>
                <Text name="path"/>
                <Text name="fileName"/>
                <Simulation>
                  <DataWriter path="path" fileName="fileName"/>
                </Simulation>
              </ComponentType>
              <ComponentType name="Simulation">
                <Parameter name="length" dimension="time"/>
                <Parameter name="step" dimension="time"/>
                <Children name="outputs" type="OutputFile"/>
                <ComponentReference name="target" type="Component"/>
                <Dynamics>
                  <StateVariable name="t" dimension="time"/>
                </Dynamics>
                <Simulation>
                  <Run component="target" variable="t" increment="step" total="length"/>
                </Simulation>
              </ComponentType>
            """;

    @Override
    public String name() {
        return "neuroml";
    }

    @Override
    public String ending() {
        return ".xml";
    }

    @Override
    public String program() {
        return "LEMS";
    }

    private static Unit unit(ExportedSystem exported, String what, String unit, Map<String, Unit> units) {
        Unit known = units.get(unit);
        if (known == null) {
            throw new InputException(exported.system().name() + " has the " + what + " in " + unit
                    + "; allowed for LEMS: " + units.keySet().stream().sorted().toList());
        }
        return known;
    }

    @Override
    public Export export(ExportedSystem exported, String stem) {
        ModuleName.check(stem, ending());
        EquationSystem system = exported.system().regular();
        NameTable names = new NameTable(system, new NameTable.Rules("LEMS", Integer.MAX_VALUE, false, RESERVED));
        LemsSyntax syntax = new LemsSyntax(names::fresh);
        ExpressionPrinter printer = new ExpressionPrinter(new RenamedDialect(syntax, names));
        Unit current = unit(exported, "current", exported.units().current(), CURRENTS);
        Unit potential = unit(exported, "potential", exported.units().potential(), POTENTIALS);
        Unit time = unit(exported, "time", exported.units().time(), TIMES);
        String timeRemark = exported.units().time().equals("1") ? "The time has no unit; 1 of it is 1 ms here"
                : "Inside the equations, all quantities are numbers in the units that the descriptions give";
        String v = names.of(exported.potential());

        StringBuilder derived = new StringBuilder();
        variable(derived, names.of(exported.input().name()), "none", "", "current / CURRENT_UNIT", "");
        for (Definition each : system.temporaries()) {
            variable(derived, names.of(each.name()), "none", "", print(printer, each.expression()),
                    Header.about(each.unit(), each.comment()));
        }
        for (Definition each : system.outputs()) {
            variable(derived, names.of(each.name()), "none", "", print(printer, each.expression()),
                    Header.about(each.unit(), each.comment()));
        }
        variable(derived, "voltage", potential.dimension(), "voltage", v + " * POTENTIAL_UNIT", "membrane potential");
        StringBuilder rates = new StringBuilder();
        for (State each : system.states()) {
            rates.append("      <TimeDerivative variable=\"").append(names.of(each.name())).append("\" value=\"(")
                    .append(print(printer, each.derivative())).append(") / TIME_UNIT\"/>\n");
        }
        StringBuilder choices = new StringBuilder();
        for (LemsSyntax.Helper each : syntax.helpers()) {
            if (each.cases().size() == 1) {
                variable(derived, each.name(), "none", "", each.cases().get(0).value(), "");
            } else {
                choice(choices, each);
            }
        }

        StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Lems"
                + " xmlns=\"http://www.neuroml.org/lems/0.7.6\"\n    description=\"");
        text.append(quoted(String.join("\n        ", Header.lines(exported, timeRemark,
                "Run: in jLEMS, which writes " + stem + ".dat, or use the component type " + stem
                        + "_cell in a file of your own"))))
                        .append("\">\n  <Target component=\"simulation\"/>\n");
        Set<Unit> units = new LinkedHashSet<>(List.of(time, current));
        units.add(potential);
        units.remove(NONE);
        for (Unit each : units) {
            text.append("  <Dimension name=\"").append(each.dimension()).append("\" ")
                    .append(DIMENSIONS.get(each.dimension())).append("/>\n");
        }
        for (Unit each : units) {
            text.append("  <Unit symbol=\"").append(each.symbol()).append("\" dimension=\"").append(each.dimension())
                    .append("\" power=\"").append(each.power()).append("\"/>\n");
        }
        text.append("  <ComponentType name=\"").append(stem)
                .append("_cell\">\n    <Parameter name=\"current\" dimension=\"").append(current.dimension())
                .append("\" description=\"the injected current\"/>\n");
        for (Parameter each : system.parameters()) {
            text.append("    <Parameter name=\"").append(names.of(each.name())).append("\" dimension=\"none\"")
                    .append(description(Header.about(each.unit(), each.comment()))).append("/>\n");
        }
        constant(text, "TIME_UNIT", time);
        constant(text, "CURRENT_UNIT", current);
        constant(text, "POTENTIAL_UNIT", potential);
        text.append("    <EventPort name=\"spike\" direction=\"out\"/>\n    <Exposure name=\"voltage\" dimension=\"")
                .append(potential.dimension()).append("\"/>\n    <Dynamics>\n");
        for (State each : system.states()) {
            text.append("      <StateVariable name=\"").append(names.of(each.name())).append("\" dimension=\"none\"")
                    .append(description(Header.about(each.unit(), each.comment()))).append("/>\n");
        }
        text.append("      <StateVariable name=\"armed\" dimension=\"none\" description=\"1 if a spike may come\"/>\n")
                .append(derived).append(choices).append(rates).append("      <OnStart>\n");
        for (State each : system.states()) {
            assignment(text, names.of(each.name()), syntax.number(each.initial()));
        }
        assignment(text, "armed", "1");
        text.append("      </OnStart>\n").append(spikes(exported.spike(), v, syntax))
                .append("    </Dynamics>\n  </ComponentType>\n").append(SIMULATION);
        double amplitude = 10 * exported.traits().units().map(each -> each.current()).orElse(1.0);
        text.append("  <Component id=\"").append(stem).append("\" type=\"").append(stem).append("_cell\" current=\"")
                .append(quantity(amplitude, current)).append('"');
        for (Parameter each : system.parameters()) {
            text.append("\n      ").append(names.of(each.name())).append("=\"").append(quantity(each.value(), NONE))
                    .append('"');
        }
        double scale = exported.traits().units().map(each -> each.time()).orElse(1.0);
        double step = exported.stepping().sample() / exported.stepping().substeps();
        text.append("/>\n  <Component id=\"simulation\" type=\"Simulation\" length=\"")
                .append(quantity(200 * scale, time)).append("\" step=\"").append(quantity(step, time))
                .append("\" target=\"").append(stem)
                .append("\">\n    <OutputFile id=\"output\" path=\".\" fileName=\"").append(stem)
                .append(".dat\">\n      <OutputColumn id=\"column\" quantity=\"voltage\"/>\n    </OutputFile>\n"
                        + "  </Component>\n</Lems>\n");
        return new Export(List.of(new Export.File(ending(), text.toString())), names.remarks());
    }

    private static String print(ExpressionPrinter printer, Expression expression) {
        return printer.print(differences(expression));
    }

    /** Writes -x as 0 - x, because programs differ in what they take a leading minus sign for. */
    private static Expression differences(Expression expression) {
        List<Expression> operands = expression.operands().stream().map(NeuromlExport::differences).toList();
        if (expression instanceof Negation) {
            return Expression.binary(Operator.SUBTRACT, Expression.constant(0), operands.get(0));
        }
        if (expression instanceof Binary binary) {
            return Expression.binary(binary.operator(), operands.get(0), operands.get(1));
        }
        if (expression instanceof Call call) {
            return Expression.call(call.function(), operands.toArray(new Expression[0]));
        }
        if (expression instanceof Conditional) {
            return Expression.conditional(operands.get(0), operands.get(1), operands.get(2));
        }
        return expression;
    }

    private static String spikes(StatedSpike spike, String v, LemsSyntax syntax) {
        double rearmed = spike.threshold() + (spike.downward() ? spike.rearm() : -spike.rearm());
        String up = spike.downward() ? " .lt. " : " .gt. ";
        String down = spike.downward() ? " .gt. " : " .lt. ";
        StringBuilder text = new StringBuilder("      <OnCondition test=\"(").append(v).append(up)
                .append(syntax.number(spike.threshold())).append(") .and. (armed .gt. 0.5)\">\n");
        assignment(text, "armed", "0");
        text.append("        <EventOut port=\"spike\"/>\n      </OnCondition>\n      <OnCondition test=\"(").append(v)
                .append(down).append(syntax.number(rearmed)).append(") .and. (armed .lt. 0.5)\">\n");
        assignment(text, "armed", "1");
        return text.append("      </OnCondition>\n").toString();
    }

    private static void variable(StringBuilder text, String name, String dimension, String exposure, String value,
            String about) {
        text.append("      <DerivedVariable name=\"").append(name).append("\" dimension=\"").append(dimension)
                .append('"').append(exposure.isEmpty() ? "" : " exposure=\"" + exposure + "\"")
                .append(" value=\"").append(value)
                .append('"').append(description(about)).append("/>\n");
    }

    private static void choice(StringBuilder text, LemsSyntax.Helper helper) {
        text.append("      <ConditionalDerivedVariable name=\"").append(helper.name())
                .append("\" dimension=\"none\">\n");
        for (LemsSyntax.Case each : helper.cases()) {
            text.append("        <Case")
                    .append(each.condition().isEmpty() ? "" : " condition=\"" + each.condition() + "\"")
                    .append(" value=\"").append(each.value()).append("\"/>\n");
        }
        text.append("      </ConditionalDerivedVariable>\n");
    }

    private static void constant(StringBuilder text, String name, Unit unit) {
        text.append("    <Constant name=\"").append(name).append("\" dimension=\"").append(unit.dimension())
                .append("\" value=\"").append(quantity(1, unit)).append("\"/>\n");
    }

    private static void assignment(StringBuilder text, String variable, String value) {
        text.append("        <StateAssignment variable=\"").append(variable).append("\" value=\"").append(value)
                .append("\"/>\n");
    }

    private static String quantity(double value, Unit unit) {
        String number = ExpressionPrinter.decimal(value);
        return unit.symbol().isEmpty() ? number : number + " " + unit.symbol();
    }

    private static String description(String about) {
        return about.isBlank() ? "" : " description=\"" + quoted(about.replaceAll("\\s+", " ").strip()) + "\"";
    }

    private static String quoted(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}

package org.nagumo.experiments.export;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nagumo.core.equations.Definition;
import org.nagumo.core.equations.EquationSystem;
import org.nagumo.core.equations.ExpressionPrinter;
import org.nagumo.core.equations.Parameter;
import org.nagumo.core.equations.State;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.ode.StatedSpike;

/**
 * A Python module for Brian 2 (M. Stimberg, R. Brette and D. F. M. Goodman 2019, Brian 2, an intuitive and efficient
 * neural simulator, eLife 8:e47314). Current and potential have units; inside the equations they are numbers in the
 * units of the neuron, because rates such as {@code 0.1*(V+40)} state no units.
 */
public final class Brian2Export implements ExportDialect {

    /** Unit in Brian 2, and its dimension. */
    private record Unit(String text, String dimension) { }

    private static final Map<String, Unit> CURRENTS = Map.of("1", new Unit("1", "1"),
            "uA/cm2", new Unit("(uA/cm**2)", "amp/metre**2"), "mA/cm2", new Unit("(mA/cm**2)", "amp/metre**2"),
            "nA/cm2", new Unit("(nA/cm**2)", "amp/metre**2"), "pA", new Unit("pA", "amp"),
            "nA", new Unit("nA", "amp"), "uA", new Unit("uA", "amp"));
    private static final Map<String, Unit> POTENTIALS = Map.of("1", new Unit("1", "1"), "mV", new Unit("mV", "volt"),
            "V", new Unit("volt", "volt"));
    private static final Map<String, Unit> TIMES = Map.of("1", new Unit("ms", "second"), "ms",
            new Unit("ms", "second"), "s", new Unit("second", "second"));

    /** Keywords, special variables, functions, constants and the units of the default namespace that are short. */
    private static final Set<String> RESERVED = Stream.concat(Stream.of("and", "as", "if", "in", "is", "not", "or",
            "for", "else", "lambda", "def", "del", "from", "None", "True", "False", "t", "dt", "i", "j", "N", "xi",
            "t_in_timesteps", "lastspike", "not_refractory", "pi", "e", "inf", "exp", "log", "log10", "log1p", "expm1",
            "exprel", "sqrt", "abs", "sign", "sin", "cos", "tan", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh",
            "ceil", "floor", "clip", "int", "rand", "randn", "poisson", "timestep", "I", "voltage", "stimulus", "amp",
            "volt", "metre", "meter", "second", "msecond", "cm", "mm", "um", "kg", "ohm", "Hz", "kHz", "MHz", "mmol",
            "mM", "uM", "nM", "cm2", "cm3", "mm2", "mm3", "um2", "um3", "mol", "molar", "joule", "pascal", "watt",
            "siemens", "farad", "coulomb", "celsius", "kelvin"),
            Stream.of("A", "V", "S", "F", "s", "W", "J", "C", "Hz").flatMap(unit -> Stream.of("m", "u", "n", "p")
                    .map(prefix -> prefix + unit))).collect(Collectors.toUnmodifiableSet());

    private static final String GROUP = """
            def neurons(number=1, stimulus=None, **arguments):
                \"""A group of neurons at rest.

                stimulus: a TimedArray, the current at each step; without one, set the current by group.I
                arguments: those of NeuronGroup, such as dt
                \"""
                arguments = {"threshold": THRESHOLD, "refractory": REFRACTORY, "method": "rk4", "dt": STEP,
                             **arguments}
                namespace = {**arguments.pop("namespace", {}), "stimulus": stimulus}
                group = NeuronGroup(number, EQUATIONS, namespace=namespace, **arguments)
                for name, value in {**PARAMETERS, **INITIAL}.items():
                    setattr(group, name, value)
                if stimulus is not None:
                    # Set once a step, so that all stages of the method see the same current.
                    group.run_regularly("I = stimulus(t)", dt=arguments["dt"])
                return group


            """;

    private static final String EXAMPLE = """
            if __name__ == "__main__":
                group = neurons()
                group.I = AMPLITUDE
                trace = StateMonitor(group, "voltage", record=True)
                spikes = SpikeMonitor(group)
                run(DURATION)
                print(f"{spikes.num_spikes} spikes, from {min(trace.voltage[0]/(POTENTIAL)):.2f}"
                      f" to {max(trace.voltage[0]/(POTENTIAL)):.2f}")
                print("at", spikes.t/TIME)
            """;

    @Override
    public String name() {
        return "brian2";
    }

    @Override
    public String ending() {
        return ".py";
    }

    @Override
    public String program() {
        return "Brian 2";
    }

    private static Unit unit(ExportedSystem exported, String what, String unit, Map<String, Unit> units) {
        Unit known = units.get(unit);
        if (known == null) {
            throw new InputException(exported.system().name() + " has the " + what + " in " + unit
                    + "; allowed for Brian 2: " + units.keySet().stream().sorted().toList());
        }
        return known;
    }

    @Override
    public Export export(ExportedSystem exported, String stem) {
        ModuleName.check(stem, ending());
        EquationSystem system = exported.system().regular();
        NameTable names = new NameTable(system, new NameTable.Rules("Brian 2", Integer.MAX_VALUE, false, RESERVED));
        ExpressionPrinter printer = new ExpressionPrinter(new RenamedDialect(new Brian2Syntax(), names));
        Unit current = unit(exported, "current", exported.units().current(), CURRENTS);
        Unit potential = unit(exported, "potential", exported.units().potential(), POTENTIALS);
        Unit time = unit(exported, "time", exported.units().time(), TIMES);
        StringBuilder text = new StringBuilder("\"\"\"");
        for (String line : Header.lines(exported, "Needs: Python 3, Brian 2 (tested with 2.5.1)", "Run: python3 " + stem
                + ".py, or from " + stem + " import neurons")) {
            text.append(line.replace("\\", "/").replace("\"\"\"", "'''")).append('\n');
        }
        if (exported.units().time().equals("1")) {
            text.append("The time has no unit in the equations; 1 of it is 1 ms here.\n");
        }
        text.append("\"\"\"\nfrom brian2 import *\n\n# Current I and potential voltage have units. All else is a number"
                + " in the units of the comments.\nEQUATIONS = \"\"\"\n");
        line(text, "I : " + current.dimension(), "the injected current");
        line(text, names.of(exported.input().name()) + " = I/" + current.text() + " : 1", exported.units().current());
        for (Parameter each : system.parameters()) {
            line(text, names.of(each.name()) + " : 1 (constant)", Header.about(each.unit(), each.comment()));
        }
        for (Definition each : system.temporaries()) {
            line(text, names.of(each.name()) + " = " + printer.print(each.expression()) + " : 1",
                    Header.about(each.unit(), each.comment()));
        }
        for (State each : system.states()) {
            line(text, "d" + names.of(each.name()) + "/dt = (" + printer.print(each.derivative()) + ")/" + time.text()
                    + " : 1", Header.about(each.unit(), each.comment()));
        }
        for (Definition each : system.outputs()) {
            line(text, names.of(each.name()) + " = " + printer.print(each.expression()) + " : 1",
                    Header.about(each.unit(), each.comment()));
        }
        String v = names.of(exported.potential());
        line(text, "voltage = " + v + "*" + potential.text() + " : " + potential.dimension(), "membrane potential");
        text.append("\"\"\"\n").append(dictionary("PARAMETERS", system.parameters().stream()
                        .map(each -> entry(names.of(each.name()), each.value())).toList()))
                .append(dictionary("INITIAL", system.states().stream()
                        .map(each -> entry(names.of(each.name()), each.initial())).toList()));
        StatedSpike spike = exported.spike();
        double rearmed = spike.threshold() + (spike.downward() ? spike.rearm() : -spike.rearm());
        String sign = spike.downward() ? " < " : " > ";
        double step = exported.stepping().sample() / exported.stepping().substeps();
        text.append("THRESHOLD = \"").append(v).append(sign).append(ExpressionPrinter.decimal(spike.threshold()))
                .append("\"\nREFRACTORY = \"").append(v).append(sign).append(ExpressionPrinter.decimal(rearmed))
                .append("\"  # no second spike before the potential has returned\n")
                .append("STEP = ").append(ExpressionPrinter.decimal(step)).append('*').append(time.text())
                .append("\n\n\n").append(GROUP);
        double amplitude = 10 * exported.traits().units().map(each -> each.current()).orElse(1.0);
        text.append(EXAMPLE.replace("AMPLITUDE", ExpressionPrinter.decimal(amplitude) + "*" + current.text())
                .replace("DURATION", "200*" + time.text()).replace("TIME", time.text())
                .replace("POTENTIAL", potential.text()));
        return new Export(List.of(new Export.File(ending(), text.toString())), names.remarks());
    }

    private static void line(StringBuilder text, String equation, String about) {
        String comment = about.replaceAll("[\\\\\"\\s]+", " ").strip();
        text.append(equation).append(comment.isEmpty() ? "" : "  # " + comment).append('\n');
    }

    private static String entry(String name, double value) {
        return "\"" + name + "\": " + ExpressionPrinter.decimal(value);
    }

    private static String dictionary(String name, List<String> entries) {
        return name + " = {" + String.join(", ", entries) + "}\n";
    }
}

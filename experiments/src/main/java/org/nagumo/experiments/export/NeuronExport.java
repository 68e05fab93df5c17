package org.nagumo.experiments.export;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nagumo.core.equations.Definition;
import org.nagumo.core.equations.EquationSystem;
import org.nagumo.core.equations.Expression;
import org.nagumo.core.equations.ExpressionPrinter;
import org.nagumo.core.equations.Parameter;
import org.nagumo.core.equations.State;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.ode.StatedSpike;

/**
 * A mechanism in NMODL for NEURON (M. L. Hines and N. T. Carnevale 2000, Expanding NEURON's repertoire of mechanisms
 * with NMODL, Neural Computation 12:995-1007) and an example in Python. The system is a point process with a potential
 * of its own, which does not act on the section that it is in; a NetCon of it sends its spikes.
 */
public final class NeuronExport implements ExportDialect {

    private static final int LONGEST_FORMULA = 1500;
    private static final int LINE = 100;

    private static final Set<String> RESERVED = reserved();

    private static final String EXAMPLE = """
            from neuron import h

            h.load_file("stdrun.hoc")
            section = h.Section(name="holder")  # a point process needs a place; nothing flows there
            cell = h.MECHANISM(section(0.5))
            cell.INPUT = AMPLITUDE
            h.CVode().active(True)
            h.CVode().atol(1e-6)
            times = h.Vector()
            spikes = h.NetCon(cell, None)
            spikes.record(times)
            trace = h.Vector().record(cell._ref_POTENTIAL)
            h.finitialize()
            h.continuerun(DURATION)
            print(f"{len(times)} spikes, from {trace.min():.2f} to {trace.max():.2f}")
            print("at", list(times))
            """;

    private static Set<String> reserved() {
        Set<String> all = new HashSet<>(Stream.of("t", "dt", "v", "e", "celsius", "area", "diam", "PI", "flag", "nc_",
                "exp", "log", "log10", "sqrt", "pow", "fabs", "abs", "floor", "ceil", "fmod", "sin", "cos", "tan",
                "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "if", "else", "while", "for", "do", "int",
                "float", "double", "char", "long", "short", "void", "static", "struct", "union", "return", "switch",
                "case", "break", "continue", "goto", "default", "const", "auto", "register", "extern", "signed",
                "unsigned", "volatile", "enum", "sizeof", "typedef", "net_send", "net_event", "net_move", "equations",
                "weight", "INITIAL", "STATE", "PARAMETER", "ASSIGNED", "DERIVATIVE", "BREAKPOINT", "FUNCTION", "LOCAL",
                "SOLVE", "METHOD", "WATCH", "RANGE", "GLOBAL", "CONSTANT", "UNITS", "TITLE", "COMMENT", "KINETIC",
                "loc", "get_loc", "has_loc", "get_segment").toList());
        NmodlSyntax.functions().forEach(all::add);
        return Set.copyOf(all);
    }

    @Override
    public String name() {
        return "neuron";
    }

    @Override
    public String ending() {
        return ".mod";
    }

    @Override
    public String program() {
        return "NEURON";
    }

    @Override
    public Export export(ExportedSystem exported, String stem) {
        ModuleName.check(stem, ending());
        if (!Set.of("ms", "1").contains(exported.units().time())) {
            throw new InputException(exported.system().name() + " has the time in " + exported.units().time()
                    + "; allowed for NEURON: ms, or no unit");
        }
        return new Writer(exported, stem).export();
    }

    /** Writes one system. */
    private static final class Writer {

        private final ExportedSystem exported;
        private final String stem;
        private final EquationSystem system;
        private final NameTable names;
        private final NmodlSyntax syntax = new NmodlSyntax();
        private final ExpressionPrinter printer;
        private final List<String> locals = new ArrayList<>();

        Writer(ExportedSystem exported, String stem) {
            this.exported = exported;
            this.stem = stem;
            system = exported.system().regular();
            names = new NameTable(system, new NameTable.Rules("NEURON", Integer.MAX_VALUE, false, RESERVED));
            printer = new ExpressionPrinter(new RenamedDialect(syntax, names));
        }

        Export export() {
            String mechanism = stem + "_cell";
            StringBuilder text = new StringBuilder("TITLE ").append(system.name()).append("\n\nCOMMENT\n");
            String time = exported.units().time().equals("1") ? "The time has no unit; 1 of it is 1 ms of NEURON" :
                    "The time is NEURON's";
            for (String line : Header.lines(exported, time, "Integrate with variable steps: h.CVode()"
                    + ".active(True)", "Run: nrnivmodl; python3 " + stem + "_example.py")) {
                text.append(line.replace("ENDCOMMENT", "")).append('\n');
            }
            String definitions = equations(system.temporaries());
            String rates = rates();
            String outputs = equations(system.outputs());
            List<String> states = system.states().stream().map(each -> names.of(each.name())).toList();
            List<String> assigned = Stream.concat(Stream.concat(system.temporaries().stream(),
                    system.outputs().stream()).map(each -> names.of(each.name())), locals.stream()).toList();
            List<String> ranges = Stream.of(Stream.of(names.of(exported.input().name())), system.parameters().stream()
                    .map(each -> names.of(each.name())), assigned.stream()).flatMap(each -> each).toList();
            text.append("ENDCOMMENT\n\nNEURON {\n    POINT_PROCESS ").append(mechanism).append('\n');
            for (String range : ranges) {
                text.append("    RANGE ").append(range).append('\n');
            }
            text.append("}\n\nPARAMETER {\n");
            value(text, exported.input().name(), exported.input().value(), exported.input().unit(),
                    exported.input().comment());
            for (Parameter each : system.parameters()) {
                value(text, each.name(), each.value(), each.unit(), each.comment());
            }
            text.append("}\n\nASSIGNED {\n");
            assigned.forEach(each -> text.append("    ").append(each).append('\n'));
            text.append("}\n\nSTATE {\n");
            states.forEach(each -> text.append("    ").append(each).append('\n'));
            text.append("}\n\nUNITSOFF\n\nINITIAL {\n");
            for (State each : system.states()) {
                text.append("    ").append(names.of(each.name())).append(" = ")
                        .append(syntax.number(each.initial())).append('\n');
            }
            boolean uses = system.outputs().stream().flatMap(each -> each.expression().names().stream())
                    .anyMatch(name -> system.temporaries().stream().anyMatch(each -> each.name().equals(name)));
            String readout = (uses ? definitions : "") + outputs;
            text.append(readout).append("    net_send(0, 1)\n}\n\nBREAKPOINT {\n    SOLVE equations METHOD"
                    + " derivimplicit\n")
                    .append(readout).append("}\n\n");
            if (!readout.isEmpty()) {
                // With variable steps, BREAKPOINT is not run in a point process without a membrane current.
                text.append("AFTER SOLVE {\n").append(readout).append("}\n\n");
            }
            text.append("DERIVATIVE equations {\n").append(definitions).append(rates).append("}\n\n")
                    .append(spikes()).append(syntax.prelude()).append("\nUNITSON\n");
            double amplitude = 10 * exported.traits().units().map(each -> each.current()).orElse(1.0);
            double duration = 200 * exported.traits().units().map(each -> each.time()).orElse(1.0);
            String example = EXAMPLE.replace("MECHANISM", mechanism).replace("INPUT", names.of(exported.input().name()))
                    .replace("AMPLITUDE", ExpressionPrinter.decimal(amplitude) + "  # "
                            + Header.about(exported.units().current(), "a constant current"))
                    .replace("POTENTIAL", names.of(exported.potential()))
                    .replace("DURATION", ExpressionPrinter.decimal(duration));
            return new Export(List.of(new Export.File(".mod", text.toString()), new Export.File("_example.py",
                    "\"\"\"Runs " + mechanism + " of " + stem + ".mod; run nrnivmodl in this folder first.\"\"\"\n"
                            + example)), names.remarks());
        }

        private void value(StringBuilder text, String name, double value, String unit, String comment) {
            String about = Header.about(unit, comment).replaceAll("\\s+", " ").strip();
            text.append("    ").append(names.of(name)).append(" = ").append(ExpressionPrinter.decimal(value))
                    .append(about.isEmpty() ? "" : "  : " + about).append('\n');
        }

        private String equations(List<Definition> definitions) {
            return definitions.stream().map(each -> equation(names.of(each.name()), each.expression()))
                    .collect(Collectors.joining());
        }

        private String rates() {
            return system.states().stream().map(each -> equation(names.of(each.name()) + "'", each.derivative()))
                    .collect(Collectors.joining());
        }

        private String equation(String left, Expression expression) {
            List<Definition> parts = new ArrayList<>();
            Expression rest = new FormulaCutter(printer, LONGEST_FORMULA, () -> {
                String name = names.fresh("part");
                locals.add(name);
                return name;
            }).cut(expression, parts);
            StringBuilder text = new StringBuilder();
            parts.forEach(each -> text.append(wrapped(each.name() + " = " + printer.print(each.expression()))));
            return text.append(wrapped(left + " = " + printer.print(rest))).toString();
        }

        /** Ends of lines have no meaning in NMODL. */
        private static String wrapped(String statement) {
            StringBuilder text = new StringBuilder();
            StringBuilder line = new StringBuilder("   ");
            for (String word : statement.split(" ")) {
                if (line.length() + word.length() >= LINE && !line.toString().isBlank()) {
                    text.append(line).append('\n');
                    line = new StringBuilder("       ");
                }
                line.append(' ').append(word);
            }
            return text.append(line).append('\n').toString();
        }

        private String spikes() {
            StatedSpike spike = exported.spike();
            String v = names.of(exported.potential());
            String up = spike.downward() ? " < " : " > ";
            String down = spike.downward() ? " > " : " < ";
            double rearmed = spike.threshold() + (spike.downward() ? spike.rearm() : -spike.rearm());
            return ": a spike is sent when the potential passes the threshold, the next one after it has returned\n"
                    + "NET_RECEIVE(weight) {\n    if (flag == 1) {\n        WATCH (" + v + up
                    + parenthesised(spike.threshold()) + ") 2\n    } else if (flag == 2) {\n        net_event(t)\n"
                    + "        WATCH (" + v + down + parenthesised(rearmed) + ") 1\n    }\n}\n\n";
        }

        private String parenthesised(double value) {
            String number = syntax.number(value);
            return value < 0 ? "(" + number + ")" : number;
        }
    }
}

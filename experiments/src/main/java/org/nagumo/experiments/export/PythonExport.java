package org.nagumo.experiments.export;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.nagumo.core.equations.Definition;
import org.nagumo.core.equations.EquationSystem;
import org.nagumo.core.equations.ExpressionPrinter;
import org.nagumo.core.equations.Parameter;
import org.nagumo.core.equations.State;

/** One Python file that needs NumPy alone and integrates by the method that is used here, see {@link Stepping}. */
public final class PythonExport implements ExportDialect {

    /** Keywords of Python 3.12 and the names that the file defines or uses. */
    private static final Set<String> RESERVED = Set.of("False", "None", "True", "and", "as", "assert", "async", "await",
            "break", "class", "continue", "def", "del", "elif", "else", "except", "finally", "for", "from", "global",
            "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
            "with", "yield", "np", "linoid", "derivative", "potential", "simulate", "state", "INITIAL", "STATES",
            "INNER", "WEIGHTS", "SAMPLE", "SUBSTEPS");

    private static final String SIMULATE = """
            def simulate(current, dt, sample=SAMPLE, initial=INITIAL):
                \"""The response to a current.

                current: array [time] or [time, cell], CURRENT; each value is held until the next sample
                dt: time from one sample to the next, TIME
                sample: longest time, TIME, that SUBSTEPS steps of the method cover
                initial: the first state, a number for each of STATES
                Returns the potential, POTENTIAL, with the shape of current, and the states, [state, time] or
                [state, time, cell]. The first values are those at the start.
                \"""
                current = np.asarray(current, dtype=float)
                if current.ndim not in (1, 2) or len(current) == 0 or not np.all(np.isfinite(current)):
                    raise ValueError("current: allowed: finite numbers, [time] or [time, cell]")
                if not (0 < dt < np.inf and 0 < sample < np.inf):
                    raise ValueError(f"dt is {dt}, sample is {sample}; allowed: positive, finite numbers")
                substeps = SUBSTEPS*max(1, int(np.ceil(dt/sample*(1 - 1e-9))))
                h = dt/substeps
                x = np.array([np.full(current.shape[1:], value) for value in initial])
                voltage = np.empty(current.shape)
                states = np.empty((len(x),) + current.shape)
                with np.errstate(all="ignore"):
                    for sample_number, i in enumerate(current):
                        voltage[sample_number] = potential(x, i)
                        states[:, sample_number] = x
                        for _ in range(substeps):
                            change = 0
                            k = np.zeros_like(x)
                            for inner, weight in zip(INNER, WEIGHTS):
                                k = np.array(derivative(x + inner*h*k, i))
                                change = change + weight*k
                            x = x + h*change
                if not np.all(np.isfinite(voltage)):
                    raise FloatingPointError("the voltage is not finite; allowed: a smaller sample, a weaker current")
                return voltage, states


            if __name__ == "__main__":
                import sys
                if len(sys.argv) != 3:
                    sys.exit("allowed: two arguments, a text file with a current in each line, and dt")
                for value in simulate(np.loadtxt(sys.argv[1], ndmin=1), float(sys.argv[2]))[0]:
                    print(value)
            """;

    @Override
    public String name() {
        return "python";
    }

    @Override
    public String ending() {
        return ".py";
    }

    @Override
    public String program() {
        return "Python";
    }

    @Override
    public Export export(ExportedSystem exported, String stem) {
        ModuleName.check(stem, ending());
        EquationSystem system = exported.system().regular();
        NameTable names = new NameTable(system, new NameTable.Rules("Python", Integer.MAX_VALUE, false, RESERVED));
        ExpressionPrinter printer = new ExpressionPrinter(new RenamedDialect(new PythonSyntax(), names));
        StringBuilder text = new StringBuilder("\"\"\"");
        for (String line : Header.lines(exported, "Needs: Python 3, NumPy", "Method: " + exported.stepping().name())) {
            text.append(line.replace("\\", "/").replace("\"\"\"", "'''")).append('\n');
        }
        text.append("\nRun:\n    from ").append(stem).append(" import simulate\n    voltage, states = simulate("
                + "current, dt)\n\nEquations, with four digits:\n");
        Documented.lines(exported.system(), names::of).forEach(line -> text.append("    ").append(line).append('\n'));
        text.append("\"\"\"\nimport numpy as np\n\n");
        for (Parameter each : system.parameters()) {
            text.append(names.of(each.name())).append(" = ").append(ExpressionPrinter.decimal(each.value()))
                    .append(comment(each.unit(), each.comment())).append('\n');
        }
        text.append("STATES = [").append(system.states().stream().map(each -> "\"" + names.of(each.name()) + "\"")
                .collect(Collectors.joining(", "))).append("]\nINITIAL = [")
                .append(list(system.states().stream().map(State::initial).toList()))
                .append("]  # at rest\nINNER = [").append(list(exported.stepping().inner()))
                .append("]  # stage s is at x + INNER[s] h k[s-1]\nWEIGHTS = [")
                .append(list(exported.stepping().weights())).append("]\nSAMPLE = ")
                .append(ExpressionPrinter.decimal(exported.stepping().sample()))
                .append("  # the longest time that SUBSTEPS steps cover\nSUBSTEPS = ")
                .append(exported.stepping().substeps()).append("\n\n\n");
        String body = derivative(exported, system, names, printer) + potential(exported, system, names, printer);
        if (body.contains("linoid(")) {
            text.append(printer.dialect().prelude());
        }
        text.append(body).append(SIMULATE.replace("CURRENT", unit(exported.units().current()))
                .replace("POTENTIAL", unit(exported.units().potential()))
                .replace("TIME", unit(exported.units().time())));
        return new Export(List.of(new Export.File(ending(), text.toString())), names.remarks());
    }

    private static String derivative(ExportedSystem exported, EquationSystem system, NameTable names,
            ExpressionPrinter printer) {
        StringBuilder text = new StringBuilder("def derivative(state, ").append(names.of(exported.input().name()))
                .append("):\n    \"\"\"The rates of change of STATES in a state under a current.\"\"\"\n")
                .append(states(system, names));
        temporaries(system, names, printer, text);
        text.append("    return [\n");
        for (State each : system.states()) {
            text.append("        ").append(printer.print(each.derivative())).append(",")
                    .append(comment("", "d" + names.of(each.name()) + "/dt, " + each.comment())).append('\n');
        }
        return text.append("    ]\n\n\n").toString();
    }

    private static String potential(ExportedSystem exported, EquationSystem system, NameTable names,
            ExpressionPrinter printer) {
        StringBuilder text = new StringBuilder("def potential(state, ").append(names.of(exported.input().name()))
                .append("):\n    \"\"\"The membrane potential in a state.\"\"\"\n");
        if (exported.potentialIsState()) {
            int k = system.states().stream().map(State::name).toList().indexOf(exported.potential());
            return text.append("    return state[").append(k).append("]\n\n\n").toString();
        }
        Definition output = system.outputs().stream().filter(each -> each.name().equals(exported.potential()))
                .findFirst().orElseThrow();
        text.append(states(system, names));
        if (output.expression().names().stream().anyMatch(
                name -> system.temporaries().stream().anyMatch(each -> each.name().equals(name)))) {
            temporaries(system, names, printer, text);
        }
        return text.append("    return ").append(printer.print(output.expression())).append("\n\n\n").toString();
    }

    private static String states(EquationSystem system, NameTable names) {
        return "    " + system.states().stream().map(each -> names.of(each.name()))
                .collect(Collectors.joining(", ")) + (system.states().size() == 1 ? "," : "") + " = state\n";
    }

    private static void temporaries(EquationSystem system, NameTable names, ExpressionPrinter printer,
            StringBuilder text) {
        for (Definition each : system.temporaries()) {
            text.append("    ").append(names.of(each.name())).append(" = ").append(printer.print(each.expression()))
                    .append(comment(each.unit(), each.comment())).append('\n');
        }
    }

    private static String comment(String unit, String comment) {
        String about = Header.about(unit, comment).replaceAll("\\s+", " ").strip();
        return about.isEmpty() ? "" : "  # " + about;
    }

    private static String unit(String unit) {
        return unit.equals("1") ? "without unit" : "in " + unit;
    }

    private static String list(List<Double> values) {
        return values.stream().map(ExpressionPrinter::decimal)
                .collect(Collectors.joining(", "));
    }
}

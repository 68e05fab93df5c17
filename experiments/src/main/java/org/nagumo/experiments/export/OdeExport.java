package org.nagumo.experiments.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nagumo.core.equations.Definition;
import org.nagumo.core.equations.EquationSystem;
import org.nagumo.core.equations.Expression;
import org.nagumo.core.equations.ExpressionPrinter;
import org.nagumo.core.equations.Function;
import org.nagumo.core.equations.Parameter;
import org.nagumo.core.equations.State;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.PhysicalUnits;

/**
 * XPPAUT (G. B. Ermentrout 2002, Simulating, Analyzing, and Animating Dynamical Systems, SIAM), within the limits of
 * its source, version 6.11: names of 10 characters, statements of 1024 characters, 400 parameters, 500 variables. The
 * lines {@code # nagumo:} make the file the same system when it is read back.
 */
public final class OdeExport implements ExportDialect {

    /** Characters of a formula; with the name and XPPAUT's own additions a statement stays below 1024. */
    private static final int LONGEST_FORMULA = 900;

    private static final int LINE = 100;
    private static final int MOST_PARAMETERS = 400;
    private static final int MOST_VARIABLES = 500;

    private static final Set<String> RESERVED = Stream.concat(Stream.of("t", "pi", "if", "then", "else", "i1", "i2",
            "i3", "i4", "i5", "i6", "i7", "i8", "i9", "log", "ran", "normal", "poisson", "delay", "del_shft", "shift",
            "ishift", "sum", "of", "besselj", "bessely", "besseli", "erf", "erfc", "lgamma", "hom_bcs", "arg1", "arg2",
            "done", "par", "param", "params", "init", "aux", "set", "number", "table", "global", "wiener",
            "bdry", "markov", "only", "options", "special", "solv", "volt", "int", "end"),
            Stream.of(Function.values()).map(Function::symbol)).collect(Collectors.toUnmodifiableSet());

    @Override
    public String name() {
        return "ode";
    }

    @Override
    public String ending() {
        return ".ode";
    }

    @Override
    public String program() {
        return "XPPAUT";
    }

    @Override
    public Export export(ExportedSystem exported, String stem) {
        return new Writer(exported, stem).export();
    }

    /** Writes one system. */
    private static final class Writer {

        private final ExportedSystem exported;
        private final EquationSystem system;
        private final String stem;
        private final NameTable names;
        private final ExpressionPrinter printer;
        private final FormulaCutter cutter;
        private final StringBuilder text = new StringBuilder();

        Writer(ExportedSystem exported, String stem) {
            this.exported = exported;
            this.stem = stem;
            system = exported.system();
            names = new NameTable(system, new NameTable.Rules("XPPAUT", 10, true, RESERVED));
            printer = new ExpressionPrinter(new RenamedDialect(ExpressionPrinter.ODE.dialect(), names));
            cutter = new FormulaCutter(printer, LONGEST_FORMULA, () -> names.fresh("part"));
        }

        Export export() {
            for (String line : Header.lines(exported, "Run: xppaut " + stem + ".ode; simulate by Initialconds Go,"
                    + " continue in AUTO by File Auto, with the current " + names.of(exported.input().name())
                    + " as parameter")) {
                wrapped(line);
            }
            directives();
            parameter(exported.input().name(), exported.input().value());
            system.parameters().forEach(each -> parameter(each.name(), each.value()));
            if (usesLinoid()) {
                text.append(ExpressionPrinter.ODE.dialect().prelude());
            }
            int variables = system.states().size();
            for (Definition temporary : system.temporaries()) {
                variables += 1 + formula(names.of(temporary.name()) + "=", temporary.expression());
            }
            for (State state : system.states()) {
                variables += formula(names.of(state.name()) + "'=", state.derivative());
            }
            for (Definition output : system.outputs()) {
                variables += 1 + formula("aux " + names.of(output.name()) + "=", output.expression());
            }
            refuse("parameters", system.parameters().size() + 1, MOST_PARAMETERS);
            refuse("states, temporaries and outputs", variables, MOST_VARIABLES);
            for (State state : system.states()) {
                text.append("init ").append(names.of(state.name())).append('=')
                        .append(ExpressionPrinter.decimal(state.initial())).append('\n');
            }
            options();
            text.append("done\n");
            return new Export(List.of(new Export.File(".ode", text.toString())), names.remarks());
        }

        private void refuse(String what, int count, int most) {
            if (count > most) {
                throw new InputException(system.name() + " has " + count + " " + what + "; allowed in XPPAUT: " + most);
            }
        }

        private boolean usesLinoid() {
            return Stream.of(system.temporaries().stream().map(Definition::expression),
                    system.states().stream().map(State::derivative),
                    system.outputs().stream().map(Definition::expression)).flatMap(each -> each)
                    .anyMatch(each -> ExpressionPrinter.ODE.print(each).contains(Function.LINOID.symbol()));
        }

        private void wrapped(String line) {
            StringBuilder part = new StringBuilder("#");
            for (String word : line.split(" ")) {
                if (part.length() + word.length() + 1 > LINE && part.length() > 1) {
                    text.append(part).append('\n');
                    part.setLength(1);
                }
                part.append(' ').append(word);
            }
            text.append(part).append('\n');
        }

        private void parameter(String name, double value) {
            text.append("par ").append(names.of(name)).append('=').append(ExpressionPrinter.decimal(value))
                    .append('\n');
        }

        /** Writes a definition and the parts that it was cut into. */
        private int formula(String start, Expression expression) {
            List<Definition> parts = new ArrayList<>();
            Expression rest = cutter.cut(expression, parts);
            parts.forEach(each -> line(each.name() + "=" + printer.print(each.expression())));
            line(start + printer.print(rest));
            return parts.size();
        }

        /** Breaks a statement into lines behind commas and before operators and parentheses. */
        private void line(String statement) {
            int from = 0;
            while (statement.length() - from > LINE) {
                int at = from + LINE;
                while (at > from && !isBreak(statement, at)) {
                    at--;
                }
                if (at == from) {
                    break;
                }
                text.append(statement, from, at).append("\\\n");
                from = at;
            }
            text.append(statement.substring(from)).append('\n');
        }

        private static boolean isBreak(String statement, int at) {
            char before = statement.charAt(at - 1);
            return "+-*/".indexOf(statement.charAt(at)) >= 0 && (Character.isDigit(before) || before == ')'
                    || Character.isLetter(before) && before != 'e');
        }

        private void directives() {
            directive("name " + system.name().replaceAll("\\s", "-"));
            PhysicalUnits units = exported.units();
            directive("input " + names.of(exported.input().name()) + " " + units.current()
                    + (exported.potentialIsState() ? ", output " + names.of(exported.potential()) + " "
                    + units.potential() : "") + ", time " + units.time());
            about(exported.input().name(), exported.input().unit(), exported.input().comment());
            for (Parameter each : system.parameters()) {
                about(each.name(), each.unit(), each.comment());
            }
            for (State each : system.states()) {
                about(each.name(), each.unit(), each.comment());
            }
            directive("scale " + IntStream.range(0, system.states().size())
                    .mapToObj(k -> names.of(system.states().get(k).name()) + " "
                            + ExpressionPrinter.decimal(exported.scales().get(k))).collect(Collectors.joining(", ")));
            exported.traits().units().ifPresent(each -> directive("unit current "
                    + ExpressionPrinter.decimal(each.current()) + ", duration "
                    + ExpressionPrinter.decimal(each.time())));
            if (exported.potentialIsState()) {
                directive("spike " + (exported.spike().downward() ? "below " : "above ")
                        + ExpressionPrinter.decimal(exported.spike().threshold()) + ", rearm "
                        + ExpressionPrinter.decimal(exported.spike().rearm()));
            }
            exported.traits().plane().ifPresent(each -> directive("plane " + printer.print(each.formula())));
            exported.requirements().forEach(each -> directive("require " + printer.print(each.condition())));
        }

        private void about(String name, String unit, String comment) {
            String renamed = names.of(name);
            String spelling = exported.spellings().getOrDefault(name, name);
            String says = comment.replaceAll("[\\\\\r\n]", " ").strip();
            if (unit.isEmpty() && says.isEmpty() && spelling.equals(renamed)) {
                return;
            }
            directive("about " + renamed + (unit.isEmpty() ? "" : " " + unit)
                    + (spelling.equals(renamed) || spelling.contains(".") ? "" : " as " + spelling)
                    + (says.isEmpty() ? "" : ": " + says));
        }

        private void directive(String line) {
            text.append("# nagumo: ").append(line).append('\n');
        }

        /** In two dimensions the phase plane with its nullclines, else the potential against time. */
        private void options() {
            double time = exported.stepping().sample();
            boolean plane = system.states().size() == 2;
            double duration = 200 * exported.traits().units().map(each -> each.time()).orElse(1.0);
            text.append("@ total=").append(number(duration)).append(", dt=").append(number(time))
                    .append(", meth=cvode, toler=1e-9, atoler=1e-9, maxstor=100000, bounds=1e6\n");
            if (plane) {
                axis('x', 0);
                axis('y', 1);
            } else {
                text.append("@ xp=t, yp=").append(names.of(exported.potential())).append(", xlo=0, xhi=")
                        .append(number(duration)).append('\n');
            }
        }

        private void axis(char axis, int state) {
            double middle = exported.initial()[state];
            double range = exported.scales().get(state);
            text.append("@ ").append(axis).append("p=").append(names.of(system.states().get(state).name())).append(", ")
                    .append(axis).append("lo=").append(number(middle - range)).append(", ").append(axis).append("hi=")
                    .append(number(middle + range)).append('\n');
        }

        private static String number(double value) {
            return ExpressionPrinter.decimal((float) value == value ? value : Double.parseDouble(
                    String.format(Locale.ROOT, "%.6g", value)));
        }
    }
}

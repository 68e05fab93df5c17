package org.nagumo.experiments.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.nagumo.core.equations.Definition;
import org.nagumo.core.equations.Dialect;
import org.nagumo.core.equations.EquationSystem;
import org.nagumo.core.equations.ExpressionPrinter;
import org.nagumo.core.equations.Function;
import org.nagumo.core.equations.Operator;
import org.nagumo.core.equations.State;

/** The equations as people read them, with four digits, for documentation inside a file. */
final class Documented {

    private static final int LINE = 96;

    private Documented() {
    }

    /**
     * Writes all equations.
     *
     * @param system the system
     * @param names  the names in the file
     * @return lines of at most about 100 characters
     */
    static List<String> lines(EquationSystem system, UnaryOperator<String> names) {
        ExpressionPrinter printer = new ExpressionPrinter(new Rounded(names));
        List<String> lines = new ArrayList<>();
        for (Definition each : system.temporaries()) {
            add(names.apply(each.name()) + " = " + printer.print(each.expression()), lines);
        }
        for (State each : system.states()) {
            add("d" + names.apply(each.name()) + "/dt = " + printer.print(each.derivative()), lines);
        }
        for (Definition each : system.outputs()) {
            add(names.apply(each.name()) + " = " + printer.print(each.expression()), lines);
        }
        return lines;
    }

    private static void add(String equation, List<String> lines) {
        StringBuilder line = new StringBuilder();
        for (String word : equation.replaceAll("\\+ \\(-([0-9.e-]+)\\)", "- $1").split(" ")) {
            if (line.length() + word.length() > LINE && !line.toString().isBlank()) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder("    ");
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().stripTrailing());
    }

    /** The usual infix notation. */
    private record Rounded(UnaryOperator<String> names) implements Dialect {

        @Override
        public String number(double value) {
            double rounded = Double.parseDouble(String.format(Locale.ROOT, "%.3e", value));
            return ExpressionPrinter.decimal(rounded);
        }

        @Override
        public String name(String name) {
            return names.apply(name);
        }

        @Override
        public Infix infix(Operator operator) {
            return switch (operator) {
                case ADD, SUBTRACT -> new Infix(" " + operator.symbol() + " ", SUM, true);
                case MULTIPLY -> new Infix(" ", SUM + 1, true);
                case DIVIDE -> new Infix("/", SUM + 1, true);
                case POWER -> new Infix("^", SUM + 2, false);
                default -> new Infix(" " + operator.symbol() + " ", SUM - 1, false);
            };
        }

        @Override
        public String operation(Operator operator, String left, String right) {
            throw new IllegalStateException("every operator is infix");
        }

        @Override
        public String call(Function function, List<String> arguments) {
            return function.symbol() + "(" + String.join(", ", arguments) + ")";
        }

        @Override
        public String conditional(String condition, String yes, String no) {
            return "(" + yes + " if " + condition + " else " + no + ")";
        }
    }
}

package org.nagumo.experiments.export;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nagumo.core.equations.Dialect;
import org.nagumo.core.equations.ExpressionPrinter;
import org.nagumo.core.equations.Function;
import org.nagumo.core.equations.Operator;

/** Expressions in NMODL, with functions for what it does not have in expressions; remembers which are used. */
final class NmodlSyntax implements Dialect {

    private static final Map<String, String> FUNCTIONS = Map.ofEntries(
            Map.entry("linoid", function("linoid(x)", "fabs(x) < 1e-5", "1 + x/2 + x*x/12", "x/(1 - exp(-x))")),
            Map.entry("heav", function("heav(x)", "x < 0", "0", "1")),
            Map.entry("sign", function("sign(x)", "x == 0", "0", "x/fabs(x)")),
            Map.entry("negated", function("negated(x)", "x == 0", "1", "0")),
            Map.entry("smaller", function("smaller(x, y)", "x < y", "x", "y")),
            Map.entry("larger", function("larger(x, y)", "x > y", "x", "y")),
            Map.entry("modulo", "FUNCTION modulo(x, y) {\n    modulo = x - y*floor(x/y)\n}\n"),
            Map.entry("choose", "FUNCTION choose(x, y, z) {\n    if (x != 0) {\n        choose = y\n    } else {\n"
                    + "        choose = z\n    }\n}\n"),
            Map.entry("less", function("less(x, y)", "x < y", "1", "0")),
            Map.entry("greater", function("greater(x, y)", "x > y", "1", "0")),
            Map.entry("atmost", function("atmost(x, y)", "x <= y", "1", "0")),
            Map.entry("atleast", function("atleast(x, y)", "x >= y", "1", "0")),
            Map.entry("equal", function("equal(x, y)", "x == y", "1", "0")),
            Map.entry("unequal", function("unequal(x, y)", "x != y", "1", "0")),
            Map.entry("both", function("both(x, y)", "x != 0 && y != 0", "1", "0")),
            Map.entry("either", function("either(x, y)", "x != 0 || y != 0", "1", "0")));

    private final Map<String, String> used = new LinkedHashMap<>();

    private static String function(String head, String condition, String yes, String no) {
        String name = head.substring(0, head.indexOf('('));
        return "FUNCTION " + head + " {\n    if (" + condition + ") {\n        " + name + " = " + yes
                + "\n    } else {\n        " + name + " = " + no + "\n    }\n}\n";
    }

    /** The names of the functions that a file may define. */
    static Iterable<String> functions() {
        return FUNCTIONS.keySet();
    }

    private String use(String name, String... arguments) {
        used.put(name, FUNCTIONS.get(name));
        return name + "(" + String.join(", ", arguments) + ")";
    }

    /** A number with a point: one without would be an integer in C. */
    @Override
    public String number(double value) {
        String text = ExpressionPrinter.decimal(value);
        return text.matches("-?\\d+") ? text + ".0" : text;
    }

    @Override
    public String operation(Operator operator, String left, String right) {
        if (operator == Operator.POWER) {
            // The translator cannot differentiate x^y in a DERIVATIVE block.
            return "pow(" + left + ", " + right + ")";
        }
        return use(switch (operator) {
            case LESS -> "less";
            case GREATER -> "greater";
            case LESS_OR_EQUAL -> "atmost";
            case GREATER_OR_EQUAL -> "atleast";
            case EQUAL -> "equal";
            case NOT_EQUAL -> "unequal";
            case AND -> "both";
            case OR -> "either";
            default -> throw new IllegalStateException(operator + " is infix");
        }, left, right);
    }

    @Override
    public String call(Function function, List<String> arguments) {
        String[] list = arguments.toArray(new String[0]);
        return switch (function) {
            case LN -> "log(" + list[0] + ")";
            case ABS -> "fabs(" + list[0] + ")";
            case FLOOR -> "floor(" + list[0] + ")";
            case SIGN, HEAV, LINOID -> use(function.symbol(), list);
            case NOT -> use("negated", list);
            case MIN -> use("smaller", list);
            case MAX -> use("larger", list);
            case MOD -> use("modulo", list);
            case LINOID_SLOPE, LINOID_CURVATURE -> throw new IllegalStateException("a derivative in the equations");
            default -> function.name().toLowerCase(Locale.ROOT) + "(" + String.join(", ", list) + ")";
        };
    }

    @Override
    public String conditional(String condition, String yes, String no) {
        return use("choose", condition, yes, no);
    }

    @Override
    public String prelude() {
        return String.join("\n", used.values());
    }
}

package org.nagumo.experiments.export;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.nagumo.core.equations.Dialect;
import org.nagumo.core.equations.Function;
import org.nagumo.core.equations.Operator;
import org.nagumo.datagen.io.InputException;

/**
 * Expressions in LEMS. All operations have parentheses, because programs differ in the order of operations without
 * them. LEMS has no conditions inside expressions, so each choice becomes a variable of its own.
 */
final class LemsSyntax implements Dialect {

    /**
     * A value for a condition. The last case has an empty condition and holds if no other does.
     *
     * @param condition the condition
     * @param value     the value
     */
    record Case(String condition, String value) { }

    /**
     * A variable that the expressions need.
     *
     * @param name  its name
     * @param cases its values; one alone, without a condition, for a plain variable
     */
    record Helper(String name, List<Case> cases) { }

    private final UnaryOperator<String> names;
    private final List<Helper> helpers = new ArrayList<>();

    /**
     * @param names makes an unused name from a wanted one
     */
    LemsSyntax(UnaryOperator<String> names) {
        this.names = names;
    }

    /** The variables that the expressions printed so far need, each after those that it uses. */
    List<Helper> helpers() {
        return List.copyOf(helpers);
    }

    /** Digits without exponent: a minus sign in an exponent is taken for a difference by some programs. */
    @Override
    public String number(double value) {
        String text = new BigDecimal(Double.toString(Math.abs(value))).toPlainString().replaceFirst("\\.0$", "");
        return value < 0 ? "(0 - " + text + ")" : text;
    }

    @Override
    public Infix infix(Operator operator) {
        return null;
    }

    @Override
    public String operation(Operator operator, String left, String right) {
        return switch (operator) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, POWER -> "(" + left + " " + operator.symbol() + " " + right + ")";
            case AND -> truth("(" + left + " .neq. 0) .and. (" + right + " .neq. 0)");
            case OR -> truth("(" + left + " .neq. 0) .or. (" + right + " .neq. 0)");
            case LESS -> truth(left + " .lt. " + right);
            case GREATER -> truth(left + " .gt. " + right);
            case LESS_OR_EQUAL -> truth(left + " .leq. " + right);
            case GREATER_OR_EQUAL -> truth(left + " .geq. " + right);
            case EQUAL -> truth(left + " .eq. " + right);
            case NOT_EQUAL -> truth(left + " .neq. " + right);
        };
    }

    @Override
    public String call(Function function, List<String> arguments) {
        String x = arguments.get(0);
        String y = arguments.get(arguments.size() - 1);
        return switch (function) {
            case EXP, SQRT, ABS, SIN, COS, TAN, SINH, COSH, TANH -> function.name().toLowerCase(Locale.ROOT) + "(" + x
                    + ")";
            case LN -> "log(" + x + ")";
            case LOG10 -> "(log(" + x + ") / log(10))";
            case FLOOR -> floor(x);
            case SIGN -> helper("choice", new Case(x + " .gt. 0", "1"), new Case(x + " .lt. 0", "(0 - 1)"),
                    new Case("", "0"));
            case HEAV -> truth(x + " .geq. 0");
            case NOT -> truth(x + " .eq. 0");
            case MIN -> helper("choice", new Case(x + " .leq. " + y, x), new Case("", y));
            case MAX -> helper("choice", new Case(x + " .geq. " + y, x), new Case("", y));
            case MOD -> "(" + x + " - (" + y + " * " + floor("(" + x + " / " + y + ")") + "))";
            case LINOID -> linoid(helper("part", new Case("", x)));
            case ASIN, ACOS, ATAN, ATAN2, LINOID_SLOPE, LINOID_CURVATURE -> throw new InputException("the equations"
                    + " use " + function.symbol() + "; allowed in LEMS: its own functions, of which "
                    + function.symbol()
                    + " is none");
        };
    }

    private static String floor(String x) {
        return "(0 - ceil((0 - " + x + ")))";
    }

    /** x/(1 - exp(-x)); below 1e-4 its series 1 + x/2 + x^2/12, whose error is x^4/720. */
    private String linoid(String x) {
        return helper("choice", new Case("abs(" + x + ") .lt. 0.0001",
                "(1 + ((" + x + " / 2) + ((" + x + " * " + x + ") / 12)))"),
                new Case("", "(" + x + " / (1 - exp((0 - " + x + "))))"));
    }

    @Override
    public String conditional(String condition, String yes, String no) {
        return helper("choice", new Case(condition + " .neq. 0", yes), new Case("", no));
    }

    private String truth(String condition) {
        return helper("choice", new Case(condition, "1"), new Case("", "0"));
    }

    private String helper(String wanted, Case... cases) {
        String name = names.apply(wanted);
        helpers.add(new Helper(name, List.of(cases)));
        return name;
    }
}

package org.nagumo.experiments.export;

import java.util.List;
import java.util.Locale;
import org.nagumo.core.equations.Dialect;
import org.nagumo.core.equations.Function;
import org.nagumo.core.equations.Operator;

/** Expressions in Python with NumPy, for numbers and arrays alike. */
final class PythonSyntax implements Dialect {

    /** A power of a negative number would be complex in Python where it is undefined here. */
    @Override
    public String operation(Operator operator, String left, String right) {
        return switch (operator) {
            case POWER -> right.matches("[1-9]") ? left.matches("[A-Za-z_]\\w*") ? left + "**" + right
                    : "((" + left + ")**" + right + ")" : "np.float_power(" + left + ", " + right + ")";
            case AND -> truth("(" + left + ") != 0) & ((" + right + ") != 0");
            case OR -> truth("(" + left + ") != 0) | ((" + right + ") != 0");
            default -> truth("(" + left + ") " + operator.symbol() + " (" + right + ")");
        };
    }

    private static String truth(String condition) {
        return "np.where((" + condition + "), 1.0, 0.0)";
    }

    @Override
    public String call(Function function, List<String> arguments) {
        String list = "(" + String.join(", ", arguments) + ")";
        return switch (function) {
            case LN -> "np.log" + list;
            case ABS, SIGN, FLOOR, EXP, LOG10, SQRT, SIN, COS, TAN, SINH, COSH, TANH -> "np."
                    + function.name().toLowerCase(Locale.ROOT) + list;
            case ASIN -> "np.arcsin" + list;
            case ACOS -> "np.arccos" + list;
            case ATAN -> "np.arctan" + list;
            case ATAN2 -> "np.arctan2" + list;
            case MIN -> "np.minimum" + list;
            case MAX -> "np.maximum" + list;
            case MOD -> "np.mod" + list;
            case HEAV -> "np.heaviside(" + arguments.get(0) + ", 1.0)";
            case NOT -> truth(list + " == 0");
            case LINOID -> "linoid" + list;
            case LINOID_SLOPE, LINOID_CURVATURE -> throw new IllegalStateException("a derivative in the equations");
        };
    }

    @Override
    public String conditional(String condition, String yes, String no) {
        return "np.where((" + condition + ") != 0, " + yes + ", " + no + ")";
    }

    /** x/expm1(-x) is -L(x) to full precision on both sides of 0; at 0 it is undefined. */
    @Override
    public String prelude() {
        return """
                def linoid(x):
                    \"""x / (1 - exp(-x)), with its limit 1 at x = 0.\"""
                    x = np.asarray(x, dtype=float)
                    at_zero = x == 0
                    return np.where(at_zero, 1.0, -x / np.expm1(-np.where(at_zero, 1.0, x)))


                """;
    }
}

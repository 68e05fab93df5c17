package org.nagumo.experiments.export;

import java.util.List;
import java.util.Locale;
import org.nagumo.core.equations.Dialect;
import org.nagumo.core.equations.Function;
import org.nagumo.core.equations.Operator;
import org.nagumo.datagen.io.InputException;

/** Expressions in the strings of Brian 2. A truth value is {@code int(condition)}, a choice a sum of products. */
final class Brian2Syntax implements Dialect {

    @Override
    public String operation(Operator operator, String left, String right) {
        return switch (operator) {
            case POWER -> "((" + left + ")**(" + right + "))";
            case AND -> "int(((" + left + ") != 0) and ((" + right + ") != 0))";
            case OR -> "int(((" + left + ") != 0) or ((" + right + ") != 0))";
            default -> "int((" + left + ") " + operator.symbol() + " (" + right + "))";
        };
    }

    @Override
    public String call(Function function, List<String> arguments) {
        String list = "(" + String.join(", ", arguments) + ")";
        String x = arguments.get(0);
        String y = arguments.get(arguments.size() - 1);
        return switch (function) {
            case LN -> "log" + list;
            case FLOOR -> "floor" + list;
            case EXP, LOG10, SQRT, ABS, SIGN, SIN, COS, TAN, SINH, COSH, TANH -> function.name()
                    .toLowerCase(Locale.ROOT) + list;
            case ASIN, ACOS, ATAN -> "arc" + function.symbol().substring(1) + list;
            case HEAV -> "int(" + list + " >= 0)";
            case NOT -> "int(" + list + " == 0)";
            case MIN -> choice("(" + x + ") <= (" + y + ")", x, y);
            case MAX -> choice("(" + x + ") >= (" + y + ")", x, y);
            case MOD -> "((" + x + ") % (" + y + "))";
            case LINOID -> "(1/exprel(-(" + x + ")))";
            case ATAN2, LINOID_SLOPE, LINOID_CURVATURE -> throw new InputException("the equations use "
                    + function.symbol() + "; allowed in Brian 2: its own functions, of which " + function.symbol()
                    + " is none");
        };
    }

    private static String choice(String condition, String yes, String no) {
        return "(int(" + condition + ")*(" + yes + ") + int(not (" + condition + "))*(" + no + "))";
    }

    @Override
    public String conditional(String condition, String yes, String no) {
        return choice("(" + condition + ") != 0", yes, no);
    }
}

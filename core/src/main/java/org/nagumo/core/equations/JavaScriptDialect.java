package org.nagumo.core.equations;

import java.util.List;
import java.util.Locale;

/** JavaScript (ECMAScript 2015). */
final class JavaScriptDialect implements Dialect {

    @Override
    public String number(double value) {
        return ExpressionPrinter.decimal(value);
    }

    @Override
    public String name(String name) {
        return name.replace('.', '$');
    }

    @Override
    public Infix infix(Operator operator) {
        return switch (operator) {
            case ADD, SUBTRACT -> new Infix(" " + operator.symbol() + " ", SUM, true);
            case MULTIPLY, DIVIDE -> new Infix(" " + operator.symbol() + " ", SUM + 1, true);
            default -> null;
        };
    }

    @Override
    public String operation(Operator operator, String left, String right) {
        return switch (operator) {
            case POWER -> "Math.pow(" + left + ", " + right + ")";
            case EQUAL -> truth("(" + left + ") === (" + right + ")");
            case NOT_EQUAL -> truth("(" + left + ") !== (" + right + ")");
            case AND -> truth("(" + left + ") !== 0 && (" + right + ") !== 0");
            case OR -> truth("(" + left + ") !== 0 || (" + right + ") !== 0");
            default -> truth("(" + left + ") " + operator.symbol() + " (" + right + ")");
        };
    }

    private static String truth(String condition) {
        return "(" + condition + " ? 1 : 0)";
    }

    @Override
    public String call(Function function, List<String> arguments) {
        String list = "(" + String.join(", ", arguments) + ")";
        return switch (function) {
            case LN -> "Math.log" + list;
            case FLOOR -> "Math.floor" + list;
            case NOT -> truth(list + " === 0");
            case HEAV, MOD, LINOID, LINOID_SLOPE, LINOID_CURVATURE -> function.symbol() + list;
            default -> "Math." + function.name().toLowerCase(Locale.ROOT) + list;
        };
    }

    @Override
    public String conditional(String condition, String yes, String no) {
        return "((" + condition + ") !== 0 ? " + yes + " : " + no + ")";
    }

    @Override
    public String prelude() {
        return """
                function heav(x) { return x < 0 ? 0 : x >= 0 ? 1 : x; }
                function mod(x, y) {
                  const r = x % y;
                  return r !== 0 && (r < 0) !== (y < 0) ? r + y : r;
                }
                function linoid(x) {
                  if (Math.abs(x) < 0.01) { return 1 + x / 2 + x * x / 12 - x * x * x * x / 720; }
                  return x === -Infinity ? 0 : x / -Math.expm1(-x);
                }
                function linoid1(x) {
                  if (Math.abs(x) < 0.01) { return 0.5 + x / 6 - x * x * x / 180; }
                  const e = Math.exp(-Math.abs(x));
                  const d = 1 - e;
                  return (x > 0 ? 1 - (1 + x) * e : e * (e - 1 - x)) / (d * d);
                }
                function linoid2(x) {
                  const a = Math.abs(x);
                  if (a < 0.03) { return 1 / 6 - a * a / 60 + a * a * a * a / 1008; }
                  const q = Math.exp(-a);
                  const d = 1 - q;
                  return q * (a * (1 + q) - 2 * d) / (d * d * d);
                }
                """;
    }
}

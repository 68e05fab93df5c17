package org.nagumo.core.equations;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** JavaScript (ECMAScript 2015). */
final class JavaScriptDialect implements Dialect {

    /** ECMAScript 2023, sections 12.7.2 and 19.1 to 19.3, with what strict code adds; names of the prelude. */
    private static final Set<String> RESERVED = Set.of("await", "break", "case", "catch", "class", "const",
            "continue", "debugger", "default", "delete", "do", "else", "enum", "export", "extends", "false",
            "finally", "for", "function", "if", "import", "in", "instanceof", "new", "null", "return", "super",
            "switch", "this", "throw", "true", "try", "typeof", "var", "void", "while", "with", "yield", "let",
            "static", "implements", "interface", "package", "private", "protected", "public", "arguments", "eval",
            "undefined", "NaN", "Infinity", "Math", "heav", "mod", "linoid", "linoid1", "linoid2", "BERNOULLI");

    /** Names that mean something in the language or in the {@link #prelude}; a dollar sign sets others apart. */
    @Override
    public String name(String name) {
        return (RESERVED.contains(name) ? "$" : "") + name.replace('.', '$');
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
                // Bernoulli's numbers B_2k / (2k)!, see RealMath.
                const BERNOULLI = [1 / 12, -1 / 720, 1 / 30240, -1 / 1209600, 1 / 47900160, -691 / 1307674368000,
                  1 / 74724249600, -3617 / 10670622842880000];
                function linoid(x) {
                  if (Math.abs(x) < 0.5) {
                    let sum = 0;
                    for (let k = 7; k >= 0; k--) { sum = (sum + BERNOULLI[k]) * x * x; }
                    return 1 + (x / 2 + sum);
                  }
                  return x === -Infinity ? 0 : x / (1 - Math.exp(-x));
                }
                function linoid1(x) {
                  if (Math.abs(x) < 0.5) {
                    let sum = 0;
                    for (let k = 7; k >= 0; k--) { sum = sum * x * x + (2 * k + 2) * BERNOULLI[k]; }
                    return 0.5 + sum * x;
                  }
                  const e = Math.exp(-Math.abs(x));
                  const d = 1 - e;
                  return x > 0 ? x === Infinity ? 1 : (1 - (1 + x) * e) / (d * d)
                    : x === -Infinity ? 0 : e * (e - 1 - x) / (d * d);
                }
                function linoid2(x) {
                  const a = Math.abs(x);
                  if (a < 0.5) {
                    let sum = 0;
                    for (let k = 7; k >= 0; k--) { sum = sum * x * x + (2 * k + 2) * (2 * k + 1) * BERNOULLI[k]; }
                    return sum;
                  }
                  const q = Math.exp(-a);
                  const d = 1 - q;
                  return q === 0 ? 0 : q * (a * (1 + q) - 2 * d) / (d * d * d);
                }
                """;
    }
}

package org.nagumo.core.equations;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prints an autonomous system of equations as an ECMAScript module. Common subexpressions, removed singularities and
 * derivatives are those of {@link CompiledSystem}; each expression that is used more than once is computed once. The
 * module exports one function:
 * <pre>
 *   make(p)                 with the values p[k] of the parameters, in the order of {@link EquationSystem#parameters()}
 *     .derivative(x, u, out)   out[i] = dx_i/dt
 *     .jacobian(x, u, out)     out[i * n + j] = d f_i / d x_j
 *     .outputs(x, u, out)      one element an output
 *     .temporaries(x, u, out)  one element a temporary
 * </pre>
 * x has the states in the order of {@link EquationSystem#states()}, u is the value of the first input; other inputs
 * have their own values.
 *
 * <p>Names of the system appear in the module as parts of identifiers alone, {@code gna_7}: letters, digits and
 * underscores that end in an underscore and a number. So no name can be a reserved word, hide a function or end a line.
 *
 * <p>Values agree with those of {@link CompiledSystem} to the rounding of the elementary functions.
 */
public final class SystemScript {

    /** Deeper expressions are cut into constants. */
    private static final int DEEPEST = 12;

    private static final int ATOM = 4;
    private static final int PRODUCT = 2;
    private static final int SUM = 1;
    private static final int SIGNED = 0;

    private static final String PRELUDE = """
            function sigmoid(x) { return 1 / (1 + Math.exp(-x)); }
            function sigmoidSlope(x) {
              const e = Math.exp(-Math.abs(x));
              return e / ((1 + e) * (1 + e));
            }
            // One exponential is faster than Math.tanh, and as exact where the difference from 1 keeps its digits.
            function tanh(x) { return Math.abs(x) < 0.5 ? Math.tanh(x) : 1 - 2 / (1 + Math.exp(2 * x)); }
            """;

    private final EquationSystem system;
    private final SystemGraph equations;
    private final Graph graph;
    private final Dialect dialect = ExpressionPrinter.JAVASCRIPT.dialect();
    private final Map<Integer, String> labels = new TreeMap<>();
    private final Map<Integer, Text> written = new TreeMap<>();
    private final Map<Integer, String> powers = new TreeMap<>();

    /**
     * A text that stands for a node.
     *
     * @param strength what it binds like
     * @param depth    operations in it, one inside the other
     */
    private record Text(String text, int strength, int depth) {

        String in(int least) {
            return strength < least ? "(" + text + ")" : text;
        }
    }

    private SystemScript(EquationSystem system) {
        this.system = system;
        equations = new SystemGraph(system);
        graph = equations.graph;
        for (int i = 0; i < equations.temporaries.length; i++) {
            labels.putIfAbsent(equations.temporaries[i], system.temporaries().get(i).name());
        }
        system.states().forEach(each -> labels.put(equations.leaf(each.name()), each.name()));
        system.parameters().forEach(each -> labels.put(equations.leaf(each.name()), each.name()));
    }

    /**
     * Prints a system.
     *
     * @param system the system
     * @return the text of a module without imports
     * @throws IllegalArgumentException if the system depends on the time
     */
    public static String of(EquationSystem system) {
        if (system.dependsOnTime()) {
            throw new IllegalArgumentException(system.name() + " depends on the time " + EquationSystem.TIME
                    + "; allowed: an autonomous system");
        }
        return new SystemScript(system).module();
    }

    private String module() {
        Map<String, int[]> functions = new LinkedHashMap<>();
        functions.put("derivative", equations.rates);
        functions.put("jacobian", equations.jacobian());
        functions.put("outputs", equations.outputs);
        functions.put("temporaries", equations.temporaries);
        String constants = constants(functions.values().stream().flatMapToInt(Arrays::stream).toArray());
        StringBuilder body = new StringBuilder();
        functions.forEach((name, targets) -> function(name, targets, body));
        StringBuilder module = new StringBuilder(dialect.prelude()).append(PRELUDE);
        powers.forEach((exponent, text) -> module.append(text));
        return module.append("export function make(p) {\n").append(constants).append("  return {\n").append(body)
                .append("  };\n}\n").toString();
    }

    /** Names and prints what depends on parameters alone. */
    private String constants(int[] targets) {
        boolean[] needed = graph.needed(targets);
        int[] uses = uses(needed, targets, false);
        StringBuilder text = new StringBuilder();
        for (int id = 0; id < needed.length; id++) {
            if (needed[id] && !graph.varies(id) && !graph.node(id).isConstant()) {
                if (graph.node(id).op() == Node.Leaf.PARAMETER) {
                    declare(id, "p[" + graph.node(id).index() + "]", "  ", text);
                } else {
                    define(id, uses[id] > 1, "  ", text);
                }
            }
        }
        return text.toString();
    }

    private void function(String name, int[] targets, StringBuilder text) {
        text.append("    ").append(name).append("(x, u, out) {\n");
        boolean[] needed = graph.needed(targets);
        int[] uses = uses(needed, targets, true);
        List<Integer> local = new ArrayList<>();
        for (int id = 0; id < needed.length; id++) {
            if (needed[id] && graph.varies(id)) {
                local.add(id);
                if (graph.node(id).op() == Node.Leaf.STATE) {
                    declare(id, "x[" + graph.node(id).index() + "]", "      ", text);
                } else if (graph.node(id).op() == Node.Leaf.INPUT) {
                    int index = graph.node(id).index();
                    written.put(id, index == 0 ? new Text("u", ATOM, 0)
                            : signed(dialect.number(system.inputs().get(index).value())));
                } else {
                    define(id, uses[id] > 1, "      ", text);
                }
            }
        }
        for (int i = 0; i < targets.length; i++) {
            text.append("      out[").append(i).append("] = ").append(text(targets[i]).text()).append(";\n");
        }
        text.append("    },\n");
        local.forEach(written::remove);
    }

    /** How often nodes are used, by nodes that vary or that do not; a use in what varies counts twice in constants. */
    private int[] uses(boolean[] needed, int[] targets, boolean varying) {
        int[] uses = new int[needed.length];
        for (int id = 0; id < needed.length; id++) {
            Node node = graph.node(id);
            if (needed[id] && (graph.varies(id) || !varying)) {
                for (int operand : new int[] {node.a(), node.b(), node.c()}) {
                    if (operand >= 0) {
                        uses[operand] += graph.varies(id) == varying ? 1 : 2;
                    }
                }
            }
        }
        for (int target : targets) {
            uses[target] += varying ? 1 : 2;
        }
        return uses;
    }

    private void define(int id, boolean shared, String indent, StringBuilder text) {
        Text value = write(graph.node(id));
        if (shared && !(graph.node(id).op() == Node.Inner.NEGATE && value.depth() <= 1) || value.depth() >= DEEPEST) {
            declare(id, value.text(), indent, text);
        } else {
            written.put(id, value);
        }
    }

    private void declare(int id, String value, String indent, StringBuilder text) {
        String name = labels.getOrDefault(id, "a").replaceAll("[^A-Za-z0-9_]", "_") + "_" + id;
        written.put(id, new Text(name, ATOM, 0));
        text.append(indent).append("const ").append(name).append(" = ").append(value).append(";\n");
    }

    private Text text(int id) {
        Node node = graph.node(id);
        return node.isConstant() ? signed(dialect.number(node.value())) : written.get(id);
    }

    private static Text signed(String number) {
        return new Text(number, number.startsWith("-") ? SIGNED : ATOM, 0);
    }

    private Text write(Node node) {
        Text a = text(node.a());
        Text b = node.b() < 0 ? null : text(node.b());
        Text c = node.c() < 0 ? null : text(node.c());
        int depth = 1 + Math.max(a.depth(), Math.max(b == null ? 0 : b.depth(), c == null ? 0 : c.depth()));
        if (node.op() instanceof Operator operator) {
            return switch (operator) {
                case ADD -> new Text(a.in(SUM) + " + " + b.in(PRODUCT), SUM, depth);
                case SUBTRACT -> new Text(a.in(SUM) + " - " + b.in(PRODUCT), SUM, depth);
                case MULTIPLY -> new Text(a.in(PRODUCT) + " * " + b.in(ATOM), PRODUCT, depth);
                case DIVIDE -> new Text(a.in(PRODUCT) + " / " + b.in(ATOM), PRODUCT, depth);
                case POWER -> new Text(power(a.text(), node.b(), b.text()), ATOM, depth);
                default -> new Text(dialect.operation(operator, a.text(), b.text()), ATOM, depth);
            };
        }
        if (node.op() == Function.TANH) {
            return new Text("tanh(" + a.text() + ")", ATOM, depth);
        }
        if (node.op() instanceof Function function) {
            return new Text(dialect.call(function, b == null ? List.of(a.text()) : List.of(a.text(), b.text())), ATOM,
                    depth);
        }
        return switch ((Node.Inner) node.op()) {
            case NEGATE -> new Text("-" + a.in(ATOM), SIGNED, depth);
            case SELECT -> new Text(dialect.conditional(a.text(), b.text(), c.text()), ATOM, depth);
            case SIGMOID -> new Text("sigmoid(" + a.text() + ")", ATOM, depth);
            case SIGMOID_SLOPE -> new Text("sigmoidSlope(" + a.text() + ")", ATOM, depth);
        };
    }

    /** A power in the order of multiplications of {@link RealMath#power}. */
    private String power(String base, int exponent, String text) {
        Node node = graph.node(exponent);
        double value = node.isConstant() ? node.value() : node.op() == Node.Inner.NEGATE
                && graph.node(node.a()).isConstant() ? -graph.node(node.a()).value() : Double.NaN;
        if (value == 0.5) {
            return "Math.sqrt(" + base + ")";
        }
        if (!RealMath.isMultiplied(value)) {
            return dialect.operation(Operator.POWER, base, text);
        }
        int n = (int) Math.abs(value);
        declarePower(n);
        return value < 0 ? "(1 / power" + n + "(" + base + "))" : "power" + n + "(" + base + ")";
    }

    private void declarePower(int n) {
        if (!powers.containsKey(n)) {
            if (n > 1) {
                declarePower(n / 2);
            }
            powers.put(n, "function power" + n + "(x) { " + (n == 0 ? "return 1;" : n == 1 ? "return x;"
                    : "const h = power" + n / 2 + "(x); return h * h" + (n % 2 == 0 ? ";" : " * x;")) + " }\n");
        }
    }
}

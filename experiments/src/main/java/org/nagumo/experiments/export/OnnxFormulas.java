package org.nagumo.experiments.export;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import onnx.Onnx;
import org.nagumo.core.equations.Binary;
import org.nagumo.core.equations.Call;
import org.nagumo.core.equations.Conditional;
import org.nagumo.core.equations.Constant;
import org.nagumo.core.equations.Definition;
import org.nagumo.core.equations.EquationSystem;
import org.nagumo.core.equations.Expression;
import org.nagumo.core.equations.Function;
import org.nagumo.core.equations.Negation;
import org.nagumo.core.equations.Operator;
import org.nagumo.core.equations.Variable;
import org.nagumo.datagen.io.InputException;

/**
 * Writes the expressions of a system at one state as nodes of an ONNX graph. A value that varies is a tensor [1, cell];
 * one that depends on parameters alone is a number. Equal expressions are one node. A sum of products with
 * numbers is a matrix product, so that {@link OnnxPacking} can join several.
 *
 * <p>Operators that ONNX lacks, or that no runtime computes with doubles, are composed of others to within a few units
 * in the last place; the inverse trigonometric functions are refused.
 */
final class OnnxFormulas {

    /** The fewest sums and products that a matrix product replaces. */
    private static final int LEAST_OPERATIONS = 3;

    /** From here on, an integer exponent is computed by ONNX's own power. */
    private static final int MOST_MULTIPLIED = 64;

    /** Below this argument, x / (1 - e^-x) loses no digits; above, its form by tanh(x / 2). */
    private static final double LINOID_SWITCH = -1;

    private static final Map<String, Integer> TO_DOUBLE = Map.of("to", Onnx.TensorProto.DataType.DOUBLE.getNumber());

    private static final Set<Function> REFUSED = Set.of(Function.ASIN, Function.ACOS, Function.ATAN, Function.ATAN2);

    /**
     * A value of an expression.
     *
     * @param name   the name in the graph, null for a number
     * @param number the number if there is no name
     */
    private record Value(String name, double number) {

        boolean varies() {
            return name != null;
        }
    }

    private final EquationSystem system;
    private final OnnxGraph graph;
    private final Map<String, Expression> temporaries = new HashMap<>();
    private final Map<Expression, Value> known = new HashMap<>();
    private final Map<Expression, Boolean> varying = new HashMap<>();
    private final Map<Expression, String> conditions = new HashMap<>();
    private final String like;

    /**
     * The expressions at one state.
     *
     * @param system the system
     * @param graph  the graph that receives the nodes
     * @param states names of the states' values in the graph
     * @param input  name of the input's value in the graph
     */
    OnnxFormulas(EquationSystem system, OnnxGraph graph, List<String> states, String input) {
        this.system = system;
        this.graph = graph;
        like = input;
        system.temporaries().forEach(each -> temporaries.put(each.name(), each.expression()));
        system.parameters().forEach(each -> known.put(Expression.variable(each.name()),
                new Value(null, each.value())));
        for (int k = 0; k < states.size(); k++) {
            known.put(Expression.variable(system.states().get(k).name()), new Value(states.get(k), 0));
        }
        known.put(Expression.variable(system.inputs().get(0).name()), new Value(input, 0));
        // In their order, so that long chains of temporaries need no deep recursion.
        for (Definition each : system.temporaries()) {
            value(Expression.variable(each.name()));
        }
    }

    /**
     * Writes an expression.
     *
     * @param expression an expression in the names of the system
     * @return the name of its value, a tensor [1, cell]
     * @throws InputException when ONNX has no operator for it, or when a part that depends on parameters alone is not
     *                        finite
     */
    String row(Expression expression) {
        Value value = value(expression);
        return value.varies() ? value.name() : graph.node("Expand", graph.number(value.number()),
                graph.node("Shape", like));
    }

    private Value value(Expression expression) {
        Value value = known.get(expression);
        if (value == null) {
            value = write(expression);
            known.put(expression, value);
        }
        return value;
    }

    private Value write(Expression expression) {
        if (expression instanceof Constant c) {
            return new Value(null, c.value());
        }
        if (expression instanceof Variable v) {
            return value(temporaries.get(v.name()));
        }
        if (expression instanceof Conditional c) {
            Value condition = value(c.condition());
            return condition.varies() ? where(condition(c.condition()), name(c.yes()), name(c.no()))
                    : value(condition.number() != 0 ? c.yes() : c.no());
        }
        if (!varies(expression)) {
            return fold(expression, expression.operands().stream().map(this::value).toList());
        }
        if (expression instanceof Negation n) {
            Value sum = sum(n);
            return sum == null ? node("Neg", name(n.operand())) : sum;
        }
        if (expression instanceof Call c) {
            return call(c, c.operands().stream().map(this::name).toList());
        }
        return operation((Binary) expression);
    }

    /** Whether a part of an expression varies; nothing but temporaries is written for the answer. */
    private boolean varies(Expression expression) {
        if (expression instanceof Variable || known.containsKey(expression)) {
            return value(expression).varies();
        }
        Boolean answer = varying.get(expression);
        if (answer == null) {
            answer = expression instanceof Conditional c && !varies(c.condition())
                    ? varies(value(c.condition()).number() != 0 ? c.yes() : c.no())
                    : expression.operands().stream().anyMatch(this::varies);
            varying.put(expression, answer);
        }
        return answer;
    }

    private Value fold(Expression expression, List<Value> operands) {
        Expression[] numbers = operands.stream().map(each -> Expression.constant(each.number()))
                .toArray(Expression[]::new);
        double number = (expression instanceof Binary b ? Expression.binary(b.operator(), numbers[0], numbers[1])
                : expression instanceof Call c ? Expression.call(c.function(), numbers) : numbers[0].negate())
                .value(Map.of());
        if (!Double.isFinite(number)) {
            throw new InputException(system.name() + ": " + expression + " is " + number
                    + "; allowed for ONNX: parts that are finite numbers at the parameters");
        }
        return new Value(null, number);
    }

    private Value node(String operator, String... inputs) {
        return new Value(graph.node(operator, inputs), 0);
    }

    private Value where(String condition, String yes, String no) {
        return node("Where", condition, yes, no);
    }

    private String name(Expression expression) {
        Value value = value(expression);
        return value.varies() ? value.name() : graph.number(value.number());
    }

    private Value operation(Binary b) {
        return switch (b.operator()) {
            case ADD, SUBTRACT -> {
                Value sum = sum(b);
                yield sum == null ? node(b.operator() == Operator.ADD ? "Add" : "Sub", name(b.left()),
                        name(b.right())) : sum;
            }
            case MULTIPLY -> node("Mul", name(b.left()), name(b.right()));
            case DIVIDE -> quotient(b);
            case POWER -> power(b);
            default -> new Value(graph.node("Cast", TO_DOUBLE, condition(b)), 0);
        };
    }

    /**
     * A sum as a matrix product.
     *
     * @param expression a sum, a difference or a negative
     * @return null if single sums and products are fewer nodes
     */
    private Value sum(Expression expression) {
        TreeMap<String, Double> terms = new TreeMap<>(Comparator.comparingInt(graph::order));
        double offset = collect(expression, 1, terms);
        long operations = terms.size() - 1 + terms.values().stream().filter(each -> Math.abs(each) != 1).count();
        if (operations < LEAST_OPERATIONS) {
            return null;
        }
        String[] names = terms.keySet().toArray(String[]::new);
        String product = graph.node("MatMul", graph.numbers("weights",
                terms.values().stream().mapToDouble(each -> each).toArray(), 1, terms.size()),
                graph.node("Concat", Map.of("axis", 0), names));
        return offset == 0 ? new Value(product, 0) : node("Add", product, graph.number(offset));
    }

    /** Adds {@code factor} times an expression to a linear combination of values, and returns its constant part. */
    private double collect(Expression expression, double factor, Map<String, Double> terms) {
        if (expression instanceof Negation n) {
            return collect(n.operand(), -factor, terms);
        }
        if (expression instanceof Binary b && (b.operator() == Operator.ADD || b.operator() == Operator.SUBTRACT)) {
            double left = collect(b.left(), factor, terms);
            return left + collect(b.right(), b.operator() == Operator.ADD ? factor : -factor, terms);
        }
        if (expression instanceof Binary b && b.operator() == Operator.MULTIPLY) {
            if (!varies(b.left())) {
                return collect(b.right(), factor * value(b.left()).number(), terms);
            }
            if (!varies(b.right())) {
                return collect(b.left(), factor * value(b.right()).number(), terms);
            }
        }
        Value value = value(expression);
        if (!value.varies()) {
            return factor * value.number();
        }
        terms.merge(value.name(), factor, Double::sum);
        return 0;
    }

    private Value quotient(Binary b) {
        if (b.right() instanceof Binary sum && sum.operator() == Operator.ADD
                && isOne(b.left()) && isOne(sum.left()) && sum.right() instanceof Call call
                && call.function() == Function.EXP && call.operands().get(0) instanceof Negation n) {
            return node("Sigmoid", name(n.operand()));
        }
        return node("Div", name(b.left()), name(b.right()));
    }

    private static boolean isOne(Expression expression) {
        return expression instanceof Constant c && c.value() == 1;
    }

    private Value power(Binary b) {
        String base = name(b.left());
        Value exponent = value(b.right());
        double n = exponent.varies() ? Double.NaN : exponent.number();
        if (n == 0.5) {
            return node("Sqrt", base);
        }
        if (n == Math.rint(n) && n != 0 && Math.abs(n) <= MOST_MULTIPLIED) {
            String power = power(base, (int) Math.abs(n));
            return n < 0 ? node("Div", graph.number(1), power) : new Value(power, 0);
        }
        return node("Pow", base, name(b.right()));
    }

    /** Repeated products, in the order in which the compiled system takes them. */
    private String power(String base, int exponent) {
        if (exponent == 1) {
            return base;
        }
        String half = power(base, exponent / 2);
        String square = graph.node("Mul", half, half);
        return exponent % 2 == 0 ? square : graph.node("Mul", square, base);
    }

    private Value call(Call call, List<String> x) {
        String a = x.get(0);
        if (REFUSED.contains(call.function())) {
            throw new InputException(system.name() + " uses " + call.function().symbol()
                    + "; allowed for ONNX: functions that its runtimes compute in double precision, all but "
                    + "asin, acos, atan and atan2");
        }
        return switch (call.function()) {
            case EXP -> node("Exp", a);
            case LN -> node("Log", a);
            case LOG10 -> node("Div", graph.node("Log", a), graph.number(Math.log(10)));
            case SQRT -> node("Sqrt", a);
            case ABS -> node("Abs", a);
            case SIGN -> node("Sign", a);
            case FLOOR -> node("Floor", a);
            case SIN -> node("Sin", a);
            case COS -> node("Cos", a);
            case TANH -> node("Tanh", a);
            case MIN -> node("Min", a, x.get(1));
            case MAX -> node("Max", a, x.get(1));
            case TAN -> node("Div", graph.node("Sin", a), graph.node("Cos", a));
            case COSH -> new Value(cosh(a), 0);
            case SINH -> node("Mul", graph.node("Tanh", a), cosh(a));
            case MOD -> mod(a, x.get(1));
            case HEAV -> where(graph.node("Less", a, zero()), zero(), where(
                    graph.node("GreaterOrEqual", a, zero()), graph.number(1), a).name());
            case NOT -> new Value(graph.node("Cast", TO_DOUBLE, condition(call)), 0);
            case LINOID -> linoid(a);
            default -> throw new IllegalStateException("a derivative in the equations");
        };
    }

    private String zero() {
        return graph.number(0);
    }

    private String cosh(String a) {
        return graph.node("Mul", graph.number(0.5), graph.node("Add", graph.node("Exp", a),
                graph.node("Exp", graph.node("Neg", a))));
    }

    /** The remainder has the sign of the divisor here and that of the dividend in ONNX. */
    private Value mod(String a, String b) {
        String remainder = graph.node("Mod", Map.of("fmod", 1), a, b);
        String other = graph.node("And", graph.node("Not", graph.node("Equal", remainder, zero())),
                graph.node("Xor", graph.node("Less", remainder, zero()), graph.node("Less", b, zero())));
        return where(other, graph.node("Add", remainder, b), remainder);
    }

    /** x / (1 - e^-x) is x/2 + (x/2) / tanh(x/2), which keeps its digits where 1 - e^-x does not. */
    private Value linoid(String x) {
        String half = graph.node("Mul", x, graph.number(0.5));
        String ratio = graph.node("Where", graph.node("Equal", x, zero()), graph.number(1),
                graph.node("Div", half, graph.node("Tanh", half)));
        String quotient = graph.node("Div", x, graph.node("Sub", graph.number(1),
                graph.node("Exp", graph.node("Neg", x))));
        return where(graph.node("Less", x, graph.number(LINOID_SWITCH)), quotient, graph.node("Add", half, ratio));
    }

    /** The truth value of an expression that varies. */
    private String condition(Expression expression) {
        String condition = conditions.get(expression);
        if (condition == null) {
            condition = truth(expression);
            conditions.put(expression, condition);
        }
        return condition;
    }

    private String truth(Expression expression) {
        if (expression instanceof Binary b && b.operator().isLogical()) {
            return switch (b.operator()) {
                case LESS -> graph.node("Less", name(b.left()), name(b.right()));
                case GREATER -> graph.node("Greater", name(b.left()), name(b.right()));
                case LESS_OR_EQUAL -> graph.node("LessOrEqual", name(b.left()), name(b.right()));
                case GREATER_OR_EQUAL -> graph.node("GreaterOrEqual", name(b.left()), name(b.right()));
                case EQUAL -> graph.node("Equal", name(b.left()), name(b.right()));
                case NOT_EQUAL -> graph.node("Not", graph.node("Equal", name(b.left()), name(b.right())));
                case AND -> graph.node("And", condition(b.left()), condition(b.right()));
                default -> graph.node("Or", condition(b.left()), condition(b.right()));
            };
        }
        if (expression instanceof Call c && c.function() == Function.NOT) {
            return graph.node("Not", condition(c.operands().get(0)));
        }
        return graph.node("Not", graph.node("Equal", name(expression), zero()));
    }
}

package org.nagumo.core.equations;

import java.util.Arrays;
import org.nagumo.core.interval.Interval;
import org.nagumo.core.interval.Jet;

/**
 * Values and derivatives of nodes of a graph over boxes of states, at one set of parameter values. Where a function
 * jumps within the box (sign, heav, flr, mod, conditionals), its derivatives are the whole real line; where it has a
 * kink (abs, min, max), they are the hull of both sides', which contains all difference quotients.
 *
 * <p>The quotient a / (a + b) is evaluated as 1 / (1 + b / a) where a does not contain 0, so that each operand counts
 * once. Immutable.
 */
final class Enclosure {

    private static final Interval MINUS_ONE = Interval.of(-1);
    private static final Interval LN_10 = new Interval(Math.nextDown(RealMath.LN_10), Math.nextUp(RealMath.LN_10));

    /** Bounds the third derivative of L(x) = x/2 + x/2 coth(x/2). */
    private static final Interval THIRD = new Interval(-0.05, 0.05);

    private final Node[] nodes;
    private final boolean[] varies;
    private final boolean[] needed;
    private final Interval[] constants;
    private final int[] targets;

    /**
     * @param graph      the graph
     * @param targets    the nodes to enclose
     * @param parameters the values of the parameters
     */
    Enclosure(Graph graph, int[] targets, double[] parameters) {
        this.targets = targets.clone();
        int size = Arrays.stream(targets).max().orElse(-1) + 1;
        nodes = new Node[size];
        varies = new boolean[size];
        needed = graph.needed(targets);
        constants = new Interval[size];
        for (int id = 0; id < size; id++) {
            nodes[id] = graph.node(id);
            varies[id] = graph.varies(id);
            if (needed[id] && !varies[id]) {
                constants[id] = constant(nodes[id], parameters);
            }
        }
    }

    private Interval constant(Node node, double[] parameters) {
        if (node.op() instanceof Node.Leaf) {
            return Interval.of(node.isConstant() ? node.value() : parameters[node.index()]);
        }
        return IntervalMath.apply(node, operand(node.a()), operand(node.b()), operand(node.c()));
    }

    private Interval operand(int id) {
        return id < 0 ? null : constants[id];
    }

    /**
     * Encloses the targets.
     *
     * @param states the states over the box
     * @param inputs the inputs
     * @param time   the time
     * @param out    receives the targets in their order
     */
    void enclose(Jet[] states, Interval[] inputs, Interval time, Jet[] out) {
        Jet[] jets = new Jet[nodes.length];
        for (int id = 0; id < nodes.length; id++) {
            if (needed[id]) {
                jets[id] = varies[id] ? jet(nodes[id], jets, states, inputs, time)
                        : states[0].constant(constants[id]);
            }
        }
        for (int i = 0; i < targets.length; i++) {
            out[i] = jets[targets[i]];
        }
    }

    private Jet jet(Node node, Jet[] jets, Jet[] states, Interval[] inputs, Interval time) {
        if (node.op() instanceof Node.Leaf leaf) {
            return leaf == Node.Leaf.STATE ? states[node.index()]
                    : states[0].constant(leaf == Node.Leaf.TIME ? time : inputs[node.index()]);
        }
        Jet x = jets[node.a()];
        Jet y = node.b() < 0 ? null : jets[node.b()];
        Jet z = node.c() < 0 ? null : jets[node.c()];
        Interval value = IntervalMath.apply(node, x.value(), y == null ? null : y.value(),
                z == null ? null : z.value());
        if (node.op() instanceof Operator operator) {
            return operator(operator, node, jets, x, y, value);
        }
        if (node.op() instanceof Function function) {
            return function(function, x, y, value);
        }
        return switch ((Node.Inner) node.op()) {
            case NEGATE -> x.map(value, MINUS_ONE);
            case SELECT -> !x.value().contains(0) ? y : IntervalMath.isFalse(x.value()) ? z : y.hull(z, true);
            case SIGMOID -> x.map(value, x.value().sigmoidSlope());
            case SIGMOID_SLOPE -> x.map(value, value.times(Interval.ONE.minus(x.value().sigmoid().times(2))));
        };
    }

    private Jet operator(Operator operator, Node node, Jet[] jets, Jet x, Jet y, Interval value) {
        return switch (operator) {
            case ADD -> x.plus(y);
            case SUBTRACT -> x.minus(y);
            case MULTIPLY -> x.times(y);
            case DIVIDE -> quotient(node, jets, x, y);
            case POWER -> power(node, x, y, value);
            default -> steps(x, value);
        };
    }

    /** A function of steps: constant where one value is certain, else it may jump. */
    private static Jet steps(Jet x, Interval value) {
        return value.width() == 0 ? x.constant(value) : jump(x, value);
    }

    private static Jet jump(Jet x, Interval value) {
        return x.constant(value).hull(x.constant(value), true);
    }

    private Jet quotient(Node node, Jet[] jets, Jet x, Jet y) {
        if (!varies[node.b()]) {
            Interval inverse = Interval.ONE.over(y.value());
            return x.map(x.value().over(y.value()), inverse);
        }
        Node divisor = nodes[node.b()];
        if (divisor.op() == Operator.ADD && (divisor.a() == node.a() || divisor.b() == node.a())
                && !x.value().contains(0)) {
            Jet other = jets[divisor.a() == node.a() ? divisor.b() : divisor.a()];
            return other.times(x.reciprocal()).plus(1).reciprocal();
        }
        return x.over(y);
    }

    private Jet power(Node node, Jet x, Jet y, Interval value) {
        if (varies[node.b()]) {
            // d(x^y) = x^y (y dx / x + ln x dy)
            Interval log = x.value().log();
            Jet byBase = x.map(value, value.times(y.value()).over(x.value()));
            Jet byExponent = y.map(Interval.ZERO, value.times(log));
            return byBase.plus(byExponent).within(value);
        }
        Interval n = y.value();
        boolean integer = n.width() == 0 && n.low() == Math.rint(n.low()) && Math.abs(n.low()) < 0x1p53;
        Interval less = integer ? Interval.of(n.low() - 1) : n.minus(Interval.ONE);
        Interval slope = n.times(IntervalMath.power(x.value(), less));
        return x.map(value, slope);
    }

    private static Jet function(Function function, Jet x, Jet y, Interval value) {
        Interval v = x.value();
        return switch (function) {
            case EXP -> x.map(value, value);
            case LN -> x.map(value, Interval.ONE.over(v));
            case LOG10 -> x.map(value, Interval.ONE.over(v.times(LN_10)));
            case SQRT -> x.map(value, Interval.ONE.over(value.times(2)));
            case ABS -> x.map(value, v.sign());
            case SIGN -> v.contains(0) ? jump(x, value) : x.constant(value);
            case FLOOR, HEAV, NOT -> steps(x, value);
            case MIN -> choice(x, y, x.value().high() <= y.value().low(), y.value().high() <= x.value().low(), value);
            case MAX -> choice(x, y, x.value().low() >= y.value().high(), y.value().low() >= x.value().high(), value);
            case MOD -> mod(x, y, value);
            case SIN -> x.map(value, v.cos());
            case COS -> x.map(value, v.sin().negate());
            case TAN -> x.map(value, Interval.ONE.plus(value.square()));
            case ASIN -> x.map(value, Interval.ONE.over(Interval.ONE.minus(v.square()).sqrt()));
            case ACOS -> x.map(value, Interval.ONE.over(Interval.ONE.minus(v.square()).sqrt()).negate());
            case ATAN -> x.map(value, Interval.ONE.over(Interval.ONE.plus(v.square())));
            case ATAN2 -> atan2(x, y, value);
            case SINH -> x.map(value, v.cosh());
            case COSH -> x.map(value, v.sinh());
            case TANH -> x.tanh();
            case LINOID -> x.map(value, v.linoidSlope());
            case LINOID_SLOPE -> x.map(value, v.linoidCurvature());
            case LINOID_CURVATURE -> x.map(value, THIRD);
        };
    }

    private static Jet choice(Jet x, Jet y, boolean first, boolean second, Interval value) {
        return first ? x : second ? y : x.hull(y, false).within(value);
    }

    private static Jet mod(Jet x, Jet y, Interval value) {
        Interval wholes = IntervalMath.wholes(x.value(), y.value());
        return wholes == null ? jump(x, value) : x.minus(y.map(y.value().times(wholes), wholes)).within(value);
    }

    private static Jet atan2(Jet y, Jet x, Interval value) {
        Interval square = x.value().square().plus(y.value().square());
        Jet byY = y.map(value, x.value().over(square));
        Jet byX = x.map(Interval.ZERO, y.value().negate().over(square));
        boolean cut = x.value().low() <= 0 && y.value().contains(0);
        return cut ? jump(x, value) : byY.plus(byX).within(value);
    }
}

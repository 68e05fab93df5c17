package org.nagumo.core.equations;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nagumo.core.equations.ExponentialFamilies.Exponent;

/**
 * Rewrites nodes of a {@link Graph} at given parameter values as operations of a {@link LaneGraph}. Exponentials and
 * what consists of them become additions and multiplications:
 * <ul>
 *   <li>e^y = 2^k p(r) with k = round(y / ln 2), r = y - k ln 2 and a polynomial p of degree 11, relative error 2e-16;
 *       arguments with rational ratios share one, see {@link ExponentialFamilies};
 *   <li>sigma(x) = 1 / (1 + e^-x), tanh(x) = 2 / (1 + e^-2x) - 1, sinh and cosh from e^x: errors of 1e-14 of the larger
 *       of 1 and the value;
 *   <li>L(x) = x / (1 - e^-x) = x / d as (x d + T (1 + x / 2)) / (d^2 + T) with T = 1e-13: the quotient where |x| is
 *       above 1e-6, the series below, and a mean of both in between. The relative error is below 1e-13 for |x| above
 *       0.1, about 2e-14 / |x| down to 3e-7, and never above 1e-7.
 * </ul>
 * Other functions are computed lane by lane by {@link RealMath}.
 */
final class LaneLowering {

    /**
     * Coefficients of e^r for |r| up to ln(2) / 2: interpolation at Chebyshev's nodes, computed in 60 digits; the
     * relative error is 1.7e-17 before rounding.
     */
    private static final double[] EXP = {1.0, 1.0, 0.5000000000000019, 0.1666666666666668, 0.04166666666648795,
        0.008333333333319589, 0.0013888888952352863, 0.00019841269890076403, 2.4801485441561313e-05,
        2.755724088722987e-06, 2.763265472252779e-07, 2.5110049204818658e-08};

    private static final double TINY = 1e-13;

    /** The square of a larger exponential might be infinite; L(x) is 0 for every purpose there. */
    private static final double LARGEST = 1e150;

    /** Beyond these exponents e^y is 3e-308 and 8e307. */
    private static final double LOWEST = -708;
    private static final double HIGHEST = 709;

    private final Graph graph;
    private final LaneGraph lanes = new LaneGraph();
    private final int[] targets;
    private final boolean[] needed;
    private final double[] numbers;
    private final Exponent[] affine;
    private final int[] lowered;
    private final ExponentialFamilies families;
    private final Map<Exponent, Map<Integer, Integer>> powers = new HashMap<>();

    LaneLowering(Graph graph, int[] targets, double[] parameters) {
        this.graph = graph;
        this.targets = targets.clone();
        needed = graph.needed(targets);
        numbers = new double[needed.length];
        affine = new Exponent[needed.length];
        lowered = new int[needed.length];
        List<Exponent> exponents = new ArrayList<>();
        for (int id = 0; id < needed.length; id++) {
            if (needed[id]) {
                Node node = graph.node(id);
                if (!graph.varies(id)) {
                    numbers[id] = node.op() instanceof Node.Leaf
                            ? node.isConstant() ? node.value() : parameters[node.index()]
                            : node.apply(number(node.a()), number(node.b()), number(node.c()));
                }
                affine[id] = affine(id, node);
                double multiple = multiple(node);
                if (multiple != 0 && graph.varies(id)) {
                    exponents.add(exponent(node.a(), multiple));
                }
            }
        }
        families = new ExponentialFamilies(exponents);
        for (int id = 0; id < needed.length; id++) {
            if (needed[id]) {
                lowered[id] = graph.varies(id) ? lower(graph.node(id)) : lanes.constant(numbers[id]);
            }
        }
    }

    LaneGraph lanes() {
        return lanes;
    }

    /** The targets as nodes of {@link #lanes()}. */
    int[] targets() {
        int[] result = new int[targets.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = lowered[targets[i]];
        }
        return result;
    }

    private double number(int id) {
        return id < 0 ? 0 : numbers[id];
    }

    /** A node as scale * base + offset; scale 0 for a constant. */
    private Exponent affine(int id, Node node) {
        if (!graph.varies(id)) {
            return new Exponent(-1, 0, numbers[id]);
        }
        Exponent a = node.a() < 0 ? null : affine[node.a()];
        Exponent b = node.b() < 0 ? null : affine[node.b()];
        Exponent result = null;
        if (node.op() == Node.Inner.NEGATE) {
            result = multiply(a, -1);
        } else if (node.op() == Operator.ADD) {
            result = sum(a, b);
        } else if (node.op() == Operator.SUBTRACT) {
            result = sum(a, multiply(b, -1));
        } else if (node.op() == Operator.MULTIPLY && (a.scale() == 0 || b.scale() == 0)) {
            result = a.scale() == 0 ? multiply(b, a.offset()) : multiply(a, b.offset());
        } else if (node.op() == Operator.DIVIDE && b.scale() == 0) {
            result = multiply(a, 1 / b.offset());
        }
        return result == null || result.scale() == 0 || !Double.isFinite(result.scale())
                || !Double.isFinite(result.offset()) ? new Exponent(id, 1, 0) : result;
    }

    private static Exponent multiply(Exponent e, double factor) {
        return new Exponent(e.base(), e.scale() * factor, e.offset() * factor);
    }

    private static Exponent sum(Exponent a, Exponent b) {
        return a.scale() == 0 ? new Exponent(b.base(), b.scale(), a.offset() + b.offset())
                : b.scale() == 0 || a.base() == b.base()
                ? new Exponent(a.base(), a.scale() + b.scale(), a.offset() + b.offset()) : null;
    }

    /** Which multiple of its operand a function needs the exponential of; 0 if it needs none. */
    private static double multiple(Node node) {
        if (node.op() == Node.Inner.SIGMOID || node.op() == Node.Inner.SIGMOID_SLOPE || node.op() == Function.LINOID) {
            return -1;
        }
        return node.op() == Function.TANH ? -2
                : node.op() == Function.EXP || node.op() == Function.SINH || node.op() == Function.COSH ? 1 : 0;
    }

    private Exponent exponent(int operand, double multiple) {
        return multiply(affine[operand], multiple);
    }

    private int lower(Node node) {
        int a = node.a() < 0 ? -1 : lowered[node.a()];
        int b = node.b() < 0 ? -1 : lowered[node.b()];
        if (node.op() instanceof Node.Leaf leaf) {
            return lanes.leaf(leaf, node.index());
        }
        if (node.op() instanceof Operator operator) {
            return switch (operator) {
                case ADD -> lanes.plus(a, b);
                case SUBTRACT -> lanes.minus(a, b);
                case MULTIPLY -> lanes.times(a, b);
                case DIVIDE -> lanes.over(a, b);
                case POWER -> power(a, b);
                default -> lanes.operation(operator, a, b, -1);
            };
        }
        double multiple = multiple(node);
        if (multiple != 0) {
            int e = exponential(exponent(node.a(), multiple));
            return fromExponential(node.op(), a, e);
        }
        if (node.op() == Node.Inner.NEGATE) {
            return lanes.negate(a);
        }
        return lanes.operation(node.op(), a, b, node.c() < 0 ? -1 : lowered[node.c()]);
    }

    private int fromExponential(Enum<?> op, int x, int e) {
        int one = lanes.constant(1);
        if (op == Function.EXP) {
            return e;
        }
        if (op == Function.SINH || op == Function.COSH) {
            int inverse = lanes.over(one, e);
            return lanes.times(lanes.constant(0.5),
                    op == Function.SINH ? lanes.minus(e, inverse) : lanes.plus(e, inverse));
        }
        if (op == Function.TANH) {
            return lanes.minus(lanes.over(lanes.constant(2), lanes.plus(one, e)), one);
        }
        if (op == Function.LINOID) {
            int d = lanes.minus(one, lanes.operation(Function.MIN, e, lanes.constant(LARGEST), -1));
            int tiny = lanes.constant(TINY);
            int series = lanes.plus(lanes.times(x, lanes.constant(TINY / 2)), tiny);
            return lanes.over(lanes.plus(lanes.times(x, d), series), lanes.plus(lanes.times(d, d), tiny));
        }
        int sigmoid = lanes.over(one, lanes.plus(one, e));
        return op == Node.Inner.SIGMOID ? sigmoid : lanes.times(sigmoid, lanes.minus(one, sigmoid));
    }

    private int power(int base, int exponent) {
        Node node = lanes.node(exponent);
        if (node.isConstant() && RealMath.isMultiplied(node.value())) {
            int power = integerPower(base, (int) Math.abs(node.value()));
            return node.value() < 0 ? lanes.over(lanes.constant(1), power) : power;
        }
        return node.isConstant(0.5) ? lanes.operation(Function.SQRT, base, -1, -1)
                : lanes.operation(Operator.POWER, base, exponent, -1);
    }

    private int integerPower(int base, int exponent) {
        if (exponent <= 1) {
            return exponent == 0 ? lanes.constant(1) : base;
        }
        int half = integerPower(base, exponent / 2);
        int square = lanes.times(half, half);
        return exponent % 2 == 0 ? square : lanes.times(square, base);
    }

    private int exponential(Exponent exponent) {
        ExponentialFamilies.Member member = families.member(exponent);
        Map<Integer, Integer> known = powers.computeIfAbsent(member.family(), this::family);
        int power = known.get(Math.abs(member.multiple()));
        double factor = RealMath.exp(member.offset());
        return member.multiple() < 0 ? lanes.over(lanes.constant(factor), power)
                : lanes.times(power, lanes.constant(factor));
    }

    /** The powers of a family's exponential that are needed, from small ones to large ones. */
    private Map<Integer, Integer> family(Exponent family) {
        int base = lowered[family.base()];
        int y = lanes.plus(lanes.times(base, lanes.constant(family.scale())), lanes.constant(family.offset()));
        Map<Integer, Integer> known = new HashMap<>();
        known.put(1, exp(y));
        for (int multiple : families.multiples(family)) {
            power(multiple, known);
        }
        return known;
    }

    private int power(int n, Map<Integer, Integer> known) {
        Integer result = known.get(n);
        if (result == null) {
            int part = known.keySet().stream().filter(p -> known.containsKey(n - p)).findFirst().orElse(
                    n % 2 == 0 ? n / 2 : n - 1);
            result = lanes.times(power(part, known), power(n - part, known));
            known.put(n, result);
        }
        return result;
    }

    private int exp(int exponent) {
        int y = lanes.operation(Function.MAX, lanes.constant(LOWEST), lanes.operation(Function.MIN,
                lanes.constant(HIGHEST), exponent, -1), -1);
        int round = lanes.constant(RealMath.ROUND);
        int rounded = lanes.plus(lanes.times(y, lanes.constant(RealMath.LOG2_E)), round);
        int k = lanes.minus(rounded, round);
        int r = lanes.minus(lanes.minus(y, lanes.times(k, lanes.constant(RealMath.LN2_HIGH))),
                lanes.times(k, lanes.constant(RealMath.LN2_LOW)));
        int p = lanes.constant(EXP[EXP.length - 1]);
        for (int i = EXP.length - 2; i >= 0; i--) {
            p = lanes.plus(lanes.times(p, r), lanes.constant(EXP[i]));
        }
        return lanes.operation(LaneGraph.Lane.SCALED, p, rounded, -1);
    }
}

package org.nagumo.core.equations;

import java.util.HashMap;
import java.util.Map;

/**
 * Derivatives of the nodes of a graph by one of its leaves, as nodes of the same graph. Functions with a jump or a kink
 * (abs, sign, heav, flr, min, max, mod, comparisons, conditionals) have the derivative that holds everywhere else.
 */
final class Differentiation {

    private final Graph graph;
    private final int leaf;
    private final Map<Integer, Integer> known = new HashMap<>();

    /**
     * @param leaf a state, parameter, input or the time
     */
    Differentiation(Graph graph, int leaf) {
        this.graph = graph;
        this.leaf = leaf;
    }

    /** The derivative of a node. */
    int of(int target) {
        boolean[] needed = graph.needed(target);
        for (int id = 0; id <= target; id++) {
            if (needed[id] && !known.containsKey(id)) {
                known.put(id, rule(id, graph.node(id)));
            }
        }
        return known.get(target);
    }

    private int rule(int id, Node node) {
        if (node.op() instanceof Node.Leaf) {
            return id == leaf ? graph.one : graph.zero;
        }
        int da = node.a() < 0 ? graph.zero : known.get(node.a());
        int db = node.b() < 0 ? graph.zero : known.get(node.b());
        int dc = node.c() < 0 ? graph.zero : known.get(node.c());
        if (da == graph.zero && db == graph.zero && dc == graph.zero) {
            return graph.zero;
        }
        if (node.op() instanceof Operator operator) {
            return operator(operator, id, node.a(), node.b(), da, db);
        }
        if (node.op() instanceof Function function) {
            return function(function, id, node.a(), node.b(), da, db);
        }
        int a = node.a();
        return switch ((Node.Inner) node.op()) {
            case NEGATE -> graph.negate(da);
            case SELECT -> graph.select(a, db, dc);
            case SIGMOID -> times(graph.inner(Node.Inner.SIGMOID_SLOPE, a), da);
            case SIGMOID_SLOPE -> times(graph.times(id, graph.minus(graph.one,
                    graph.times(graph.constant(2), graph.inner(Node.Inner.SIGMOID, a)))), da);
        };
    }

    /** A product in which a derivative that is 0 makes the product 0. */
    private int times(int factor, int derivative) {
        return derivative == graph.zero ? graph.zero : graph.times(factor, derivative);
    }

    private int over(int derivative, int divisor) {
        return derivative == graph.zero ? graph.zero : graph.over(derivative, divisor);
    }

    private int operator(Operator operator, int id, int a, int b, int da, int db) {
        return switch (operator) {
            case ADD -> graph.plus(da, db);
            case SUBTRACT -> graph.minus(da, db);
            case MULTIPLY -> graph.plus(times(b, da), times(a, db));
            case DIVIDE -> over(graph.minus(da, times(id, db)), b);
            case POWER -> power(id, a, b, da, db);
            default -> graph.zero;
        };
    }

    private int power(int id, int a, int b, int da, int db) {
        int byBase = graph.zero;
        if (da != graph.zero) {
            Node exponent = graph.node(b);
            int less = exponent.isConstant() ? graph.constant(exponent.value() - 1) : graph.minus(b, graph.one);
            byBase = times(graph.times(b, graph.power(a, less)), da);
        }
        return graph.plus(byBase, times(graph.times(id, graph.call(Function.LN, a)), db));
    }

    private int function(Function function, int id, int a, int b, int da, int db) {
        return switch (function) {
            case EXP -> times(id, da);
            case LN -> over(da, a);
            case LOG10 -> over(da, graph.times(a, graph.constant(RealMath.LN_10)));
            case SQRT -> over(da, graph.times(graph.constant(2), id));
            case ABS -> times(graph.call(Function.SIGN, a), da);
            case MIN -> graph.select(graph.binary(Operator.LESS_OR_EQUAL, a, b), da, db);
            case MAX -> graph.select(graph.binary(Operator.GREATER_OR_EQUAL, a, b), da, db);
            case MOD -> graph.minus(da, times(graph.call(Function.FLOOR, graph.over(a, b)), db));
            case SIN -> times(graph.call(Function.COS, a), da);
            case COS -> graph.negate(times(graph.call(Function.SIN, a), da));
            case TAN -> times(graph.plus(graph.one, square(id)), da);
            case ASIN -> over(da, graph.call(Function.SQRT, graph.minus(graph.one, square(a))));
            case ACOS -> graph.negate(over(da, graph.call(Function.SQRT, graph.minus(graph.one, square(a)))));
            case ATAN -> over(da, graph.plus(graph.one, square(a)));
            case ATAN2 -> graph.over(graph.minus(times(b, da), times(a, db)), graph.plus(square(a), square(b)));
            case SINH -> times(graph.call(Function.COSH, a), da);
            case COSH -> times(graph.call(Function.SINH, a), da);
            case TANH -> times(graph.minus(graph.one, square(id)), da);
            case LINOID -> times(graph.call(Function.LINOID_SLOPE, a), da);
            case LINOID_SLOPE -> times(graph.call(Function.LINOID_CURVATURE, a), da);
            case LINOID_CURVATURE -> throw new IllegalArgumentException("the third derivative of "
                    + Function.LINOID.symbol() + "; allowed: the first and the second");
            case SIGN, HEAV, FLOOR, NOT -> graph.zero;
        };
    }

    private int square(int a) {
        return graph.power(a, graph.constant(2));
    }
}

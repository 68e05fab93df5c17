package org.nagumo.core.equations;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Operations for loops over many states: sums, products, quotients, square roots, absolute values, minima and maxima of
 * leaves and constants, which the JVM turns into vector instructions, and others, which it does not. Equal operations
 * are one node, constants are folded, divisions by constants are multiplications.
 */
final class LaneGraph {

    /** Operations that only loops have. */
    enum Lane {
        /** {@link RealMath#scaled}. */
        SCALED
    }

    private final List<Node> nodes = new ArrayList<>();
    private final Map<Node, Integer> numbers = new HashMap<>();

    Node node(int id) {
        return nodes.get(id);
    }

    int size() {
        return nodes.size();
    }

    private int add(Enum<?> op, double value, int a, int b, int c) {
        return numbers.computeIfAbsent(new Node(op, value, a, b, c), node -> {
            nodes.add(node);
            return nodes.size() - 1;
        });
    }

    int constant(double value) {
        return add(Node.Leaf.CONSTANT, value, -1, -1, -1);
    }

    int leaf(Node.Leaf leaf, int index) {
        return add(leaf, index, -1, -1, -1);
    }

    private boolean isConstant(int id) {
        return id < 0 || node(id).isConstant();
    }

    private double value(int id) {
        return id < 0 ? 0 : node(id).value();
    }

    int plus(int a, int b) {
        if (node(a).isConstant(0)) {
            return b;
        }
        if (node(b).isConstant(0)) {
            return a;
        }
        return operation(Operator.ADD, Math.min(a, b), Math.max(a, b), -1);
    }

    int minus(int a, int b) {
        return node(b).isConstant(0) ? a : node(b).isConstant() ? plus(a, constant(-value(b)))
                : operation(Operator.SUBTRACT, a, b, -1);
    }

    int times(int a, int b) {
        if (node(a).isConstant(1)) {
            return b;
        }
        if (node(b).isConstant(1)) {
            return a;
        }
        // c (d x) = (c d) x
        if (node(a).isConstant() && !node(b).isConstant()) {
            Node product = node(b);
            if (product.op() == Operator.MULTIPLY && node(product.a()).isConstant()) {
                return times(constant(value(a) * value(product.a())), product.b());
            }
            if (product.op() == Operator.MULTIPLY && node(product.b()).isConstant()) {
                return times(constant(value(a) * value(product.b())), product.a());
            }
        } else if (node(b).isConstant()) {
            return node(a).isConstant() ? constant(value(a) * value(b)) : times(b, a);
        }
        return operation(Operator.MULTIPLY, Math.min(a, b), Math.max(a, b), -1);
    }

    int over(int a, int b) {
        return node(b).isConstant() ? times(a, constant(1 / value(b))) : operation(Operator.DIVIDE, a, b, -1);
    }

    int negate(int a) {
        return times(constant(-1), a);
    }

    int operation(Enum<?> op, int a, int b, int c) {
        if (isConstant(a) && isConstant(b) && isConstant(c) && op != Lane.SCALED) {
            return constant(new Node(op, 0, a, b, c).apply(value(a), value(b), value(c)));
        }
        return add(op, 0, a, b, c);
    }

    static boolean isLeaf(Node node) {
        return node.op() instanceof Node.Leaf;
    }

    /** Whether loops of the operation become vector instructions. */
    static boolean isVector(Node node) {
        if (node.op() instanceof Operator operator) {
            return operator.ordinal() <= Operator.DIVIDE.ordinal();
        }
        return node.op() == Function.SQRT || node.op() == Function.ABS || node.op() == Function.MIN
                || node.op() == Function.MAX;
    }
}

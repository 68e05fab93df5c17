package org.nagumo.core.equations;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Expressions as a directed acyclic graph in which equal subexpressions are one node. Operands have smaller numbers
 * than the node that uses them, so that loops over the numbers replace recursion.
 *
 * <p>The methods that add a node apply identities that keep the value's bits (x * 1, x + 0, -(-x), signs moved out of
 * products, operands of sums and products in a fixed order; only the sign of a zero may change). They do not replace 0
 * x by 0, which would hide a NaN. Products of equal factors become powers, which {@link RealMath#power} computes in the
 * same order. The one kind of rewriting that changes rounding is that of {@link Singularities}.
 *
 * <p>Not thread-safe.
 */
final class Graph {

    final int zero;
    final int one;

    private final List<Node> nodes = new ArrayList<>();
    private final Map<Node, Integer> numbers = new HashMap<>();
    private final List<long[]> residues = new ArrayList<>();
    private final List<Boolean> varying = new ArrayList<>();
    private boolean exponentials;

    Graph() {
        zero = constant(0);
        one = constant(1);
    }

    Node node(int id) {
        return nodes.get(id);
    }

    int size() {
        return nodes.size();
    }

    /** Whether the value depends on states, inputs or time, and not on parameters alone. */
    boolean varies(int id) {
        return varying.get(id);
    }

    /** The residue in one of two assignments that differ in states, inputs and time, see {@link Fingerprint}. */
    long residue(int id, int assignment) {
        return residues.get(id)[assignment];
    }

    boolean hasExponentials() {
        return exponentials;
    }

    private int add(Enum<?> op, double value, int a, int b, int c) {
        Node node = new Node(op, value, a, b, c);
        Integer known = numbers.get(node);
        if (known != null) {
            return known;
        }
        int id = nodes.size();
        nodes.add(node);
        numbers.put(node, id);
        long[] residue = new long[2];
        for (int k = 0; k < 2; k++) {
            residue[k] = Fingerprint.of(node, k, residueOf(a, k), residueOf(b, k), residueOf(c, k),
                    b >= 0 && node(b).isConstant() ? node(b).value() : Double.NaN);
        }
        residues.add(residue);
        varying.add(a >= 0 && varies(a) || b >= 0 && varies(b) || c >= 0 && varies(c)
                || op == Node.Leaf.STATE || op == Node.Leaf.INPUT || op == Node.Leaf.TIME);
        exponentials |= op == Function.EXP;
        return id;
    }

    private long residueOf(int id, int assignment) {
        return id < 0 ? 0 : residue(id, assignment);
    }

    int leaf(Node.Leaf leaf, int index) {
        return add(leaf, index, -1, -1, -1);
    }

    int constant(double value) {
        if (value < 0) {
            return negate(constant(-value));
        }
        return add(Node.Leaf.CONSTANT, value == 0 ? 0 : value, -1, -1, -1);
    }

    private boolean isNegation(int id) {
        return node(id).op() == Node.Inner.NEGATE;
    }

    int negate(int a) {
        if (isNegation(a)) {
            return node(a).a();
        }
        return a == zero ? zero : add(Node.Inner.NEGATE, 0, a, -1, -1);
    }

    int plus(int a, int b) {
        if (a == zero) {
            return b;
        }
        if (b == zero) {
            return a;
        }
        if (isNegation(b)) {
            return minus(a, node(b).a());
        }
        if (isNegation(a)) {
            return minus(b, node(a).a());
        }
        return add(Operator.ADD, 0, Math.min(a, b), Math.max(a, b), -1);
    }

    int minus(int a, int b) {
        if (b == zero) {
            return a;
        }
        if (a == zero) {
            return negate(b);
        }
        if (isNegation(b)) {
            return plus(a, node(b).a());
        }
        if (isNegation(a)) {
            return negate(plus(node(a).a(), b));
        }
        return add(Operator.SUBTRACT, 0, a, b, -1);
    }

    int times(int a, int b) {
        if (a == one) {
            return b;
        }
        if (b == one) {
            return a;
        }
        if (isNegation(a)) {
            return negate(times(node(a).a(), b));
        }
        if (isNegation(b)) {
            return negate(times(a, node(b).a()));
        }
        int known = Singularities.product(this, a, b);
        return known >= 0 ? known : plainProduct(a, b);
    }

    int plainProduct(int a, int b) {
        if (a == b) {
            return power(a, constant(2));
        }
        if (isPower(a, b, 2)) {
            return power(b, constant(3));
        }
        if (isPower(b, a, 2)) {
            return power(a, constant(3));
        }
        return add(Operator.MULTIPLY, 0, Math.min(a, b), Math.max(a, b), -1);
    }

    private boolean isPower(int id, int base, int exponent) {
        Node node = node(id);
        return node.op() == Operator.POWER && node.a() == base && node(node.b()).isConstant(exponent);
    }

    int over(int a, int b) {
        if (b == one) {
            return a;
        }
        if (isNegation(a)) {
            return negate(over(node(a).a(), b));
        }
        if (isNegation(b)) {
            return negate(over(a, node(b).a()));
        }
        int known = Singularities.quotient(this, a, b);
        return known >= 0 ? known : plainQuotient(a, b);
    }

    int plainQuotient(int a, int b) {
        return b == one ? a : add(Operator.DIVIDE, 0, a, b, -1);
    }

    int power(int a, int b) {
        if (b == one) {
            return a;
        }
        return b == zero ? one : add(Operator.POWER, 0, a, b, -1);
    }

    int binary(Operator operator, int a, int b) {
        return switch (operator) {
            case ADD -> plus(a, b);
            case SUBTRACT -> minus(a, b);
            case MULTIPLY -> times(a, b);
            case DIVIDE -> over(a, b);
            case POWER -> power(a, b);
            default -> add(operator, 0, a, b, -1);
        };
    }

    int call(Function function, int a) {
        return add(function, 0, a, -1, -1);
    }

    int call(Function function, int a, int b) {
        return add(function, 0, a, b, -1);
    }

    int inner(Node.Inner inner, int a) {
        return inner == Node.Inner.NEGATE ? negate(a) : add(inner, 0, a, -1, -1);
    }

    int select(int condition, int yes, int no) {
        return yes == no ? yes : add(Node.Inner.SELECT, 0, condition, yes, no);
    }

    /** Adds a node of this or another graph with other operands. */
    int like(Node node, int a, int b, int c) {
        if (node.op() instanceof Operator o) {
            return binary(o, a, b);
        }
        if (node.op() instanceof Node.Inner inner) {
            return inner == Node.Inner.SELECT ? select(a, b, c) : inner(inner, a);
        }
        return node.op() instanceof Node.Leaf leaf
                ? leaf == Node.Leaf.CONSTANT ? constant(node.value()) : leaf(leaf, node.index())
                : add(node.op(), 0, a, b, -1);
    }

    /** The nodes that some nodes need, themselves included. */
    boolean[] needed(int... targets) {
        boolean[] needed = new boolean[size()];
        for (int target : targets) {
            needed[target] = true;
        }
        for (int id = size() - 1; id >= 0; id--) {
            if (needed[id]) {
                Node node = node(id);
                for (int operand : new int[] {node.a(), node.b(), node.c()}) {
                    if (operand >= 0) {
                        needed[operand] = true;
                    }
                }
            }
        }
        return needed;
    }
}

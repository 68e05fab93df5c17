package org.nagumo.core.equations;

/**
 * A node of a {@link Graph}: an operation on nodes with smaller numbers.
 *
 * @param op    an {@link Operator}, a {@link Function}, a {@link Leaf} or an {@link Inner}
 * @param value the number of a constant, the index of another leaf; else 0
 * @param a     first operand, -1 if there is none
 * @param b     second operand, -1 if there is none
 * @param c     third operand, -1 if there is none
 */
record Node(Enum<?> op, double value, int a, int b, int c) {

    /** Nodes without operands. */
    enum Leaf { CONSTANT, STATE, PARAMETER, INPUT, TIME }

    /** Operations that are neither operators nor functions of expressions. */
    enum Inner {
        /** -a. */
        NEGATE,
        /** b if a is not 0, else c. */
        SELECT,
        /** 1 / (1 + e^-a). */
        SIGMOID,
        /** The derivative of the sigmoid, e^a / (1 + e^a)^2. */
        SIGMOID_SLOPE
    }

    static Node leaf(Leaf leaf, double value) {
        return new Node(leaf, value, -1, -1, -1);
    }

    int index() {
        return (int) value;
    }

    boolean isConstant() {
        return op == Leaf.CONSTANT;
    }

    boolean isConstant(double number) {
        return op == Leaf.CONSTANT && value == number;
    }

    /** The value of an operation. */
    double apply(double x, double y, double z) {
        if (op instanceof Operator o) {
            return RealMath.apply(o, x, y);
        }
        if (op instanceof Function f) {
            return RealMath.apply(f, x, y);
        }
        return switch ((Inner) op) {
            case NEGATE -> -x;
            case SELECT -> x != 0 ? y : z;
            case SIGMOID -> RealMath.sigmoid(x);
            case SIGMOID_SLOPE -> RealMath.sigmoidSlope(x);
        };
    }
}

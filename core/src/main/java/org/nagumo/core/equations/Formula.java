package org.nagumo.core.equations;

import java.util.ArrayList;
import java.util.List;

/**
 * Some nodes of a graph, ready to be evaluated at many points: what depends on parameters alone is computed once for a
 * set of parameters ({@link #constants}), the rest by compiled code ({@link #code}). Immutable and thread-safe.
 */
final class Formula {

    /** The part of a formula that varies. */
    interface Code {

        /**
         * Evaluates the formula.
         *
         * @param t         time
         * @param states    values of the states; not modified
         * @param inputs    values of the inputs; not modified
         * @param constants from {@link Formula#constants}; not modified
         * @param out       receives the values, one for each target
         */
        void run(double t, double[] states, double[] inputs, double[] constants, double[] out);
    }

    /** {@code node} is number {@code id} of the graph; targets and operands are such numbers. */
    final Node[] nodes;
    final boolean[] varies;
    final boolean[] needed;
    /** Place of a node among the constants, -1 if it is none. */
    final int[] place;
    final int[] targets;

    private final int count;
    private volatile Code code;

    Formula(Graph graph, int[] targets) {
        this.targets = targets.clone();
        needed = graph.needed(targets);
        int size = needed.length;
        nodes = new Node[size];
        varies = new boolean[size];
        place = new int[size];
        for (int id = 0; id < size; id++) {
            nodes[id] = graph.node(id);
            varies[id] = graph.varies(id);
            place[id] = -1;
        }
        List<Integer> constants = new ArrayList<>();
        for (int id = 0; id < size; id++) {
            if (needed[id] && varies[id]) {
                place(nodes[id].a(), constants);
                place(nodes[id].b(), constants);
                place(nodes[id].c(), constants);
            }
        }
        for (int target : targets) {
            place(target, constants);
        }
        count = constants.size();
    }

    private void place(int id, List<Integer> constants) {
        if (id >= 0 && !varies[id] && place[id] < 0 && !nodes[id].isConstant()) {
            place[id] = constants.size();
            constants.add(id);
        }
    }

    /**
     * Computes what depends on parameters alone.
     *
     * @param parameters values of the parameters
     * @return the constants for {@link Code#run}
     */
    double[] constants(double[] parameters) {
        double[] values = new double[nodes.length];
        double[] constants = new double[count];
        for (int id = 0; id < nodes.length; id++) {
            if (needed[id] && !varies[id]) {
                values[id] = nodes[id].op() instanceof Node.Leaf
                        ? nodes[id].isConstant() ? nodes[id].value() : parameters[nodes[id].index()]
                        : nodes[id].apply(value(values, nodes[id].a()), value(values, nodes[id].b()),
                                value(values, nodes[id].c()));
                if (place[id] >= 0) {
                    constants[place[id]] = values[id];
                }
            }
        }
        return constants;
    }

    private static double value(double[] values, int id) {
        return id < 0 ? 0 : values[id];
    }

    /** The compiled code. It is compiled at the first call. */
    Code code() {
        Code known = code;
        if (known == null) {
            known = FormulaCompiler.compile(this);
            code = known;
        }
        return known;
    }

    /** The same values as {@link #code()}, by interpretation. */
    void interpret(double t, double[] states, double[] inputs, double[] constants, double[] out) {
        double[] values = new double[nodes.length];
        for (int id = 0; id < nodes.length; id++) {
            if (!needed[id]) {
                continue;
            }
            Node node = nodes[id];
            if (place[id] >= 0) {
                values[id] = constants[place[id]];
            } else if (node.op() instanceof Node.Leaf leaf) {
                values[id] = switch (leaf) {
                    case CONSTANT -> node.value();
                    case STATE -> states[node.index()];
                    case INPUT -> inputs[node.index()];
                    case TIME -> t;
                    case PARAMETER -> 0;
                };
            } else if (varies[id]) {
                values[id] = node.apply(value(values, node.a()), value(values, node.b()), value(values, node.c()));
            }
        }
        for (int i = 0; i < targets.length; i++) {
            out[i] = values[targets[i]];
        }
    }
}

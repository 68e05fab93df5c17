package org.nagumo.core.equations;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The equations of a system as one graph: derivatives of the states, outputs, and on request the Jacobian and
 * derivatives by parameters and inputs. Names are resolved; temporaries are written out and shared.
 */
final class SystemGraph {

    final Graph graph = new Graph();
    final int[] rates;
    final int[] outputs;
    final int[] temporaries;

    private final Map<String, Integer> leaves = new HashMap<>();
    private final Map<String, Integer> values = new HashMap<>();

    SystemGraph(EquationSystem system) {
        leaves.put(EquationSystem.TIME, graph.leaf(Node.Leaf.TIME, 0));
        for (int i = 0; i < system.states().size(); i++) {
            leaves.put(system.states().get(i).name(), graph.leaf(Node.Leaf.STATE, i));
        }
        for (int i = 0; i < system.parameters().size(); i++) {
            leaves.put(system.parameters().get(i).name(), graph.leaf(Node.Leaf.PARAMETER, i));
        }
        for (int i = 0; i < system.inputs().size(); i++) {
            leaves.put(system.inputs().get(i).name(), graph.leaf(Node.Leaf.INPUT, i));
        }
        values.putAll(leaves);
        temporaries = new int[system.temporaries().size()];
        for (int i = 0; i < temporaries.length; i++) {
            Definition temporary = system.temporaries().get(i);
            temporaries[i] = add(temporary.expression());
            values.put(temporary.name(), temporaries[i]);
        }
        rates = system.states().stream().mapToInt(s -> add(s.derivative())).toArray();
        outputs = system.outputs().stream().mapToInt(o -> add(o.expression())).toArray();
    }

    private int add(Expression expression) {
        return new Reader().of(expression);
    }

    /** The node of a state, parameter, input or the time. */
    int leaf(String name) {
        return leaves.get(name);
    }

    /** Whether a node depends on the time. */
    boolean dependsOnTime(int[] targets) {
        return graph.needed(targets)[leaf(EquationSystem.TIME)];
    }

    /** The derivatives of the states' rates by a leaf. */
    int[] ratesBy(int leaf) {
        Differentiation by = new Differentiation(graph, leaf);
        int[] result = new int[rates.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = by.of(rates[i]);
        }
        return result;
    }

    /** The Jacobian, row after row. */
    int[] jacobian() {
        int n = rates.length;
        int[] result = new int[n * n];
        for (int j = 0; j < n; j++) {
            int[] column = ratesBy(graph.leaf(Node.Leaf.STATE, j));
            for (int i = 0; i < n; i++) {
                result[i * n + j] = column[i];
            }
        }
        return result;
    }

    /** The negative diagonal of the Jacobian. */
    int[] relaxationRates() {
        int[] result = new int[rates.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = graph.negate(new Differentiation(graph, graph.leaf(Node.Leaf.STATE, i)).of(rates[i]));
        }
        return result;
    }

    /** Adds trees to the graph. */
    private final class Reader extends TreeFold<Integer> {

        @Override
        Integer combine(Expression expression, List<Integer> operands) {
            if (expression instanceof Constant c) {
                return graph.constant(c.value());
            }
            if (expression instanceof Variable v) {
                return values.get(v.name());
            }
            int a = operands.get(0);
            if (expression instanceof Negation) {
                return graph.negate(a);
            }
            int b = operands.size() > 1 ? operands.get(1) : -1;
            if (expression instanceof Binary binary) {
                return graph.binary(binary.operator(), a, b);
            }
            return expression instanceof Call call ? graph.call(call.function(), a, b)
                    : graph.select(a, b, operands.get(2));
        }
    }
}

package org.nagumo.core.equations;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Writes the graph of a system as expressions, see {@link EquationSystem#regular()}. Temporaries keep their names;
 * parts that are used more than once and have at least two operations become temporaries as well.
 */
final class RegularForm {

    private final EquationSystem system;
    private final SystemGraph equations;
    private final Graph graph;
    private final Set<String> names = new HashSet<>();
    private final Map<Integer, Definition> labels = new TreeMap<>();
    private final Map<Integer, Expression> written = new TreeMap<>();

    RegularForm(EquationSystem system) {
        this.system = system;
        equations = new SystemGraph(system);
        graph = equations.graph;
        names.add(EquationSystem.TIME);
        system.states().forEach(each -> leaf(each.name()));
        system.parameters().forEach(each -> leaf(each.name()));
        system.inputs().forEach(each -> leaf(each.name()));
        system.temporaries().forEach(each -> names.add(each.name()));
        system.outputs().forEach(each -> names.add(each.name()));
        written.put(equations.leaf(EquationSystem.TIME), Expression.variable(EquationSystem.TIME));
    }

    private void leaf(String name) {
        names.add(name);
        written.put(equations.leaf(name), Expression.variable(name));
    }

    EquationSystem system() {
        EquationSystem.Builder builder = EquationSystem.builder(system.name());
        system.parameters().forEach(builder::parameter);
        system.inputs().forEach(builder::input);
        List<Definition> aliases = new ArrayList<>();
        for (int k = 0; k < equations.temporaries.length; k++) {
            Definition temporary = system.temporaries().get(k);
            int id = equations.temporaries[k];
            if (graph.node(id).op() instanceof Node.Leaf || labels.putIfAbsent(id, temporary) != null) {
                aliases.add(temporary);
            }
        }
        int[] targets = Stream.of(equations.temporaries, equations.rates, equations.outputs)
                .flatMapToInt(Arrays::stream).toArray();
        write(targets, builder);
        for (Definition alias : aliases) {
            int id = equations.temporaries[system.temporaries().indexOf(alias)];
            builder.temporary(new Definition(alias.name(), of(id), alias.unit(), alias.comment()));
        }
        for (int k = 0; k < equations.rates.length; k++) {
            State state = system.states().get(k);
            builder.state(new State(state.name(), of(equations.rates[k]), state.initial(), state.unit(),
                    state.comment()));
        }
        for (int k = 0; k < equations.outputs.length; k++) {
            Definition output = system.outputs().get(k);
            builder.output(new Definition(output.name(), of(equations.outputs[k]), output.unit(), output.comment()));
        }
        return builder.build();
    }

    private void write(int[] targets, EquationSystem.Builder builder) {
        boolean[] needed = graph.needed(targets);
        int[] uses = uses(needed, targets);
        for (int id = 0; id < needed.length; id++) {
            Node node = graph.node(id);
            if (!needed[id] || node.op() instanceof Node.Leaf) {
                continue;
            }
            Expression expression = expression(node);
            Definition label = labels.get(id);
            if (label == null && uses[id] > 1 && expression.operands().stream().anyMatch(
                    each -> !each.operands().isEmpty())) {
                label = new Definition(fresh(), expression, "", "");
            }
            if (label != null) {
                builder.temporary(new Definition(label.name(), expression, label.unit(), label.comment()));
            }
            written.put(id, label == null ? expression : Expression.variable(label.name()));
        }
    }

    private int[] uses(boolean[] needed, int[] targets) {
        int[] uses = new int[needed.length];
        for (int id = 0; id < needed.length; id++) {
            Node node = graph.node(id);
            for (int operand : new int[] {node.a(), node.b(), node.c()}) {
                if (needed[id] && operand >= 0) {
                    uses[operand]++;
                }
            }
        }
        for (int target : targets) {
            uses[target]++;
        }
        return uses;
    }

    private String fresh() {
        int k = 1;
        while (!names.add("w" + k)) {
            k++;
        }
        return "w" + k;
    }

    private Expression of(int id) {
        Node node = graph.node(id);
        return node.isConstant() ? Expression.constant(node.value()) : written.get(id);
    }

    private Expression expression(Node node) {
        Expression a = of(node.a());
        if (node.op() instanceof Operator operator) {
            return Expression.binary(operator, a, of(node.b()));
        }
        if (node.op() instanceof Function function) {
            return function.arity() == 1 ? Expression.call(function, a) : Expression.call(function, a, of(node.b()));
        }
        Expression one = Expression.constant(1);
        return switch ((Node.Inner) node.op()) {
            case NEGATE -> a.negate();
            case SELECT -> Expression.conditional(a, of(node.b()), of(node.c()));
            case SIGMOID -> one.over(one.plus(Expression.call(Function.EXP, a.negate())));
            case SIGMOID_SLOPE -> throw new IllegalStateException("a derivative in the equations of " + system.name());
        };
    }
}

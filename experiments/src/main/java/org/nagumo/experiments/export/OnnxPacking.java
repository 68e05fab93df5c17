package org.nagumo.experiments.export;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import onnx.Onnx;

/**
 * Joins nodes of a graph that do the same to different rows: {@code tanh(a_1), .., tanh(a_16)} of tensors [1, cell]
 * become one node of a tensor [16, cell], products with one column become one matrix product. A runtime spends about a
 * microsecond on each node, so that networks run several times faster. The values stay the same, but for the rounding
 * of matrix products.
 *
 * <p>Nodes are joined when they have the same operator, attributes and distance from the graph's inputs. The values of
 * joined nodes keep their names: a {@code Split} gives them to nodes that use them one by one.
 */
final class OnnxPacking {

    /** Joining fewer nodes saves less than taking their rows apart costs. */
    private static final int LEAST_ROWS = 4;

    private static final Set<String> ELEMENTWISE = Set.of("Add", "Sub", "Mul", "Div", "Neg", "Pow", "Sqrt", "Exp",
            "Log", "Abs", "Sign", "Floor", "Sin", "Cos", "Tanh", "Sigmoid", "Min", "Max", "Mod", "Where", "Cast", "Less",
            "LessOrEqual", "Greater", "GreaterOrEqual", "Equal", "And", "Or", "Xor", "Not");

    /** What nodes have in common that are joined; {@code column} is that of a matrix product. */
    private record Kind(String operator, List<Onnx.AttributeProto> attributes, List<Boolean> constant,
            String column) { }

    /** The rows of a tensor, by the names of their values. */
    private record Rows(String tensor, List<String> members) { }

    private final OnnxGraph graph;
    private final Map<String, Integer> levels = new HashMap<>();
    private final Set<String> rows = new HashSet<>();
    private final Map<String, Rows> tensors = new HashMap<>();
    private final Map<String, String> aliases = new HashMap<>();
    private final Map<List<String>, String> columns = new HashMap<>();
    private final Set<Rows> apart = new HashSet<>();

    private OnnxPacking(OnnxGraph graph) {
        this.graph = graph;
    }

    /**
     * Joins the nodes of a graph.
     *
     * @param graph the graph, whose nodes are replaced; {@code Concat}, {@code Split} and {@code MatMul} act on rows
     * @param row   an input of one row
     */
    static void pack(OnnxGraph graph, String row) {
        OnnxPacking packing = new OnnxPacking(graph);
        packing.rows.add(row);
        TreeMap<Integer, List<Onnx.NodeProto>> levels = new TreeMap<>();
        for (Onnx.NodeProto node : graph.takeNodes()) {
            levels.computeIfAbsent(packing.level(node), key -> new ArrayList<>()).add(node);
        }
        levels.values().forEach(packing::join);
    }

    /** One more than that of the operands; notes which values have one row. */
    private int level(Onnx.NodeProto node) {
        int level = 1 + node.getInputList().stream().mapToInt(each -> levels.getOrDefault(each, 0)).max().orElse(0);
        node.getOutputList().forEach(each -> levels.put(each, level));
        boolean one = switch (node.getOpType()) {
            case "Split" -> true;
            case "MatMul" -> graph.shape(node.getInput(0)).get(0) == 1;
            default -> ELEMENTWISE.contains(node.getOpType()) && node.getInputList().stream()
                    .allMatch(each -> rows.contains(each) || graph.isNumber(each));
        };
        if (one) {
            rows.addAll(node.getOutputList());
        }
        return level;
    }

    private void join(List<Onnx.NodeProto> level) {
        Map<Kind, List<Onnx.NodeProto>> kinds = new LinkedHashMap<>();
        for (Onnx.NodeProto node : level) {
            boolean product = node.getOpType().equals("MatMul");
            if (product || ELEMENTWISE.contains(node.getOpType()) && rows.contains(node.getOutput(0))) {
                kinds.computeIfAbsent(new Kind(node.getOpType(), node.getAttributeList(),
                        node.getInputList().stream().map(graph::isNumber).toList(),
                        product ? named(node.getInput(1)) : null), key -> new ArrayList<>()).add(node);
            } else {
                single(node);
            }
        }
        for (List<Onnx.NodeProto> alike : kinds.values()) {
            if (alike.size() < LEAST_ROWS) {
                alike.forEach(this::single);
            } else {
                joined(alike);
            }
        }
    }

    private void joined(List<Onnx.NodeProto> alike) {
        Onnx.NodeProto first = alike.get(0);
        List<String> operands = new ArrayList<>();
        for (int k = 0; k < first.getInputCount(); k++) {
            int place = k;
            List<String> each = alike.stream().map(node -> node.getInput(place)).toList();
            if (first.getOpType().equals("MatMul")) {
                operands.add(k == 0 ? graph.stacked(each) : named(each.get(0)));
            } else if (graph.isNumber(each.get(0))) {
                operands.add(new HashSet<>(each).size() == 1 ? each.get(0) : graph.stacked(each));
            } else {
                operands.add(operand(each));
            }
        }
        String tensor = graph.fresh(first.getOpType().toLowerCase(Locale.ROOT) + "s");
        graph.add(first.toBuilder().clearInput().addAllInput(operands).clearOutput().addOutput(tensor).build());
        List<String> members = alike.stream().map(node -> node.getOutput(0)).toList();
        register(new Rows(tensor, members));
    }

    private void register(Rows packed) {
        packed.members().forEach(each -> tensors.put(each, packed));
    }

    private void single(Onnx.NodeProto node) {
        if (node.getOpType().equals("Concat")) {
            aliases.put(node.getOutput(0), column(node.getInputList().stream().map(this::named).toList()));
            return;
        }
        List<String> inputs = node.getInputList().stream().map(this::named).toList();
        inputs.forEach(this::takeApart);
        graph.add(node.toBuilder().clearInput().addAllInput(inputs).build());
        if (node.getOpType().equals("Split")) {
            Rows split = new Rows(inputs.get(0), List.copyOf(node.getOutputList()));
            register(split);
            apart.add(split);
        }
    }

    private String named(String value) {
        return aliases.getOrDefault(value, value);
    }

    /** Gives the rows of a joined tensor their names. */
    private void takeApart(String value) {
        Rows packed = tensors.get(value);
        if (packed != null && apart.add(packed)) {
            graph.split(packed.tensor(), packed.members());
        }
    }

    /** A tensor that has the values of an operand of joined nodes; one row if it is the same for all. */
    private String operand(List<String> wanted) {
        List<String> values = wanted.stream().map(this::named).toList();
        if (new HashSet<>(values).size() == 1) {
            takeApart(values.get(0));
            return values.get(0);
        }
        return column(values);
    }

    /** A tensor of rows, in which joined tensors are used whole where all their rows are wanted in their order. */
    private String column(List<String> values) {
        List<String> parts = new ArrayList<>();
        int k = 0;
        while (k < values.size()) {
            Rows packed = tensors.get(values.get(k));
            int end = packed == null ? values.size() + 1 : k + packed.members().size();
            if (end <= values.size() && values.subList(k, end).equals(packed.members())) {
                parts.add(packed.tensor());
                k = end;
            } else {
                takeApart(values.get(k));
                parts.add(values.get(k++));
            }
        }
        return parts.size() == 1 ? parts.get(0) : columns.computeIfAbsent(parts,
                key -> graph.node("Concat", Map.of("axis", 0), key.toArray(String[]::new)));
    }
}

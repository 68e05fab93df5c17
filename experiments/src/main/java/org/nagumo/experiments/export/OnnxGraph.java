package org.nagumo.experiments.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import onnx.Onnx;
import org.nd4j.shade.protobuf.ByteString;

/**
 * Collects the nodes and constants of an ONNX graph. A value has one name in a graph and its subgraphs. Not
 * thread-safe.
 */
final class OnnxGraph {

    private final Onnx.GraphProto.Builder graph = Onnx.GraphProto.newBuilder();
    private final Map<String, Integer> names;
    private final Map<List<Object>, String> constants = new HashMap<>();
    private final Map<List<Object>, String> outputs = new HashMap<>();
    private final Map<String, double[]> values = new HashMap<>();
    private final Map<String, List<Long>> shapes = new HashMap<>();

    private OnnxGraph(String name, Map<String, Integer> names) {
        this.names = names;
        graph.setName(name);
    }

    /**
     * A graph that is no part of another.
     *
     * @param name     its name
     * @param reserved names that its inputs and outputs have
     */
    static OnnxGraph named(String name, Set<String> reserved) {
        OnnxGraph graph = new OnnxGraph(name, new HashMap<>());
        reserved.forEach(graph::fresh);
        return graph;
    }

    /** An empty subgraph, whose values have other names than those of this graph. */
    OnnxGraph subgraph(String name) {
        return new OnnxGraph(name, names);
    }

    /**
     * A name that no value has, and takes it.
     *
     * @param wanted the name that would be best
     */
    String fresh(String wanted) {
        String plain = wanted.replaceAll("[^A-Za-z0-9_]", "_");
        String name = plain;
        for (int k = 2; names.putIfAbsent(name, names.size()) != null; k++) {
            name = plain + "_" + k;
        }
        return name;
    }

    /** The order in which names were taken, for sorting. */
    int order(String name) {
        return names.get(name);
    }

    /**
     * Adds a node of one output.
     *
     * @param operator the operator
     * @param inputs   names of the inputs
     * @return the output's name
     */
    String node(String operator, String... inputs) {
        return node(operator, Map.of(), inputs);
    }

    /**
     * Adds a node of one output with attributes that are integers. The same node is added once.
     *
     * @param operator   the operator
     * @param attributes values by name
     * @param inputs     names of the inputs
     * @return the output's name
     */
    String node(String operator, Map<String, Integer> attributes, String... inputs) {
        return outputs.computeIfAbsent(List.of(operator, attributes, List.of(inputs)), key -> {
            String output = fresh(operator.toLowerCase(Locale.ROOT));
            add(operator, attributes, List.of(inputs), List.of(output));
            return output;
        });
    }

    /** Adds a node whose outputs have given names. */
    void add(String operator, Map<String, Integer> attributes, List<String> inputs, List<String> outputs) {
        Onnx.NodeProto.Builder node = Onnx.NodeProto.newBuilder().setOpType(operator).addAllInput(inputs)
                .addAllOutput(outputs);
        attributes.forEach((name, value) -> node.addAttribute(Onnx.AttributeProto.newBuilder().setName(name)
                .setType(Onnx.AttributeProto.AttributeType.INT).setI(value)));
        graph.addNode(node);
    }

    void add(Onnx.NodeProto node) {
        graph.addNode(node);
    }

    /** Adds a node that takes a tensor [row, cell] apart into rows of given names. */
    void split(String tensor, List<String> rows) {
        long[] ones = new long[rows.size()];
        Arrays.fill(ones, 1);
        add("Split", Map.of("axis", 0), List.of(tensor, integers("ones", ones)), rows);
    }

    /** Adds a node that repeats a subgraph over the first axis of its second input. */
    void scan(OnnxGraph body, List<String> inputs, List<String> outputs) {
        graph.addNode(Onnx.NodeProto.newBuilder().setOpType("Scan").addAllInput(inputs).addAllOutput(outputs)
                .addAttribute(Onnx.AttributeProto.newBuilder().setName("num_scan_inputs")
                        .setType(Onnx.AttributeProto.AttributeType.INT).setI(1))
                .addAttribute(Onnx.AttributeProto.newBuilder().setName("body")
                        .setType(Onnx.AttributeProto.AttributeType.GRAPH).setG(body.build())));
    }

    /** A number, of shape []. */
    String number(double value) {
        return numbers("number", new double[] {value});
    }

    /**
     * Constant doubles. The same ones have one name.
     *
     * @param wanted a name for them
     * @param values in row-major order
     * @param shape  lengths of the axes, none for a number
     * @return the name
     */
    String numbers(String wanted, double[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(values);
        String name = constant(wanted, Onnx.TensorProto.DataType.DOUBLE, bytes, shape);
        this.values.put(name, values);
        shapes.put(name, Arrays.stream(shape).boxed().toList());
        return name;
    }

    /** Whether a name is that of a constant number. */
    boolean isNumber(String name) {
        return shapes.containsKey(name) && shapes.get(name).isEmpty();
    }

    /** The lengths of the axes of constant doubles. */
    List<Long> shape(String name) {
        return shapes.get(name);
    }

    /** Numbers or constant rows of the same length, one below the other. */
    String stacked(List<String> rows) {
        double[] stacked = rows.stream().flatMapToDouble(each -> Arrays.stream(values.get(each))).toArray();
        return numbers("weights", stacked, rows.size(), stacked.length / rows.size());
    }

    /** A row of constant integers. */
    String integers(String wanted, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        return constant(wanted, Onnx.TensorProto.DataType.INT64, bytes, values.length);
    }

    private String constant(String wanted, Onnx.TensorProto.DataType type, ByteBuffer bytes, long... shape) {
        List<Long> dimensions = Arrays.stream(shape).boxed().toList();
        return constants.computeIfAbsent(List.of(type, bytes, dimensions), key -> {
            String name = fresh(wanted);
            graph.addInitializer(Onnx.TensorProto.newBuilder().setName(name).setDataType(type.getNumber())
                    .addAllDims(dimensions).setRawData(ByteString.copyFrom(bytes.duplicate())));
            return name;
        });
    }

    /**
     * Declares an input of doubles.
     *
     * @param name  its name
     * @param about what it is
     * @param axes  lengths of the axes, or names of those that may have any length
     */
    void input(String name, String about, String... axes) {
        graph.addInput(value(name, about, axes));
    }

    /** Declares an output of doubles, as {@link #input}. */
    void output(String name, String about, String... axes) {
        graph.addOutput(value(name, about, axes));
    }

    private static Onnx.ValueInfoProto value(String name, String about, String... axes) {
        Onnx.TensorShapeProto.Builder shape = Onnx.TensorShapeProto.newBuilder();
        for (String axis : axes) {
            Onnx.TensorShapeProto.Dimension.Builder dimension = shape.addDimBuilder();
            if (Character.isDigit(axis.charAt(0))) {
                dimension.setDimValue(Long.parseLong(axis));
            } else {
                dimension.setDimParam(axis);
            }
        }
        return Onnx.ValueInfoProto.newBuilder().setName(name).setDocString(about).setType(Onnx.TypeProto.newBuilder()
                .setTensorType(Onnx.TypeProto.Tensor.newBuilder()
                        .setElemType(Onnx.TensorProto.DataType.DOUBLE.getNumber()).setShape(shape))).build();
    }

    /**
     * Removes all nodes.
     *
     * @return those on which an output depends, in their order
     */
    List<Onnx.NodeProto> takeNodes() {
        Set<String> used = new HashSet<>();
        graph.getOutputList().forEach(each -> used.add(each.getName()));
        List<Onnx.NodeProto> nodes = new ArrayList<>(graph.getNodeList());
        for (int k = nodes.size() - 1; k >= 0; k--) {
            if (nodes.get(k).getOutputList().stream().anyMatch(used::contains)) {
                used.addAll(nodes.get(k).getInputList());
            } else {
                nodes.remove(k);
            }
        }
        graph.clearNode();
        outputs.clear();
        return nodes;
    }

    /**
     * The graph without nodes and constants on which no output depends.
     *
     * @return the message
     */
    Onnx.GraphProto build() {
        List<Onnx.NodeProto> nodes = takeNodes();
        graph.addAllNode(nodes);
        Set<String> used = new HashSet<>();
        nodes.forEach(each -> used.addAll(each.getInputList()));
        List<Onnx.TensorProto> numbers = graph.getInitializerList().stream()
                .filter(each -> used.contains(each.getName())).toList();
        return graph.clearInitializer().addAllInitializer(numbers).build();
    }
}

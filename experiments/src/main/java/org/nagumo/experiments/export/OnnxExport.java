package org.nagumo.experiments.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import onnx.Onnx;
import org.nagumo.core.equations.EquationSystem;
import org.nagumo.core.equations.Expression;
import org.nagumo.core.equations.ExpressionPrinter;
import org.nagumo.core.equations.State;

/**
 * One ONNX file that integrates a system by the method and with the step that are used here, see {@link Stepping}. Its
 * graph is a {@code Scan} over the samples of a current; a current of one sample makes one step. All numbers are
 * doubles.
 * <pre>
 *   current [time, cell], state_in [state, cell or 1]
 *     -> voltage [time, cell], state_out [state, cell], state_rest [state, 1]
 * </pre>
 * {@code voltage[k]} is the potential at the time of sample k, {@code state_out} the state one sample after the last.
 * Run on from {@code state_out}, the graph gives what one run would. {@code state_rest} is the initial state.
 *
 * <p>The messages of ONNX's format are the classes {@code onnx.Onnx} of ND4J, which are generated from ONNX's own
 * definition.
 */
public final class OnnxExport implements ExportDialect {

    /** The operators of ONNX 1.12. */
    private static final long OPSET = 17;
    private static final long IR_VERSION = 8;

    private static final String CURRENT = "current";
    private static final String STATE_IN = "state_in";
    private static final String STATE_OUT = "state_out";
    private static final String STATE_REST = "state_rest";
    private static final String VOLTAGE = "voltage";
    private static final String SEQUENCE = "time";
    private static final String CELL = "cell";

    @Override
    public String name() {
        return "onnx";
    }

    @Override
    public String ending() {
        return ".onnx";
    }

    @Override
    public String program() {
        return "ONNX Runtime";
    }

    @Override
    public Export export(ExportedSystem exported, String stem) {
        OnnxGraph graph = OnnxGraph.named(stem, Set.of(CURRENT, STATE_IN, STATE_OUT, STATE_REST, VOLTAGE));
        String states = Integer.toString(exported.system().states().size());
        String potential = Header.unit(exported.units().potential());
        graph.input(CURRENT, "the current" + Header.unit(exported.units().current())
                + ", each value held until the next sample", SEQUENCE, CELL);
        graph.input(STATE_IN, "the state at the first sample; with one column, that of every cell", states,
                "cell_or_1");
        graph.output(VOLTAGE, "the potential" + potential + " at each sample", SEQUENCE, CELL);
        graph.output(STATE_OUT, "the state one sample after the last", states, CELL);
        graph.output(STATE_REST, "the initial state: the resting state, see the description", states, "1");

        // [cell] of the current; ones where the state has no such axis.
        String cells = graph.node("Slice", graph.node("Shape", CURRENT), graph.integers("one", 1),
                graph.integers("two", 2));
        String initial = graph.node("Expand", STATE_IN, graph.node("Concat", Map.of("axis", 0),
                graph.integers("one", 1), cells));
        String currents = graph.node("Unsqueeze", CURRENT, graph.integers("one", 1));
        String voltages = graph.fresh("voltages");
        graph.scan(body(exported, graph), List.of(initial, currents), List.of(STATE_OUT, voltages));
        graph.add("Squeeze", Map.of(), List.of(voltages, graph.integers("one", 1)), List.of(VOLTAGE));
        graph.add("Identity", Map.of(), List.of(graph.numbers("rest", exported.initial(),
                exported.system().states().size(), 1)), List.of(STATE_REST));

        Onnx.ModelProto model = model(exported, graph, stem);
        return new Export(List.of(new Export.File(ending(), model::writeTo)), List.of());
    }

    /** From one sample to the next: x and i to x and the potential before. */
    private static OnnxGraph body(ExportedSystem exported, OnnxGraph outer) {
        EquationSystem system = exported.system().regular();
        Stepping stepping = exported.stepping();
        OnnxGraph body = outer.subgraph("sample");
        String states = Integer.toString(system.states().size());
        String input = body.fresh("i");
        String x = body.fresh("x");
        body.input(x, "state", states, CELL);
        body.input(input, "current", "1", CELL);
        double h = stepping.sample() / stepping.substeps();
        String voltage = null;
        for (int step = 0; step < stepping.substeps(); step++) {
            String rates = null;
            String change = null;
            for (int stage = 0; stage < stepping.weights().size(); stage++) {
                double inner = h * stepping.inner().get(stage);
                String y = inner == 0 ? x : body.node("Add", x, body.node("Mul", body.number(inner), rates));
                OnnxFormulas formulas = new OnnxFormulas(system, body, rows(system, body, y), input);
                if (voltage == null) {
                    voltage = body.node("Identity", formulas.row(potential(exported, system)));
                }
                rates = column(system.states().stream().map(State::derivative).map(formulas::row).toList(), body);
                String part = body.node("Mul", body.number(h * stepping.weights().get(stage)), rates);
                change = change == null ? part : body.node("Add", change, part);
            }
            x = body.node("Add", x, change);
        }
        body.output(x, "state", states, CELL);
        body.output(voltage, "potential", "1", CELL);
        OnnxPacking.pack(body, input);
        return body;
    }

    private static List<String> rows(EquationSystem system, OnnxGraph body, String state) {
        if (system.states().size() == 1) {
            return List.of(state);
        }
        List<String> rows = system.states().stream().map(each -> body.fresh(each.name())).toList();
        body.split(state, rows);
        return rows;
    }

    private static String column(List<String> rows, OnnxGraph body) {
        return rows.size() == 1 ? rows.get(0) : body.node("Concat", Map.of("axis", 0), rows.toArray(String[]::new));
    }

    private static Expression potential(ExportedSystem exported, EquationSystem system) {
        return exported.potentialIsState() ? Expression.variable(exported.potential()) : system.outputs().stream()
                .filter(each -> each.name().equals(exported.potential())).findFirst().orElseThrow().expression();
    }

    private static Onnx.ModelProto model(ExportedSystem exported, OnnxGraph graph, String stem) {
        Stepping stepping = exported.stepping();
        String dt = ExpressionPrinter.decimal(stepping.sample());
        String time = Header.unit(exported.units().time());
        List<String> lines = new ArrayList<>(Header.lines(exported, "Needs: a runtime of ONNX operators " + OPSET
                + " that computes with doubles, such as ONNX Runtime 1.12 or later",
                "Method: " + stepping.name() + "; a sample of the current lasts " + dt + time + ", "
                        + (stepping.substeps() == 1 ? "one step" : stepping.substeps() + " steps"),
                "Run in Python: session = onnxruntime.InferenceSession(\"" + stem + ".onnx\"); voltage, state_out,"
                        + " state_rest = session.run(None, {\"current\": current, \"state_in\": state})",
                "Shapes: current [time, cell], state_in [state, cell] or [state, 1], voltage [time, cell], state_out"
                        + " [state, cell], state_rest [state, 1]; time = 1 makes one step",
                "Equations, with four digits:"));
        lines.addAll(Documented.lines(exported.system(), name -> name));
        String description = String.join("\n", lines);
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("description", description);
        properties.put("states", exported.system().states().stream().map(each -> "\"" + each.name() + "\"")
                .collect(Collectors.joining(", ", "[", "]")));
        properties.put("state_rest", exported.system().states().stream()
                .map(each -> ExpressionPrinter.decimal(each.initial())).collect(Collectors.joining(", ", "[", "]")));
        properties.put("dt", dt);
        properties.put("time_unit", exported.units().time());
        properties.put("current_unit", exported.units().current());
        properties.put("potential_unit", exported.units().potential());
        properties.put("method", stepping.name());
        Onnx.ModelProto.Builder model = Onnx.ModelProto.newBuilder().setIrVersion(IR_VERSION)
                .addOpsetImport(Onnx.OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .setProducerName("Nagumo").setProducerVersion(Header.version()).setDocString(description)
                .setGraph(graph.build());
        properties.forEach((key, value) -> model.addMetadataProps(Onnx.StringStringEntryProto.newBuilder()
                .setKey(key).setValue(value)));
        return model.build();
    }
}

package org.nagumo.experiments.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.Color;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.nagumo.datagen.neuron.EquationNeuron;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.neuron.PhysicalUnits;
import org.nagumo.experiments.evaluate.Battery;
import org.nagumo.experiments.evaluate.Evaluation;
import org.nagumo.experiments.evaluate.FiPoint;
import org.nagumo.experiments.evaluate.NeuronScale;
import org.nagumo.experiments.evaluate.Origin;
import org.nagumo.experiments.evaluate.Response;
import org.nagumo.experiments.network.TrainedNetwork;

/**
 * The part of a page in which readers choose or draw a current and see one or two systems respond, computed in the
 * browser. Any neuron that is given by its equations can be explored, and any trained network.
 *
 * <p>The code of each system is printed from its equations ({@link org.nagumo.core.equations.SystemScript}): right-hand
 * sides, Jacobian and outputs. Equilibria and their stability are those of the whole system. The other code is the ES
 * modules among this package's resources, in the folder {@code explorer}. All modules are put into the page as
 * {@code data:} addresses under names {@code nagumo/NAME} of an import map, so that the page needs no server and refers
 * to nothing outside itself.
 *
 * <p>Currents and times are on the scale of the neuron, rounded to two digits.
 */
public final class Explorer {

    private static final String FOLDER = "explorer/";
    private static final List<String> MODULES = List.of("dormand-prince", "runge-kutta", "system", "equilibria",
            "spikes", "currents", "plane", "chart", "explorer");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String SYSTEM = "nagumo/system-";
    private static final MathContext TWO_DIGITS = new MathContext(2);
    private static final double MS_PER_S = 1000;

    /** A spike lasts a few samples at least. */
    private static final double LONGEST_SAMPLE_MS = 0.1;

    private final List<ExploredSystem> systems;
    private final ObjectNode data;

    private Explorer(List<ExploredSystem> systems, NeuronScale scale, PhysicalUnits units, double dt,
            List<List<FiPoint>> fi) {
        this.systems = List.copyOf(systems);
        data = JSON.createObjectNode();
        data.put("dt", units.time().equals("ms") ? Math.min(dt, LONGEST_SAMPLE_MS) : dt);
        data.putObject("scale").put("current", rounded(scale.currentUnit())).put("time", rounded(scale.timeUnitMs()))
                .put("pulse", scale.amplitudes().pulse()).put("firing", scale.amplitudes().firing())
                .put("hyperpolarising", scale.amplitudes().hyperpolarising());
        data.putObject("spike").put("threshold", scale.criterion().thresholdMv())
                .put("downward", scale.criterion().downward()).put("rearm", scale.criterion().rearmMv());
        String time = ExploredSystem.symbol(units.time());
        boolean milliseconds = time.equals("ms");
        double factor = milliseconds ? MS_PER_S : 1;
        data.putObject("units").put("current", ExploredSystem.symbol(units.current()))
                .put("potential", ExploredSystem.symbol(units.potential())).put("time", time)
                .put("rate", milliseconds || time.equals("s") ? "Hz" : time.isEmpty() ? "" : "1/" + time);
        data.put("rateFactor", factor);
        ObjectNode rates = data.putObject("rates");
        ExploredSystem.numbers(rates.putArray("current"), fi.get(0).stream().mapToDouble(FiPoint::currentUaPerCm2)
                .toArray());
        ArrayNode values = rates.putArray("values");
        // Where a step makes a neuron fire and fall silent again, its count tells more than its intervals.
        fi.forEach(points -> ExploredSystem.numbers(values.addArray(), points.stream()
                .mapToDouble(point -> factor * point.spikes() / (FiPoint.STEP_MS * scale.timeUnitMs())).toArray()));
        ArrayNode list = data.putArray("systems");
        for (int k = 0; k < systems.size(); k++) {
            list.add(systems.get(k).description().deepCopy().put("module", SYSTEM + k));
        }
    }

    private static double rounded(double value) {
        return BigDecimal.valueOf(value).round(TWO_DIGITS).doubleValue();
    }

    /**
     * The explorer of a network beside the neuron beside which it was evaluated.
     *
     * @param evaluation what was measured, with its traces
     * @param network    the student
     * @return the explorer; empty when the teacher is a recording or a neuron that is not given by equations
     */
    public static Optional<Explorer> of(Evaluation evaluation, TrainedNetwork network) {
        return beside(evaluation, Optional.of(ExploredSystem.of(network)));
    }

    /**
     * The explorer of a neuron beside the neuron beside which it was evaluated.
     *
     * @param evaluation what was measured, with its traces
     * @param neuron     the student
     * @return the explorer; empty when the teacher is a recording, or one of both is not given by equations
     */
    public static Optional<Explorer> of(Evaluation evaluation, Neuron neuron) {
        return beside(evaluation, Neurons.equations(neuron).map(ExploredSystem::of));
    }

    private static Optional<Explorer> beside(Evaluation evaluation, Optional<ExploredSystem> student) {
        if (evaluation.teacherOrigin().kind() != Origin.Kind.NEURON || student.isEmpty()) {
            return Optional.empty();
        }
        Optional<EquationNeuron> teacher = Neurons.equations(evaluation.teacherOrigin().neuron());
        Response measured = evaluation.teacher();
        return teacher.map(neuron -> new Explorer(List.of(ExploredSystem.of(neuron), student.get()), measured.scale(),
                neuron.traits().units(), measured.traces().step().dtMs(),
                List.of(measured.fi(), evaluation.student().fi())));
    }

    /**
     * The explorer of a neuron alone.
     *
     * @param neuron the neuron
     * @param scale  its scale
     * @param fi     its f-I curve
     * @return the explorer; empty when the neuron is not given by equations
     */
    public static Optional<Explorer> of(Neuron neuron, NeuronScale scale, List<FiPoint> fi) {
        return Neurons.equations(neuron).map(given -> new Explorer(List.of(ExploredSystem.of(given)), scale,
                given.traits().units(), Battery.DT_MS * scale.timeUnitMs(), List.of(fi)));
    }

    /**
     * The explorer of a network, beside the neuron that it imitates where that is given by equations.
     *
     * @param network   the network
     * @param scale     the scale of its teacher
     * @param teacherFi f-I curve of the teacher; empty when it is no neuron
     * @param fi        f-I curve of the network
     * @return the explorer
     */
    public static Explorer of(TrainedNetwork network, NeuronScale scale, List<FiPoint> teacherFi, List<FiPoint> fi) {
        Optional<Neuron> teacher = network.card().provenance().neuron();
        List<ExploredSystem> systems = new ArrayList<>();
        List<List<FiPoint>> curves = new ArrayList<>();
        teacher.flatMap(Neurons::equations).filter(given -> !teacherFi.isEmpty()).ifPresent(given -> {
            systems.add(ExploredSystem.of(given));
            curves.add(teacherFi);
        });
        systems.add(ExploredSystem.of(network));
        curves.add(fi);
        return new Explorer(systems, scale, teacher.map(neuron -> neuron.traits().units())
                .orElse(PhysicalUnits.MEMBRANE), network.card().dtMs(), curves);
    }

    /**
     * A page with nothing but the explorer.
     *
     * @return well-formed HTML that refers to nothing outside itself
     */
    public String page() {
        StringBuilder names = new StringBuilder();
        systems.forEach(each -> names.append(names.isEmpty() ? "" : " beside ")
                .append(ReportPage.escape(each.description().get("name").asText())));
        return ReportPage.opening("Nagumo: " + names) + "<h1>" + names + "</h1>\n" + markup() + "</main>\n" + scripts()
                + "</body>\n</html>\n";
    }

    /** The style sheet, for the page's head. */
    static String css() {
        Map<String, Color> colors = new LinkedHashMap<>();
        colors.put("neuron", Style.NEURON);
        colors.put("network", Style.NETWORK);
        colors.put("reduction", Style.REDUCTION);
        colors.put("equilibrium", Style.EQUILIBRIUM);
        colors.put("first-nullcline", Style.FIRST_NULLCLINE);
        colors.put("second-nullcline", Style.SECOND_NULLCLINE);
        StringBuilder css = new StringBuilder(":root {");
        colors.forEach((name, color) -> css.append(String.format(Locale.ROOT, " --%s: #%06x;", name,
                color.getRGB() & 0xffffff)));
        return css.append(" }\n").append(resource("explorer.css")).toString();
    }

    /** The elements, for the page's body. */
    static String markup() {
        return resource("explorer.html");
    }

    /** The systems, the measured f-I curves and the code, for the end of the page. */
    String scripts() {
        return "<script type=\"application/json\" id=\"explorer-data\">" + inScript(data) + "</script>\n"
                + importMap(systems) + "<script type=\"module\">import 'nagumo/explorer';</script>\n";
    }

    /** All code, under the names {@code nagumo/..} and {@code nagumo/system-0}, {@code nagumo/system-1}, .. */
    static String importMap(List<ExploredSystem> systems) {
        ObjectNode map = JSON.createObjectNode();
        ObjectNode imports = map.putObject("imports");
        for (String module : MODULES) {
            String code = resource(module + ".js");
            imports.put("nagumo/" + module, address(code, "nagumo/" + module));
        }
        for (int k = 0; k < systems.size(); k++) {
            imports.put(SYSTEM + k, address(systems.get(k).script(), SYSTEM + k));
        }
        return "<script type=\"importmap\">" + inScript(map) + "</script>\n";
    }

    private static String address(String code, String name) {
        return "data:text/javascript;base64," + Base64.getEncoder().encodeToString((code + "//# sourceURL=" + name
                + ".js\n").getBytes(StandardCharsets.UTF_8));
    }

    /** JSON without characters that could end the script or mean something to a parser of the page. */
    private static String inScript(ObjectNode json) {
        return json.toString().replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e");
    }

    private static String resource(String name) {
        try (InputStream in = Explorer.class.getResourceAsStream(FOLDER + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

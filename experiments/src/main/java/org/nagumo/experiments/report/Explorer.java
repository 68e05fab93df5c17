package org.nagumo.experiments.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.Color;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.experiments.evaluate.FiPoint;
import org.nagumo.experiments.evaluate.Response;
import org.nagumo.experiments.network.NetworkCard;
import org.nagumo.experiments.network.NetworkSystem;
import org.nagumo.experiments.network.TrainedNetwork;

/**
 * The part of the page that readers play with: neuron and student under a current of theirs, computed in the browser.
 *
 * <p>The code is the ES modules among this package's resources, in the folder {@code explorer}. They are put into the
 * page as they are, each as a {@code data:} address under the name {@code nagumo/FILE} of an import map, so that the page
 * needs no server and refers to nothing outside itself. A test holds their numbers to those of {@code simulate}.
 *
 * @param student what stands beside Hodgkin and Huxley's neuron, as the modules read it
 */
public record Explorer(ObjectNode student) {

    /** The neurons that the modules know. */
    private static final List<String> NEURONS = List.of("hh", "rinzel");

    private static final String FOLDER = "explorer/";
    private static final List<String> MODULES = List.of("neurons", "runge-kutta", "network", "system", "spikes",
            "currents", "plane", "chart", "explorer");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The explorer of a trained network. */
    public static Explorer of(TrainedNetwork network) {
        return new Explorer(describe(network));
    }

    /** The explorer of Hodgkin and Huxley's neuron or its reduction, with any parameters. */
    public static Explorer of(Neuron neuron) {
        return new Explorer(describe(neuron));
    }

    /** Whether a neuron can be shown. */
    public static boolean knows(Neuron neuron) {
        return NEURONS.contains(neuron.name());
    }

    private static ObjectNode describe(Neuron neuron) {
        ObjectNode json = JSON.createObjectNode();
        json.put("kind", neuron.name());
        json.put("name", neuron.name());
        ObjectNode parameters = json.putObject("parameters");
        neuron.parameters().forEach(p -> parameters.put(p.name(), p.value()));
        numbers(json.putArray("rest"), neuron.restState());
        return json;
    }

    /** The network's parameters, unit by unit instead of in the flat order of the layer and the readout. */
    private static ObjectNode describe(TrainedNetwork network) {
        NetworkCard card = network.card();
        double[] p = network.parameters();
        int units = card.units();
        ObjectNode json = JSON.createObjectNode();
        json.put("kind", "gru");
        json.put("name", card.name());
        json.put("dtMs", card.dtMs());
        json.put("settlingMs", NetworkSystem.SETTLING_MS);
        ObjectNode method = json.putObject("integrator");
        int stages = card.integrator().stages();
        method.put("substeps", card.substeps());
        numbers(method.putArray("inner"), IntStream.range(0, stages).mapToDouble(card.integrator()::inner).toArray());
        numbers(method.putArray("weights"),
                IntStream.range(0, stages).mapToDouble(card.integrator()::weight).toArray());
        json.put("currentUnit", card.scaling().currentUnitUaPerCm2());
        json.put("voltageOffset", card.scaling().voltageOffsetMv());
        json.put("voltageUnit", card.scaling().voltageUnitMv());
        int count = card.features();
        int biasAt = 3 * units * (1 + units);
        int featureAt = biasAt + 3 * units;
        int featureBiasAt = featureAt + count * (1 + units);
        int layer = card.layerParameters();
        numbers(json.putArray("tauMs"), Arrays.stream(p, layer - units, layer).map(Math::exp).toArray());
        ArrayNode features = json.putArray("features");
        for (int f = 0; f < count; f++) {
            int at = featureAt + f * (1 + units);
            unit(features, p[featureBiasAt + f], p[at], p, at + 1, units);
        }
        ObjectNode gates = json.putObject("gates");
        String[] names = {"z", "r", "c"};
        for (int j = 0; j < 3 * units; j++) {
            int at = featureBiasAt + count + j * count;
            numbers(unit(gates.withArray(names[j / units]), p[biasAt + j], p[j], p, 3 * units + j * units, units)
                    .putArray("features"), Arrays.copyOfRange(p, at, at + count));
        }
        readout(json.putObject("readout"), p, layer, units, card.readoutUnits());
        return json;
    }

    private static void readout(ObjectNode readout, double[] p, int at, int units, int hidden) {
        readout.put("bias", p[p.length - 1]);
        numbers(readout.putArray("linear"), hidden == 0 ? Arrays.copyOfRange(p, at, at + units) : new double[units]);
        ArrayNode tanhs = readout.putArray("units");
        for (int k = 0; k < hidden; k++) {
            unit(tanhs, p[at + hidden * units + k], 0, p, at + k * units, units)
                    .put("weight", p[at + hidden * (units + 1) + k]);
        }
    }

    private static ObjectNode unit(ArrayNode list, double bias, double input, double[] p, int stateAt, int units) {
        ObjectNode unit = list.addObject();
        unit.put("bias", bias);
        unit.put("input", input);
        numbers(unit.putArray("state"), Arrays.copyOfRange(p, stateAt, stateAt + units));
        return unit;
    }

    private static void numbers(ArrayNode array, double[] values) {
        for (double value : values) {
            array.add(value);
        }
    }

    /** What stands in the page's head: how it looks. */
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

    /** What stands in the page's body, beside the result. */
    static String markup() {
        return resource("explorer.html");
    }

    /** What stands at the end of the page: the systems, the f-I curves that were measured, and the code. */
    String scripts(Response teacherResponse, Map<String, Double> teacherParameters, Response studentResponse) {
        ObjectNode data = JSON.createObjectNode();
        data.put("dtMs", teacherResponse.traces().step().dtMs());
        data.set("teacher", describe(Neurons.named("hh").with(teacherParameters)));
        data.set("reduction", describe(Neurons.named("rinzel").with(teacherParameters)));
        data.set("student", student);
        ObjectNode rates = data.putObject("rates");
        numbers(rates.putArray("current"), teacherResponse.fi().stream().mapToDouble(FiPoint::currentUaPerCm2)
                .toArray());
        numbers(rates.putArray("teacher"), ratesHz(teacherResponse));
        numbers(rates.putArray("student"), ratesHz(studentResponse));
        ObjectNode map = JSON.createObjectNode();
        ObjectNode imports = map.putObject("imports");
        for (String module : MODULES) {
            String code = resource(module + ".js") + "//# sourceURL=nagumo/" + module + ".js\n";
            imports.put("nagumo/" + module, "data:text/javascript;base64,"
                    + Base64.getEncoder().encodeToString(code.getBytes(StandardCharsets.UTF_8)));
        }
        return "<script type=\"application/json\" id=\"explorer-data\">" + inScript(data) + "</script>\n"
                + "<script type=\"importmap\">" + inScript(map) + "</script>\n"
                + "<script type=\"module\">import 'nagumo/explorer';</script>\n";
    }

    /** Where a step makes a neuron fire and fall silent again, its count tells more than its intervals. */
    private static double[] ratesHz(Response response) {
        return response.fi().stream().mapToDouble(point -> 1000 * point.spikes() / FiPoint.STEP_MS).toArray();
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

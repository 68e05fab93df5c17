package org.nagumo.datagen.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.nagumo.datagen.neuron.EquationNeuron;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.neuron.Parameter;
import org.nagumo.datagen.ode.OdeChoice;
import org.nagumo.datagen.ode.OdeReader;

/**
 * A neuron as it is written in a file: <code>{name: hh, parameters: {gNa: 110}}</code>, or by its equations,
 * <code>{file: my-neuron.ode, input: iapp uA/cm2, output: v mV}</code>, see
 * {@link org.nagumo.datagen.ode.OdeReader}. The form <code>{name: .., equations: "..."}</code> holds the text of the
 * equations itself; programs write it, so that a neuron of a user's own can be made again without its file.
 */
public final class NeuronReader {

    private static final Pattern QUOTED = Pattern.compile("'([^']+)'");
    private static final List<String> KEYS = List.of("name", "file", "equations", "input", "output", "parameters");

    /** YAML breaks lines at more characters than JSON does; all of them are escaped. */
    private static final JsonMapper JSON = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private NeuronReader() {
    }

    /**
     * The neuron of a node.
     *
     * @param node     a mapping with {@code name} or {@code file} and, for those that are not standard,
     *                 {@code parameters}
     * @param mistakes receives the faults
     * @return the neuron, or null when there was a fault
     */
    public static Neuron read(YamlNode node, Mistakes mistakes) {
        return read(node, mistakes, Path::of);
    }

    /**
     * The neuron of a node.
     *
     * @param node     as for {@link #read(YamlNode, Mistakes)}
     * @param mistakes receives the faults
     * @param where    finds the file of equations that the node names
     * @return the neuron, or null when there was a fault
     */
    public static Neuron read(YamlNode node, Mistakes mistakes, Function<String, Path> where) {
        Map<String, YamlNode> fields = node.fields(KEYS, List.of(), mistakes);
        Neuron standard = standard(node, fields, where);
        if (standard == null) {
            return null;
        }
        int before = mistakes.count();
        Map<String, Double> overrides = new LinkedHashMap<>();
        Map<String, YamlNode> parameters = fields.containsKey("parameters")
                ? fields.get("parameters").fields(standard.parameters().stream().map(Parameter::name).toList(),
                        List.of(), mistakes) : Map.of();
        parameters.forEach((key, value) -> {
            Double number = mistakes.gather(value::number);
            if (number != null) {
                overrides.put(key, number);
            }
        });
        Neuron changed = changed(standard, overrides, parameters, node, mistakes);
        if (mistakes.count() > before) {
            return null;
        }
        try {
            // Sequences begin at rest: better refused here, with its place, than when the simulation begins.
            changed.restState();
            return changed;
        } catch (IllegalArgumentException e) {
            throw node.fault(e.getMessage());
        }
    }

    private static Neuron standard(YamlNode node, Map<String, YamlNode> fields, Function<String, Path> where) {
        if (fields.containsKey("file") && (fields.containsKey("name") || fields.containsKey("equations"))) {
            throw node.fault("names a neuron and a file; allowed: 'name' or 'file'");
        }
        YamlNode place = fields.getOrDefault("file", fields.get("name"));
        if (place == null) {
            throw node.fault("has neither 'name' nor 'file'; allowed: one of them, of the keys " + KEYS);
        }
        try {
            if (fields.containsKey("file")) {
                return EquationNeuron.read(where.apply(place.text()), OdeReader.neuronName(place.text()),
                        choice(fields));
            }
            if (fields.containsKey("equations")) {
                return EquationNeuron.parse(place.text(), fields.get("equations").text(), choice(fields));
            }
            for (String key : List.of("input", "output")) {
                if (fields.containsKey(key)) {
                    throw fields.get(key).fault("'" + key + "' is for a file of equations; allowed: without it for a"
                            + " neuron that has a name");
                }
            }
            return Neurons.named(place.text());
        } catch (IllegalArgumentException e) {
            throw place.fault(e.getMessage());
        }
    }

    private static OdeChoice choice(Map<String, YamlNode> fields) {
        return new OdeChoice(fields.containsKey("input") ? fields.get("input").text() : null,
                fields.containsKey("output") ? fields.get("output").text() : null);
    }

    /** Each impossible parameter is told at its place; the others are tried without it. */
    private static Neuron changed(Neuron standard, Map<String, Double> overrides, Map<String, YamlNode> places,
            YamlNode node, Mistakes mistakes) {
        while (true) {
            try {
                return standard.with(overrides);
            } catch (IllegalArgumentException e) {
                Matcher quoted = QUOTED.matcher(e.getMessage());
                String name = quoted.find() ? quoted.group(1) : "";
                mistakes.add(places.getOrDefault(name, node).fault(e.getMessage()));
                if (overrides.remove(name) == null) {
                    return standard;
                }
            }
        }
    }

    /**
     * The same neuron as text, with all its parameters; a neuron of the user's own with its equations.
     *
     * @param neuron the neuron
     * @return a mapping in YAML, in one line
     */
    public static String write(Neuron neuron) {
        StringBuilder text = new StringBuilder("{name: ").append(neuron.name());
        if (neuron instanceof EquationNeuron own && !own.ships()) {
            text.append(", equations: ").append(quoted(own.file().text()));
            if (own.choice().input() != null) {
                text.append(", input: ").append(quoted(own.choice().input()));
            }
            if (own.choice().output() != null) {
                text.append(", output: ").append(quoted(own.choice().output()));
            }
        }
        return text.append(", parameters: {").append(neuron.parameters().stream()
                .map(p -> p.name() + ": " + p.value()).collect(Collectors.joining(", "))).append("}}").toString();
    }

    /** A double-quoted scalar of YAML, which JSON's strings are. */
    private static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

package org.nagumo.datagen.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.neuron.Parameter;

/** A neuron as it is written in a file: <code>{name: hh, parameters: {gNa: 110}}</code>. */
public final class NeuronReader {

    private static final Pattern QUOTED = Pattern.compile("'([^']+)'");

    private NeuronReader() {
    }

    /**
     * The neuron of a node.
     *
     * @param node     a mapping with {@code name} and, for those that are not standard, {@code parameters}
     * @param mistakes receives the faults
     * @return the neuron, or null when there was a fault
     */
    public static Neuron read(YamlNode node, Mistakes mistakes) {
        Map<String, YamlNode> fields = node.fields(List.of("name", "parameters"), List.of("name"), mistakes);
        if (!fields.containsKey("name")) {
            return null;
        }
        Neuron standard;
        try {
            standard = Neurons.named(fields.get("name").text());
        } catch (IllegalArgumentException e) {
            throw fields.get("name").fault(e.getMessage());
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

    /** The same neuron as text, with all its parameters. */
    public static String write(Neuron neuron) {
        return "{name: " + neuron.name() + ", parameters: {" + neuron.parameters().stream()
                .map(p -> p.name() + ": " + p.value()).collect(Collectors.joining(", ")) + "}}";
    }
}

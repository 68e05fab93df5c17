package org.nagumo.datagen.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nagumo.datagen.stimulus.Distribution;
import org.nagumo.datagen.stimulus.RandomStreams;

/**
 * The fields of one stimulus for one sequence of a group: a grid or list gives the sequence its own value, a
 * distribution a draw from the stream of that field.
 */
final class StimulusFields {

    private final YamlNode stimulus;
    private final Map<String, YamlNode> fields;
    private final long seed;
    private final String path;
    private final int indexInGroup;
    private final int groupSize;

    StimulusFields(YamlNode stimulus, Map<String, YamlNode> fields, long seed, String path,
            int indexInGroup, int groupSize) {
        this.stimulus = stimulus;
        this.fields = fields;
        this.seed = seed;
        this.path = path;
        this.indexInGroup = indexInGroup;
        this.groupSize = groupSize;
    }

    double number(String name) {
        YamlNode node = fields.get(name);
        if (node == null) {
            throw stimulus.fault("'" + name + "' is missing; allowed: a number, grid, list or distribution");
        }
        return value(name, node);
    }

    double number(String name, double otherwise) {
        return fields.containsKey(name) ? value(name, fields.get(name)) : otherwise;
    }

    /** A number of things; drawn values have to be whole too. */
    int count(String name, int otherwise) {
        double value = number(name, otherwise);
        if (value != Math.rint(value) || value < 1 || value > Integer.MAX_VALUE) {
            throw fields.get(name).fault("'" + name + "' is " + value + "; allowed: whole numbers from 1");
        }
        return (int) value;
    }

    private double value(String name, YamlNode node) {
        List<Double> sweep = sweep(node);
        if (sweep != null) {
            if (sweep.size() != groupSize) {
                throw node.fault("'" + name + "' has " + sweep.size() + " values; allowed: count, " + groupSize);
            }
            return sweep.get(indexInGroup);
        }
        return distribution(name).draw(RandomStreams.named(seed, path + "." + name, indexInGroup));
    }

    /** The values of a grid or list, or null. */
    private static List<Double> sweep(YamlNode node) {
        if (node.isList()) {
            return node.items().stream().map(YamlNode::number).toList();
        }
        if (node.isMapping() && node.keys().contains("from")) {
            Map<String, YamlNode> grid = node.fields(List.of("from", "to", "steps"));
            for (String key : List.of("from", "to", "steps")) {
                if (!grid.containsKey(key)) {
                    throw node.fault("'" + key + "' is missing; allowed: {from: a, to: b, steps: n}");
                }
            }
            long steps = grid.get("steps").integer();
            if (steps < 2 || steps > 1_000_000) {
                throw grid.get("steps").fault("steps is " + steps + "; allowed: 2 to 1000000");
            }
            double from = grid.get("from").number();
            double to = grid.get("to").number();
            List<Double> values = new ArrayList<>();
            for (int i = 0; i < steps; i++) {
                values.add(from + (to - from) * i / (steps - 1));
            }
            return values;
        }
        return null;
    }

    /** A distribution from which the stimulus itself draws, again and again. */
    Distribution distribution(String name) {
        YamlNode node = fields.get(name);
        if (node == null) {
            throw stimulus.fault("'" + name + "' is missing; allowed: a number, list or distribution");
        }
        try {
            if (node.isList()) {
                return new Distribution.OneOf(node.items().stream().map(YamlNode::number).toList());
            }
            if (!node.isMapping()) {
                return new Distribution.Fixed(node.number());
            }
            Map<String, YamlNode> one = node.fields(List.of("uniform", "log-uniform", "normal"));
            if (one.size() != 1) {
                throw node.fault("has " + one.size() + " keys; allowed: one of uniform, log-uniform, normal");
            }
            Map.Entry<String, YamlNode> entry = one.entrySet().iterator().next();
            List<YamlNode> pair = entry.getValue().items();
            if (pair.size() != 2) {
                throw entry.getValue().fault(entry.getKey() + " has " + pair.size() + " numbers; allowed: two");
            }
            double a = pair.get(0).number();
            double b = pair.get(1).number();
            return switch (entry.getKey()) {
                case "uniform" -> new Distribution.Uniform(a, b);
                case "log-uniform" -> new Distribution.LogUniform(a, b);
                default -> new Distribution.Normal(a, b);
            };
        } catch (IllegalArgumentException e) {
            throw node.fault(e.getMessage());
        }
    }

    String text(String name) {
        YamlNode node = fields.get(name);
        if (node == null) {
            throw stimulus.fault("'" + name + "' is missing; allowed: a text");
        }
        return node.text();
    }

    YamlNode node() {
        return stimulus;
    }
}

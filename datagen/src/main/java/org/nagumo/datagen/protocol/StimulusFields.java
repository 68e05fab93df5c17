package org.nagumo.datagen.protocol;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.stimulus.Distribution;
import org.nagumo.datagen.stimulus.RandomStreams;

/**
 * The fields of one stimulus for one sequence of a group: a grid or list gives the sequence its own value, a
 * distribution a draw from the stream of that field. A fault is kept, with its place, and told when the whole file has
 * been read; the value is NaN then.
 */
public final class StimulusFields {

    private static final String NUMBER = "a number, grid, list or distribution";

    private final YamlNode stimulus;
    private final Map<String, YamlNode> fields;
    private final Sequence sequence;
    private final String path;

    /**
     * One sequence of a group.
     *
     * @param seed         of the protocol
     * @param indexInGroup its number, which walks through grids and lists
     * @param groupSize    sequences in the group
     * @param files        reads the current in a file that a stimulus names
     * @param mistakes     where faults are kept
     */
    record Sequence(long seed, int indexInGroup, int groupSize, Function<String, CurrentTrace> files,
            Mistakes mistakes) {
    }

    StimulusFields(YamlNode stimulus, Map<String, YamlNode> fields, Sequence sequence, String path) {
        this.stimulus = stimulus;
        this.fields = fields;
        this.sequence = sequence;
        this.path = path;
    }

    /** A number that has to be given. */
    public double number(String name) {
        YamlNode node = fields.get(name);
        return node == null ? missing(name, NUMBER) : value(name, node);
    }

    /** A number that may be left out. */
    public double number(String name, double otherwise) {
        return fields.containsKey(name) ? value(name, fields.get(name)) : otherwise;
    }

    /** A number of things; drawn values have to be whole too. */
    public int count(String name, int otherwise) {
        double value = number(name, otherwise);
        if (Double.isNaN(value)) {
            return 1;
        }
        if (value != Math.rint(value) || value < 1 || value > Integer.MAX_VALUE) {
            sequence.mistakes.add(fields.get(name).fault("'" + name + "' is " + value
                    + "; allowed: whole numbers from 1"));
            return 1;
        }
        return (int) value;
    }

    /** A distribution from which the stimulus itself draws, again and again. */
    public Distribution distribution(String name) {
        YamlNode node = fields.get(name);
        if (node == null) {
            missing(name, "a number, list or distribution");
            return new Distribution.Fixed(Double.NaN);
        }
        Distribution read = sequence.mistakes.gather(() -> readDistribution(node));
        return read == null ? new Distribution.Fixed(Double.NaN) : read;
    }

    /** The current in a file of {@code time_ms,current_uA_per_cm2}, named from the folder of the protocol. */
    public CurrentTrace current(String name) {
        YamlNode node = fields.get(name);
        CurrentTrace read = null;
        if (node == null) {
            missing(name, "the name of a CSV file");
        } else {
            read = sequence.mistakes.gather(() -> {
                try {
                    return sequence.files.apply(node.text());
                } catch (InputException e) {
                    throw node.fault(e.getMessage());
                }
            });
        }
        return read == null ? new CurrentTrace(1, new double[1]) : read;
    }

    private double missing(String name, String allowed) {
        sequence.mistakes.add(stimulus.fault("'" + name + "' is missing; allowed: " + allowed));
        return Double.NaN;
    }

    private double value(String name, YamlNode node) {
        Double value = sequence.mistakes.gather(() -> {
            if (node.isList()) {
                List<Double> values = node.numbers();
                checkCount(name, node, values.size());
                return values.get(sequence.indexInGroup);
            }
            return node.isMapping() && node.keys().contains("from") ? onGrid(name, node)
                    : readDistribution(node).draw(RandomStreams.named(sequence.seed, path + "." + name,
                            sequence.indexInGroup));
        });
        return value == null ? Double.NaN : value;
    }

    private void checkCount(String name, YamlNode node, long values) {
        if (values != sequence.groupSize) {
            throw node.fault("'" + name + "' has " + values + " values; allowed: count, " + sequence.groupSize);
        }
    }

    private double onGrid(String name, YamlNode node) {
        List<String> keys = List.of("from", "to", "steps");
        Mistakes mistakes = new Mistakes();
        Map<String, YamlNode> grid = node.fields(keys, keys, mistakes);
        Double from = mistakes.gather(() -> grid.containsKey("from") ? grid.get("from").number() : 0);
        Double to = mistakes.gather(() -> grid.containsKey("to") ? grid.get("to").number() : 0);
        Long steps = mistakes.gather(() -> grid.containsKey("steps")
                ? grid.get("steps").integer(2, Integer.MAX_VALUE) : 2);
        mistakes.report();
        checkCount(name, node, steps);
        return from + (to - from) * sequence.indexInGroup / (steps - 1);
    }

    private static Distribution readDistribution(YamlNode node) {
        try {
            if (node.isList()) {
                return new Distribution.OneOf(node.numbers());
            }
            if (!node.isMapping()) {
                return new Distribution.Fixed(node.number());
            }
            Mistakes mistakes = new Mistakes();
            Map<String, YamlNode> one = node.fields(List.of("uniform", "log-uniform", "normal"), List.of(), mistakes);
            mistakes.report();
            if (one.size() != 1) {
                throw node.fault("has " + one.size() + " keys; allowed: one of uniform, log-uniform, normal");
            }
            Map.Entry<String, YamlNode> entry = one.entrySet().iterator().next();
            List<Double> pair = entry.getValue().numbers();
            if (pair.size() != 2) {
                throw entry.getValue().fault(entry.getKey() + " has " + pair.size() + " numbers; allowed: two");
            }
            return switch (entry.getKey()) {
                case "uniform" -> new Distribution.Uniform(pair.get(0), pair.get(1));
                case "log-uniform" -> new Distribution.LogUniform(pair.get(0), pair.get(1));
                default -> new Distribution.Normal(pair.get(0), pair.get(1));
            };
        } catch (IllegalArgumentException e) {
            throw node.fault(e.getMessage());
        }
    }

    /** A fault in words, at the value of the key that it begins with, else at the stimulus. */
    InputException fault(String message) {
        return fields.getOrDefault(message.split(" ", 2)[0], stimulus).fault(message);
    }
}

package org.nagumo.datagen.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.stimulus.RandomStreams;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A data set as a person writes it down: a neuron, a sampling step, a seed and groups of sequences, each with a
 * stimulus. The same text gives the same currents, to the last bit.
 *
 * <pre>
 *   name: steps-and-noise
 *   model: {name: hh, parameters: {gNa: 120}}
 *   sampling: {dt_ms: 0.1}
 *   seed: 42
 *   clip: [-20, 40]
 *   sequences:
 *     - {duration_ms: 600, count: 21, stimulus: {kind: step, amplitude: {from: 0, to: 20, steps: 21}, onset_ms: 50,
 *        duration_ms: 500}}
 * </pre>
 *
 * @param name      name of the data set
 * @param text      the YAML text it was read from
 * @param neuron    the neuron with its parameters
 * @param dtMs      sampling step in ms
 * @param columns   columns of the data set in order, from time, current, voltage and the neuron's other states
 * @param seed      seed of all draws
 * @param sequences the currents, drawn
 */
public record Protocol(String name, String text, Neuron neuron, double dtMs, List<String> columns, long seed,
        List<CurrentTrace> sequences) {

    private static final List<String> KEYS = List.of("name", "model", "sampling", "seed", "clip", "sequences");
    private static final int MOST_SAMPLES = 200_000_000;

    /**
     * Reads a protocol and draws its currents.
     *
     * @throws InputException naming file, line, column, fault and what is allowed, one line a fault; faults of
     *     different sections and groups are told together
     */
    public static Protocol read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file), file.toAbsolutePath().getParent());
        } catch (NoSuchFileException e) {
            throw new InputException(file + ": there is no such file; allowed: a protocol in YAML", e);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read (" + e.getMessage() + "); allowed: a text file in UTF-8",
                    e);
        }
    }

    /** Reads a protocol that ships with this module, such as {@code training-mix}. */
    public static Protocol shipped(String name) {
        String resource = "/org/nagumo/datagen/protocols/" + name + ".yaml";
        try (InputStream in = Protocol.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new InputException("no protocol '" + name + "' ships with this project");
            }
            return parse(name + ".yaml", new String(in.readAllBytes(), StandardCharsets.UTF_8), Path.of(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Protocol parse(String file, String text, Path folder) {
        YamlNode root = new YamlNode(file, compose(file, text));
        Map<String, YamlNode> top = root.fields(KEYS);
        for (String key : List.of("name", "sampling", "sequences")) {
            if (!top.containsKey(key)) {
                throw root.fault("'" + key + "' is missing; allowed: keys " + KEYS);
            }
        }
        Mistakes mistakes = new Mistakes();
        String name = mistakes.gather(() -> top.get("name").text());
        Neuron neuron = mistakes.gather(
                () -> top.containsKey("model") ? neuron(top.get("model")) : Neurons.named("hh"));
        Map<String, YamlNode> sampling = mistakes.gather(
                () -> top.get("sampling").fields(List.of("dt_ms", "columns")));
        Double dt = sampling == null ? null : mistakes.gather(() -> dt(top.get("sampling"), sampling.get("dt_ms")));
        List<String> columns = sampling == null || neuron == null ? null
                : mistakes.gather(() -> columns(neuron, sampling.get("columns")));
        Long seed = mistakes.gather(() -> top.containsKey("seed") ? top.get("seed").integer() : 0L);
        double[] clip = mistakes.gather(() -> clip(top.get("clip")));
        List<YamlNode> groups = mistakes.gather(() -> groups(top.get("sequences")));
        List<CurrentTrace> sequences = new ArrayList<>();
        if (dt != null && seed != null && clip != null && groups != null) {
            for (int g = 0; g < groups.size(); g++) {
                int number = g;
                List<CurrentTrace> drawn = mistakes.gather(
                        () -> drawGroup(groups.get(number), number, folder, seed, dt, clip));
                sequences.addAll(drawn == null ? List.of() : drawn);
            }
        }
        mistakes.report();
        return new Protocol(name, text, neuron, dt, columns, seed, List.copyOf(sequences));
    }

    private static double dt(YamlNode sampling, YamlNode dt) {
        if (dt == null) {
            throw sampling.fault("'dt_ms' is missing; allowed: a positive number of ms");
        }
        return dt.positive();
    }

    private static List<YamlNode> groups(YamlNode node) {
        List<YamlNode> groups = node.items();
        if (groups.isEmpty()) {
            throw node.fault("is empty; allowed: at least one group of sequences");
        }
        return groups;
    }

    private static Node compose(String file, String text) {
        Node node;
        try {
            node = new Yaml(new LoaderOptions()).compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            throw new InputException(file + ":" + (e.getProblemMark().getLine() + 1) + ":"
                    + (e.getProblemMark().getColumn() + 1) + ": is not YAML: " + e.getProblem(), e);
        } catch (YAMLException e) {
            throw new InputException(file + ": is not YAML: " + e.getMessage().lines().findFirst().orElse(""), e);
        }
        if (node == null) {
            throw new InputException(file + ":1:1: is empty; allowed: keys " + KEYS);
        }
        return node;
    }

    private static Neuron neuron(YamlNode node) {
        Map<String, YamlNode> fields = node.fields(List.of("name", "parameters"));
        YamlNode name = fields.get("name");
        if (name == null) {
            throw node.fault("'name' is missing; allowed: " + Neurons.names());
        }
        try {
            Neuron neuron = Neurons.named(name.text());
            Map<String, Double> overrides = new LinkedHashMap<>();
            if (fields.containsKey("parameters")) {
                fields.get("parameters").fields(neuron.parameters().stream().map(p -> p.name()).toList())
                        .forEach((key, value) -> overrides.put(key, value.number()));
            }
            Neuron changed = neuron.with(overrides);
            // Sequences begin at rest: better refused here, with its place, than when the simulation begins.
            changed.restState();
            return changed;
        } catch (IllegalArgumentException e) {
            throw node.fault(e.getMessage());
        }
    }

    private static List<String> columns(Neuron neuron, YamlNode node) {
        List<String> states = neuron.stateNames().subList(1, neuron.dimension());
        List<String> known = new ArrayList<>(List.of("time", "current", "voltage"));
        known.addAll(states);
        if (node == null) {
            return List.copyOf(known);
        }
        List<String> columns = new ArrayList<>();
        for (YamlNode item : node.items()) {
            if (!known.contains(item.text())) {
                throw item.fault("unknown column '" + item.text() + "'; allowed: " + known);
            }
            if (columns.contains(item.text())) {
                throw item.fault("column '" + item.text() + "' stands here twice; allowed: once");
            }
            columns.add(item.text());
        }
        if (columns.isEmpty()) {
            throw node.fault("is empty; allowed: some of " + known);
        }
        return List.copyOf(columns);
    }

    private static double[] clip(YamlNode node) {
        if (node == null) {
            return new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
        }
        List<YamlNode> pair = node.items();
        if (pair.size() != 2 || !(pair.get(0).number() < pair.get(1).number())) {
            throw node.fault("is not a range; allowed: [low, high] in uA/cm2 with low < high");
        }
        return new double[] {pair.get(0).number(), pair.get(1).number()};
    }

    private static List<CurrentTrace> drawGroup(YamlNode group, int number, Path folder, long seed, double dt,
            double[] clip) {
        Map<String, YamlNode> fields = group.fields(List.of("duration_ms", "count", "stimulus"));
        for (String key : List.of("duration_ms", "stimulus")) {
            if (!fields.containsKey(key)) {
                throw group.fault("'" + key + "' is missing; allowed: keys [duration_ms, count, stimulus]");
            }
        }
        long count = fields.containsKey("count") ? fields.get("count").integer() : 1;
        double samples = Math.rint(fields.get("duration_ms").positive() / dt);
        if (count < 1 || samples < 1 || count * samples > MOST_SAMPLES) {
            throw group.fault(count + " sequences of " + (long) samples + " samples; allowed: at least one of each,"
                    + " and together at most " + MOST_SAMPLES);
        }
        String path = "sequences[" + number + "]";
        List<CurrentTrace> sequences = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            double[] current = new double[(int) samples];
            StimulusReader reader = new StimulusReader(folder, seed, k, (int) count);
            try {
                reader.read(fields.get("stimulus"), path).addTo(current, dt, RandomStreams.named(seed, path, k));
                for (int i = 0; i < current.length; i++) {
                    current[i] = Math.max(clip[0], Math.min(clip[1], current[i]));
                }
                sequences.add(new CurrentTrace(dt, current));
            } catch (IllegalArgumentException e) {
                throw fields.get("stimulus").fault(e.getMessage());
            }
        }
        return sequences;
    }
}

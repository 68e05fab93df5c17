package org.nagumo.datagen.protocol;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nagumo.core.interval.Interval;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.neuron.Parameter;
import org.nagumo.datagen.simulate.CurrentFile;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.Integration;
import org.nagumo.datagen.stimulus.Stimulus;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the text of a protocol; gathers all faults that it has. */
final class ProtocolReader {

    private static final List<String> KEYS = List.of("name", "model", "sampling", "integration", "seed", "clip",
            "sequences");
    private static final int MOST_SEQUENCES = 10_000_000;
    private static final double FIXED_STEP_MS = 0.01;
    private static final Pattern QUOTED = Pattern.compile("'([^']+)'");

    /** A current that would hold a neuron this many of its typical ranges away overflows sooner or later. */
    private static final double MOST_RANGES = 1000;

    private static final Map<String, Integration.Method> METHODS = new TreeMap<>(Map.of(
            "adaptive", Integration.Method.DORMAND_PRINCE,
            "exponential-euler", Integration.Method.EXPONENTIAL_EULER,
            "runge-kutta-4", Integration.Method.RUNGE_KUTTA_4));

    private final String file;
    private final String text;
    private final Function<String, Path> where;
    private final Mistakes mistakes = new Mistakes();
    private final Map<String, Path> files = new TreeMap<>();
    private final Map<String, CurrentTrace> recorded = new TreeMap<>();

    /**
     * @param file  named in faults
     * @param where finds the files that stimuli name
     */
    ProtocolReader(String file, String text, Function<String, Path> where) {
        this.file = file;
        this.text = text;
        this.where = where;
    }

    Protocol read() {
        YamlNode root = new YamlNode(file, compose());
        Map<String, YamlNode> top = root.fields(KEYS, List.of("name", "sampling", "sequences"), mistakes);
        String name = gather(top, "name", YamlNode::text, null);
        Neuron neuron = gather(top, "model", this::neuron, Neurons.named("hh"));
        Map<String, YamlNode> sampling = gather(top, "sampling",
                node -> node.fields(List.of("dt_ms", "columns"), List.of("dt_ms"), mistakes), Map.of());
        Double dt = gather(sampling == null ? Map.of() : sampling, "dt_ms", YamlNode::positive, null);
        List<String> columns = neuron == null || sampling == null ? null
                : gather(sampling, "columns", node -> columns(neuron, node), allColumns(neuron));
        Integration integration = gather(top, "integration", this::integration, Integration.ADAPTIVE);
        Long seed = gather(top, "seed", node -> node.integer(Long.MIN_VALUE, Long.MAX_VALUE), 0L);
        double[] clip = gather(top, "clip", ProtocolReader::clip,
                new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY});
        List<DrawnCurrents.Group> groups = new ArrayList<>();
        List<YamlNode> items = gather(top, "sequences", ProtocolReader::groups, List.of());
        for (int g = 0; items != null && g < items.size(); g++) {
            YamlNode item = items.get(g);
            String path = "sequences[" + g + "]";
            groups.add(mistakes.gather(() -> group(item, path, seed == null ? 0 : seed, dt, clip, neuron)));
        }
        if (mistakes.count() == 0 && groups.stream().mapToLong(DrawnCurrents.Group::count).sum() > MOST_SEQUENCES) {
            mistakes.add(top.get("sequences").fault("holds too many sequences; allowed: " + MOST_SEQUENCES));
        }
        mistakes.report();
        return new Protocol(name, text, neuron, dt, columns, integration, seed, files, new DrawnCurrents(groups));
    }

    private <T> T gather(Map<String, YamlNode> fields, String key, Function<YamlNode, T> part, T otherwise) {
        return fields.containsKey(key) ? mistakes.gather(() -> part.apply(fields.get(key))) : otherwise;
    }

    private Node compose() {
        Node node;
        try {
            node = new Yaml(new LoaderOptions()).compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            throw new InputException(file + ":" + (e.getProblemMark().getLine() + 1) + ":"
                    + (e.getProblemMark().getColumn() + 1) + ": is not YAML: " + e.getProblem()
                    + "; allowed: a protocol in YAML", e);
        } catch (YAMLException e) {
            throw new InputException(file + ": is not YAML: " + e.getMessage().lines().findFirst().orElse("")
                    + "; allowed: a protocol in YAML", e);
        }
        if (node == null) {
            throw new InputException(file + ":1:1: is empty; allowed: keys " + KEYS);
        }
        return node;
    }

    private static List<YamlNode> groups(YamlNode node) {
        List<YamlNode> groups = node.items();
        if (groups.isEmpty()) {
            throw node.fault("is empty; allowed: at least one group of sequences");
        }
        return groups;
    }

    private Neuron neuron(YamlNode node) {
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
        Neuron changed = changed(standard, overrides, parameters, node);
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
    private Neuron changed(Neuron standard, Map<String, Double> overrides, Map<String, YamlNode> places,
            YamlNode node) {
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

    private static List<String> allColumns(Neuron neuron) {
        List<String> all = new ArrayList<>(List.of("time", "current", "voltage"));
        all.addAll(neuron.stateNames().subList(1, neuron.dimension()));
        return List.copyOf(all);
    }

    private List<String> columns(Neuron neuron, YamlNode node) {
        List<String> known = allColumns(neuron);
        List<String> columns = new ArrayList<>();
        for (YamlNode item : node.items()) {
            String name = mistakes.gather(item::text);
            if (name != null && !known.contains(name)) {
                mistakes.add(item.fault("unknown column '" + name + "'; allowed: " + known));
            } else if (columns.contains(name)) {
                mistakes.add(item.fault("column '" + name + "' stands here twice; allowed: once"));
            }
            columns.add(name);
        }
        if (columns.isEmpty()) {
            throw node.fault("is empty; allowed: some of " + known);
        }
        return columns.contains(null) ? known : List.copyOf(columns);
    }

    private Integration integration(YamlNode node) {
        Map<String, YamlNode> fields = node.fields(List.of("method", "step_ms"), List.of("method"), mistakes);
        Double step = gather(fields, "step_ms", YamlNode::positive, null);
        if (!fields.containsKey("method")) {
            return null;
        }
        Integration.Method method = METHODS.get(fields.get("method").text());
        if (method == null) {
            throw fields.get("method").fault("unknown method '" + fields.get("method").text() + "'; allowed: "
                    + METHODS.keySet());
        }
        double usual = method == Integration.Method.DORMAND_PRINCE ? Integration.ADAPTIVE.longestStepMs()
                : FIXED_STEP_MS;
        return new Integration(method, step == null ? usual : step);
    }

    private static double[] clip(YamlNode node) {
        List<Double> pair = node.numbers();
        if (pair.size() != 2 || !(pair.get(0) < pair.get(1))) {
            throw node.fault("is not a range; allowed: [low, high] in uA/cm2 with low < high");
        }
        return new double[] {pair.get(0), pair.get(1)};
    }

    private DrawnCurrents.Group group(YamlNode group, String path, long seed, Double dt, double[] clip,
            Neuron neuron) {
        Map<String, YamlNode> fields = group.fields(List.of("duration_ms", "count", "stimulus"),
                List.of("duration_ms", "stimulus"), mistakes);
        Double duration = gather(fields, "duration_ms", YamlNode::positive, null);
        Long count = gather(fields, "count", node -> node.integer(1, MOST_SEQUENCES), 1L);
        double samples = duration == null || dt == null ? Double.NaN : Math.rint(duration / dt);
        if (samples < 1 || samples > Protocol.MOST_SAMPLES) {
            mistakes.add(fields.get("duration_ms").fault("duration_ms is " + (long) samples + " samples of " + dt
                    + " ms; allowed: 1 to " + Protocol.MOST_SAMPLES));
        }
        YamlNode stimulus = fields.get("stimulus");
        if (stimulus == null || count == null) {
            return null;
        }
        Set<String> places = new HashSet<>();
        for (int k = 0; k < count; k++) {
            Mistakes own = new Mistakes();
            Stimulus read = reader(seed, k, count.intValue(), own, dt).read(stimulus, path, duration);
            if (read != null && neuron != null && clip != null) {
                checkReach(stimulus, neuron, read.largestUaPerCm2(), clip, own);
            }
            // What is wrong at a place with one sequence is wrong there with most: told once, for the first.
            Set<String> known = Set.copyOf(places);
            own.lines().stream().filter(line -> !known.contains(line.split(": ", 2)[0])).forEach(line -> {
                places.add(line.split(": ", 2)[0]);
                mistakes.add(new InputException(line));
            });
        }
        if (!places.isEmpty() || clip == null || !(samples >= 1)) {
            return null;
        }
        return new DrawnCurrents.Group(path, seed, count.intValue(), (int) samples, dt, clip[0], clip[1],
                k -> reader(seed, k, count.intValue(), new Mistakes(), dt).read(stimulus, path, duration));
    }

    private StimulusReader reader(long seed, int k, int count, Mistakes into, Double dt) {
        return new StimulusReader(new StimulusFields.Sequence(seed, k, count, this::current, into), dt);
    }

    private synchronized CurrentTrace current(String name) {
        return recorded.computeIfAbsent(name, key -> {
            Path path = where.apply(key);
            files.put(key, path);
            return CurrentFile.read(path, characters -> { });
        });
    }

    /** Refuses a current under which the neuron would leave all that numbers can hold. */
    private static void checkReach(YamlNode stimulus, Neuron neuron, double largest, double[] clip, Mistakes into) {
        double low = Math.max(-largest, clip[0]);
        double high = Math.min(largest, clip[1]);
        Interval[] region = neuron.equilibriumRegion(Math.min(low, 0), Math.max(high, 0));
        double bound = MOST_RANGES * neuron.units()[0];
        if (!(-region[0].low() <= bound && region[0].high() <= bound)) {
            into.add(stimulus.fault("the current may reach " + (float) largest + " uA/cm2, which would drive "
                    + neuron.name() + " beyond " + bound + " mV: it may overflow; allowed: smaller currents, or a"
                    + " clip"));
        }
    }
}

package org.nagumo.datagen.protocol;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.nagumo.core.interval.Interval;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.simulate.CurrentFile;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.Integration;
import org.nagumo.datagen.stimulus.Stimulus;

/** Reads the text of a protocol; gathers all faults that it has. */
final class ProtocolReader {

    private static final List<String> KEYS = List.of("name", "model", "sampling", "integration", "seed", "clip",
            "scale", "sequences");
    private static final int MOST_SEQUENCES = 10_000_000;
    private static final double FIXED_STEP_MS = 0.01;

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

    /** The largest current that is known to keep the neuron within all that numbers can hold. */
    private double harmless = Double.NEGATIVE_INFINITY;

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
        YamlNode root = YamlNode.parse(file, text, "a protocol", KEYS);
        Map<String, YamlNode> top = root.fields(KEYS, List.of("name", "sampling", "sequences"), mistakes);
        String name = gather(top, "name", YamlNode::text, null);
        Neuron neuron = gather(top, "model", node -> NeuronReader.read(node, mistakes, this::file),
                Neurons.named("hh"));
        Map<String, YamlNode> sampling = gather(top, "sampling",
                node -> node.fields(List.of("dt_ms", "columns"), List.of("dt_ms"), mistakes), Map.of());
        Double dt = gather(sampling == null ? Map.of() : sampling, "dt_ms", YamlNode::positive, null);
        List<String> columns = neuron == null || sampling == null ? null
                : gather(sampling, "columns", node -> columns(neuron, node), allColumns(neuron));
        Integration integration = gather(top, "integration", this::integration, Integration.ADAPTIVE);
        Long seed = gather(top, "seed", node -> node.integer(Long.MIN_VALUE, Long.MAX_VALUE), 0L);
        double[] clip = gather(top, "clip", ProtocolReader::clip,
                new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY});
        ProtocolScale scale = gather(top, "scale", node -> ProtocolScale.read(node, mistakes), ProtocolScale.ONE);
        List<DrawnCurrents.Group> groups = new ArrayList<>();
        List<YamlNode> items = gather(top, "sequences", ProtocolReader::groups, List.of());
        for (int g = 0; items != null && g < items.size(); g++) {
            YamlNode item = items.get(g);
            String path = "sequences[" + g + "]";
            groups.add(mistakes.gather(() -> group(item, path, seed == null ? 0 : seed, dt, clip, scale,
                    neuron)));
        }
        if (mistakes.count() == 0 && groups.stream().mapToLong(DrawnCurrents.Group::count).sum() > MOST_SEQUENCES) {
            mistakes.add(top.get("sequences").fault("holds too many sequences; allowed: " + MOST_SEQUENCES));
        }
        mistakes.report();
        return new Protocol(name, text, neuron, scale.time() * dt, columns, integration, seed, scale, files,
                new DrawnCurrents(groups));
    }

    /**
     * The text of a protocol that has no fault, with another neuron and without a choice of columns.
     *
     * @param others further keys at the top and what takes their place
     */
    static String withNeuron(String text, Neuron neuron, Map<String, String> others) {
        YamlNode root = YamlNode.parse("protocol", text, "a protocol", KEYS);
        Map<String, YamlNode> top = root.fields(KEYS, List.of(), new Mistakes());
        YamlNode columns = top.get("sampling").fields(List.of("dt_ms", "columns"), List.of(), new Mistakes())
                .get("columns");
        NavigableMap<Integer, String> changes = new TreeMap<>();
        Map<Integer, Integer> ends = new TreeMap<>();
        if (columns != null) {
            // The blank: a list of lines may begin at the column of its key, one in brackets may not.
            changes.put(columns.start(text), " " + allColumns(neuron));
            ends.put(columns.start(text), columns.end(text));
        }
        Map<String, String> values = new TreeMap<>(others);
        values.put("model", NeuronReader.write(neuron));
        StringBuilder added = new StringBuilder();
        boolean flow = text.charAt(root.start(text)) == '{';
        values.forEach((key, value) -> {
            if (top.containsKey(key)) {
                changes.put(top.get(key).start(text), value);
                ends.put(top.get(key).start(text), top.get(key).end(text));
            } else {
                added.append(key).append(": ").append(value).append(flow ? ", " : "\n");
            }
        });
        StringBuilder changed = new StringBuilder(text);
        changes.descendingMap().forEach((from, with) -> changed.replace(from, ends.get(from), with));
        return changed.insert(root.start(text) + (flow ? 1 : 0), added).toString();
    }

    private <T> T gather(Map<String, YamlNode> fields, String key, Function<YamlNode, T> part, T otherwise) {
        return fields.containsKey(key) ? mistakes.gather(() -> part.apply(fields.get(key))) : otherwise;
    }

    private static List<YamlNode> groups(YamlNode node) {
        List<YamlNode> groups = node.items();
        if (groups.isEmpty()) {
            throw node.fault("is empty; allowed: at least one group of sequences");
        }
        return groups;
    }

    static List<String> allColumns(Neuron neuron) {
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
            ProtocolScale scale, Neuron neuron) {
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
            if (read != null && neuron != null && clip != null && scale != null) {
                checkReach(stimulus, neuron, read.largestUaPerCm2(), clip, scale, own);
            }
            // What is wrong at a place with one sequence is wrong there with most: told once, for the first.
            Set<String> known = Set.copyOf(places);
            own.lines().stream().filter(line -> !known.contains(line.split(": ", 2)[0])).forEach(line -> {
                places.add(line.split(": ", 2)[0]);
                mistakes.add(new InputException(line));
            });
        }
        if (!places.isEmpty() || clip == null || scale == null || !(samples >= 1)) {
            return null;
        }
        return new DrawnCurrents.Group(path, seed, count.intValue(), (int) samples, dt, clip[0], clip[1], scale,
                k -> reader(seed, k, count.intValue(), new Mistakes(), dt).read(stimulus, path, duration));
    }

    private StimulusReader reader(long seed, int k, int count, Mistakes into, Double dt) {
        return new StimulusReader(new StimulusFields.Sequence(seed, k, count, this::current, into), dt);
    }

    private synchronized CurrentTrace current(String name) {
        return recorded.computeIfAbsent(name, key -> {
            return CurrentFile.read(file(key), characters -> { });
        });
    }

    /** Where a file is that the protocol names; it is kept with what is made from the protocol. */
    private Path file(String name) {
        Path path = where.apply(name);
        files.put(name, path);
        return path;
    }

    /** Refuses a current under which the neuron would leave all that numbers can hold. */
    private void checkReach(YamlNode stimulus, Neuron neuron, double largest, double[] clip, ProtocolScale scale,
            Mistakes into) {
        if (largest <= harmless) {
            // The region of a smaller current lies within that of a larger one.
            return;
        }
        double low = scale.injected(Math.max(-largest, clip[0]));
        double high = scale.injected(Math.min(largest, clip[1]));
        Interval[] region = neuron.equilibriumRegion(Math.min(Math.min(low, high), 0),
                Math.max(Math.max(low, high), 0));
        double bound = MOST_RANGES * neuron.units()[0];
        if (!(-region[0].low() <= bound && region[0].high() <= bound)) {
            into.add(stimulus.fault("the current may reach " + (float) largest + " uA/cm2, which would drive "
                    + neuron.name() + " beyond " + bound + " mV: it may overflow; allowed: smaller currents, or a"
                    + " clip"));
        } else {
            harmless = largest;
        }
    }
}

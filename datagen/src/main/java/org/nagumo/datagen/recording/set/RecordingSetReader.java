package org.nagumo.datagen.recording.set;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.nagumo.datagen.protocol.Mistakes;
import org.nagumo.datagen.protocol.YamlNode;
import org.nagumo.datagen.recording.RecordingFormats;
import org.nagumo.datagen.recording.set.RecordingEntry.ChannelChoice;
import org.nagumo.datagen.recording.set.RecordingSet.Corrections;
import org.nagumo.datagen.unit.Quantity;
import org.nagumo.datagen.unit.Unit;

/** Reads the text of a {@link RecordingSet}; collects all its faults. */
final class RecordingSetReader {

    private static final List<String> KEYS = List.of("name", "recordings", "sampling", "correct", "use", "hold_out");
    private static final List<String> SOURCES = List.of("file", "voltage", "current", "sweeps", "voltage_channel",
            "current_channel", "units");
    private static final List<String> CORRECTIONS = List.of("junction_potential_mV", "series_resistance_MOhm",
            "electrode", "holding_current", "area_um2");
    private static final int MOST_SWEEPS = 1_000_000;

    private final String file;
    private final String text;
    private final FileFinder where;
    private final Mistakes mistakes = new Mistakes();
    private final Map<String, List<Path>> files = new LinkedHashMap<>();

    RecordingSetReader(String file, String text, FileFinder where) {
        this.file = file;
        this.text = text;
        this.where = where;
    }

    RecordingSet read() {
        YamlNode root = YamlNode.parse(file, text, "a list of recordings", KEYS);
        Map<String, YamlNode> top = root.fields(KEYS, List.of("name", "recordings"), mistakes);
        String name = get(top, "name", YamlNode::text, "");
        List<RecordingEntry> entries = get(top, "recordings", this::entries, List.of());
        Map<String, YamlNode> sampling = get(top, "sampling",
                node -> node.fields(List.of("dt_ms", "current_unit"), List.of(), mistakes), Map.of());
        double dt = get(sampling, "dt_ms", YamlNode::positive, Double.NaN);
        Unit unit = get(sampling, "current_unit", RecordingSetReader::currentUnit, null);
        Corrections corrections = get(top, "correct", this::corrections, Corrections.NONE);
        Span use = get(top, "use", node -> span(node, node.fields(List.of("from_ms", "to_ms"), List.of(), mistakes)),
                Span.WHOLE);
        Map<String, YamlNode> held = get(top, "hold_out",
                node -> node.fields(List.of("from_ms", "to_ms", "sweeps"), List.of(), mistakes), Map.of());
        Span holdOut = held.containsKey("from_ms") || held.containsKey("to_ms")
                ? mistakes.gather(() -> span(top.get("hold_out"), held)) : null;
        Set<Integer> heldSweeps = new HashSet<>(get(held, "sweeps", this::sweeps, List.of()));
        if (top.containsKey("hold_out") && holdOut == null && heldSweeps.isEmpty() && mistakes.count() == 0) {
            mistakes.add(top.get("hold_out").fault("holds nothing out; allowed: from_ms and to_ms, or sweeps"));
        }
        mistakes.report();
        return new RecordingSet(name, text, entries, files, dt, unit, corrections, use, holdOut, heldSweeps);
    }

    /** The value of a key, or another where the key is missing or has a fault. */
    private <T> T get(Map<String, YamlNode> fields, String key, Function<YamlNode, T> part, T otherwise) {
        if (!fields.containsKey(key)) {
            return otherwise;
        }
        T value = mistakes.gather(() -> part.apply(fields.get(key)));
        return value == null ? otherwise : value;
    }

    private List<RecordingEntry> entries(YamlNode list) {
        List<YamlNode> items = list.items();
        if (items.isEmpty()) {
            throw list.fault("is empty; allowed: at least one recording");
        }
        List<RecordingEntry> entries = new ArrayList<>();
        for (YamlNode item : items) {
            List<String> keys = new ArrayList<>(SOURCES);
            keys.add("repetitions");
            RecordingEntry entry = mistakes.gather(() -> entry(item, keys));
            if (entry != null) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private RecordingEntry entry(YamlNode node, List<String> keys) {
        Map<String, YamlNode> fields = node.fields(keys, List.of(), mistakes);
        boolean single = fields.containsKey("file");
        boolean pair = fields.containsKey("voltage") && fields.containsKey("current");
        if (single == (fields.containsKey("voltage") || fields.containsKey("current")) || !single && !pair) {
            throw node.fault("names no files; allowed: either 'file', or 'voltage' and 'current'");
        }
        List<Path> potentials = get(fields, single ? "file" : "voltage", this::find, List.of());
        List<Path> currents = single ? potentials : get(fields, "current", this::find, List.of());
        List<Integer> sweeps = get(fields, "sweeps", this::sweeps, List.of());
        Map<String, YamlNode> units = get(fields, "units",
                map -> map.fields(List.of("voltage", "current"), List.of(), mistakes), Map.of());
        ChannelChoice potential = new ChannelChoice(get(fields, "voltage_channel", YamlNode::text, null),
                get(units, "voltage", RecordingSetReader::potentialUnit, null));
        ChannelChoice current = new ChannelChoice(get(fields, "current_channel", YamlNode::text, null),
                get(units, "current", RecordingSetReader::currentUnit, null));
        boolean repetitions = get(fields, "repetitions", YamlNode::truth, false);
        if (potentials.size() != currents.size()) {
            throw node.fault("'voltage' stands for " + potentials.size() + " files and 'current' for "
                    + currents.size() + "; allowed: as many of both, which belong together in their order");
        }
        return new RecordingEntry(potentials, currents, sweeps, potential, current, repetitions);
    }

    private List<Path> find(YamlNode node) {
        String pattern = node.text();
        List<Path> found = where.find(pattern);
        if (found.isEmpty()) {
            throw node.fault("there is no file '" + pattern + "'; allowed: a file, or a pattern with * and ? that fits"
                    + " some");
        }
        for (Path one : found) {
            if (!RecordingFormats.known(one)) {
                throw node.fault("'" + one.getFileName() + "' is not a recording by its name; allowed: files that end"
                        + " in one of " + RecordingFormats.endings());
            }
        }
        files.put(pattern, found);
        return found;
    }

    private List<Integer> sweeps(YamlNode node) {
        if (!node.isList()) {
            if (!node.text().equals("all")) {
                throw node.fault("'" + node.text() + "' is no list of sweeps; allowed: all, or a list such as [1, 2]");
            }
            return List.of();
        }
        if (node.items().isEmpty()) {
            throw node.fault("holds no sweep; allowed: all, or a list such as [1, 2]");
        }
        List<Integer> numbers = new ArrayList<>();
        for (YamlNode item : node.items()) {
            Long number = mistakes.gather(() -> item.integer(0, MOST_SWEEPS));
            if (number != null) {
                numbers.add(number.intValue());
            }
        }
        return numbers;
    }

    private Span span(YamlNode node, Map<String, YamlNode> fields) {
        double from = get(fields, "from_ms", YamlNode::number, 0.0);
        double to = get(fields, "to_ms", YamlNode::number, Double.POSITIVE_INFINITY);
        try {
            return new Span(from, to);
        } catch (IllegalArgumentException e) {
            throw node.fault(e.getMessage());
        }
    }

    private Corrections corrections(YamlNode node) {
        Map<String, YamlNode> fields = node.fields(CORRECTIONS, List.of(), mistakes);
        double resistance = get(fields, "series_resistance_MOhm", RecordingSetReader::notNegative, 0.0);
        RecordingEntry electrode = get(fields, "electrode", this::electrode, null);
        if (electrode != null && resistance > 0) {
            mistakes.add(fields.get("series_resistance_MOhm").fault("would be taken off twice, since the electrode's"
                    + " kernel holds it; allowed: one of series_resistance_MOhm and electrode"));
        }
        return new Corrections(get(fields, "junction_potential_mV", YamlNode::number, 0.0), resistance, electrode,
                get(fields, "holding_current", YamlNode::number, 0.0),
                get(fields, "area_um2", YamlNode::positive, Double.NaN));
    }

    private RecordingEntry electrode(YamlNode node) {
        RecordingEntry entry = entry(node, SOURCES);
        if (entry.potentials().size() > 1 || entry.sweeps().size() > 1) {
            throw node.fault("stands for several recordings; allowed: one file or pair of files, and one sweep");
        }
        return entry;
    }

    private static double notNegative(YamlNode node) {
        double value = node.number();
        if (value < 0) {
            throw node.fault(node.text() + " is negative; allowed: 0 or more");
        }
        return value;
    }

    private static Unit potentialUnit(YamlNode node) {
        return Unit.named(node.text()).filter(unit -> unit.quantity() == Quantity.POTENTIAL).orElseThrow(
                () -> node.fault("'" + node.text() + "' is no unit of a potential; allowed: "
                        + Unit.symbols(Quantity.POTENTIAL)));
    }

    private static Unit currentUnit(YamlNode node) {
        return Unit.named(node.text()).filter(unit -> unit.quantity().isCurrent()).orElseThrow(
                () -> node.fault("'" + node.text() + "' is no unit of a current; allowed: "
                        + Unit.symbols(Quantity.CURRENT) + " or " + Unit.symbols(Quantity.CURRENT_DENSITY)));
    }
}

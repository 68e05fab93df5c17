package org.nagumo.datagen.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nagumo.datagen.stimulus.Combined;
import org.nagumo.datagen.stimulus.Stimulus;

/** Makes the stimulus of one sequence from its place in the protocol. */
final class StimulusReader {

    /** Deeper nesting than a person writes comes from an alias that contains itself. */
    private static final int DEEPEST = 16;

    /** More parts than a person writes come from aliases of aliases. */
    private static final int MOST_PARTS = 1000;

    private final StimulusFields.Sequence sequence;
    private final Double dtMs;
    private int depth;
    private int parts;

    /** @param dtMs sampling step, or null when it is not known */
    StimulusReader(StimulusFields.Sequence sequence, Double dtMs) {
        this.sequence = sequence;
        this.dtMs = dtMs;
    }

    /**
     * The stimulus, or null when it has a fault, which is among the mistakes then.
     *
     * @param durationMs length of the sequence or part that it fills, or null when it is not known
     */
    Stimulus read(YamlNode node, String path, Double durationMs) {
        if (++depth > DEEPEST || ++parts > MOST_PARTS) {
            throw node.fault("stimuli are nested too deeply; allowed: " + DEEPEST + " levels of sum and then, and "
                    + MOST_PARTS + " parts");
        }
        int before = sequence.mistakes().count();
        Stimulus stimulus = sequence.mistakes().gather(() -> readLevel(node, path, durationMs));
        depth--;
        return sequence.mistakes().count() == before ? stimulus : null;
    }

    private Stimulus readLevel(YamlNode node, String path, Double durationMs) {
        List<String> keys = node.keys();
        if (keys.contains("sum")) {
            return sum(node.fields(List.of("sum"), List.of(), sequence.mistakes()).get("sum"), path + ".sum",
                    durationMs);
        }
        if (keys.contains("then")) {
            return then(node.fields(List.of("then"), List.of(), sequence.mistakes()).get("then"), path + ".then",
                    durationMs);
        }
        YamlNode kindNode = node.any().get("kind");
        if (kindNode == null) {
            throw node.fault("'kind' is missing; allowed: kind: one of " + StimulusKinds.names() + ", or sum or then");
        }
        StimulusKind kind = StimulusKinds.named(kindNode);
        List<String> allowed = new ArrayList<>(List.of("kind"));
        allowed.addAll(kind.keys());
        StimulusFields fields = new StimulusFields(node, node.fields(allowed, List.of(), sequence.mistakes()),
                sequence, path);
        int before = sequence.mistakes().count();
        try {
            Stimulus stimulus = kind.make(fields);
            if (dtMs != null && durationMs != null && sequence.mistakes().count() == before) {
                stimulus.check(dtMs, durationMs);
            }
            return stimulus;
        } catch (IllegalArgumentException e) {
            // After a missing value or one of the wrong type the others cannot be weighed.
            if (sequence.mistakes().count() > before) {
                return null;
            }
            throw fields.fault(e.getMessage());
        }
    }

    private Stimulus sum(YamlNode list, String path, Double durationMs) {
        List<Stimulus> all = new ArrayList<>();
        for (YamlNode item : items(list)) {
            all.add(read(item, path + "[" + all.size() + "]", durationMs));
        }
        return all.contains(null) ? null : Combined.sum(all);
    }

    /** The parts of {@code then}, each {for_ms: ..., stimulus: ...}. */
    private Stimulus then(YamlNode list, String path, Double durationMs) {
        List<String> keys = List.of("for_ms", "stimulus");
        List<Stimulus> all = new ArrayList<>();
        List<Double> durations = new ArrayList<>();
        double begin = 0;
        List<YamlNode> items = items(list);
        for (YamlNode item : items) {
            String place = path + "[" + all.size() + "]";
            Map<String, YamlNode> share = item.fields(keys, keys, sequence.mistakes());
            boolean last = all.size() == items.size() - 1;
            Double forMs = share.containsKey("for_ms")
                    ? new StimulusFields(item, share, sequence, place).number("for_ms") : Double.NaN;
            if (durationMs != null && begin >= durationMs) {
                sequence.mistakes().add(item.fault("begins at " + begin + " ms, after the end; allowed: parts that"
                        + " begin before " + durationMs));
            } else if (forMs <= 0) {
                sequence.mistakes().add(share.get("for_ms").fault("for_ms is " + forMs
                        + "; allowed: positive numbers"));
            }
            Double length = durationMs == null || forMs.isNaN() ? null
                    : last ? Double.valueOf(durationMs - begin) : Double.valueOf(Math.min(forMs, durationMs - begin));
            begin += forMs;
            durations.add(forMs);
            all.add(share.containsKey("stimulus") ? read(share.get("stimulus"), place,
                    length != null && length > 0 ? length : null) : null);
        }
        return all.contains(null) ? null : Combined.then(all, durations);
    }

    private static List<YamlNode> items(YamlNode list) {
        List<YamlNode> items = list.items();
        if (items.isEmpty()) {
            throw list.fault("is empty; allowed: at least one stimulus");
        }
        return items;
    }
}

package org.nagumo.datagen.protocol;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nagumo.datagen.stimulus.Combined;
import org.nagumo.datagen.stimulus.Stimulus;

/** Makes the stimulus of one sequence from its place in the protocol. */
final class StimulusReader {

    /** Deeper nesting than a person writes comes from an alias that contains itself. */
    private static final int DEEPEST = 16;

    private final Path folder;
    private final long seed;
    private final int indexInGroup;
    private final int groupSize;
    private int depth;

    /**
     * @param folder       where the files that a stimulus names are looked up
     * @param indexInGroup number of the sequence in its group, which walks through grids and lists
     * @param groupSize    sequences in the group
     */
    StimulusReader(Path folder, long seed, int indexInGroup, int groupSize) {
        this.folder = folder;
        this.seed = seed;
        this.indexInGroup = indexInGroup;
        this.groupSize = groupSize;
    }

    Stimulus read(YamlNode node, String path) {
        if (++depth > DEEPEST) {
            throw node.fault("stimuli are nested too deeply; allowed: " + DEEPEST + " levels of sum and then");
        }
        Stimulus stimulus = readLevel(node, path);
        depth--;
        return stimulus;
    }

    private Stimulus readLevel(YamlNode node, String path) {
        List<String> keys = node.keys();
        if (keys.contains("sum")) {
            return Combined.sum(parts(node.fields(List.of("sum")).get("sum"), path + ".sum", new ArrayList<>(), false));
        }
        if (keys.contains("then")) {
            List<Double> durations = new ArrayList<>();
            List<Stimulus> parts = parts(node.fields(List.of("then")).get("then"), path + ".then", durations, true);
            return Combined.then(parts, durations);
        }
        Map<String, YamlNode> any = node.fields(keys);
        if (!any.containsKey("kind")) {
            throw node.fault("'kind' is missing; allowed: kind: one of " + StimulusKinds.names() + ", or sum or then");
        }
        StimulusKinds.Kind kind = StimulusKinds.named(any.get("kind"));
        List<String> allowed = new ArrayList<>(List.of("kind"));
        allowed.addAll(kind.keys());
        Map<String, YamlNode> fields = node.fields(allowed);
        try {
            return kind.make().apply(new StimulusFields(node, fields, seed, path, indexInGroup, groupSize),
                    folder);
        } catch (IllegalArgumentException e) {
            throw node.fault(e.getMessage());
        }
    }

    /** The parts of {@code sum}, or of {@code then}, where each is {for_ms: ..., stimulus: ...}. */
    private List<Stimulus> parts(YamlNode list, String path, List<Double> durations, boolean timed) {
        List<Stimulus> parts = new ArrayList<>();
        for (YamlNode item : list.items()) {
            String place = path + "[" + parts.size() + "]";
            if (timed) {
                Map<String, YamlNode> share = item.fields(List.of("for_ms", "stimulus"));
                if (share.size() != 2) {
                    throw item.fault("is not complete; allowed: {for_ms: ..., stimulus: {...}}");
                }
                StimulusFields fields = new StimulusFields(item, share, seed, place, indexInGroup,
                        groupSize);
                durations.add(fields.number("for_ms"));
                parts.add(read(share.get("stimulus"), place));
            } else {
                parts.add(read(item, place));
            }
        }
        if (parts.isEmpty()) {
            throw list.fault("is empty; allowed: at least one stimulus");
        }
        return parts;
    }
}

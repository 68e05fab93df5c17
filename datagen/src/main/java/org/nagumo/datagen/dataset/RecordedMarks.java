package org.nagumo.datagen.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.nagumo.datagen.recording.prepare.ElectrodeKernel;
import org.nagumo.datagen.recording.set.PreparedRecordings;
import org.nagumo.datagen.recording.set.RecordedSequence;
import org.nagumo.datagen.recording.set.RecordedSequence.Role;
import org.nagumo.datagen.recording.set.RecordingSet;

/**
 * What a manifest holds of recordings: under {@code recordings} the text that lists them, under {@code files} the
 * copies that each name in it stands for, under {@code electrode} what was found of an electrode, and under
 * {@code recorded} a mark for each sequence.
 */
final class RecordedMarks {

    static final String TEXT = "recordings";
    private static final String FILES = "files";
    private static final String ELECTRODE = "electrode";
    private static final String SEQUENCES = "recorded";

    private RecordedMarks() {
    }

    static void write(ObjectNode root, RecordingSet set, PreparedRecordings prepared, Map<Path, String> names) {
        root.put(TEXT, set.text());
        ObjectNode files = root.putObject(FILES);
        new TreeMap<>(set.files()).forEach((pattern, found) -> {
            ArrayNode list = files.putArray(pattern);
            found.forEach(file -> list.add(names.get(file)));
        });
        ElectrodeKernel kernel = prepared.electrodeKernel();
        if (kernel != null) {
            ObjectNode electrode = root.putObject(ELECTRODE);
            electrode.put("resistance_MOhm", kernel.megaohm());
            electrode.put("membrane_resistance_MOhm", kernel.membraneMegaohm());
            electrode.put("membrane_tau_ms", kernel.membraneTauMs());
            electrode.put("explained", kernel.explained());
        }
        ArrayNode sequences = root.putArray(SEQUENCES);
        for (RecordedSequence sequence : prepared.sequences()) {
            ObjectNode mark = sequences.addObject();
            sequence.files().forEach(file -> mark.withArray("files").add(names.get(file)));
            mark.put("sweep", sequence.sweep());
            mark.put("sweep_in_file", sequence.sweepInFile());
            mark.put("voltage_channel", sequence.voltageChannel());
            mark.put("current_channel", sequence.currentChannel());
            mark.put("command", sequence.command());
            mark.put("stimulus", sequence.stimulus());
            mark.put("role", sequence.role().name().toLowerCase(Locale.ROOT));
            mark.put("from_ms", sequence.fromMs());
            mark.put("samples", sequence.samples());
            mark.put("sweep_start_ms", sequence.sweepStartMs());
            mark.put("holding_current", sequence.holdingCurrent());
        }
    }

    static List<RecordedSequence> read(ObjectNode root) {
        List<RecordedSequence> sequences = new ArrayList<>();
        for (JsonNode mark : root.path(SEQUENCES)) {
            List<Path> files = new ArrayList<>();
            mark.path("files").forEach(name -> files.add(Path.of(name.asText())));
            sequences.add(new RecordedSequence(files, mark.path("sweep").asInt(), mark.path("sweep_in_file").asInt(),
                    mark.path("voltage_channel").asText(), mark.path("current_channel").asText(),
                    mark.path("command").asBoolean(), mark.path("stimulus").asInt(),
                    mark.path("role").asText().equals("hold_out") ? Role.HOLD_OUT : Role.TRAIN,
                    mark.path("from_ms").asDouble(), mark.path("samples").asInt(),
                    mark.path("sweep_start_ms").asDouble(), mark.path("holding_current").asDouble()));
        }
        return sequences;
    }

    /** Names of the copies that a name in the text stands for. */
    static List<String> files(ObjectNode root, String pattern) {
        List<String> names = new ArrayList<>();
        root.path(FILES).path(pattern).forEach(name -> names.add(name.asText()));
        return names;
    }
}

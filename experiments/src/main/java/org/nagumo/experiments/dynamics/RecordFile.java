package org.nagumo.experiments.dynamics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.nagumo.datagen.io.AtomicFile;
import org.nagumo.datagen.io.InputException;

/**
 * Portraits and diagrams as JSON: figures can be drawn from the files as from what was computed. The names of
 * potentials and times end in their units, {@code voltage_mV} and {@code period_ms}; in records of dimensionless
 * systems, which say so in {@code units}, they have no such end.
 */
public final class RecordFile {

    private static final JsonMapper JSON = JsonMapper.builder().enumNamingStrategy(EnumNamingStrategies.KEBAB_CASE)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

    private static final List<String> NAMES = List.of("voltage_mV", "voltage_min_mV", "voltage_max_mV", "period_ms",
            "dt_ms", "mean_period_ms", "longest_stable_dt_ms", "longest_turning_dt_ms");

    private RecordFile() {
    }

    /** The names of dimensionless records without their units, or with them again. */
    private static JsonNode renamed(JsonNode node, String potential, String time, boolean written) {
        if (node instanceof ArrayNode array) {
            ArrayNode all = JSON.createArrayNode();
            array.forEach(each -> all.add(renamed(each, potential, time, written)));
            return all;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        String mv = object.path("units").path("potential").asText(potential);
        String ms = object.path("units").path("time").asText(time);
        ObjectNode all = JSON.createObjectNode();
        object.properties().forEach(entry -> all.set(name(entry.getKey(), mv, ms, written),
                renamed(entry.getValue(), mv, ms, written)));
        return all;
    }

    private static String name(String key, String potential, String time, boolean written) {
        for (String name : NAMES) {
            boolean bare = (name.endsWith("_mV") ? potential : time).equals("1");
            String other = name.substring(0, name.lastIndexOf('_'));
            if (bare && key.equals(written ? name : other)) {
                return written ? other : name;
            }
        }
        return key;
    }

    private static ObjectNode written(Record record) {
        return (ObjectNode) renamed(JSON.valueToTree(record), "mV", "ms", true);
    }

    /** A record as a JSON object. */
    public static ObjectNode toJson(Record record) {
        return written(record);
    }

    /** Writes a record. */
    public static void write(Path file, Record record) {
        try {
            AtomicFile.write(file, JSON.writeValueAsString(written(record)) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Reads a record back.
     *
     * @throws InputException naming the file and the fault
     */
    public static <T extends Record> T read(Path file, Class<T> type) {
        try {
            String text = Files.readString(file);
            JsonNode tree = JSON.readTree(text);
            JsonNode named = renamed(tree, "mV", "ms", false);
            // Mistakes of a text have a line, those of a tree have none.
            return named.equals(tree) ? JSON.readValue(text, type) : JSON.treeToValue(named, type);
        } catch (JsonProcessingException e) {
            throw new InputException(file + (e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr()) + ": "
                    + e.getOriginalMessage().lines().findFirst().orElse("is not valid") + "; allowed: a "
                    + type.getSimpleName() + " as it was written", e);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read (" + e.getClass().getSimpleName()
                    + "); allowed: a readable file", e);
        }
    }
}

package org.nagumo.experiments.dynamics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.nagumo.datagen.io.AtomicFile;
import org.nagumo.datagen.io.InputException;

/** Portraits and diagrams as JSON: figures can be drawn from the files as from what was computed. */
public final class RecordFile {

    private static final JsonMapper JSON = JsonMapper.builder().enumNamingStrategy(EnumNamingStrategies.KEBAB_CASE)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

    private RecordFile() {
    }

    /** A record as a JSON object. */
    public static ObjectNode toJson(Record record) {
        return JSON.valueToTree(record);
    }

    /** Writes a record. */
    public static void write(Path file, Record record) {
        try {
            AtomicFile.write(file, JSON.writeValueAsString(record) + "\n");
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
            return JSON.readValue(Files.readString(file), type);
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

package org.nagumo.experiments.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.nagumo.datagen.io.AtomicFile;
import org.nagumo.datagen.io.InputException;

/** Evaluations as JSON files: all numbers, the origin of both systems, no traces. */
public final class EvaluationFile {

    /** Name of the file in a folder of results. */
    public static final String NAME = "evaluation.json";

    private static final String ALLOWED = "; allowed: an " + NAME + " that 'evaluate' or 'reproduce' wrote";

    private EvaluationFile() {
    }

    /** Writes an evaluation. The same evaluation gives the same bytes. */
    public static void write(Path file, Evaluation evaluation) {
        try {
            AtomicFile.write(file, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(evaluation) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Reads an evaluation back.
     *
     * @param path the file, or the folder that holds it
     * @throws InputException naming the file and the fault
     */
    public static Evaluation read(Path path) {
        Path file = Files.isDirectory(path) ? path.resolve(NAME) : path;
        try {
            JsonNode json = Json.MAPPER.readTree(Files.readString(file));
            int version = json.path("format_version").asInt();
            if (version < 1 || version > Evaluation.FORMAT_VERSION) {
                throw new InputException(file + ": has format_version " + json.path("format_version") + "; allowed: 1"
                        + " to " + Evaluation.FORMAT_VERSION);
            }
            return Json.MAPPER.treeToValue(json, Evaluation.class);
        } catch (JsonProcessingException e) {
            throw new InputException(file + place(e) + e.getOriginalMessage().lines().findFirst().orElse("is not valid")
                    + ALLOWED, e);
        } catch (NoSuchFileException e) {
            throw new InputException(file + ": there is no such file" + ALLOWED, e);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read (" + e.getClass().getSimpleName() + ")" + ALLOWED, e);
        }
    }

    /** A line where the text is no JSON, else the field. */
    private static String place(JsonProcessingException e) {
        return e instanceof JsonMappingException mapping ? ": " + mapping.getPath().stream()
                .map(r -> r.getFieldName() == null ? Integer.toString(r.getIndex()) : r.getFieldName())
                .collect(Collectors.joining(".")) + ": " : ":" + e.getLocation().getLineNr() + ": ";
    }
}

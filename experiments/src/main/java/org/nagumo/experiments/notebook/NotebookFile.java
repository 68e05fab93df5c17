package org.nagumo.experiments.notebook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nagumo.datagen.io.InputException;

/**
 * A notebook file.
 *
 * @param file where it is
 * @param code the sources of its code cells, in order
 */
public record NotebookFile(Path file, List<String> code) {

    public NotebookFile {
        code = List.copyOf(code);
    }

    /**
     * Reads a notebook.
     *
     * @throws InputException naming the file and the fault
     */
    public static NotebookFile read(Path file) {
        try {
            List<String> code = new ArrayList<>();
            for (JsonNode cell : new ObjectMapper().readTree(Files.readString(file)).path("cells")) {
                if (cell.path("cell_type").asText().equals("code")) {
                    StringBuilder source = new StringBuilder();
                    cell.path("source").forEach(line -> source.append(line.asText()));
                    code.add(source.toString());
                }
            }
            return new NotebookFile(file, code);
        } catch (JsonProcessingException e) {
            throw new InputException(file + ": is no notebook (" + e.getOriginalMessage() + "); allowed: .ipynb files",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

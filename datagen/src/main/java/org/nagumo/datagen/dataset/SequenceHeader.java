package org.nagumo.datagen.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.datavec.api.transform.schema.SequenceSchema;
import org.nagumo.datagen.unit.Unit;

/**
 * What stands at the head of a file of sequences.
 *
 * @param dtMs    sampling step in ms
 * @param columns names of the columns with their units, such as {@code voltage_mV}
 */
public record SequenceHeader(double dtMs, List<String> columns) {

    private static final String CURRENT = "current_";

    private static final ObjectMapper JSON = new ObjectMapper();

    public SequenceHeader {
        columns = List.copyOf(columns);
        if (!(dtMs > 0) || columns.isEmpty()) {
            throw new IllegalArgumentException("dtMs is " + dtMs + " with columns " + columns
                    + "; allowed: a positive step and at least one column");
        }
    }

    /**
     * The column of the current: its name is {@code current_} with a unit, such as {@code current_pA}.
     *
     * @return its name, or nothing where no column has such a name
     */
    public Optional<String> currentColumn() {
        return columns.stream().filter(name -> currentUnit(name).isPresent()).findFirst();
    }

    /** The unit in the name of a column of current. */
    static Optional<Unit> currentUnit(String column) {
        return column.startsWith(CURRENT) ? Unit.named(column.substring(CURRENT.length()))
                .filter(unit -> unit.quantity().isCurrent()) : Optional.empty();
    }

    /** The columns as DataVec's description of a sequence. */
    public SequenceSchema schema() {
        return (SequenceSchema) new SequenceSchema.Builder().addColumnsFloat(columns.toArray(new String[0])).build();
    }

    String toJson() {
        ObjectNode node = JSON.createObjectNode();
        node.put("dt_ms", dtMs);
        columns.forEach(node.putArray("columns")::add);
        try {
            node.set("schema", JSON.readTree(schema().toJson()));
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static SequenceHeader fromJson(String json) throws JsonProcessingException {
        JsonNode node = JSON.readTree(json);
        List<String> columns = new ArrayList<>();
        node.path("columns").forEach(column -> columns.add(column.asText()));
        return new SequenceHeader(node.path("dt_ms").asDouble(), columns);
    }
}

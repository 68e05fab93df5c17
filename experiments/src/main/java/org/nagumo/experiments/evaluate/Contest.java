package org.nagumo.experiments.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Systems beside one teacher: two of them line by line, more of them one a line.
 *
 * @param entries at least two, each with a name of its own
 */
public record Contest(List<Entry> entries) {

    /**
     * One of them.
     *
     * @param label      what it is called
     * @param evaluation what was measured
     */
    public record Entry(String label, Evaluation evaluation) {
    }

    public Contest {
        if (entries.size() < 2) {
            throw new IllegalArgumentException(entries.size() + " systems; allowed: at least two");
        }
        entries = List.copyOf(entries);
        Entry first = entries.get(0);
        Set<String> labels = new HashSet<>();
        for (Entry entry : entries) {
            if (!labels.add(entry.label)) {
                throw new IllegalArgumentException("two systems are called '" + entry.label + "'; allowed: a name for"
                        + " each");
            }
            if (!first.evaluation.teacherOrigin().equals(entry.evaluation.teacherOrigin())) {
                throw new IllegalArgumentException(first.label + " was held beside " + teacher(first) + ", "
                        + entry.label + " beside " + teacher(entry) + "; allowed: the same teacher with the same"
                        + " parameters");
            }
            if (trials(first) != trials(entry)) {
                throw new IllegalArgumentException(first.label + " was measured with " + trials(first) + " trials of"
                        + " each kind of noise, " + entry.label + " with " + trials(entry) + "; allowed: the same"
                        + " number");
            }
        }
    }

    private static String teacher(Entry entry) {
        Origin origin = entry.evaluation.teacherOrigin();
        return origin.name() + (origin.parameters().isEmpty() ? "" : " " + origin.parameters());
    }

    /** A recording is one trial. */
    private static int trials(Entry entry) {
        return entry.evaluation.battery() == null ? 1 : entry.evaluation.battery().trialsPerKind();
    }

    private ResultTable.Contender contender(int k) {
        Entry entry = entries.get(k);
        return new ResultTable.Contender(entry.label, entry.evaluation.student(), entry.evaluation.metrics());
    }

    /** What was measured of the teacher. */
    private Response teacher() {
        return entries.get(0).evaluation.teacher();
    }

    /** Two beside the teacher, quantity by quantity, and which is nearer; more of them one a line. */
    public String text() {
        return entries.size() == 2 ? ResultTable.text(teacher(), contender(0), contender(1))
                : ContestTable.text(teacher(), entries);
    }

    /**
     * The same for programs: {@code teacher}; {@code systems}, each {@code label}, {@code origin} and {@code metrics};
     * and of two systems {@code lines}, each {@code name}, {@code teacher}, {@code values} and {@code nearer}, a label
     * or null for both.
     */
    public ObjectNode toJson() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.set("teacher", Json.MAPPER.valueToTree(entries.get(0).evaluation.teacherOrigin()));
        ArrayNode systems = json.putArray("systems");
        for (Entry entry : entries) {
            ObjectNode node = systems.addObject();
            node.put("label", entry.label);
            node.set("origin", Json.MAPPER.valueToTree(entry.evaluation.studentOrigin()));
            node.set("metrics", entry.evaluation.metrics().toJson());
        }
        if (entries.size() == 2) {
            addLines(json.putArray("lines"));
        }
        return json;
    }

    private void addLines(ArrayNode lines) {
        for (ResultTable.Line line : ResultTable.lines(teacher(), contender(0), contender(1))) {
            ObjectNode node = lines.addObject();
            node.put("name", line.name()).put("teacher", line.teacher());
            node.putArray("values").add(line.first()).add(line.second());
            node.put("nearer", switch (line.nearer()) {
                case FIRST -> entries.get(0).label;
                case SECOND -> entries.get(1).label;
                case BOTH -> null;
            });
        }
    }
}

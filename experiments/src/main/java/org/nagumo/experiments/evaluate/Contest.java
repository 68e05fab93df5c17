package org.nagumo.experiments.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Two systems beside one teacher, each with a name of its own.
 *
 * @param firstLabel  what the first is called
 * @param first       its evaluation
 * @param secondLabel what the second is called
 * @param second      its evaluation
 */
public record Contest(String firstLabel, Evaluation first, String secondLabel, Evaluation second) {

    public Contest {
        if (firstLabel.equals(secondLabel)) {
            throw new IllegalArgumentException("both systems are called '" + firstLabel + "'; allowed: two names");
        }
        if (!first.teacherOrigin().equals(second.teacherOrigin())) {
            throw new IllegalArgumentException(firstLabel + " was held beside " + teacher(first) + ", " + secondLabel
                    + " beside " + teacher(second) + "; allowed: the same teacher with the same parameters");
        }
        int trials = trials(first);
        if (trials != trials(second)) {
            throw new IllegalArgumentException(firstLabel + " was measured with " + trials + " trials of each kind of"
                    + " noise, " + secondLabel + " with " + trials(second) + "; allowed: the same number");
        }
    }

    private static String teacher(Evaluation evaluation) {
        Origin origin = evaluation.teacherOrigin();
        return origin.name() + (origin.parameters().isEmpty() ? "" : " " + origin.parameters());
    }

    /** A recording is one trial. */
    private static int trials(Evaluation evaluation) {
        return evaluation.battery() == null ? 1 : evaluation.battery().trialsPerKind();
    }

    private ResultTable.Contender contender(String label, Evaluation evaluation) {
        return new ResultTable.Contender(label, evaluation.student(), evaluation.metrics());
    }

    /** Both beside the teacher, line by line, and which is nearer. */
    public String text() {
        return ResultTable.text(first.teacher(), contender(firstLabel, first), contender(secondLabel, second));
    }

    /**
     * The same for programs: {@code teacher}; {@code systems}, each {@code label}, {@code origin} and {@code metrics};
     * {@code lines}, each {@code name}, {@code teacher}, {@code values} and {@code nearer}, a label or null for both.
     */
    public ObjectNode toJson() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.set("teacher", Json.MAPPER.valueToTree(first.teacherOrigin()));
        ArrayNode systems = json.putArray("systems");
        add(systems, firstLabel, first);
        add(systems, secondLabel, second);
        ArrayNode lines = json.putArray("lines");
        for (ResultTable.Line line : ResultTable.lines(first.teacher(), contender(firstLabel, first),
                contender(secondLabel, second))) {
            ObjectNode node = lines.addObject();
            node.put("name", line.name()).put("teacher", line.teacher());
            node.putArray("values").add(line.first()).add(line.second());
            node.put("nearer", switch (line.nearer()) {
                case FIRST -> firstLabel;
                case SECOND -> secondLabel;
                case BOTH -> null;
            });
        }
        return json;
    }

    private static void add(ArrayNode systems, String label, Evaluation evaluation) {
        ObjectNode node = systems.addObject();
        node.put("label", label);
        node.set("origin", Json.MAPPER.valueToTree(evaluation.studentOrigin()));
        node.set("metrics", evaluation.metrics().toJson());
    }
}

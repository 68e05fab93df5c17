package org.nagumo.experiments.evaluate;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A student beside its teacher, and the classical two-variable reduction as the bar to beat.
 *
 * @param teacher  the neuron
 * @param student  what imitates it
 * @param baseline the reduction
 */
public record Evaluation(Response teacher, Response student, Response baseline) {

    /** The student's distance from the teacher. */
    public Metrics metrics() {
        return Metrics.compare(teacher, student);
    }

    /** The reduction's distance from the teacher. */
    public Metrics baselineMetrics() {
        return Metrics.compare(teacher, baseline);
    }

    /** The student's metrics and, under {@code baseline}, the reduction's. */
    public ObjectNode toJson() {
        ObjectNode json = metrics().toJson();
        json.putObject("baseline").set(baseline.system(), baselineMetrics().toJson());
        return json;
    }
}

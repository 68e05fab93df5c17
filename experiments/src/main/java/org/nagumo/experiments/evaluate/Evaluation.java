package org.nagumo.experiments.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A student beside its teacher and, where the teacher is Hodgkin and Huxley's neuron, the classical two-variable
 * reduction as the bar to beat. {@link EvaluationFile} saves it.
 *
 * @param formatVersion   version of this record
 * @param battery         how all were measured; null when the teacher is a recording
 * @param teacherOrigin   what the teacher is
 * @param studentOrigin   what the student is and where it comes from
 * @param teacher         what was measured of the neuron
 * @param student         what was measured of that which imitates it
 * @param baseline        what was measured of the reduction; null for other teachers
 * @param metrics         the student's distance from the teacher
 * @param baselineMetrics the reduction's distance from the teacher; null without a reduction
 */
public record Evaluation(@JsonProperty("format_version") int formatVersion, @JsonProperty("battery") Battery battery,
        @JsonProperty("teacher_origin") Origin teacherOrigin, @JsonProperty("student_origin") Origin studentOrigin,
        @JsonProperty("teacher") Response teacher, @JsonProperty("student") Response student,
        @JsonProperty("baseline") Response baseline, @JsonProperty("metrics") Metrics metrics,
        @JsonProperty("baseline_metrics") Metrics baselineMetrics) {

    /** The version that this code writes. */
    public static final int FORMAT_VERSION = 1;

    public Evaluation {
        if (teacherOrigin == null || studentOrigin == null || teacher == null || student == null || metrics == null) {
            throw new IllegalArgumentException("an evaluation lacks teacher, student, their origins or the metrics;"
                    + " allowed: all of them");
        }
        if (baseline == null != (baselineMetrics == null)) {
            throw new IllegalArgumentException("an evaluation has only one of baseline and baseline_metrics; allowed:"
                    + " both or neither");
        }
    }

    /**
     * Compares what was measured.
     *
     * @param battery  how; null for a recording
     * @param baseline the reduction; null without one
     */
    public static Evaluation of(Battery battery, Origin teacherOrigin, Origin studentOrigin, Response teacher,
            Response student, Response baseline) {
        return new Evaluation(FORMAT_VERSION, battery, teacherOrigin, studentOrigin, teacher, student, baseline,
                Metrics.compare(teacher, student), baseline == null ? null : Metrics.compare(teacher, baseline));
    }

    /** The numbers without the traces, as they are saved. */
    public Evaluation withoutTraces() {
        return new Evaluation(formatVersion, battery, teacherOrigin, studentOrigin, teacher.withoutTraces(),
                student.withoutTraces(), baseline == null ? null : baseline.withoutTraces(), metrics,
                baselineMetrics);
    }

    /** The student's metrics and, under {@code baseline}, the reduction's. */
    public ObjectNode toJson() {
        ObjectNode json = metrics.toJson();
        if (baseline != null) {
            json.putObject("baseline").set(baseline.system(), baselineMetrics.toJson());
        }
        return json;
    }
}

package org.nagumo.experiments.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Any number of systems beside one teacher, each a line; in the first line stand the teacher's own values. */
final class ContestTable {

    private static final String NOT_TEACHERS = "-";

    private final Response teacher;
    private final List<Contest.Entry> entries;
    private final List<List<String>> columns = new ArrayList<>();

    private ContestTable(Response teacher, List<Contest.Entry> entries) {
        this.teacher = teacher;
        this.entries = entries;
    }

    static String text(Response teacher, List<Contest.Entry> entries) {
        ContestTable table = new ContestTable(teacher, entries);
        table.addColumns(!teacher.fi().isEmpty());
        List<String[]> rows = IntStream.range(0, entries.size() + 2)
                .mapToObj(row -> table.columns.stream().map(column -> column.get(row)).toArray(String[]::new)).toList();
        return TextTable.layOut(rows, table.columns.size() - 1);
    }

    private void addColumns(boolean neuron) {
        column("", teacher.system(), Contest.Entry::label);
        column("parameters", NOT_TEACHERS, entry -> {
            OptionalInt count = entry.evaluation().studentOrigin().parameterCount();
            return count.isPresent() ? Integer.toString(count.getAsInt()) : NOT_TEACHERS;
        });
        if (neuron) {
            metric("f-I error", "%.2f", Metrics::fiCountMae);
            column("within one", NOT_TEACHERS, entry -> share(entry.evaluation().metrics().fiWithinOne(),
                    entry.evaluation().metrics().fiPoints()));
            value("fires from", fine("%.2f"), Response::onset);
            value("rate there", "%.1f", Response::onsetRateHz);
            metric("latency error", "%.3f", Metrics::latencyMaeMs);
        }
        metric("half-width error", "%.3f", Metrics::halfWidthErrorMs);
        metric("peak error", fine("%.1f"), Metrics::peakErrorMv);
        metric("trough error", fine("%.1f"), Metrics::troughErrorMv);
        if (neuron) {
            column("rebound right", NOT_TEACHERS, entry -> share(entry.evaluation().metrics().reboundCorrect(),
                    teacher.rebound().size()));
            metric("overlap", "%.2f", Metrics::bistableOverlap);
            metric("weak noise", "%.3f", m -> m.coincidenceByNoise().getOrDefault(NoiseKind.WEAK.key(), Double.NaN));
        }
        metric("coincidence", "%.3f", Metrics::coincidence);
    }

    /** A part of a number of cases, where it is defined. */
    private static String share(Integer part, int all) {
        return part == null ? "undefined" : part + "/" + all;
    }

    private void column(String title, String teachers, Function<Contest.Entry, String> value) {
        List<String> column = new ArrayList<>(List.of(title, teachers));
        entries.forEach(entry -> column.add(value.apply(entry)));
        columns.add(column);
    }

    private void metric(String title, String format, ToDoubleFunction<Metrics> metric) {
        column(title, NOT_TEACHERS,
                entry -> TextTable.number(format, metric.applyAsDouble(entry.evaluation().metrics())));
    }

    private void value(String title, String format, ToDoubleFunction<Response> value) {
        column(title, TextTable.number(format, value.applyAsDouble(teacher)),
                entry -> TextTable.number(format, value.applyAsDouble(entry.evaluation().student())));
    }

    private String fine(String format) {
        return TextTable.fine(format, teacher.scale());
    }
}

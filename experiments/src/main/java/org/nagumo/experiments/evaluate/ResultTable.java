package org.nagumo.experiments.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** An evaluation as lines that a person reads: the teacher, and one or two systems beside it. */
public final class ResultTable {

    /**
     * One line.
     *
     * @param name    what is measured
     * @param teacher the teacher's value
     * @param first   the first system's value or error
     * @param second  the second system's value or error; null without a second
     * @param nearer  which of the two is nearer to the teacher, both where they read the same; null without a second
     */
    public record Line(String name, String teacher, String first, String second, Nearer nearer) {
    }

    /** Which of two systems is nearer to the teacher. */
    public enum Nearer { FIRST, SECOND, BOTH }

    /**
     * One of the systems beside the teacher.
     *
     * @param label    what it is called in the table
     * @param response what was measured of it
     * @param metrics  its distance from the teacher
     */
    public record Contender(String label, Response response, Metrics metrics) {
    }

    private final Response teacher;
    private final Contender first;
    private final Contender second;
    private final List<Line> lines = new ArrayList<>();

    /** Whether the teacher does not fire in the protocol of the lines that follow, which are then undefined. */
    private boolean silent;

    private ResultTable(Response teacher, Contender first, Contender second) {
        this.teacher = teacher;
        this.first = first;
        this.second = second;
    }

    /** The lines of an evaluation: student and reduction, where there is one. */
    public static List<Line> lines(Evaluation evaluation) {
        return lines(evaluation.teacher(), student(evaluation), baseline(evaluation));
    }

    /** The lines of two systems. */
    public static List<Line> lines(Response teacher, Contender first, Contender second) {
        ResultTable table = new ResultTable(teacher, first, second);
        if (teacher.fi().isEmpty()) {
            table.recorded();
        } else {
            table.measured();
        }
        return table.lines;
    }

    /** The lines of an evaluation as plain text. */
    public static String text(Evaluation evaluation) {
        return text(evaluation.teacher(), student(evaluation), baseline(evaluation));
    }

    /** The lines of two systems as plain text. */
    public static String text(Response teacher, Contender first, Contender second) {
        List<String[]> rows = new ArrayList<>();
        rows.add(second == null ? new String[] {"", teacher.system(), first.label()}
                : new String[] {"", teacher.system(), first.label(), second.label(), "nearer"});
        for (Line line : lines(teacher, first, second)) {
            rows.add(second == null ? new String[] {line.name(), line.teacher(), line.first()}
                    : new String[] {line.name(), line.teacher(), line.first(), line.second(), switch (line.nearer()) {
                        case FIRST -> first.label();
                        case SECOND -> second.label();
                        case BOTH -> "both";
                    }});
        }
        return TextTable.layOut(rows, 3);
    }

    private static Contender student(Evaluation e) {
        return new Contender(e.student().system(), e.student(), e.metrics());
    }

    private static Contender baseline(Evaluation e) {
        return e.baseline() == null ? null : new Contender(e.baseline().system(), e.baseline(), e.baselineMetrics());
    }

    private void measured() {
        FiPoint middle = teacher.fi().get(teacher.fi().size() / 2);
        String at = " at " + current(middle.currentUaPerCm2());
        silent = teacher.silentInSteps();
        error("f-I, 0.." + current(teacher.fi().get(teacher.fi().size() - 1).currentUaPerCm2()) + unit(" uA/cm2")
                + ": mean error of the count", "-", "%.2f", Metrics::fiCountMae);
        score("f-I points within one spike", "-", c -> c.metrics().fiWithinOne() + "/" + c.metrics().fiPoints(),
                m -> count(m.fiWithinOne()));
        silent = false;
        value("rheobase" + unit(", uA/cm2"), fine("%.2f"), Response::rheobase);
        value("repetitive firing from" + unit(", uA/cm2"), fine("%.2f"), Response::onset);
        value("rate there" + unit(", Hz"), "%.1f", Response::onsetRateHz);
        silent = teacher.silentInSteps();
        error("latency, mean error" + unit(", ms"), "-", "%.3f", Metrics::latencyMaeMs);
        error("half-width, mean error" + unit(", ms"), number("%.2f", middle.halfWidthMs()) + at, "%.3f",
                Metrics::halfWidthErrorMs);
        error("peak, mean error" + unit(", mV"), number(fine("%.1f"), middle.peakMv()) + at, fine("%.1f"),
                Metrics::peakErrorMv);
        error("trough, mean error" + unit(", mV"), number(fine("%.1f"), middle.troughMv()) + at, fine("%.1f"),
                Metrics::troughErrorMv);
        silent = false;
        value("rest" + unit(", mV"), fine("%.2f"), Response::restMv);
        silent = teacher.silentAfterRelease();
        score("rebound after " + String.join(", ", teacher.rebound().stream()
                .map(c -> current(c.currentUaPerCm2())).toList()) + ": spikes", rebound(teacher),
                c -> rebound(c.response()), m -> count(m.reboundCorrect()));
        error("rebound latency, mean error" + unit(", ms"), "-", "%.2f", Metrics::reboundLatencyMaeMs);
        silent = false;
        value("refractory period" + unit(", ms"), "%.2f", Response::refractoryMs);
        underNoise();
        error("hyperpolarised voltage at " + hyperpolarised() + ", mean error" + unit(", mV"), "-", fine("%.2f"),
                Metrics::hyperpolarisationErrorMv);
        coexistence();
    }

    private void recorded() {
        value("spikes", "%.0f", Response::noiseSpikes);
        SpikeShape shape = teacher.noiseShape();
        error("half-width, error of the mean" + unit(", ms"), number("%.2f", shape.halfWidthMs()), "%.3f",
                Metrics::halfWidthErrorMs);
        error("peak, error of the mean" + unit(", mV"), number(fine("%.1f"), shape.peakMv()), fine("%.1f"),
                Metrics::peakErrorMv);
        error("trough, error of the mean" + unit(", mV"), number(fine("%.1f"), shape.troughMv()), fine("%.1f"),
                Metrics::troughErrorMv);
        value("at the first sample" + unit(", mV"), fine("%.2f"), Response::restMv);
        score("coincidence factor", "1", c -> coincidence(c.metrics().coincidence()), Metrics::coincidence);
        away();
    }

    private void underNoise() {
        score("coincidence factor, fresh noise (standard error)", "1", c -> coincidence(c.metrics().coincidence())
                + (Double.isNaN(c.metrics().coincidenceStandardError()) ? ""
                        : number(" (%.3f)", c.metrics().coincidenceStandardError())), Metrics::coincidence);
        ToDoubleFunction<Metrics> weak = m -> m.coincidenceByNoise().getOrDefault(NoiseKind.WEAK.key(),
                Double.NaN);
        score("coincidence factor, weak noise around the onset", "1",
                c -> coincidence(weak.applyAsDouble(c.metrics())), weak);
        away();
    }

    private void away() {
        error("voltage away from spikes, RMS error" + unit(", mV"), "-", fine("%.2f"), Metrics::voltageRmseMv);
    }

    private void coexistence() {
        score("rest and firing coexist" + unit(", uA/cm2"), range(teacher), c -> range(c.response()),
                m -> Double.isNaN(m.bistableOverlap()) ? 0 : m.bistableOverlap());
        score("overlap of these currents with the neuron's", "-",
                c -> Double.isNaN(c.metrics().bistableOverlap()) ? "none"
                        : String.format(Locale.ROOT, "%.0f %%", 100 * c.metrics().bistableOverlap()),
                m -> Double.isNaN(m.bistableOverlap()) ? 0 : m.bistableOverlap());
    }

    private String hyperpolarised() {
        return String.join(", ", Metrics.hyperpolarised(teacher).stream().map(c -> current(c.currentUaPerCm2()))
                .toList());
    }

    /** An error, of which less is nearer. */
    private void error(String name, String teachers, String format, ToDoubleFunction<Metrics> error) {
        add(name, teachers, c -> number(format, error.applyAsDouble(c.metrics())),
                c -> error.applyAsDouble(c.metrics()));
    }

    /** Something of which more is nearer. */
    private void score(String name, String teachers, Function<Contender, String> text,
            ToDoubleFunction<Metrics> score) {
        add(name, teachers, text, c -> -score.applyAsDouble(c.metrics()));
    }

    /** A value, of which the teacher's is the right one. */
    private void value(String name, String format, ToDoubleFunction<Response> value) {
        double right = value.applyAsDouble(teacher);
        add(name, number(format, right), c -> number(format, value.applyAsDouble(c.response())),
                c -> Math.abs(value.applyAsDouble(c.response()) - right));
    }

    private void add(String name, String teachers, Function<Contender, String> text,
            ToDoubleFunction<Contender> distance) {
        String one = silent ? undefined() : text.apply(first);
        if (second == null) {
            lines.add(new Line(name, teachers, one, null, null));
            return;
        }
        String other = silent ? undefined() : text.apply(second);
        // A distance that is not defined is the larger.
        int order = Double.compare(distance.applyAsDouble(first), distance.applyAsDouble(second));
        lines.add(new Line(name, teachers, one, other, order == 0 || one.equals(other) ? Nearer.BOTH
                : order < 0 ? Nearer.FIRST : Nearer.SECOND));
    }

    /** Units, where the teacher has some. */
    private String unit(String text) {
        return teacher.scale().dimensionless() ? "" : text;
    }

    private String fine(String format) {
        return TextTable.fine(format, teacher.scale());
    }

    private String undefined() {
        return "undefined: " + teacher.system() + " is silent here";
    }

    /** A count, NaN when it is undefined. */
    private static double count(Integer count) {
        return count == null ? Double.NaN : count;
    }

    private String coincidence(double factor) {
        return Double.isNaN(factor) ? undefined() : number("%.3f", factor);
    }

    private static String number(String format, double value) {
        return TextTable.number(format, value);
    }

    /** A current of the battery: a whole number where it is one. */
    private String current(double value) {
        return value == Math.rint(value) ? Integer.toString((int) value) : number("%.3f", value);
    }

    private static String rebound(Response response) {
        return String.join(",", response.rebound().stream().map(c -> Integer.toString(c.spikes())).toList());
    }

    private String range(Response response) {
        CurrentRange range = response.coexistence();
        return range == null ? "nowhere" : number(fine("%.2f"), range.from()) + (range.to() < 0 ? " to " : "-")
                + number(fine("%.2f"), range.to());
    }
}

package org.nagumo.experiments.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The evaluation as lines that a person reads: teacher, student and reduction side by side. */
public final class ResultTable {

    /**
     * One line.
     *
     * @param name     what is measured
     * @param teacher  the neuron's value
     * @param student  the network's value or error
     * @param baseline the reduction's value or error
     * @param nearer   which of the two is nearer to the teacher; both where they read the same
     */
    public record Line(String name, String teacher, String student, String baseline, Nearer nearer) {

        public Line {
            nearer = student.equals(baseline) ? Nearer.BOTH : nearer;
        }
    }

    /** Which of student and reduction is nearer to the teacher. */
    public enum Nearer {
        NETWORK, REDUCTION, BOTH;

        /** By two distances from the teacher; one that is not defined is the larger. */
        static Nearer of(double student, double baseline) {
            int order = Double.compare(student, baseline);
            return order < 0 ? NETWORK : order > 0 ? REDUCTION : BOTH;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private ResultTable() {
    }

    /** The lines of an evaluation. */
    public static List<Line> lines(Evaluation evaluation) {
        Response t = evaluation.teacher();
        Response s = evaluation.student();
        Response b = evaluation.baseline();
        Metrics m = evaluation.metrics();
        Metrics r = evaluation.baselineMetrics();
        List<Line> lines = new ArrayList<>();
        lines.add(lower("f-I, 0..20 uA/cm2: mean error of the count", "-", "%.2f", m.fiCountMae(), r.fiCountMae()));
        lines.add(new Line("f-I points within one spike", "-", m.fiWithinOne() + "/" + m.fiPoints(),
                r.fiWithinOne() + "/" + r.fiPoints(), Nearer.of(-m.fiWithinOne(), -r.fiWithinOne())));
        lines.add(value("rheobase, uA/cm2", "%.2f", t.rheobase(), s.rheobase(), b.rheobase()));
        lines.add(value("repetitive firing from, uA/cm2", "%.2f", t.onset(), s.onset(), b.onset()));
        lines.add(value("rate there, Hz", "%.1f", t.onsetRateHz(), s.onsetRateHz(), b.onsetRateHz()));
        lines.add(lower("latency, mean error, ms", "-", "%.3f", m.latencyMaeMs(), r.latencyMaeMs()));
        lines.add(lower("half-width, mean error, ms", number("%.2f", t.fi().get(10).halfWidthMs()) + " at 10", "%.3f",
                m.halfWidthErrorMs(), r.halfWidthErrorMs()));
        lines.add(lower("peak, mean error, mV", number("%.1f", t.fi().get(10).peakMv()) + " at 10", "%.1f",
                m.peakErrorMv(), r.peakErrorMv()));
        lines.add(lower("trough, mean error, mV", number("%.1f", t.fi().get(10).troughMv()) + " at 10", "%.1f",
                m.troughErrorMv(), r.troughErrorMv()));
        lines.add(value("rest, mV", "%.2f", t.restMv(), s.restMv(), b.restMv()));
        lines.add(new Line("rebound after -2, -3, -5, -10, -15, -20: spikes", rebound(t), rebound(s), rebound(b),
                Nearer.of(-m.reboundCorrect(), -r.reboundCorrect())));
        lines.add(lower("rebound latency, mean error, ms", "-", "%.2f", m.reboundLatencyMaeMs(),
                r.reboundLatencyMaeMs()));
        lines.add(new Line("coincidence factor, fresh noise", "1", number("%.3f", m.coincidence()),
                number("%.3f", r.coincidence()), Nearer.of(-m.coincidence(), -r.coincidence())));
        lines.add(lower("voltage away from spikes, RMS error, mV", "-", "%.2f", m.voltageRmseMv(),
                r.voltageRmseMv()));
        lines.add(lower("hyperpolarised voltage, mean error, mV", "-", "%.2f", m.hyperpolarisationErrorMv(),
                r.hyperpolarisationErrorMv()));
        lines.add(new Line("rest and firing coexist, uA/cm2", range(t), range(s), range(b),
                Nearer.of(-overlap(t, s), -overlap(t, b))));
        return lines;
    }

    /** The lines as plain text. */
    public static String text(Evaluation evaluation) {
        String format = "%-50s %14s %14s %14s  %s%n";
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, format, "", evaluation.teacher().system(),
                evaluation.student().system(), evaluation.baseline().system(), "nearer"));
        for (Line line : lines(evaluation)) {
            text.append(String.format(Locale.ROOT, format, line.name(), line.teacher(), line.student(),
                    line.baseline(), line.nearer()).stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static Line lower(String name, String teacher, String format, double student, double baseline) {
        return new Line(name, teacher, number(format, student), number(format, baseline),
                Nearer.of(student, baseline));
    }

    private static Line value(String name, String format, double teacher, double student, double baseline) {
        return new Line(name, number(format, teacher), number(format, student), number(format, baseline),
                Nearer.of(Math.abs(student - teacher), Math.abs(baseline - teacher)));
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "none" : String.format(Locale.ROOT, format, value);
    }

    private static String rebound(Response response) {
        return String.join(",", response.rebound().stream().map(c -> Integer.toString(c.spikes())).toList());
    }

    private static String range(Response response) {
        return response.bistable()
                ? number("%.2f", response.firingDownTo()) + "-" + number("%.2f", response.restUpTo()) : "nowhere";
    }

    /** Length of the common part over the length of both together. */
    private static double overlap(Response a, Response b) {
        if (!a.bistable() || !b.bistable()) {
            return 0;
        }
        double common = Math.min(a.restUpTo(), b.restUpTo()) - Math.max(a.firingDownTo(), b.firingDownTo());
        double both = Math.max(a.restUpTo(), b.restUpTo()) - Math.min(a.firingDownTo(), b.firingDownTo());
        return Math.max(0, common / both);
    }
}

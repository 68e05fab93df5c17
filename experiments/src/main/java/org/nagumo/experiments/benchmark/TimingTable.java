package org.nagumo.experiments.benchmark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Timings as a table in Markdown, one line for each work and size. */
public final class TimingTable {

    private record Key(String work, Size size) {
    }

    /** The timings of one work and size without and with the vector module; null where it was not measured. */
    private record Pair(Timing without, Timing with) {

        Pair plus(Timing timing) {
            return timing.vectorModule() ? new Pair(without, timing) : new Pair(timing, with);
        }

        Timing any() {
            return without != null ? without : with;
        }
    }

    private TimingTable() {
    }

    /** The table with its head, in the order of the timings. */
    public static String text(Machine machine, List<Timing> timings) {
        Map<Key, Pair> lines = new LinkedHashMap<>();
        for (Timing timing : timings) {
            lines.merge(new Key(timing.work(), timing.size()), new Pair(null, null).plus(timing),
                    (pair, ignored) -> pair.plus(timing));
        }
        StringBuilder text = new StringBuilder(machine.line()).append(". Single precision. ns for each sample and ")
                .append("Euler step: median (quartiles) over iterations; us a call and the comparison: without / with ")
                .append("jdk.incubator.vector.\n\n")
                .append("| work | units | minibatch | T | ns without the vector module | ns with it | us a call ")
                .append("| compared with |\n|---|---|---|---|---|---|---|---|\n");
        lines.forEach((key, pair) -> text.append(String.format(Locale.ROOT,
                "| %s | %d | %d | %d | %s | %s | %s | %s |%n", key.work(), key.size().units(), key.size().minibatch(),
                key.size().steps(), cell(pair.without()), cell(pair.with()), calls(pair), comparison(pair, lines))));
        return text.toString();
    }

    private static String cell(Timing timing) {
        return timing == null ? "-" : number(timing.medianNs()) + " (" + number(timing.lowerQuartileNs()) + "-"
                + number(timing.upperQuartileNs()) + ")";
    }

    private static String calls(Pair pair) {
        return both(call(pair.without()), call(pair.with()));
    }

    private static String call(Timing timing) {
        return timing == null ? "-" : number(timing.medianNs() * timing.size().sampleSteps() / 1000);
    }

    private static String comparison(Pair pair, Map<Key, Pair> lines) {
        Timing own = pair.any();
        Pair other = own.against().isEmpty() ? null : other(own, lines);
        if (other == null) {
            return "-";
        }
        return both(ratio(pair.without() != null ? pair.without() : own, other.without()),
                ratio(pair.with() != null ? pair.with() : own, other.with())) + " x " + own.against();
    }

    /** The compared work of the same length, or of another one. */
    private static Pair other(Timing own, Map<Key, Pair> lines) {
        Pair same = lines.get(new Key(own.against(), own.size()));
        return same != null ? same : lines.entrySet().stream()
                .filter(line -> line.getKey().work().equals(own.against())
                        && line.getKey().size().units() == own.size().units()
                        && line.getKey().size().minibatch() == own.size().minibatch())
                .max((a, b) -> Integer.compare(a.getKey().size().steps(), b.getKey().size().steps()))
                .map(Map.Entry::getValue).orElse(null);
    }

    private static String ratio(Timing own, Timing other) {
        return other == null ? "-" : number(own.medianNs() / other.medianNs());
    }

    private static String both(String without, String with) {
        return with.equals("-") ? without : without + " / " + with;
    }

    /** Three digits. */
    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    }
}

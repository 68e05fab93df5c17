package org.nagumo.experiments.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.datagen.simulate.TraceFile;
import org.nagumo.experiments.reproduce.Steps;
import org.nagumo.experiments.spikes.FiCurve;
import org.nagumo.experiments.spikes.SpikeCriterion;
import org.nagumo.experiments.spikes.SpikeStatistics;
import org.nagumo.experiments.spikes.StatisticCard;
import org.nagumo.experiments.spikes.TraceComparison;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Spike statistics of voltage traces, or of each beside another. */
@Command(name = "spikes", mixinStandardHelpOptions = true,
        description = {"Spike statistics of voltage traces: crossings of a threshold with a later return.",
            "Of several traces the JSON object has 'traces', one object each as for a single trace with its 'trace',"
                    + " and 'fi_curve', one point for each step of current."})
public final class Spikes implements Callable<Integer> {

    /** Times are decimals, which numbers do not hold exactly. */
    private static final double MARGIN_MS = 1e-6;

    @Parameters(paramLabel = "TRACE.csv", arity = "0..*", description = "Columns time_ms and voltage_mV at least; steps"
            + " of current_uA_per_cm2 give an f-I curve and the membrane's properties.")
    private List<Path> files = List.of();

    @Option(names = "--onset", paramLabel = "MS", description = "Start of the stimulus (default: of the trace).")
    private Double onset;

    @Option(names = "--offset", paramLabel = "MS", description = "End of the stimulus (default: of the trace).")
    private Double offset;

    @Option(names = "--beside", paramLabel = "NEURON.csv", description = "The trace of a neuron under the same current,"
            + " to which each TRACE.csv is compared.")
    private Path neuron;

    @Option(names = "--cards", description = "Prints what each statistic is, with unit, formula and source.")
    private boolean cards;

    @Option(names = "--json", description = "Prints one JSON object and nothing else.")
    private boolean json;

    @Mixin
    private SpikeOption spikes;

    @Mixin
    private QuietOption progress;

    /** Runs this command alone. */
    public static void main(String[] args) {
        System.exit(Nagumo.execute(new Spikes(), args));
    }

    @Override
    public Integer call() {
        if (cards != files.isEmpty()) {
            throw new InputException((cards ? "--cards with " + files.get(0) : "a TRACE.csv is missing")
                    + "; allowed: traces, or --cards alone");
        }
        if (cards) {
            printCards();
            return 0;
        }
        Trace beside = neuron == null ? null : read(neuron);
        List<TraceReport> reports = new ArrayList<>();
        for (Path file : files) {
            Trace trace = read(file);
            try (Steps.Step step = progress.steps(!json).begin("statistics", 1)) {
                reports.add(report(file, trace, beside));
                step.advance(1);
            }
        }
        FiCurve curve = FiCurve.of(reports.stream().map(TraceReport::sweep).toList());
        if (json) {
            System.out.println(toJson(reports, curve).toPrettyString());
        } else {
            print(reports, curve);
        }
        return 0;
    }

    private TraceReport report(Path file, Trace trace, Trace beside) {
        SpikeCriterion criterion = spikes.criterion(trace);
        double start = trace.startMs();
        double end = start + trace.current().durationMs();
        double from = onset == null ? start : onset;
        double to = offset == null ? end : offset;
        if (!(from >= start - MARGIN_MS && to > from && to <= end + MARGIN_MS)) {
            throw new InputException(file + ": --onset " + from + " and --offset " + to + "; allowed: " + start
                    + " <= onset < offset <= " + end + " ms, the times of the trace");
        }
        return TraceReport.of(file.toString(), trace, from, to, criterion,
                beside == null ? null : compare(file, trace, beside, criterion));
    }

    private static ObjectNode toJson(List<TraceReport> reports, FiCurve curve) {
        if (reports.size() == 1) {
            return reports.get(0).toJson();
        }
        ObjectNode json = new ObjectMapper().createObjectNode();
        ArrayNode traces = json.putArray("traces");
        reports.forEach(report -> traces.addObject().put("trace", report.name()).setAll(report.toJson()));
        json.set("fi_curve", curve.toJson());
        return json;
    }

    private void print(List<TraceReport> reports, FiCurve curve) {
        for (TraceReport report : reports) {
            if (reports.size() > 1) {
                System.out.println(report.name() + ":");
            }
            report.print(System.out, String.valueOf(neuron));
        }
        if (reports.size() > 1 && !curve.points().isEmpty()) {
            System.out.printf("f-I curve:%n%18s %8s %14s %14s %12s  %s%n", "current, uA/cm2", "spikes", "mean rate, Hz",
                    "steady, Hz", "latency, ms", "trace");
        }
        for (FiCurve.Point point : reports.size() > 1 ? curve.points() : List.<FiCurve.Point>of()) {
            SpikeStatistics s = point.statistics();
            System.out.printf(Locale.ROOT, "%18.4f %8d %14.2f %14s %12s  %s%n", point.uaPerCm2(), s.count(),
                    s.meanRateHz(), TraceReport.number("%.2f", s.steadyRateHz()),
                    TraceReport.number("%.3f", s.latencyMs()), point.trace());
        }
    }

    private Trace read(Path trace) {
        try (Steps.Step step = progress.steps(!json).begin("reading of " + trace, trace.toFile().length())) {
            return spikes.dimensionless() ? TraceFile.readAnyScale(trace, step::advance)
                    : TraceFile.read(trace, step::advance);
        }
    }

    private TraceComparison compare(Path file, Trace trace, Trace beside, SpikeCriterion criterion) {
        if (beside.length() != trace.length() || beside.dtMs() != trace.dtMs()
                || Math.abs(beside.startMs() - trace.startMs()) > 0.5 * trace.dtMs()) {
            throw new InputException(neuron + ": has " + beside.length() + " samples of " + beside.dtMs()
                    + " ms from " + beside.startMs() + " ms on; allowed: as many as " + file + ", " + trace.length()
                    + " of " + trace.dtMs() + " ms from " + trace.startMs() + " ms on");
        }
        return TraceComparison.of(beside, trace, criterion, 1);
    }

    private void printCards() {
        if (json) {
            System.out.println(new ObjectMapper().valueToTree(Map.of("cards", StatisticCard.all())).toPrettyString());
            return;
        }
        for (StatisticCard card : StatisticCard.all()) {
            System.out.printf("%s (%s), unit %s%n  %s%n  %s%n  source: %s%n%n", card.key(), card.name(), card.unit(),
                    card.definition(), card.formula(), card.source());
        }
    }
}

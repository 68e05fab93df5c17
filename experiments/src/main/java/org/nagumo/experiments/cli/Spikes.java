package org.nagumo.experiments.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.datagen.simulate.TraceFile;
import org.nagumo.experiments.reproduce.Steps;
import org.nagumo.experiments.spikes.Spike;
import org.nagumo.experiments.spikes.SpikeCriterion;
import org.nagumo.experiments.spikes.SpikeStatistics;
import org.nagumo.experiments.spikes.StatisticCard;
import org.nagumo.experiments.spikes.TraceComparison;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Spike statistics of any voltage trace, or of two beside each other. */
@Command(name = "spikes", mixinStandardHelpOptions = true,
        description = "Spike statistics of a voltage trace: crossings of a threshold with a later return.")
public final class Spikes implements Callable<Integer> {

    @Parameters(paramLabel = "TRACE.csv", arity = "0..1", description = "Columns time_ms and voltage_mV at least.")
    private Path file;

    @Option(names = "--onset", paramLabel = "MS", description = "Start of the stimulus (default: of the trace).")
    private Double onset;

    @Option(names = "--offset", paramLabel = "MS", description = "End of the stimulus (default: of the trace).")
    private Double offset;

    @Option(names = "--beside", paramLabel = "NEURON.csv", description = "The trace of a neuron under the same current,"
            + " to which TRACE.csv is compared.")
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
        if (cards == (file != null)) {
            throw new InputException((cards ? "--cards with " + file : "a TRACE.csv is missing")
                    + "; allowed: a TRACE.csv, or --cards alone");
        }
        if (cards) {
            printCards();
            return 0;
        }
        Trace trace = read(file);
        SpikeCriterion criterion = spikes.criterion(trace);
        double start = trace.startMs();
        double end = start + trace.current().durationMs();
        double from = onset == null ? start : onset;
        double to = offset == null ? end : offset;
        if (!(from >= start - 1e-6 && to > from && to <= end + 1e-6)) {
            throw new InputException(file + ": --onset " + from + " and --offset " + to + "; allowed: " + start
                    + " <= onset < offset <= " + end + " ms, the times of the trace");
        }
        Trace beside = neuron == null ? null : read(neuron);
        SpikeStatistics statistics;
        TraceComparison comparison;
        try (Steps.Step step = progress.steps(!json).begin("statistics", 2)) {
            statistics = SpikeStatistics.of(trace, from, to, criterion);
            step.advance(1);
            comparison = beside == null ? null : compare(trace, beside, criterion);
            step.advance(1);
        }
        List<String> notes = SpikeNotes.of(trace, Stream.concat(statistics.spikes().stream(),
                statistics.rebound().stream()).toList(), criterion);
        if (json) {
            ObjectNode object = statistics.toJson();
            notes.forEach(object.putArray("notes")::add);
            if (comparison != null) {
                object.set("beside", comparison.toJson());
            }
            System.out.println(object.toPrettyString());
            return 0;
        }
        System.out.printf(Locale.ROOT, "%d spikes, latency %s ms, mean rate %.2f Hz, steady rate %s Hz, adaptation"
                + " index %s, %d rebound spikes%n", statistics.count(), number("%.3f", statistics.latencyMs()),
                statistics.meanRateHz(), number("%.2f", statistics.steadyRateHz()),
                number("%.4f", statistics.adaptationIndex()), statistics.reboundCount());
        notes.forEach(note -> System.out.println("note: " + note));
        if (comparison != null) {
            System.out.printf(Locale.ROOT, "beside %s: coincidence factor %s, Victor-Purpura distance %.2f, van"
                    + " Rossum distance %.3f, ISI-histogram distance %s ms, voltage RMSE away from spikes %s mV%n",
                    neuron, Double.isNaN(comparison.coincidenceFactor()) ? "undefined"
                            : number("%.3f", comparison.coincidenceFactor()), comparison.victorPurpura(), comparison.vanRossum(),
                    number("%.3f", comparison.isiDistanceMs()), number("%.3f", comparison.voltageRmseMv()));
        }
        if (statistics.count() > 0) {
            System.out.printf("%12s %12s %12s %14s %14s%n", "time, ms", "peak, mV", "trough, mV", "half-width, ms",
                    "AHP depth, mV");
        }
        for (int i = 0; i < statistics.count(); i++) {
            Spike s = statistics.spikes().get(i);
            System.out.printf(Locale.ROOT, "%12.3f %12.2f %12s %14s %14s%n", s.timeMs(), s.peakMv(),
                    number("%.2f", s.troughMv()), number("%.3f", s.halfWidthMs()),
                    number("%.2f", statistics.ahpDepthsMv()[i]));
        }
        return 0;
    }

    private Trace read(Path trace) {
        try (Steps.Step step = progress.steps(!json).begin("reading of " + trace, trace.toFile().length())) {
            return spikes.dimensionless() ? TraceFile.readAnyScale(trace, step::advance)
                    : TraceFile.read(trace, step::advance);
        }
    }

    private TraceComparison compare(Trace trace, Trace beside, SpikeCriterion criterion) {
        if (beside.length() != trace.length() || beside.dtMs() != trace.dtMs()
                || Math.abs(beside.startMs() - trace.startMs()) > 0.5 * trace.dtMs()) {
            throw new InputException(neuron + ": has " + beside.length() + " samples of " + beside.dtMs()
                    + " ms from " + beside.startMs() + " ms on; allowed: as many as " + file + ", " + trace.length()
                    + " of " + trace.dtMs() + " ms from " + trace.startMs() + " ms on");
        }
        return TraceComparison.of(beside, trace, criterion, 1);
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "none" : String.format(Locale.ROOT, format, value);
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

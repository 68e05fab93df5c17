package org.nagumo.experiments.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.datagen.simulate.TraceFile;
import org.nagumo.experiments.reproduce.Steps;
import org.nagumo.experiments.spikes.Spike;
import org.nagumo.experiments.spikes.SpikeStatistics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Spike statistics of any voltage trace. */
@Command(name = "spikes", mixinStandardHelpOptions = true,
        description = "Spike statistics of a voltage trace: upward crossings of 0 mV with a later return.")
public final class Spikes implements Callable<Integer> {

    @Parameters(paramLabel = "TRACE.csv", description = "Columns time_ms and voltage_mV at least.")
    private Path file;

    @Option(names = "--onset", paramLabel = "MS", description = "Start of the stimulus (default: of the trace).")
    private Double onset;

    @Option(names = "--offset", paramLabel = "MS", description = "End of the stimulus (default: of the trace).")
    private Double offset;

    @Option(names = "--json", description = "Prints one JSON object and nothing else.")
    private boolean json;

    @Option(names = "--quiet", description = "Shows no progress.")
    private boolean quiet;

    /** Runs this command alone. */
    public static void main(String[] args) {
        System.exit(Nagumo.execute(new Spikes(), args));
    }

    @Override
    public Integer call() {
        Trace trace;
        try (Steps.Step step = new ConsoleSteps(quiet || json).begin("reading of " + file, file.toFile().length())) {
            trace = TraceFile.read(file, step::advance);
        }
        double from = onset == null ? 0 : onset;
        double to = offset == null ? trace.length() * trace.dtMs() : offset;
        if (!(from >= 0 && to > from && to <= trace.length() * trace.dtMs() + 1e-6)) {
            throw new InputException(file + ": --onset " + from + " and --offset " + to + "; allowed: 0 <= onset <"
                    + " offset <= " + trace.length() * trace.dtMs() + " ms, the length of the trace");
        }
        SpikeStatistics statistics = SpikeStatistics.of(trace, from, to);
        if (json) {
            System.out.println(statistics.toJson().toPrettyString());
            return 0;
        }
        System.out.printf(Locale.ROOT, "%d spikes, latency %.3f ms, mean rate %.2f Hz, steady rate %.2f Hz,"
                + " adaptation index %.4f%n", statistics.count(), statistics.latencyMs(), statistics.meanRateHz(),
                statistics.steadyRateHz(), statistics.adaptationIndex());
        if (statistics.count() > 0) {
            System.out.printf("%12s %12s %12s %14s%n", "time, ms", "peak, mV", "trough, mV", "half-width, ms");
        }
        for (Spike s : statistics.spikes()) {
            System.out.printf(Locale.ROOT, "%12.3f %12.2f %12.2f %14.3f%n", s.timeMs(), s.peakMv(), s.troughMv(),
                    s.halfWidthMs());
        }
        return 0;
    }
}

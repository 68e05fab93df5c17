package org.nagumo.experiments.cli;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.nagumo.datagen.dataset.DatasetGenerator;
import org.nagumo.datagen.dataset.DatasetGenerator.Format;
import org.nagumo.datagen.dataset.DatasetGenerator.Options;
import org.nagumo.datagen.dataset.DatasetProgress;
import org.nagumo.datagen.dataset.Manifest;
import org.nagumo.datagen.dataset.Recordings;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.protocol.Protocol;
import org.nagumo.experiments.reproduce.Steps;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a data set. */
@Command(name = "generate", mixinStandardHelpOptions = true, showDefaultValues = true,
        description = {"Simulates the neuron of a protocol under all its currents and writes the data set.",
            "With the manifest.json of a data set makes the same again; with CSV files of recordings (columns of time,"
                    + " current and voltage with their units, such as time_ms,current_uA_per_cm2,voltage_mV) makes a"
                    + " data set of them."})
public final class Generate implements Callable<Integer> {

    @Parameters(paramLabel = "PROTOCOL.yaml|MANIFEST.json|RECORDING.csv", arity = "1..*",
            description = "A protocol, a manifest, or recordings, one for each sequence.")
    private List<Path> sources;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder of the data set.")
    private Path out;

    @Option(names = "--format", paramLabel = "FORMAT", split = ",",
            description = "binary, csv or both (default: binary; with a manifest: as it says).")
    private List<String> formats;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private BeginningOption beginning;

    @Mixin
    private QuietOption progress;

    /** Runs this command alone. */
    public static void main(String[] args) {
        System.exit(Nagumo.execute(new Generate(), args));
    }

    @Override
    public Integer call() {
        EnumSet<Format> chosen = EnumSet.noneOf(Format.class);
        if (formats != null) {
            formats.forEach(name -> chosen.add(Format.named(name)));
        }
        Path first = sources.get(0);
        Manifest made;
        if (sources.stream().allMatch(source -> endsWith(source, ".csv"))) {
            made = withProgress(out.toString(), Recordings.work(sources, chosen), chosen,
                    options -> Recordings.make(sources, out, options));
        } else if (sources.size() > 1) {
            throw new InputException("generate has " + sources.size() + " sources; allowed: one protocol, one manifest,"
                    + " or CSV files alone");
        } else if (endsWith(first, ".json")) {
            Manifest manifest = Manifest.read(first);
            Set<Format> again = chosen.isEmpty() ? Set.copyOf(manifest.formats()) : chosen;
            made = withProgress(first.toString(), DatasetGenerator.work(first, again), again,
                    options -> DatasetGenerator.regenerate(first, out, options));
        } else {
            Protocol protocol;
            try (Steps.Step step = progress.steps().begin("reading of " + first, 1)) {
                protocol = Protocol.read(first);
                step.advance(1);
            }
            ModelOption.report(protocol.neuron());
            made = generate(protocol, chosen);
        }
        System.out.println(made.sequences() + " sequences in " + out);
        return 0;
    }

    private Manifest generate(Protocol protocol, Set<Format> chosen) {
        return withProgress(protocol.name(), DatasetGenerator.work(protocol, chosen), chosen,
                options -> DatasetGenerator.generate(protocol, out, options));
    }

    private static boolean endsWith(Path file, String ending) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(ending);
    }

    private Manifest withProgress(String name, long total, Set<Format> chosen, Function<Options, Manifest> work) {
        Thread interrupted = new Thread(() -> System.err.println("interrupted; --resume goes on from here"));
        try (Progress told = new Progress(progress.steps(), name, total)) {
            Runtime.getRuntime().addShutdownHook(interrupted);
            return work.apply(new Options(chosen.isEmpty() ? EnumSet.of(Format.BINARY) : chosen, threads.threads(),
                    beginning.beginning(), told));
        } finally {
            removeUnlessRunning(interrupted);
        }
    }

    /** The checks are steps of their own, before the making. */
    private static final class Progress implements DatasetProgress, AutoCloseable {

        private final Steps steps;
        private final String name;
        private final long total;
        private Steps.Step step;
        private boolean making;

        Progress(Steps steps, String name, long total) {
            this.steps = steps;
            this.name = name;
            this.total = total;
        }

        @Override
        public LongConsumer check(String what, long bytes) {
            close();
            step = steps.begin("check of " + what, bytes);
            return step::advance;
        }

        @Override
        public synchronized void accept(long amount) {
            if (!making) {
                close();
                making = true;
                step = steps.begin(name, total);
            }
            step.advance(amount);
        }

        @Override
        public void close() {
            if (step != null) {
                step.close();
            }
        }
    }

    private static void removeUnlessRunning(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The program is ending, and the hook is saying so.
        }
    }
}

package org.nagumo.experiments.cli;

import java.io.IOException;
import java.nio.file.Files;
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
import org.nagumo.datagen.recording.RecordingFormats;
import org.nagumo.datagen.recording.set.RecordingSet;
import org.nagumo.experiments.reproduce.Steps;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a data set. */
@Command(name = "generate", mixinStandardHelpOptions = true, showDefaultValues = true,
        description = {"Simulates the neuron of a protocol under all its currents and writes the data set.",
            "With the manifest.json of a data set makes the same again; with recordings (.abf, .nwb, .ibw, or .csv and"
                    + " .tsv with columns such as time_ms,current_pA,voltage_mV), or a recordings.yaml that lists them"
                    + " and what to correct, makes a data set of them, with the currents in their own unit."})
public final class Generate implements Callable<Integer> {

    @Parameters(paramLabel = "PROTOCOL.yaml|NAME|MANIFEST.json|RECORDING|recordings.yaml",
            arity = "1..*", description = "A protocol or the name of one that ships, a manifest, recordings, or a list of"
                    + " recordings.")
    private List<Path> sources;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder of the data set.")
    private Path out;

    @Option(names = "--format", paramLabel = "FORMAT", split = ",",
            description = "binary, csv or both (default: binary; with a manifest: as it says).")
    private List<String> formats;

    @Option(names = "--area", paramLabel = "UM2", description = "Membrane area in um2, where it is known: the currents"
            + " of recordings become uA/cm2.")
    private Double area;

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
        if (sources.stream().allMatch(RecordingFormats::known)) {
            made = generate(RecordingSet.of(sources, checkedArea()), chosen);
        } else if (sources.size() > 1) {
            throw new InputException("generate has " + sources.size() + " sources; allowed: one protocol, one manifest,"
                    + " one list of recordings, or recordings alone (" + RecordingFormats.endings() + ")");
        } else if (area != null) {
            throw new InputException("--area with " + first + "; allowed: with recordings alone; a recordings.yaml has"
                    + " correct: {area_um2: ...}");
        } else if (endsWith(first, ".json")) {
            Manifest manifest = Manifest.read(first);
            Set<Format> again = chosen.isEmpty() ? Set.copyOf(manifest.formats()) : chosen;
            made = withProgress(first.toString(), DatasetGenerator.work(first, again), again,
                    options -> DatasetGenerator.regenerate(first, out, options));
        } else if (isRecordingSet(first)) {
            made = generate(RecordingSet.read(first), chosen);
        } else {
            Protocol protocol;
            try (Steps.Step step = progress.steps().begin("reading of " + first, 1)) {
                protocol = Protocol.named(first.toString());
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

    private Manifest generate(RecordingSet set, Set<Format> chosen) {
        return withProgress(set.name(), Recordings.work(set, chosen), chosen,
                options -> Recordings.make(set, out, options));
    }

    private double checkedArea() {
        if (area != null && !(area > 0 && area < Double.POSITIVE_INFINITY)) {
            throw new InputException("--area is " + area + "; allowed: a positive, finite number of um2");
        }
        return area == null ? Double.NaN : area;
    }

    /** Whether a file lists recordings; what cannot be read is left to the reader of protocols. */
    private static boolean isRecordingSet(Path file) {
        try {
            return Files.isRegularFile(file) && RecordingSet.isOne(Files.readString(file));
        } catch (IOException e) {
            return false;
        }
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

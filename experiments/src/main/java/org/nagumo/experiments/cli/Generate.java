package org.nagumo.experiments.cli;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.nagumo.datagen.dataset.DatasetGenerator;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.protocol.Protocol;
import org.nagumo.experiments.reproduce.Steps;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Regenerates a data set. */
@Command(name = "generate", mixinStandardHelpOptions = true, showDefaultValues = true,
        description = "Simulates the neuron of a protocol under all its currents and writes the data set.")
public final class Generate implements Callable<Integer> {

    @Parameters(paramLabel = "PROTOCOL.yaml", description = "The protocol.")
    private Path protocol;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder of the data set.")
    private Path out;

    @Option(names = "--format", paramLabel = "FORMAT", split = ",", defaultValue = "binary",
            description = "binary, csv or both.")
    private List<String> formats;

    @Option(names = "--threads", paramLabel = "N", description = "Worker threads (default: all cores); the bytes do not"
            + " depend on them.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--quiet", description = "Shows no progress.")
    private boolean quiet;

    /** Runs this command alone. */
    public static void main(String[] args) {
        System.exit(Nagumo.execute(new Generate(), args));
    }

    @Override
    public Integer call() {
        Set<DatasetGenerator.Format> chosen = EnumSet.noneOf(DatasetGenerator.Format.class);
        for (String format : formats) {
            switch (format.toLowerCase(Locale.ROOT)) {
                case "binary" -> chosen.add(DatasetGenerator.Format.BINARY);
                case "csv" -> chosen.add(DatasetGenerator.Format.CSV);
                default -> throw new InputException("--format has '" + format + "'; allowed: binary, csv");
            }
        }
        if (threads < 1) {
            throw new InputException("--threads is " + threads + "; allowed: at least 1");
        }
        Protocol read = Protocol.read(protocol);
        try (Steps.Step step = new ConsoleSteps(quiet).begin(read.name(), read.sequences().size())) {
            int[] done = {0};
            DatasetGenerator.generate(read, out, chosen, threads, count -> {
                step.advance(count - done[0]);
                done[0] = count;
            });
        }
        System.out.println(read.sequences().size() + " sequences in " + out);
        return 0;
    }
}

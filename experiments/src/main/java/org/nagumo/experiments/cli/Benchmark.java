package org.nagumo.experiments.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.nagumo.datagen.io.AtomicFile;
import org.nagumo.datagen.io.InputException;
import org.nagumo.experiments.benchmark.BenchmarkRun;
import org.nagumo.experiments.benchmark.Effort;
import org.nagumo.experiments.benchmark.Machine;
import org.nagumo.experiments.benchmark.TimingTable;
import org.nagumo.experiments.benchmark.VectorModule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How fast the network computes. */
@Command(name = "benchmark", mixinStandardHelpOptions = true, showDefaultValues = true,
        description = "Measures kernel, training and use of the network, and its peers, with JMH, in Java processes of"
                + " their own; prints one table in Markdown.")
public final class Benchmark implements Callable<Integer> {

    @Option(names = "--quick", description = "Some seconds for each benchmark instead of half a minute.")
    private boolean quick;

    @Option(names = "--include", paramLabel = "REGEX", defaultValue = ".",
            description = "Runs those in whose name, such as ...FitBenchmark.fit, it is found.")
    private String include;

    @Option(names = "--vector", paramLabel = "auto|on|off", defaultValue = "auto",
            description = "With jdk.incubator.vector (on), without it (off), or both where the JDK has it (auto).")
    private VectorModule vector;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes JMH's own results, with every iteration.")
    private Path json;

    @Option(names = "--quiet", description = "Does not show what JMH tells of its progress.")
    private boolean quiet;

    /** Runs this command alone. */
    public static void main(String[] args) {
        System.exit(Nagumo.execute(new Benchmark(), args));
    }

    @Override
    public Integer call() {
        if (vector == VectorModule.ON && !VectorModule.isThere()) {
            throw new InputException("--vector on: this JDK has no module jdk.incubator.vector; allowed: auto, off");
        }
        BenchmarkRun run = new BenchmarkRun(pattern(), quick ? Effort.QUICK : Effort.FULL, vector,
                quiet ? new PrintStream(OutputStream.nullOutputStream()) : System.err);
        if (json != null) {
            AtomicFile.write(json, out -> run.writeJson(new PrintStream(out, false, StandardCharsets.UTF_8)));
        }
        System.out.print(TimingTable.text(Machine.present(), run.timings()));
        return 0;
    }

    private Pattern pattern() {
        try {
            return Pattern.compile(include);
        } catch (PatternSyntaxException e) {
            throw new InputException("--include '" + include + "': " + e.getDescription()
                    + "; allowed: a regular expression");
        }
    }
}

package org.nagumo.experiments.benchmark;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the benchmarks of this package, each in Java processes of its own. */
public final class BenchmarkRun {

    /** Those that do without the kernel, and so without the vector module. */
    private static final Pattern PEERS = Pattern.compile("\\.(Peer|SameDiff|Simulation|Dataset)Benchmark\\.");

    /** What is measured once in each process, without warm-up, and with the vector module as it is used by itself. */
    private static final Pattern START_UP = Pattern.compile("\\.StartUpBenchmark\\.");
    private static final Pattern OTHERS = Pattern.compile("^(?!.*" + START_UP + ").*");
    private static final String ITS_OWN_CHOICE = "-Dnagumo.vector=auto";

    /** No helpers in the common pool, where blocks of a minibatch run side by side. */
    private static final String ONE_CORE = "-Djava.util.concurrent.ForkJoinPool.common.parallelism=0";

    private final List<RunResult> results = new ArrayList<>();

    /**
     * Runs benchmarks, those of the peers once, the others in each setting of the vector module.
     *
     * @param include finds the names of those to run, {@code class.method} with the package
     * @param log     where JMH tells what it does
     * @throws IllegalArgumentException when no name matches
     * @throws IllegalStateException    when a benchmark fails
     */
    public BenchmarkRun(Pattern include, Effort effort, VectorModule vector, PrintStream log) {
        OutputFormat output = OutputFormatFactory.createFormatInstance(log, VerboseMode.NORMAL);
        if (names().stream().noneMatch(include.asPredicate())) {
            throw new IllegalArgumentException("--include '" + include + "' matches no benchmark; allowed: " + names());
        }
        List<List<String>> runs = vector.arguments();
        for (int run = 0; run < runs.size(); run++) {
            List<String> arguments = runs.get(run);
            log.printf("# Run %d of %d: %s%n", run + 1, runs.size(), arguments.isEmpty()
                    ? "without jdk.incubator.vector" : String.join(" ", arguments));
            List<String> excluded = run > 0 ? List.of(PEERS.pattern()) : List.of();
            ChainedOptionsBuilder options = options(include, excluded, START_UP).forks(effort.forks())
                    .warmupIterations(effort.warmups()).warmupTime(TimeValue.milliseconds(effort.warmupMs()))
                    .measurementIterations(effort.iterations())
                    .measurementTime(TimeValue.milliseconds(effort.iterationMs())).jvmArgs(jvm(arguments));
            results.addAll(run(options, output));
            ChainedOptionsBuilder once = options(include, excluded, OTHERS).forks(effort.processes())
                    .warmupIterations(0).measurementIterations(1).jvmArgs(jvm(arguments, ITS_OWN_CHOICE));
            results.addAll(run(once, output));
        }
    }

    private static ChainedOptionsBuilder options(Pattern include, List<String> excluded, Pattern alsoExcluded) {
        ChainedOptionsBuilder options = new OptionsBuilder().include(include.pattern())
                .exclude(alsoExcluded.pattern()).timeout(TimeValue.minutes(10)).shouldFailOnError(true);
        excluded.forEach(options::exclude);
        return options;
    }

    private static String[] jvm(List<String> arguments, String... more) {
        return Stream.of(Stream.of("-Xmx3g", "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0", ONE_CORE),
                arguments.stream(), Stream.of(more)).flatMap(s -> s).toArray(String[]::new);
    }

    private static Collection<RunResult> run(ChainedOptionsBuilder options, OutputFormat output) {
        try {
            return new Runner(options.build(), output).run();
        } catch (NoBenchmarksException e) {
            // All that were asked for run with other options.
            return List.of();
        } catch (RunnerException e) {
            throw new IllegalStateException("a benchmark failed: " + e.getMessage(), e);
        }
    }

    /** Names of all benchmarks. */
    public static List<String> names() {
        OutputFormat silent = OutputFormatFactory.createFormatInstance(new PrintStream(
                PrintStream.nullOutputStream()), VerboseMode.SILENT);
        return BenchmarkList.defaultList().getAll(silent, List.of()).stream().map(BenchmarkListEntry::getUsername)
                .sorted().toList();
    }

    /** What was measured. */
    public List<Timing> timings() {
        return results.stream().map(Timing::of).toList();
    }

    /** Writes everything that JMH knows, in its JSON form. */
    public void writeJson(PrintStream out) {
        ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
        out.flush();
    }
}

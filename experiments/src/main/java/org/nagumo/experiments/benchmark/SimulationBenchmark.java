package org.nagumo.experiments.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.nagumo.datagen.dataset.DatasetGenerator;
import org.nagumo.datagen.dataset.DatasetGenerator.Format;
import org.nagumo.datagen.dataset.SequenceFile;
import org.nagumo.datagen.io.Beginning;
import org.nagumo.datagen.protocol.Protocol;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A data set of Hodgkin and Huxley's neuron from the protocol's text to the closed file: currents drawn, neurons
 * integrated within 0.01 mV, six columns written and checksummed. Size: state variables, sequences, samples of 0.1 ms.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SimulationBenchmark {

    static final String WORK = "generate hh, 1 thread";

    @Param("4x512x10000")
    String size;

    private String protocol;
    private Path folder;

    /** Writes the protocol. */
    @Setup
    public void prepare() throws IOException {
        Size s = Size.of(size);
        protocol = String.format(Locale.ROOT, """
                name: noise
                sampling: {dt_ms: 0.1}
                seed: 1
                sequences:
                  - duration_ms: %s
                    count: %d
                    stimulus:
                      kind: ornstein-uhlenbeck
                      mean: {uniform: [-2, 10]}
                      sd: {uniform: [1, 8]}
                      tau_ms: {log-uniform: [1, 20]}
                """, s.steps() * 0.1, s.minibatch());
    }

    /** A folder without the data set of the call before, whose removal is no part of making one. */
    @Setup(Level.Invocation)
    public void makeFolder() throws IOException {
        folder = Files.createTempDirectory("nagumo-benchmark");
    }

    private double generate(int threads) {
        DatasetGenerator.generate(Protocol.parse("noise", protocol, Path::of), folder,
                new DatasetGenerator.Options(EnumSet.of(Format.BINARY), threads, Beginning.OVERWRITE, n -> { }));
        return SequenceFile.open(folder.resolve(DatasetGenerator.SEQUENCES)).size();
    }

    /** On one core. */
    @Benchmark
    @Work(WORK)
    public double oneThread() {
        return generate(1);
    }

    /** On two. */
    @Benchmark
    @Work(value = "generate hh, 2 threads", against = WORK)
    public double twoThreads() {
        return generate(2);
    }

    /** Removes the data set. */
    @TearDown(Level.Invocation)
    public void remove() throws IOException {
        DatasetBenchmark.remove(folder);
    }
}

package org.nagumo.experiments.benchmark;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The first second or so of training in a process, while Java compiles the code: once in each process, and where the
 * vector module is there, as it is used unless one wishes otherwise, from when on it pays.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StartUpBenchmark {

    private static final int FITS = 500;

    @Param("2x64x1000")
    String size;

    private final FitBenchmark fit = new FitBenchmark();

    /** Makes the network and a minibatch. */
    @Setup
    public void prepare() {
        fit.size = size;
        fit.prepare();
    }

    /** ContinuousTimeGru and LinearReadout. */
    @Benchmark
    @OperationsPerInvocation(FITS)
    @Work(value = "fit, the first " + FITS + " of a process", against = FitBenchmark.WORK)
    public double firstFits() {
        double score = 0;
        for (int k = 0; k < FITS; k++) {
            score = fit.fit();
        }
        return score;
    }
}

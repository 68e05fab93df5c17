package org.nagumo.experiments.benchmark;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.nagumo.core.gru.FusedGru;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Two kernels with half of the minibatch each, one after the other and side by side. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ThreadsBenchmark {

    @Param({"2x256x1000", "64x128x200"})
    String size;

    private ExecutorService threads;
    private double[] parameters;
    private List<Callable<double[]>> halves;

    /** Makes both kernels and the threads. */
    @Setup
    public void prepare() {
        Size whole = Size.of(size);
        Size half = new Size(whole.units(), whole.minibatch() / 2, whole.steps());
        parameters = Problem.parameters(Problem.kernel(half, 0));
        halves = List.of(half(Problem.kernel(half, 0)), half(Problem.kernel(half, 1)));
        threads = Executors.newFixedThreadPool(halves.size());
    }

    private Callable<double[]> half(FusedGru<float[]> kernel) {
        double[] gradient = new double[kernel.parameterCount()];
        return () -> {
            kernel.forward(parameters, null);
            kernel.backward(false);
            kernel.gradient(gradient);
            return gradient;
        };
    }

    /** Ends the threads. */
    @TearDown
    public void end() {
        threads.shutdown();
    }

    /** The reference. */
    @Benchmark
    @Work("kernel, halves in turn")
    public double[] oneThread() throws Exception {
        return sum(halves.get(0).call(), halves.get(1).call());
    }

    /** On two threads, until the slower one is done. */
    @Benchmark
    @Work(value = "kernel, halves on two threads",
            against = "kernel, halves in turn")
    public double[] twoThreads() throws InterruptedException, ExecutionException {
        List<Future<double[]>> done = threads.invokeAll(halves);
        return sum(done.get(0).get(), done.get(1).get());
    }

    private static double[] sum(double[] a, double[] b) {
        double[] sum = new double[a.length];
        for (int p = 0; p < sum.length; p++) {
            sum[p] = a[p] + b[p];
        }
        return sum;
    }
}

package org.nagumo.experiments.benchmark;

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

/** The fused kernel by itself, in single precision. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KernelBenchmark {

    @Param({"2x64x1000", "2x256x1000", "2x64x10000", "16x64x1000", "64x64x200"})
    String size;

    private FusedGru<float[]> kernel;
    private double[] parameters;
    private double[] gradient;

    /** Makes the kernel and its input. */
    @Setup
    public void prepare() {
        kernel = Problem.kernel(Size.of(size), 0);
        parameters = Problem.parameters(kernel);
        gradient = new double[kernel.parameterCount()];
    }

    /** States and gradients of all parameters. */
    @Benchmark
    @Work("kernel")
    public double[] forwardBackward() {
        kernel.forward(parameters, null);
        kernel.backward(false);
        kernel.gradient(gradient);
        return gradient;
    }
}

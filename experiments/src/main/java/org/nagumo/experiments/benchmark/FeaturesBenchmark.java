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

/** The fused kernel with the shared features of the main job's network, over a segment as training cuts them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FeaturesBenchmark {

    private static final int FEATURES = 16;

    @Param("2x64x64")
    String size;

    private FusedGru<float[]> kernel;
    private double[] parameters;
    private double[] gradient;

    /** Makes the kernel and its input. */
    @Setup
    public void prepare() {
        kernel = Problem.kernel(Size.of(size), FEATURES, 0);
        parameters = Problem.parameters(kernel);
        gradient = new double[kernel.parameterCount()];
    }

    /** States and gradients of all parameters. */
    @Benchmark
    @Work("kernel, 16 shared features")
    public double[] forwardBackward() {
        kernel.forward(parameters, null);
        kernel.backward(false);
        kernel.gradient(gradient);
        return gradient;
    }
}

package org.nagumo.experiments.benchmark;

import java.util.concurrent.TimeUnit;
import org.nagumo.core.gru.FusedGru;
import org.nagumo.core.gru.Integrator;
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

    private FusedGru<float[]> euler;
    private FusedGru<float[]> heun;
    private FusedGru<float[]> rungeKutta;
    private double[] parameters;
    private double[] gradient;

    /** Makes the kernels and their input. */
    @Setup
    public void prepare() {
        euler = Problem.kernel(Size.of(size), Integrator.EULER, FEATURES, 0);
        heun = Problem.kernel(Size.of(size), Integrator.HEUN, FEATURES, 0);
        rungeKutta = Problem.kernel(Size.of(size), Integrator.RUNGE_KUTTA_4, FEATURES, 0);
        parameters = Problem.parameters(euler);
        gradient = new double[euler.parameterCount()];
    }

    /** States and gradients of all parameters in Euler's steps. */
    @Benchmark
    @Work("kernel, 16 shared features")
    public double[] forwardBackward() {
        return forwardBackward(euler);
    }

    /** In Heun's steps, which evaluate the gates twice. */
    @Benchmark
    @Work(value = "kernel, 16 shared features, Heun", against = "kernel, 16 shared features")
    public double[] heun() {
        return forwardBackward(heun);
    }

    /** In steps of order 4, which evaluate the gates four times. */
    @Benchmark
    @Work(value = "kernel, 16 shared features, Runge-Kutta 4", against = "kernel, 16 shared features")
    public double[] rungeKutta4() {
        return forwardBackward(rungeKutta);
    }

    private double[] forwardBackward(FusedGru<float[]> kernel) {
        kernel.forward(parameters, null);
        kernel.backward(false);
        kernel.gradient(gradient);
        return gradient;
    }
}

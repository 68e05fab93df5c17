package org.nagumo.experiments.benchmark;

import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A trained network at work. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OutputBenchmark {

    @Param({"2x64x1000", "2x64x10000"})
    String size;

    private INDArray input;
    private MultiLayerNetwork net;

    /** Makes the network and its input. */
    @Setup
    public void prepare() {
        Size s = Size.of(size);
        input = Problem.noise(s, 0);
        net = Problem.network(Problem.gru(s), Problem.readout(s));
    }

    /** From the initial state. */
    @Benchmark
    @Work("output")
    public double output() {
        return used(net.output(input));
    }

    /** From the state that the last call left behind. */
    @Benchmark
    @Work("rnnTimeStep")
    public double rnnTimeStep() {
        return used(net.rnnTimeStep(input));
    }

    /** Outputs that are not closed lie outside the heap until Java collects garbage, and each lies in fresh memory. */
    private static double used(INDArray output) {
        double first = output.getDouble(0, 0, 0);
        output.close();
        return first;
    }
}

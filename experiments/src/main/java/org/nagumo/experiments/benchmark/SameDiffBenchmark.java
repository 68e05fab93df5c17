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

/**
 * The same equations as an unrolled SameDiff graph. Its sequences are short, for to build the graph takes a time that
 * grows with their square; that time is not in the figure.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SameDiffBenchmark {

    @Param("2x64x50")
    String size;

    private INDArray input;
    private INDArray target;
    private MultiLayerNetwork net;

    /** Makes the network, its graph and a minibatch. */
    @Setup
    public void prepare() {
        Size s = Size.of(size);
        input = Problem.noise(s, 0);
        target = Problem.noise(s, 1);
        net = Problem.network(Problem.sameDiffGru(s), Problem.stockReadout(s));
        net.fit(input, target);
    }

    /** An iteration of training. */
    @Benchmark
    @Work(value = "fit, SameDiff layer", against = FitBenchmark.WORK)
    public double fit() {
        net.fit(input, target);
        return net.score();
    }
}

package org.nagumo.experiments.benchmark;

import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Deeplearning4j's own recurrent layers in the place of ours. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PeerBenchmark {

    @Param({"2x64x1000", "16x64x1000", "64x64x200"})
    String size;

    private INDArray input;
    private INDArray target;
    private MultiLayerNetwork lstm;
    private MultiLayerNetwork simpleRnn;

    /** Makes the networks and a minibatch. */
    @Setup
    public void prepare() {
        Size s = Size.of(size);
        input = Problem.noise(s, 0);
        target = Problem.noise(s, 1);
        lstm = Problem.network(new LSTM.Builder().nIn(1).nOut(s.units()).activation(Activation.TANH).build(),
                Problem.stockReadout(s));
        simpleRnn = Problem.network(new SimpleRnn.Builder().nIn(1).nOut(s.units()).activation(Activation.TANH).build(),
                Problem.stockReadout(s));
    }

    /** The long short-term memory, with four gates. */
    @Benchmark
    @Work(value = "fit, Deeplearning4j LSTM", against = FitBenchmark.WORK)
    public double lstm() {
        lstm.fit(input, target);
        return lstm.score();
    }

    /** The recurrent layer without gates. */
    @Benchmark
    @Work(value = "fit, Deeplearning4j SimpleRnn", against = FitBenchmark.WORK)
    public double simpleRnn() {
        simpleRnn.fit(input, target);
        return simpleRnn.score();
    }
}

package org.nagumo.experiments.benchmark;

import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nagumo.core.gru.InPlaceUpdater;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Whole iterations of training: layer, readout, loss and Adam. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FitBenchmark {

    static final String WORK = "fit";

    @Param({"2x64x10", "2x64x1000", "2x64x10000", "2x256x1000", "16x64x1000", "64x64x200"})
    String size;

    private INDArray input;
    private INDArray target;
    private MultiLayerNetwork net;
    private MultiLayerNetwork inPlace;
    private MultiLayerNetwork stock;

    /** Makes the networks and a minibatch. */
    @Setup
    public void prepare() {
        Size s = Size.of(size);
        input = Problem.noise(s, 0);
        target = Problem.noise(s, 1);
        net = Problem.network(Problem.gru(s), Problem.readout(s));
        inPlace = Problem.network(Problem.gru(s), Problem.readout(s));
        inPlace.setUpdater(new InPlaceUpdater(inPlace));
        stock = Problem.network(Problem.gru(s), Problem.stockReadout(s));
    }

    /** ContinuousTimeGru and LinearReadout. */
    @Benchmark
    @Work(WORK)
    public double fit() {
        net.fit(input, target);
        return net.score();
    }

    /** The same with the updater that makes no views. */
    @Benchmark
    @Work(value = "fit, InPlaceUpdater", against = WORK)
    public double inPlace() {
        inPlace.fit(input, target);
        return inPlace.score();
    }

    /** With Deeplearning4j's output layer. */
    @Benchmark
    @Work(value = "fit, RnnOutputLayer", against = WORK)
    public double withStockReadout() {
        stock.fit(input, target);
        return stock.score();
    }
}

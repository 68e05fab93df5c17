package org.nagumo.experiments.benchmark;

import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nagumo.core.gru.ContinuousTimeGru;
import org.nagumo.core.gru.FusedGru;
import org.nagumo.core.gru.GruEquations;
import org.nagumo.core.gru.Integrator;
import org.nagumo.core.gru.LinearReadout;
import org.nagumo.core.gru.SameDiffContinuousTimeGru;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The networks and minibatches that the benchmarks share: one input, one readout under the squared error, single
 * precision, Gaussian noise for input and target. The arrays are 'f'-ordered, as an iterator that cares for speed
 * makes them.
 */
final class Problem {

    private static final int SEED = 1;
    private static final double DT_MS = 0.1;
    private static final double TAU_MS = 1;

    private Problem() {
    }

    /** Noise in shape {@code [minibatch, 1, time]}. */
    static INDArray noise(Size size, int stream) {
        SplittableRandom random = new SplittableRandom(SEED + stream);
        float[] values = new float[size.minibatch() * size.steps()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Nd4j.create(values, new long[] {size.minibatch(), 1, size.steps()}, 'f');
    }

    /** The layer's usual form: Euler steps, time constants that are learned. */
    static ContinuousTimeGru gru(Size size) {
        return new ContinuousTimeGru.Builder().nIn(1).nOut(size.units()).dt(DT_MS).tau(TAU_MS).learnTau(true).build();
    }

    /** The same layer as a SameDiff graph. */
    static SameDiffContinuousTimeGru sameDiffGru(Size size) {
        return new SameDiffContinuousTimeGru.Builder().nIn(1).nOut(size.units()).dt(DT_MS).tau(TAU_MS).learnTau(true)
                .build();
    }

    /** The linear readout in one pass. */
    static Layer readout(Size size) {
        return new LinearReadout.Builder().nIn(size.units()).nOut(1).build();
    }

    /** Deeplearning4j's own output layer. */
    static Layer stockReadout(Size size) {
        return new RnnOutputLayer.Builder(LossFunction.MSE).nIn(size.units()).nOut(1).activation(Activation.IDENTITY)
                .dataFormat(RNNFormat.NCW).build();
    }

    /** A recurrent layer and its readout under Adam. */
    static MultiLayerNetwork network(Layer recurrent, Layer readout) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder().seed(SEED)
                .dataType(DataType.FLOAT).updater(new Adam(1e-3)).list().layer(recurrent).layer(readout)
                .setInputType(InputType.recurrent(1, RNNFormat.NCW)).build());
        net.init();
        return net;
    }

    /** The kernel by itself, filled with noise. */
    static FusedGru<float[]> kernel(Size size, int stream) {
        return kernel(size, Integrator.EULER, 0, stream);
    }

    /** The kernel by itself with a method and shared features, filled with noise. */
    static FusedGru<float[]> kernel(Size size, Integrator integrator, int features, int stream) {
        FusedGru<float[]> kernel = FusedGru.ofFloats(GruEquations.of(integrator, 1, DT_MS, features), 1,
                size.units());
        kernel.resize(size.minibatch(), size.steps());
        SplittableRandom random = new SplittableRandom(SEED + stream);
        for (int t = 0; t < size.steps(); t++) {
            fill(kernel.input(t, 0), random);
            for (int j = 0; j < size.units(); j++) {
                fill(kernel.outputGradient(t, j), random);
            }
        }
        return kernel;
    }

    private static void fill(float[] row, SplittableRandom random) {
        for (int b = 0; b < row.length; b++) {
            row[b] = (float) random.nextGaussian();
        }
    }

    /** Parameters of the kernel with the deviation of Xavier's rule; time constants of {@code TAU_MS}. */
    static double[] parameters(FusedGru<float[]> kernel) {
        double[] parameters = new double[kernel.parameterCount()];
        SplittableRandom random = new SplittableRandom(SEED);
        for (int p = 0; p < parameters.length - kernel.units(); p++) {
            parameters[p] = random.nextGaussian() / Math.sqrt(kernel.units());
        }
        return parameters;
    }
}

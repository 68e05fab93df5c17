package org.nagumo.core.gru;

import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Small networks and minibatches that the tests of the layers share. */
final class Networks {

    private Networks() {
    }

    /**
     * The layers with a linear readout of two numbers under the squared error, and with weights so large that every gate
     * leaves its linear range.
     */
    static MultiLayerNetwork network(DataType type, IUpdater updater, int lastUnits, Layer... layers) {
        return withReadout(type, updater, new RnnOutputLayer.Builder(LossFunctions.LossFunction.MSE)
                .nIn(lastUnits).nOut(2).activation(Activation.IDENTITY).dataFormat(RNNFormat.NCW).build(), layers);
    }

    /** The same with a readout of the caller's. */
    static MultiLayerNetwork withReadout(DataType type, IUpdater updater, Layer readout, Layer... layers) {
        var list = new NeuralNetConfiguration.Builder().seed(12).dataType(type).updater(updater).list();
        for (Layer layer : layers) {
            list.layer(layer);
        }
        MultiLayerConfiguration conf = list.layer(readout).build();
        MultiLayerNetwork net = new MultiLayerNetwork(conf);
        net.init();
        SplittableRandom random = new SplittableRandom(12);
        net.setParams(net.params().add(Nd4j.createFromArray(random.doubles(net.numParams(), -0.5, 0.5).toArray())
                .castTo(type).reshape(net.params().shape())));
        return net;
    }

    static double[] tau(int units) {
        return new SplittableRandom(units).doubles(units, 0.1, 2).toArray();
    }

    /** Examples of different lengths, the longest of all steps, with a gap in some. */
    static INDArray raggedMask(DataType type, int lanes, int steps) {
        INDArray mask = Nd4j.ones(type, lanes, steps);
        for (int b = 0; b < lanes; b++) {
            for (int t = Math.max(1, steps - 1 - b); t < steps; t++) {
                mask.putScalar(b, t, 0);
            }
            if (steps > 4) {
                mask.putScalar(b, b, 0);
            }
        }
        return mask;
    }

    static INDArray normal(DataType type, long seed, int... shape) {
        SplittableRandom random = new SplittableRandom(seed);
        INDArray array = Nd4j.create(type, java.util.Arrays.stream(shape).asLongStream().toArray());
        for (long i = 0; i < array.length(); i++) {
            array.putScalar(i, random.nextGaussian());
        }
        return array;
    }

    static double largestDifference(INDArray a, INDArray b) {
        return a.sub(b).amaxNumber().doubleValue();
    }
}

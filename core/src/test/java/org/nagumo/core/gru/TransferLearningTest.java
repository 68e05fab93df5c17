package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.nagumo.core.gru.Networks.largestDifference;
import static org.nagumo.core.gru.Networks.network;
import static org.nagumo.core.gru.Networks.normal;

import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Trained layers taken over into other networks. */
class TransferLearningTest {

    private static final INDArray X = normal(DataType.DOUBLE, 1, 3, 2, 7);

    private final MultiLayerNetwork origin = network(DataType.DOUBLE, new Sgd(0.1), 2, layer(2, 3), layer(3, 2));

    private static ContinuousTimeGru layer(int inputs, int units) {
        return new ContinuousTimeGru.Builder().nIn(inputs).nOut(units).dt(0.5).tau(2).learnTau(true).minTau(1.9)
                .build();
    }

    private static RnnOutputLayer readout(int outputs) {
        return new RnnOutputLayer.Builder(LossFunctions.LossFunction.MSE).nIn(2).nOut(outputs)
                .activation(Activation.IDENTITY).dataFormat(RNNFormat.NCW).build();
    }

    @Test
    void frozenLayersCarryANewReadout() {
        MultiLayerNetwork net = new TransferLearning.Builder(origin)
                .fineTuneConfiguration(new FineTuneConfiguration.Builder().updater(new Sgd(0.1)).build())
                .setFeatureExtractor(1).removeOutputLayer().addLayer(readout(4)).build();
        assertThat(net.feedForward(X).get(2)).isEqualTo(origin.feedForward(X).get(2));
        INDArray readout = net.getLayer(2).params().dup();
        net.fit(X, normal(DataType.DOUBLE, 2, 3, 4, 7));
        assertThat(net.getLayer(0).params()).isEqualTo(origin.getLayer(0).params());
        assertThat(net.getLayer(1).params()).isEqualTo(origin.getLayer(1).params());
        assertThat(net.getLayer(2).params()).isNotEqualTo(readout);
    }

    @Test
    void aLayerChangesItsWidthAndTheOneAboveItsInputs() {
        MultiLayerNetwork net = new TransferLearning.Builder(origin).nOutReplace(0, 5, WeightInit.XAVIER).build();
        assertThat(net.getParam("0_RW").shape()).containsExactly(5, 15);
        assertThat(net.getParam("0_logTau").shape()).containsExactly(5);
        assertThat(net.getParam("1_W").shape()).containsExactly(5, 6);
        assertThat(net.getLayer(2).params()).isEqualTo(origin.getLayer(2).params());
        double before = net.score(new DataSet(X, X));
        net.fit(X, X);
        assertThat(net.score(new DataSet(X, X))).isLessThan(before);
    }

    @Test
    void fineTuningChangesTheUpdaterAndKeepsTheBoundOfTheTimeConstants() {
        MultiLayerNetwork net = new TransferLearning.Builder(origin).fineTuneConfiguration(
                new FineTuneConfiguration.Builder().updater(new Sgd(0.3)).constraints(null).build()).build();
        net.getParam("0_logTau").assign(Math.log(1.9) + 1e-6);
        net.getParam("1_logTau").assign(Math.log(1.9) + 1e-6);
        for (int i = 0; i < 5; i++) {
            net.fit(X, X);
            for (String key : new String[] {"0_logTau", "1_logTau"}) {
                assertThat(Math.exp(net.getParam(key).minNumber().doubleValue())).isGreaterThanOrEqualTo(1.9);
            }
        }
        assertThat(Math.exp(Math.min(net.getParam("0_logTau").minNumber().doubleValue(),
                net.getParam("1_logTau").minNumber().doubleValue()))).isCloseTo(1.9, within(1e-5));
    }

    @Test
    void theSameInGraphs() {
        ComputationGraph graph = origin.toComputationGraph();
        ComputationGraph net = new TransferLearning.GraphBuilder(graph)
                .fineTuneConfiguration(new FineTuneConfiguration.Builder().updater(new Sgd(0.1)).build())
                .setFeatureExtractor("0").removeVertexAndConnections("2")
                .addLayer("readout", readout(4), "1").setOutputs("readout").build();
        INDArray second = net.getLayer("1").params().dup();
        net.fit(new DataSet(X, normal(DataType.DOUBLE, 2, 3, 4, 7)));
        assertThat(largestDifference(net.getLayer("0").params(), origin.getLayer(0).params())).isZero();
        assertThat(largestDifference(second, origin.getLayer(1).params())).isZero();
        assertThat(largestDifference(second, net.getLayer("1").params())).isPositive();
        ComputationGraph wider = new TransferLearning.GraphBuilder(graph).nOutReplace("0", 5, WeightInit.XAVIER)
                .build();
        assertThat(wider.getLayer("0").getParam("RW").shape()).containsExactly(5, 15);
        assertThat(wider.outputSingle(X).shape()).containsExactly(3, 2, 7);
    }
}

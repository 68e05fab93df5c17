package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.nagumo.core.gru.Networks.network;
import static org.nagumo.core.gru.Networks.normal;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.constraint.UnitNormConstraint;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Constraints hold after every update, each for the parameters it was set for. */
class ConstraintsTest {

    private static ContinuousTimeGru.Builder layer() {
        return new ContinuousTimeGru.Builder().nIn(2).nOut(3).dt(0.5).tau(2).learnTau(true).features(3);
    }

    private static MultiLayerNetwork trained(ContinuousTimeGru.Builder layer) {
        MultiLayerNetwork net = network(DataType.DOUBLE, new Sgd(1), 3, layer.build());
        net.fit(normal(DataType.DOUBLE, 1, 3, 2, 7), normal(DataType.DOUBLE, 2, 3, 2, 7));
        return net;
    }

    private static INDArray columnNorms(INDArray weights) {
        return weights.norm2(0);
    }

    @Test
    void normsOfTheInputWeightsAlone() {
        MultiLayerNetwork free = trained(layer());
        MultiLayerNetwork net = trained(layer().constrainInputWeights(new MaxNormConstraint(0.3, 0)));
        assertThat(columnNorms(free.getParam("0_W")).maxNumber().doubleValue()).isGreaterThan(0.5);
        assertThat(columnNorms(net.getParam("0_W")).maxNumber().doubleValue()).isLessThan(0.3 + 1e-6);
        for (String key : new String[] {"0_RW", "0_FW", "0_V"}) {
            assertThat(net.getParam(key)).isEqualTo(free.getParam(key));
        }
    }

    @Test
    void normsOfTheRecurrentWeightsAlone() {
        MultiLayerNetwork free = trained(layer());
        MultiLayerNetwork net = trained(layer().constrainRecurrent(new UnitNormConstraint(0)));
        for (double norm : columnNorms(net.getParam("0_RW")).toDoubleVector()) {
            assertThat(norm).isCloseTo(1, within(1e-6));
        }
        assertThat(net.getParam("0_W")).isEqualTo(free.getParam("0_W"));
    }

    @Test
    void signsAndNormsOfWeightsAndBiases() {
        MultiLayerNetwork net = trained(layer().constrainWeights(new MaxNormConstraint(0.6, 0))
                .constrainBias(new NonNegativeConstraint()));
        for (String key : new String[] {"0_W", "0_RW", "0_FW", "0_V"}) {
            for (double norm : columnNorms(net.getParam(key)).toDoubleVector()) {
                assertThat(norm).isLessThan(0.6 + 1e-6);
            }
        }
        for (String key : new String[] {"0_b", "0_Fb"}) {
            assertThat(net.getParam(key).minNumber().doubleValue()).isZero();
            assertThat(trained(layer()).getParam(key).minNumber().doubleValue()).isNegative();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "4, 4"})
    void constraintsOfTheWholeNetworkReachALayerThatLearnsItsTimeConstants(int features, int seed) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder().seed(seed)
                .dataType(DataType.DOUBLE).updater(new Sgd(1)).constrainWeights(new NonNegativeConstraint()).list()
                .layer(layer().features(features).minTau(1.9).build())
                .layer(new RnnOutputLayer.Builder(LossFunctions.LossFunction.MSE).nIn(3).nOut(2)
                        .activation(Activation.IDENTITY).dataFormat(RNNFormat.NCW).build()).build());
        net.init();
        net.getParam("0_logTau").assign(Math.log(1.9) + 1e-6);
        INDArray x = normal(DataType.DOUBLE, 1, 3, 2, 7);
        INDArray y = normal(DataType.DOUBLE, 2, 3, 2, 7);
        for (int i = 0; i < 3; i++) {
            net.fit(x, y);
        }
        for (String key : features == 0 ? List.of("0_W", "0_RW", "1_W") : List.of("0_W", "0_RW", "0_FW", "0_V", "1_W")) {
            assertThat(net.getParam(key).minNumber().doubleValue()).as(key).isZero();
        }
        assertThat(Math.exp(net.getParam("0_logTau").minNumber().doubleValue())).isCloseTo(1.9, within(1e-5));
    }
}

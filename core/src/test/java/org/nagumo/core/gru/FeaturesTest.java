package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.nagumo.core.gru.Networks.normal;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** The first values of the shared features, and that they learn from there. */
class FeaturesTest {

    private static MultiLayerNetwork net(Layer layer, int units) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder().seed(7).updater(new Sgd(0))
                .weightInit(WeightInit.XAVIER).dataType(DataType.DOUBLE).list().layer(layer)
                .layer(new RnnOutputLayer.Builder(LossFunctions.LossFunction.MSE).nIn(units).nOut(2)
                        .activation(Activation.IDENTITY).dataFormat(RNNFormat.NCW).build()).build());
        net.init();
        return net;
    }

    private static Layer layer(boolean sameDiff, int inputs, int units, int features) {
        return sameDiff ? new SameDiffContinuousTimeGru.Builder().nIn(inputs).nOut(units).features(features).build()
                : new ContinuousTimeGru.Builder().nIn(inputs).nOut(units).features(features).build();
    }

    /** Glorot and Bengio (2010): the variance of a weight is 2 / (fan in + fan out). */
    private static void assertDrawn(INDArray weights, double fans) {
        assertThat(weights.meanNumber().doubleValue()).isCloseTo(0, within(0.01));
        assertThat(weights.stdNumber().doubleValue()).isCloseTo(Math.sqrt(2 / fans), within(0.06 * Math.sqrt(2 / fans)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyWeightIsDrawnWithTheFansOfOneProduct(boolean sameDiff) {
        MultiLayerNetwork net = net(layer(sameDiff, 2, 40, 60), 40);
        assertThat(net.getParam("0_FW").shape()).containsExactly(42, 60);
        assertThat(net.getParam("0_V").shape()).containsExactly(60, 120);
        assertDrawn(net.getParam("0_FW"), 42 + 60);
        for (int gate = 0; gate < 3; gate++) {
            assertDrawn(net.getParam("0_V").get(NDArrayIndex.all(), NDArrayIndex.interval(40 * gate, 40 * gate + 40)),
                    60 + 40);
        }
        assertThat(net.getParam("0_Fb").amaxNumber().doubleValue()).isZero();
    }

    @Test
    void biasesOfTheFeaturesBeginWhereBiasesBegin() {
        assertThat(net(new ContinuousTimeGru.Builder().nIn(1).nOut(2).features(3).biasInit(0.25).build(), 2)
                .getParam("0_Fb").toDoubleVector()).containsOnly(0.25);
    }

    @Test
    void withoutFeaturesThereAreNoSuchParameters() {
        assertThat(net(layer(false, 1, 2, 0), 2).paramTable().keySet()).containsExactly("0_W", "0_RW", "0_b", "1_W", "1_b");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyParameterOfTheFeaturesHasAGradientFromTheFirstStepOn(boolean sameDiff) {
        MultiLayerNetwork net = net(layer(sameDiff, 1, 2, 5), 2);
        net.calculateGradients(normal(DataType.DOUBLE, 1, 6, 1, 5), normal(DataType.DOUBLE, 2, 6, 2, 5), null, null)
                .getFirst().gradientForVariable().forEach((key, gradient) -> {
                    for (double g : gradient.dup().data().asDouble()) {
                        assertThat(g).as(key).isNotZero();
                    }
                });
    }

    @Test
    void featuresAloneLearnWhatTheGatesDoNot() {
        MultiLayerNetwork net = net(new ContinuousTimeGru.Builder().nIn(1).nOut(2).features(6)
                .updater("FW", new Adam(0.02)).updater("Fb", new Adam(0.02)).updater("V", new Adam(0.02)).build(), 2);
        INDArray before = net.params().dup();
        INDArray x = normal(DataType.DOUBLE, 1, 8, 1, 12);
        DataSet data = new DataSet(x, net.output(normal(DataType.DOUBLE, 3, 8, 1, 12)));
        double score = net.score(data);
        for (int i = 0; i < 300; i++) {
            net.fit(data);
        }
        assertThat(net.score(data)).isLessThan(0.7 * score);
        MultiLayerNetwork start = net.clone();
        start.setParams(before);
        for (String key : List.of("0_W", "0_RW", "0_b", "1_W", "1_b")) {
            assertThat(net.getParam(key)).isEqualTo(start.getParam(key));
        }
    }
}

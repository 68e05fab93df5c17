package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.nagumo.core.gru.Networks.largestDifference;
import static org.nagumo.core.gru.Networks.network;
import static org.nagumo.core.gru.Networks.normal;

import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;

/** Time constants of each unit, fixed or learned. */
class TimeConstantsTest {

    private static ContinuousTimeGru.Builder layer() {
        return new ContinuousTimeGru.Builder().nIn(1).nOut(2).dt(0.1).tau(0.5, 2);
    }

    @Test
    void learnedOnesStayAtOrAboveTheirLowerBoundInBothLayers() {
        Layer[] layers = {layer().learnTau(true).minTau(0.4).build(),
            new SameDiffContinuousTimeGru.Builder().nIn(1).nOut(2).dt(0.1).tau(0.5, 2).learnTau(true).minTau(0.4)
                    .build()};
        for (Layer layer : layers) {
            MultiLayerNetwork net = network(DataType.FLOAT, new Sgd(1), 2, layer);
            net.getLayer(0).getParam(GruParameters.LOG_TAU).assign(Math.log(0.4) + 1e-3);
            boolean held = false;
            for (int i = 0; i < 4; i++) {
                net.fit(normal(DataType.FLOAT, i, 2, 1, 4), normal(DataType.FLOAT, 9 + i, 2, 2, 4).mul(5));
                double least = net.getLayer(0).getParam(GruParameters.LOG_TAU).minNumber().doubleValue();
                assertThat(least).isGreaterThanOrEqualTo(Math.log(0.4));
                held |= least < Math.log(0.4) + 1e-5;
            }
            assertThat(held).as("the bound was reached").isTrue();
        }
    }

    @Test
    void fixedOnesAreTheSameAsLearnedOnesOfThatValue() {
        MultiLayerNetwork fixed = network(DataType.DOUBLE, new NoOp(), 2, layer().build());
        MultiLayerNetwork learned = network(DataType.DOUBLE, new NoOp(), 2, layer().learnTau(true).build());
        learned.getLayer(0).getParam(GruParameters.LOG_TAU).putScalar(0, Math.log(0.5)).putScalar(1, Math.log(2));
        for (String key : new String[] {"0_W", "0_RW", "0_b", "1_W", "1_b"}) {
            learned.setParam(key, fixed.getParam(key));
        }
        INDArray x = normal(DataType.DOUBLE, 1, 3, 1, 20);
        assertThat(largestDifference(fixed.output(x), learned.output(x))).isZero();
        assertThat(fixed.paramTable()).doesNotContainKey("0_logTau");
    }

    @Test
    void trainingFindsTheTimeConstantsOfAnotherNetwork() {
        MultiLayerNetwork teacher = network(DataType.DOUBLE, new NoOp(), 2, layer().build());
        MultiLayerNetwork student = network(DataType.DOUBLE, new Sgd(0), 2, layer().tau(1).learnTau(true)
                .updater(GruParameters.LOG_TAU, new Adam(0.05)).build());
        for (String key : new String[] {"0_W", "0_RW", "0_b", "1_W", "1_b"}) {
            student.setParam(key, teacher.getParam(key));
        }
        student.getLayer(0).getParam(GruParameters.LOG_TAU).assign(0);
        INDArray x = normal(DataType.DOUBLE, 2, 4, 1, 40);
        INDArray y = teacher.output(x);
        for (int i = 0; i < 400; i++) {
            student.fit(x, y);
        }
        INDArray logTau = student.getLayer(0).getParam(GruParameters.LOG_TAU);
        assertThat(Math.exp(logTau.getDouble(0))).isCloseTo(0.5, within(1e-3));
        assertThat(Math.exp(logTau.getDouble(1))).isCloseTo(2, within(1e-3));
    }
}

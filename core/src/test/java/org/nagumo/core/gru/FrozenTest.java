package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nagumo.core.gru.Networks.largestDifference;
import static org.nagumo.core.gru.Networks.network;
import static org.nagumo.core.gru.Networks.normal;

import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;

/** Frozen layers compute as ever and do not move. */
class FrozenTest {

    private static final INDArray X = normal(DataType.DOUBLE, 1, 3, 2, 7);
    private static final INDArray Y = normal(DataType.DOUBLE, 2, 3, 2, 7);

    private static Layer layer(int inputs) {
        return new ContinuousTimeGru.Builder().nIn(inputs).nOut(3).dt(0.5).tau(2).learnTau(true).build();
    }

    private static MultiLayerNetwork net(Layer... layers) {
        return network(DataType.DOUBLE, new Sgd(0.2), 3, layers);
    }

    @Test
    void aFrozenFirstLayerStaysAndTheRestLearnsAsBefore() {
        MultiLayerNetwork free = net(layer(2), layer(3));
        MultiLayerNetwork frozen = net(new FrozenLayer(layer(2)), layer(3));
        INDArray start = free.params().dup();
        frozen.setParams(start);
        assertThat(frozen.output(X)).isEqualTo(free.output(X));
        free.fit(X, Y);
        frozen.fit(X, Y);
        MultiLayerNetwork before = net(layer(2), layer(3));
        before.setParams(start);
        assertThat(frozen.getLayer(0).params()).isEqualTo(before.getLayer(0).params())
                .isNotEqualTo(free.getLayer(0).params());
        assertThat(frozen.getLayer(1).params()).isEqualTo(free.getLayer(1).params());
    }

    @Test
    void gradientsPassThroughAFrozenLayerInTheMiddle() {
        MultiLayerNetwork free = net(layer(2), layer(3));
        MultiLayerNetwork frozen = net(layer(2), new FrozenLayerWithBackprop(layer(3)));
        frozen.setParams(free.params());
        INDArray middle = free.getLayer(1).params().dup();
        free.fit(X, Y);
        frozen.fit(X, Y);
        assertThat(largestDifference(frozen.getLayer(0).params(), free.getLayer(0).params())).isLessThan(1e-15);
        assertThat(frozen.getLayer(1).params()).isEqualTo(middle).isNotEqualTo(free.getLayer(1).params());
    }
}

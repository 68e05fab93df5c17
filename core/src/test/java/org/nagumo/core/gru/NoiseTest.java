package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nagumo.core.gru.Networks.largestDifference;
import static org.nagumo.core.gru.Networks.network;
import static org.nagumo.core.gru.Networks.normal;

import java.util.function.UnaryOperator;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.GaussianNoise;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.conf.weightnoise.IWeightNoise;
import org.deeplearning4j.nn.conf.weightnoise.WeightNoise;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;

/** Dropout of the input and noise on the weights: at work in training, absent from inference. */
@ExtendWith(DoubleContext.class)
class NoiseTest {

    private static final INDArray X = normal(DataType.DOUBLE, 1, 3, 2, 7);
    private static final INDArray Y = normal(DataType.DOUBLE, 2, 3, 2, 7);

    private static MultiLayerNetwork net(double rate, UnaryOperator<ContinuousTimeGru.Builder> option) {
        return network(DataType.DOUBLE, rate == 0 ? new NoOp() : new Sgd(rate), 2,
                new ContinuousTimeGru.Builder().nIn(2).nOut(3).dt(0.5).tau(2).build(),
                option.apply(new ContinuousTimeGru.Builder().nIn(3).nOut(2).dt(0.5).tau(2).features(3)).build());
    }

    @Test
    void gradientsThroughDroppedInputsAgreeWithDifferenceQuotients() {
        MultiLayerNetwork net = net(0, b -> b.dropOut(new Dropout(0.6)));
        MultiLayerNetwork whole = net(0, b -> b);
        assertThat(net.output(X)).isEqualTo(whole.output(X));
        assertThat(largestDifference(net.output(X, true), whole.output(X))).isGreaterThan(1e-3);
        assertThat(GradientCheckUtil.checkGradients(new GradientCheckUtil.MLNConfig().net(net).input(X)
                .labels(whole.output(X).add(Y.mul(0.01))).epsilon(1e-6).maxRelError(1e-5).minAbsoluteError(1e-8)
                .callEachIter(n -> Nd4j.getRandom().setSeed(3))
                .print(GradientCheckUtil.PrintMode.FAILURES_ONLY))).isTrue();
    }

    @Test
    void additiveNoiseOnTheInputIsForTrainingAlone() {
        MultiLayerNetwork net = net(0, b -> b.dropOut(new GaussianNoise(0.5)));
        assertThat(net.output(X)).isEqualTo(net(0, b -> b).output(X));
        assertThat(largestDifference(net.output(X, true), net.output(X))).isGreaterThan(1e-3);
    }

    /** Adds 0.1 to every weight. */
    static final class Shift implements IWeightNoise {

        private static final long serialVersionUID = 1L;

        @Override
        public INDArray getParameter(Layer layer, String key, int iteration, int epoch, boolean train,
                LayerWorkspaceMgr workspaceMgr) {
            INDArray p = layer.getParam(key);
            return train && !key.endsWith("b") ? p.add(0.1) : p;
        }

        @Override
        public Shift clone() {
            return this;
        }
    }

    @Test
    void theGradientIsThatOfTheNoisyWeights() {
        MultiLayerNetwork noisy = net(0.3, b -> b.weightNoise(new Shift()));
        MultiLayerNetwork shifted = net(0.3, b -> b);
        for (String key : new String[] {"1_W", "1_RW", "1_FW", "1_V"}) {
            shifted.getParam(key).addi(0.1);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(largestDifference(noisy.output(X, true), shifted.output(X))).isLessThan(1e-14);
            noisy.fit(X, Y);
            shifted.fit(X, Y);
        }
        for (String key : new String[] {"1_W", "1_RW", "1_FW", "1_V"}) {
            shifted.getParam(key).subi(0.1);
        }
        assertThat(largestDifference(noisy.params(), shifted.params())).isLessThan(1e-12);
        assertThat(noisy.output(X)).isNotEqualTo(noisy.output(X, true));
    }

    @Test
    void theNoisesOfTheLibraryAreAtWorkInTrainingAlone() {
        for (IWeightNoise noise : new IWeightNoise[] {new DropConnect(0.5),
            new WeightNoise(new NormalDistribution(0, 0.3), true)}) {
            MultiLayerNetwork net = net(0.1, b -> b.weightNoise(noise));
            assertThat(net.output(X)).isEqualTo(net(0, b -> b).output(X));
            INDArray first = net.output(X, true).dup();
            net.fit(X, Y);
            INDArray second = net.output(X, true).dup();
            net.fit(X, Y);
            assertThat(largestDifference(first, net.output(X))).isGreaterThan(1e-3);
            assertThat(largestDifference(second, net.output(X, true))).isGreaterThan(1e-3);
        }
    }
}

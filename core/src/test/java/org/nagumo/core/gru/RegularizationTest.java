package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.nagumo.core.gru.Networks.largestDifference;
import static org.nagumo.core.gru.Networks.network;
import static org.nagumo.core.gru.Networks.normal;

import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.ops.transforms.Transforms;

/** L1, L2 and weight decay against what they say they do to one step of gradient descent and to the score. */
class RegularizationTest {

    private static final double RATE = 0.1;
    private static final List<String> WEIGHTS = List.of("0_W", "0_RW", "0_FW", "0_V");
    private static final List<String> BIASES = List.of("0_b", "0_Fb");

    private static final INDArray X = normal(DataType.DOUBLE, 1, 3, 2, 7);
    private static final INDArray Y = normal(DataType.DOUBLE, 2, 3, 2, 7);

    /** What each kind adds to the descent direction of a parameter, and to the score. */
    enum Kind {
        L1(b -> b.l1(0.03).l1Bias(0.05)) {
            @Override
            INDArray pull(INDArray p, boolean bias) {
                return Transforms.sign(p, true).mul(bias ? 0.05 : 0.03);
            }

            @Override
            double penalty(INDArray p, boolean bias) {
                return (bias ? 0.05 : 0.03) * p.norm1Number().doubleValue();
            }
        },
        L2(b -> b.l2(0.03).l2Bias(0.05)) {
            @Override
            INDArray pull(INDArray p, boolean bias) {
                return p.mul(bias ? 0.05 : 0.03);
            }

            @Override
            double penalty(INDArray p, boolean bias) {
                return 0.5 * (bias ? 0.05 : 0.03) * Math.pow(p.norm2Number().doubleValue(), 2);
            }
        },
        WEIGHT_DECAY(b -> b.weightDecay(0.03).weightDecayBias(0.05)) {
            @Override
            INDArray pull(INDArray p, boolean bias) {
                return p.mul(bias ? 0.05 : 0.03);
            }

            @Override
            double penalty(INDArray p, boolean bias) {
                return L2.penalty(p, bias);
            }
        };

        private final Consumer<ContinuousTimeGru.Builder> option;

        Kind(Consumer<ContinuousTimeGru.Builder> option) {
            this.option = option;
        }

        abstract INDArray pull(INDArray p, boolean bias);

        abstract double penalty(INDArray p, boolean bias);
    }

    private static MultiLayerNetwork net(Consumer<ContinuousTimeGru.Builder> option) {
        ContinuousTimeGru.Builder layer = new ContinuousTimeGru.Builder().nIn(2).nOut(3).dt(0.5).tau(2).learnTau(true)
                .initialState(InitialState.LEARNED).features(4);
        option.accept(layer);
        return network(DataType.DOUBLE, new Sgd(RATE), 3, layer.build());
    }

    @ParameterizedTest
    @EnumSource
    void itPullsWeightsAndBiasesAndLeavesTimeConstantsAndStatesAlone(Kind kind) {
        MultiLayerNetwork plain = net(b -> { });
        MultiLayerNetwork regular = net(kind.option);
        MultiLayerNetwork before = plain.clone();
        assertThat(regular.params()).isEqualTo(plain.params());
        double penalty = WEIGHTS.stream().mapToDouble(key -> kind.penalty(plain.getParam(key), false)).sum()
                + BIASES.stream().mapToDouble(key -> kind.penalty(plain.getParam(key), true)).sum();
        assertThat(regular.score(new DataSet(X, Y))).isCloseTo(plain.score(new DataSet(X, Y)) + penalty, within(1e-12));
        plain.fit(X, Y);
        regular.fit(X, Y);
        for (String key : before.paramTable().keySet()) {
            boolean bias = BIASES.contains(key);
            INDArray p = before.getParam(key);
            INDArray pull = WEIGHTS.contains(key) || bias ? kind.pull(p, bias) : p.mul(0);
            assertThat(largestDifference(regular.getParam(key), plain.getParam(key).sub(pull.mul(RATE)))).as(key)
                    .isLessThan(1e-12);
        }
    }
}

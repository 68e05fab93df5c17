package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nagumo.core.gru.Networks.largestDifference;
import static org.nagumo.core.gru.Networks.network;
import static org.nagumo.core.gru.Networks.normal;

import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Every kind of gradient normalisation and clipping, against its definition. */
class GradientNormalizationTest {

    private static final double THRESHOLD = 0.05;

    private static MultiLayerNetwork net(GradientNormalization kind) {
        return network(DataType.DOUBLE, new Sgd(1), 3, new ContinuousTimeGru.Builder().nIn(2).nOut(3).dt(0.5).tau(2)
                .learnTau(true).gradientNormalization(kind).gradientNormalizationThreshold(THRESHOLD).build());
    }

    /** One step of gradient descent at rate 1, which is the gradient of each parameter of the first layer. */
    private static Map<String, INDArray> step(GradientNormalization kind) {
        MultiLayerNetwork net = net(kind);
        Map<String, INDArray> step = new TreeMap<>();
        net.paramTable().forEach((key, p) -> step.put(key, p.dup()));
        net.fit(normal(DataType.DOUBLE, 1, 3, 2, 7), normal(DataType.DOUBLE, 2, 3, 2, 7));
        step.replaceAll((key, before) -> before.sub(net.getParam(key)));
        step.keySet().removeIf(key -> !key.startsWith("0_"));
        return step;
    }

    private static INDArray expected(GradientNormalization kind, INDArray g, double layerNorm) {
        double norm = g.norm2Number().doubleValue();
        return switch (kind) {
            case None -> g;
            case RenormalizeL2PerLayer -> g.div(layerNorm);
            case RenormalizeL2PerParamType -> g.div(norm);
            case ClipElementWiseAbsoluteValue -> Transforms.max(Transforms.min(g, THRESHOLD), -THRESHOLD);
            case ClipL2PerLayer -> layerNorm > THRESHOLD ? g.mul(THRESHOLD / layerNorm) : g;
            case ClipL2PerParamType -> norm > THRESHOLD ? g.mul(THRESHOLD / norm) : g;
        };
    }

    @ParameterizedTest
    @EnumSource
    void itChangesTheGradientAsDefined(GradientNormalization kind) {
        Map<String, INDArray> raw = step(GradientNormalization.None);
        double layerNorm = Math.sqrt(raw.values().stream()
                .mapToDouble(g -> Math.pow(g.norm2Number().doubleValue(), 2)).sum());
        assertThat(layerNorm).isGreaterThan(THRESHOLD);
        assertThat(raw.get("0_RW").amaxNumber().doubleValue()).isGreaterThan(THRESHOLD);
        Map<String, INDArray> changed = step(kind);
        raw.forEach((key, g) -> assertThat(largestDifference(changed.get(key), expected(kind, g, layerNorm))).as(key)
                .isLessThan(1e-12));
    }
}

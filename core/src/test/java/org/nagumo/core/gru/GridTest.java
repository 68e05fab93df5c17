package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nagumo.core.gru.Networks.largestDifference;
import static org.nagumo.core.gru.Networks.network;
import static org.nagumo.core.gru.Networks.normal;
import static org.nagumo.core.gru.Networks.raggedMask;
import static org.nagumo.core.gru.Networks.tau;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * The recurrent layer over a grid of sizes, with and without masks. One network serves all lengths and minibatches of
 * a width, so each of them follows on another one.
 */
@ExtendWith(DoubleContext.class)
class GridTest {

    private static final int[] LENGTHS = {4, 57, 1};
    private static final int[] LANES = {3, 1};

    static Stream<int[]> widths() {
        return Stream.of(1, 3).flatMap(inputs -> Stream.of(1, 2, 4, 33).map(units -> new int[] {inputs, units}));
    }

    private static ContinuousTimeGru.Builder layer(int inputs, int units) {
        return new ContinuousTimeGru.Builder().nIn(inputs).nOut(units).dt(0.1).tau(tau(units)).learnTau(units % 2 == 0)
                .features(inputs == 1 ? 0 : units);
    }

    /** What is asked for every minibatch of the grid. */
    private interface Check {
        void of(INDArray x, INDArray y, INDArray mask);
    }

    private static void everyMinibatch(DataType type, int inputs, Check check) {
        for (int steps : LENGTHS) {
            for (int lanes : LANES) {
                INDArray x = normal(type, 3, lanes, inputs, steps);
                INDArray y = normal(type, 4, lanes, 2, steps);
                check.of(x, y, null);
                check.of(x, y, raggedMask(type, lanes, steps));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("widths")
    void gradientsAgreeWithDifferenceQuotients(int[] widths) {
        MultiLayerNetwork net = network(DataType.DOUBLE, new NoOp(), widths[1], layer(widths[0], widths[1]).build());
        everyMinibatch(DataType.DOUBLE, widths[0], (x, y, mask) -> {
            // Labels near the outputs keep the score small, in whose digits the difference quotients drown.
            INDArray near = net.output(x, false, mask, mask).add(y.mul(0.01));
            assertThat(GradientCheckUtil.checkGradients(new GradientCheckUtil.MLNConfig().net(net).input(x).labels(near)
                    .inputMask(mask).labelMask(mask).epsilon(1e-6).maxRelError(1e-5).minAbsoluteError(1e-8)
                    .subset(true).maxPerParam(40).print(GradientCheckUtil.PrintMode.FAILURES_ONLY))).isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("widths")
    void singlePrecisionAgreesWithDoubleToItsRounding(int[] widths) {
        MultiLayerNetwork exact = network(DataType.DOUBLE, new NoOp(), widths[1], layer(widths[0], widths[1]).build());
        MultiLayerNetwork single = network(DataType.FLOAT, new NoOp(), widths[1], layer(widths[0], widths[1]).build());
        exact.setParams(single.params().castTo(DataType.DOUBLE));
        everyMinibatch(DataType.FLOAT, widths[0], (x, y, mask) -> {
            INDArray expected = exact.output(x.castTo(DataType.DOUBLE), false, mask, mask);
            assertThat(largestDifference(single.output(x, false, mask, mask).castTo(DataType.DOUBLE), expected))
                    .isLessThan(1e-5);
            INDArray gradient = single.calculateGradients(x, y, mask, mask).getFirst().gradient()
                    .castTo(DataType.DOUBLE);
            INDArray exactGradient = exact.calculateGradients(x.castTo(DataType.DOUBLE), y.castTo(DataType.DOUBLE),
                    mask, mask).getFirst().gradient();
            assertThat(gradient.sub(exactGradient).norm2Number().doubleValue())
                    .isLessThan(1e-5 * exactGradient.norm2Number().doubleValue());
            single.clearLayerMaskArrays();
            exact.clearLayerMaskArrays();
        });
    }

    @ParameterizedTest
    @MethodSource("widths")
    void graphsGiveWhatNetworksGiveInBothDataFormats(int[] widths) {
        MultiLayerNetwork net = network(DataType.DOUBLE, new Sgd(0.05), widths[1], layer(widths[0], widths[1]).build());
        for (RNNFormat format : RNNFormat.values()) {
            ComputationGraph graph = net.toComputationGraph();
            ComputationGraph formatted = new ComputationGraph(new NeuralNetConfiguration.Builder()
                    .dataType(DataType.DOUBLE).updater(new Sgd(0.05)).graphBuilder().addInputs("x")
                    .addLayer("gru", layer(widths[0], widths[1]).build(), "x")
                    .addLayer("out", new RnnOutputLayer.Builder(LossFunctions.LossFunction.MSE).nOut(2).activation(Activation.IDENTITY).build(), "gru")
                    .setOutputs("out").setInputTypes(InputType.recurrent(widths[0], 5, format)).build());
            formatted.init();
            formatted.setParams(net.params());
            MultiLayerNetwork copy = net.clone();
            everyMinibatch(DataType.DOUBLE, widths[0], (x, y, mask) -> {
                copy.fit(new DataSet(x, y, mask, mask));
                graph.fit(new DataSet(x, y, mask, mask));
                boolean nwc = format == RNNFormat.NWC;
                formatted.fit(new DataSet(nwc ? x.permute(0, 2, 1).dup() : x, nwc ? y.permute(0, 2, 1).dup() : y,
                        mask, mask));
                assertThat(largestDifference(copy.params(), graph.params())).isZero();
                assertThat(largestDifference(copy.params(), formatted.params())).isLessThan(1e-12);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("widths")
    void chunksOfAnySizeGiveOnePassBitForBit(int[] widths) {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            MultiLayerNetwork net = network(type, new NoOp(), widths[1], layer(widths[0], widths[1]).build());
            SplittableRandom random = new SplittableRandom(6);
            for (int lanes : LANES) {
                INDArray x = normal(type, 8, lanes, widths[0], 57);
                INDArray whole = net.output(x);
                net.rnnClearPreviousState();
                for (int at = 0; at < 57;) {
                    int end = Math.min(57, at + random.nextInt(1, 25));
                    INDArray chunk = net.rnnTimeStep(x.get(all(), all(), NDArrayIndex.interval(at, end)));
                    assertThat(chunk).isEqualTo(whole.get(all(), all(), NDArrayIndex.interval(at, end)));
                    at = end;
                }
                Map<String, INDArray> state = net.rnnGetPreviousState(0);
                INDArray next = net.rnnTimeStep(x).dup();
                net.rnnClearPreviousState();
                assertThat(net.rnnTimeStep(x)).isEqualTo(whole);
                net.rnnSetPreviousState(0, state);
                assertThat(net.rnnTimeStep(x)).isEqualTo(next).isNotEqualTo(whole);
            }
        }
    }

    private static INDArrayIndex all() {
        return NDArrayIndex.all();
    }

    @ParameterizedTest
    @MethodSource("widths")
    void maskedStepsHoldTheStateAndGiveZero(int[] widths) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder().seed(5)
                .dataType(DataType.DOUBLE).list().layer(layer(widths[0], widths[1]).build())
                .layer(new RnnLossLayer.Builder(LossFunctions.LossFunction.MSE).activation(Activation.IDENTITY)
                        .dataFormat(RNNFormat.NCW).build()).build());
        net.init();
        everyMinibatch(DataType.DOUBLE, widths[0], (x, y, mask) -> {
            if (mask == null) {
                return;
            }
            INDArray h = net.output(x, false, mask, mask);
            for (int b = 0; b < x.size(0); b++) {
                int steps = mask.getRow(b).sumNumber().intValue();
                INDArray kept = normal(DataType.DOUBLE, 1, 1, widths[0], steps);
                int at = 0;
                for (int t = 0; t < x.size(2); t++) {
                    if (mask.getDouble(b, t) != 0) {
                        kept.put(new INDArrayIndex[] {NDArrayIndex.point(0), all(), NDArrayIndex.point(at++)},
                                x.get(NDArrayIndex.point(b), all(), NDArrayIndex.point(t)));
                    }
                }
                INDArray expected = net.output(kept);
                at = 0;
                for (int t = 0; t < x.size(2); t++) {
                    for (int j = 0; j < widths[1]; j++) {
                        assertThat(h.getDouble(b, j, t))
                                .isEqualTo(mask.getDouble(b, t) == 0 ? 0 : expected.getDouble(0, j, at));
                    }
                    at += mask.getDouble(b, t) == 0 ? 0 : 1;
                }
            }
        });
    }
}

package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nagumo.core.gru.Networks.largestDifference;
import static org.nagumo.core.gru.Networks.normal;
import static org.nagumo.core.gru.Networks.raggedMask;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.layers.util.MaskZeroLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** The layer inside Deeplearning4j's recurrent wrappers, and between its other layers. */
@ExtendWith(DoubleContext.class)
class WrappersTest {

    private static final int INPUTS = 2;

    private static ContinuousTimeGru gru(int units) {
        // What is set for the whole network does not reach through two wrappers.
        return new ContinuousTimeGru.Builder().nOut(units).dt(0.5).tau(2).learnTau(units == 3)
                .weightInit(WeightInit.XAVIER).biasInit(0).build();
    }

    private static RnnOutputLayer readout() {
        return new RnnOutputLayer.Builder(LossFunctions.LossFunction.MSE).nOut(2).activation(Activation.IDENTITY)
                .build();
    }

    private static OutputLayer single() {
        return new OutputLayer.Builder(LossFunctions.LossFunction.MSE).nOut(2).activation(Activation.IDENTITY).build();
    }

    private static MultiLayerNetwork net(RNNFormat format, List<Layer> layers) {
        var list = new NeuralNetConfiguration.Builder().seed(12).dataType(DataType.DOUBLE).updater(new NoOp()).list();
        layers.forEach(list::layer);
        MultiLayerNetwork net = new MultiLayerNetwork(list.setInputType(InputType.recurrent(INPUTS, 6, format))
                .build());
        net.init();
        net.params().addi(normal(DataType.DOUBLE, 8, (int) net.numParams()).mul(0.3).reshape(net.params().shape()));
        return net;
    }

    static Stream<List<Layer>> stacks() {
        return Stream.of(
                List.of(gru(2), gru(3), readout()),
                List.of(new LSTM.Builder().nOut(3).build(), gru(3), new LSTM.Builder().nOut(2).build(), readout()),
                List.of(new DenseLayer.Builder().nOut(3).activation(Activation.TANH).build(), gru(2),
                        new DenseLayer.Builder().nOut(3).activation(Activation.SIGMOID).build(), gru(3), readout()),
                List.of(new SimpleRnn.Builder().nOut(3).build(), gru(2),
                        new RnnLossLayer.Builder(LossFunctions.LossFunction.MSE).activation(Activation.TANH).build()),
                List.of(new LastTimeStep(gru(3)), single()),
                List.of(gru(2), new LastTimeStep(gru(3)), single()),
                List.of(new Bidirectional(Bidirectional.Mode.ADD, gru(3)), readout()),
                List.of(new Bidirectional(Bidirectional.Mode.MUL, gru(3)), readout()),
                List.of(new Bidirectional(Bidirectional.Mode.AVERAGE, gru(3)), readout()),
                List.of(new Bidirectional(Bidirectional.Mode.CONCAT, gru(2)), gru(2), readout()),
                List.of(new LastTimeStep(new Bidirectional(Bidirectional.Mode.CONCAT, gru(2))), single()));
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void gradientsAgreeWithDifferenceQuotients(List<Layer> layers) {
        // In the NWC format the loss layer fails under a mask, whatever is below it.
        boolean ncwOnly = layers.get(layers.size() - 1) instanceof RnnLossLayer;
        for (RNNFormat format : ncwOnly ? new RNNFormat[] {RNNFormat.NCW} : RNNFormat.values()) {
            for (boolean masked : new boolean[] {false, true}) {
                MultiLayerNetwork net = net(format, layers);
                INDArray x = normal(DataType.DOUBLE, 1, 3, INPUTS, 6);
                if (format == RNNFormat.NWC) {
                    x = x.permute(0, 2, 1).dup();
                }
                INDArray mask = masked ? raggedMask(DataType.DOUBLE, 3, 6) : null;
                INDArray output = net.output(x, false, mask, null);
                INDArray near = output.add(normal(DataType.DOUBLE, 2, Arrays.stream(output.shape())
                        .mapToInt(Math::toIntExact).toArray()).mul(0.01));
                assertThat(GradientCheckUtil.checkGradients(new GradientCheckUtil.MLNConfig().net(net).input(x)
                        .labels(near).inputMask(mask).labelMask(output.rank() == 3 ? mask : null).epsilon(1e-6)
                        .maxRelError(1e-5).minAbsoluteError(1e-8)
                        .print(GradientCheckUtil.PrintMode.FAILURES_ONLY))).isTrue();
            }
        }
    }

    @Test
    void theLastTimeStepIsTheLastThatIsNotMasked() {
        MultiLayerNetwork net = net(RNNFormat.NCW, List.of(gru(3), readout()));
        MultiLayerNetwork last = net(RNNFormat.NCW, List.of(new LastTimeStep(gru(3)), single()));
        last.getLayer(0).setParams(net.getLayer(0).params());
        INDArray x = normal(DataType.DOUBLE, 1, 3, INPUTS, 6);
        INDArray mask = raggedMask(DataType.DOUBLE, 3, 6);
        net.setLayerMaskArrays(mask, null);
        INDArray states = net.feedForward(x).get(1);
        net.clearLayerMaskArrays();
        last.setLayerMaskArrays(mask, null);
        INDArray ends = last.feedForward(x).get(1);
        for (int b = 0; b < 3; b++) {
            int end = 5;
            while (mask.getDouble(b, end) == 0) {
                end--;
            }
            for (int j = 0; j < 3; j++) {
                assertThat(ends.getDouble(b, j)).isEqualTo(states.getDouble(b, j, end)).isNotZero();
            }
        }
    }

    private static INDArray mirrored(INDArray sequence) {
        INDArray mirrored = sequence.dup();
        for (int t = 0; t < sequence.size(2); t++) {
            mirrored.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(t)).assign(sequence
                    .get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(sequence.size(2) - 1 - t)));
        }
        return mirrored;
    }

    @ParameterizedTest
    @EnumSource
    void theBackwardDirectionReadsTheSequenceFromItsEnd(Bidirectional.Mode mode) {
        MultiLayerNetwork one = net(RNNFormat.NCW, List.of(gru(3), readout()));
        MultiLayerNetwork both = net(RNNFormat.NCW, List.of(new Bidirectional(mode, gru(3)), readout()));
        INDArray params = one.getLayer(0).params();
        both.getLayer(0).setParams(Nd4j.concat(1, params.reshape(1, params.length()),
                params.reshape(1, params.length())));
        INDArray x = normal(DataType.DOUBLE, 1, 3, INPUTS, 6);
        INDArray ahead = one.feedForward(x).get(1);
        INDArray behind = mirrored(one.feedForward(mirrored(x)).get(1));
        INDArray expected = switch (mode) {
            case ADD -> ahead.add(behind);
            case MUL -> ahead.mul(behind);
            case AVERAGE -> ahead.add(behind).mul(0.5);
            case CONCAT -> Nd4j.concat(1, ahead, behind);
        };
        assertThat(largestDifference(both.feedForward(x).get(1), expected)).isLessThan(1e-15);
    }

    @Test
    void stepsOfTheMaskValueAreMaskedByMaskZeroLayer() {
        MultiLayerNetwork net = net(RNNFormat.NCW, List.of(gru(3), readout()));
        MultiLayerNetwork zero = net(RNNFormat.NCW, List.of(new MaskZeroLayer(gru(3), 9), readout()));
        zero.setParams(net.params());
        INDArray x = normal(DataType.DOUBLE, 1, 3, INPUTS, 6);
        INDArray mask = raggedMask(DataType.DOUBLE, 3, 6);
        for (int b = 0; b < 3; b++) {
            for (int t = 0; t < 6; t++) {
                for (int i = 0; mask.getDouble(b, t) == 0 && i < INPUTS; i++) {
                    x.putScalar(new int[] {b, i, t}, 9);
                }
            }
        }
        net.setLayerMaskArrays(mask, null);
        assertThat(zero.feedForward(x).get(1)).isEqualTo(net.feedForward(x).get(1));
    }
}

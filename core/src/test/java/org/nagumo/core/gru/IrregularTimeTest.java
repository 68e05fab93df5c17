package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nagumo.core.gru.Networks.largestDifference;
import static org.nagumo.core.gru.Networks.network;
import static org.nagumo.core.gru.Networks.normal;

import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.NoOp;

/** The interval of each step as one more channel of the input. */
@ExtendWith(DoubleContext.class)
class IrregularTimeTest {

    private static ContinuousTimeGru.Builder layer(boolean irregular, Integrator integrator, int substeps) {
        return new ContinuousTimeGru.Builder().nIn(irregular ? 2 : 1).nOut(3).dt(0.4).tau(0.5, 2, 0.7)
                .integrator(integrator).substeps(substeps).irregularTime(irregular);
    }

    private static MultiLayerNetwork net(ContinuousTimeGru.Builder layer) {
        return network(DataType.DOUBLE, new NoOp(), 3, layer.build());
    }

    private static INDArray withIntervals(INDArray x, INDArray intervals) {
        return Nd4j.concat(1, x, intervals.reshape(x.size(0), 1, x.size(2)));
    }

    private static INDArray states(MultiLayerNetwork net, INDArray x) {
        return net.feedForward(x).get(1).dup();
    }

    @ParameterizedTest
    @EnumSource
    void equalIntervalsOfDtAreRegularTime(Integrator integrator) {
        MultiLayerNetwork irregular = net(layer(true, integrator, 2));
        MultiLayerNetwork regular = net(layer(false, integrator, 2));
        regular.setParams(irregular.params());
        INDArray x = normal(DataType.DOUBLE, 1, 3, 1, 9);
        INDArray intervals = Nd4j.valueArrayOf(new long[] {3, 9}, 0.4, DataType.DOUBLE);
        assertThat(largestDifference(states(irregular, withIntervals(x, intervals)), states(regular, x)))
                .isLessThan(1e-15);
    }

    @Test
    void theSameInputSampledAtOtherTimesLeadsToTheSameState() {
        // A piecewise constant input, every piece cut at a random place: the flow does not see the cut.
        MultiLayerNetwork net = net(layer(true, Integrator.RUNGE_KUTTA_4, 50));
        int pieces = 6;
        INDArray x = normal(DataType.DOUBLE, 2, 2, 1, pieces);
        INDArray lengths = Nd4j.rand(DataType.DOUBLE, 2, pieces).muli(0.4);
        INDArray share = Nd4j.rand(DataType.DOUBLE, 2, pieces);
        INDArray cutX = Nd4j.create(DataType.DOUBLE, 2, 1, 2 * pieces);
        INDArray cutLengths = Nd4j.create(DataType.DOUBLE, 2, 2 * pieces);
        for (int b = 0; b < 2; b++) {
            for (int t = 0; t < pieces; t++) {
                for (int half = 0; half < 2; half++) {
                    double part = half == 0 ? share.getDouble(b, t) : 1 - share.getDouble(b, t);
                    cutX.putScalar(new int[] {b, 0, 2 * t + half}, x.getDouble(b, 0, t));
                    cutLengths.putScalar(b, 2 * t + half, lengths.getDouble(b, t) * part);
                }
            }
        }
        INDArray whole = states(net, withIntervals(x, lengths));
        INDArray cut = states(net, withIntervals(cutX, cutLengths));
        for (int t = 0; t < pieces; t++) {
            assertThat(largestDifference(whole.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(t)),
                    cut.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(2 * t + 1)))).isLessThan(1e-10);
        }
    }

    @ParameterizedTest
    @EnumSource
    void gradientsReachTheLayerBelowThroughTheInterval(Integrator integrator) {
        // The layer below gives (data, interval): its second unit starts at 0.2 and cannot leave [0, 0.4].
        Layer below = new ContinuousTimeGru.Builder().nIn(1).nOut(2).initialState(InitialState.FIXED, 0.2).dt(0.1)
                .tau(3).build();
        MultiLayerNetwork net = network(DataType.DOUBLE, new NoOp(), 3, below, layer(true, integrator, 1).build());
        assertThat(GradientCheckUtil.checkGradients(new GradientCheckUtil.MLNConfig().net(net)
                .input(normal(DataType.DOUBLE, 3, 2, 1, 4)).labels(normal(DataType.DOUBLE, 4, 2, 2, 4))
                .epsilon(1e-6).maxRelError(1e-5).minAbsoluteError(1e-8)
                .print(GradientCheckUtil.PrintMode.FAILURES_ONLY))).isTrue();
        assertThat(net.gradient().getGradientFor("0_W").norm2Number().doubleValue()).isGreaterThan(1e-6);
    }

    @ParameterizedTest
    @EnumSource
    void dropoutLeavesTheIntervalsAlone(RNNFormat format) {
        // With the data at zero, dropping them changes nothing; dropping an interval would.
        MultiLayerNetwork dropping = net(layer(true, Integrator.EULER, 1).dropOut(0.5).dataFormat(format));
        MultiLayerNetwork plain = net(layer(true, Integrator.EULER, 1).dataFormat(format));
        INDArray x = withIntervals(Nd4j.zeros(DataType.DOUBLE, 4, 1, 7), Nd4j.rand(DataType.DOUBLE, 4, 7).muli(0.4));
        INDArray input = format == RNNFormat.NCW ? x : x.permute(0, 2, 1).dup();
        INDArray kept = input.dup();
        assertThat(dropping.feedForward(input, true).get(1)).isEqualTo(plain.feedForward(input, false).get(1));
        assertThat(input).isEqualTo(kept);
    }

    @Test
    void wrongIntervalsAreNamed() {
        MultiLayerNetwork net = net(layer(true, Integrator.EULER, 1));
        INDArray x = Nd4j.zeros(DataType.DOUBLE, 1, 2, 3);
        x.putScalar(new int[] {0, 1, 2}, 0.5);
        assertThatThrownBy(() -> net.output(x)).hasMessageContaining("layer 'layer0' (index 0)")
                .hasMessageContaining("interval[example 0, time step 2] is 0.5 ms; allowed: from 0 to dt = 0.4 ms");
        assertThatThrownBy(() -> net(layer(true, Integrator.EULER, 1).nIn(1)))
                .hasMessageContaining("nIn is 1; allowed: at least 2, one for data, one for the interval");
    }
}

package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nagumo.core.gru.Networks.largestDifference;
import static org.nagumo.core.gru.Networks.network;
import static org.nagumo.core.gru.Networks.normal;
import static org.nagumo.core.gru.Networks.raggedMask;

import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;

/** Truncated backpropagation through time, by its definition and with difference quotients. */
class TruncatedBackpropagationTest {

    private static final int STEPS = 11;
    private static final int LANES = 3;
    private static final double RATE = 0.05;

    private static MultiLayerNetwork net(String layer) {
        return network(DataType.DOUBLE, new Sgd(RATE), 3, layer.equals("LSTM")
                ? new LSTM.Builder().nIn(2).nOut(3).build()
                : new ContinuousTimeGru.Builder().nIn(2).nOut(3).dt(0.5).tau(2).learnTau(true).build());
    }

    private static INDArray steps(INDArray array, int from, int to) {
        return array == null ? null : array.rank() == 2
                ? array.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to)).dup()
                : array.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(from, to)).dup();
    }

    private static INDArray differenceQuotients(INDArray variables, DoubleSupplier value) {
        INDArray gradient = variables.dup();
        double eps = 1e-6;
        for (int i = 0; i < variables.length(); i++) {
            double at = variables.getDouble(i);
            variables.putScalar(i, at + eps);
            double up = value.getAsDouble();
            variables.putScalar(i, at - eps);
            gradient.putScalar(i, (up - value.getAsDouble()) / (2 * eps));
            variables.putScalar(i, at);
        }
        return gradient;
    }

    /** Squared error over the steps from a state; leaves the state after them behind. */
    private static double loss(MultiLayerNetwork net, Map<String, INDArray> state, INDArray x, INDArray y,
            INDArray mask) {
        net.rnnClearPreviousState();
        net.rnnSetPreviousState(0, new HashMap<>(state));
        net.setLayerMaskArrays(mask, mask);
        INDArray error = net.rnnTimeStep(x).sub(y);
        net.clearLayerMaskArrays();
        if (mask != null) {
            error.muli(mask.reshape(LANES, 1, mask.size(1)));
        }
        // Deeplearning4j's squared error: the mean over outputs and examples, the sum over time.
        return error.mul(error).sumNumber().doubleValue() / (2.0 * LANES);
    }

    /** The lengths do and do not divide that of the sequences. */
    @ParameterizedTest
    @CsvSource({"11, false", "4, false", "4, true", "5, true", "1, true"})
    void everySegmentDescendsFromTheStateInWhichTheOneBeforeLeftOff(int length, boolean masked) {
        INDArray x = normal(DataType.DOUBLE, 1, LANES, 2, STEPS);
        INDArray y = normal(DataType.DOUBLE, 2, LANES, 2, STEPS);
        INDArray mask = masked ? raggedMask(DataType.DOUBLE, LANES, STEPS) : null;
        MultiLayerNetwork truncated = net("GRU");
        truncated.getLayerWiseConfigurations().setBackpropType(BackpropType.TruncatedBPTT);
        truncated.getLayerWiseConfigurations().setTbpttFwdLength(length);
        truncated.getLayerWiseConfigurations().setTbpttBackLength(length);
        ComputationGraph graph = truncated.toComputationGraph();
        graph.getConfiguration().setBackpropType(BackpropType.TruncatedBPTT);
        graph.getConfiguration().setTbpttFwdLength(length);
        graph.getConfiguration().setTbpttBackLength(length);
        truncated.fit(new DataSet(x, y, mask, mask));
        graph.fit(new DataSet(x, y, mask, mask));
        assertThat(largestDifference(graph.params(), truncated.params())).isLessThan(1e-14);
        assertThat(truncated.rnnGetPreviousState(0)).isNullOrEmpty();

        MultiLayerNetwork net = net("GRU");
        Map<String, INDArray> state = Map.of();
        for (int at = 0; at < STEPS; at += length) {
            int end = Math.min(STEPS, at + length);
            Map<String, INDArray> start = state;
            INDArray xs = steps(x, at, end);
            INDArray ys = steps(y, at, end);
            INDArray ms = steps(mask, at, end);
            loss(net, start, xs, ys, ms);
            state = net.rnnGetPreviousState(0);
            INDArray gradient = differenceQuotients(net.params(), () -> loss(net, start, xs, ys, ms));
            net.params().subi(gradient.mul(RATE));
        }
        assertThat(largestDifference(truncated.params(), net.params())).isLessThan(1e-8);
    }

    /** Error-weighted sum of the layer's outputs from a state. */
    private static double value(Layer layer, Map<String, INDArray> state, INDArray x, INDArray error, INDArray mask) {
        ((RecurrentLayer) layer).rnnSetPreviousState(state);
        layer.feedForwardMaskArray(mask, MaskState.Active, LANES);
        layer.setMaskArray(mask);
        INDArray output = ((RecurrentLayer) layer).rnnTimeStep(x, LayerWorkspaceMgr.noWorkspaces());
        return output.mul(error).sumNumber().doubleValue();
    }

    /** The same is asked of Deeplearning4j's LSTM; not with masks, under which its gradients are not exact. */
    @ParameterizedTest
    @CsvSource({"LSTM, 11, false", "LSTM, 4, false", "LSTM, 1, false", "LSTM, 20, false", "GRU, 11, false",
        "GRU, 4, false", "GRU, 4, true", "GRU, 1, true", "GRU, 20, true"})
    void aLayerDifferentiatesOverTheLastStepsAlone(String kind, int back, boolean masked) {
        MultiLayerNetwork net = net(kind);
        net.initGradientsView();
        Layer layer = net.getLayer(0);
        INDArray mask = masked ? raggedMask(DataType.DOUBLE, LANES, STEPS) : null;
        INDArray x = normal(DataType.DOUBLE, 1, LANES, 2, STEPS);
        INDArray error = normal(DataType.DOUBLE, 2, LANES, 3, STEPS);
        INDArray before = normal(DataType.DOUBLE, 3, LANES, 2, 3);
        net.rnnTimeStep(before);
        Map<String, INDArray> start = net.rnnGetPreviousState(0);
        int first = Math.max(0, STEPS - back);
        Map<String, INDArray> later = start;
        if (first > 0) {
            value(layer, start, steps(x, 0, first), steps(error, 0, first), steps(mask, 0, first));
            later = ((RecurrentLayer) layer).rnnGetPreviousState();
        }
        Map<String, INDArray> fixed = later;
        INDArray last = steps(x, first, STEPS);
        INDArray lastError = steps(error, first, STEPS);
        INDArray lastMask = steps(mask, first, STEPS);
        INDArray byParameters = differenceQuotients(layer.params(),
                () -> value(layer, fixed, last, lastError, lastMask));
        INDArray byInput = differenceQuotients(last, () -> value(layer, fixed, last, lastError, lastMask));

        RecurrentLayer recurrent = (RecurrentLayer) layer;
        recurrent.rnnSetPreviousState(start);
        recurrent.rnnSetTBPTTState(start);
        layer.setMaskArray(mask);
        recurrent.rnnActivateUsingStoredState(x, true, true, LayerWorkspaceMgr.noWorkspaces());
        INDArray inputGradient = recurrent.tbpttBackpropGradient(error.dup('f'), back,
                LayerWorkspaceMgr.noWorkspaces()).getSecond();
        assertThat(largestDifference(layer.getGradientsViewArray().reshape(byParameters.shape()), byParameters))
                .isLessThan(1e-8);
        assertThat(largestDifference(steps(inputGradient, first, STEPS), byInput)).isLessThan(1e-8);
        if (first > 0) {
            assertThat(steps(inputGradient, 0, first).amaxNumber().doubleValue()).isZero();
        }
    }
}

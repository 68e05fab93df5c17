package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nagumo.core.gru.Networks.largestDifference;
import static org.nagumo.core.gru.Networks.network;
import static org.nagumo.core.gru.Networks.normal;

import java.util.Map;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;

/** What the table of the package's page says of Deeplearning4j's own layers. */
class OtherLayersTest {

    private static final INDArray X = normal(DataType.DOUBLE, 1, 3, 2, 7);
    private static final INDArray Y = normal(DataType.DOUBLE, 2, 3, 2, 7);

    private static Layer layer(String kind) {
        return switch (kind) {
            case "LSTM" -> new LSTM.Builder().nIn(2).nOut(3).build();
            case "SimpleRnn" -> new SimpleRnn.Builder().nIn(2).nOut(3).activation(Activation.TANH).build();
            default -> new ContinuousTimeGru.Builder().nIn(2).nOut(3).dt(0.5).tau(2).build();
        };
    }

    private static MultiLayerNetwork net(String kind) {
        return network(DataType.DOUBLE, new Sgd(1), 3, layer(kind));
    }

    /** The outputs after a masked gap in the middle are those without the gap, when the state was held over it. */
    @ParameterizedTest
    @ValueSource(strings = {"LSTM", "SimpleRnn", "ContinuousTimeGru"})
    void theLibrarysOwnLayersDoNotHoldTheirStateOverAGap(String kind) {
        MultiLayerNetwork net = net(kind);
        INDArray mask = Nd4j.ones(DataType.DOUBLE, 3, 7);
        mask.putColumn(5, Nd4j.zeros(DataType.DOUBLE, 3));
        INDArray after = part(net.output(X, false, mask, null), 6, 7);
        INDArray withoutTheGap = part(net.output(Nd4j.concat(2, part(X, 0, 5), part(X, 6, 7))), 5, 6);
        if (kind.equals("ContinuousTimeGru")) {
            assertThat(largestDifference(after, withoutTheGap)).isZero();
        } else {
            assertThat(largestDifference(after, withoutTheGap)).isGreaterThan(1e-2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"LSTM", "SimpleRnn"})
    void theLibrarysOwnLayersPassOnWhatIsNotANumber(String kind) {
        INDArray x = X.dup();
        x.putScalar(new int[] {1, 0, 2}, Double.NaN);
        assertThat(net(kind).output(x).getDouble(1, 0, 2)).isNaN();
        assertThatThrownBy(() -> net("ContinuousTimeGru").output(x)).hasMessageContaining("is NaN");
    }

    /** In truncated backpropagation the networks let a layer find its segment's gradient as best it can. */
    @ParameterizedTest
    @ValueSource(strings = {"LSTM", "SimpleRnn", "ContinuousTimeGru"})
    void theLibrarysOwnLayersForgetTheSegmentsStateInItsGradient(String kind) {
        // Rates so small that both segments are differentiated at the same parameters.
        double rate = 1e-7;
        MultiLayerNetwork net = network(DataType.DOUBLE, new Sgd(rate), 3, layer(kind));
        INDArray start = net.params().dup();
        net.getLayerWiseConfigurations().setBackpropType(BackpropType.TruncatedBPTT);
        net.getLayerWiseConfigurations().setTbpttFwdLength(4);
        net.getLayerWiseConfigurations().setTbpttBackLength(4);
        net.fit(new DataSet(X, Y));
        INDArray taken = start.sub(net.params()).div(rate);
        net.setParams(start);
        net.rnnTimeStep(part(X, 0, 4));
        Map<String, INDArray> state = net.rnnGetPreviousState(0);
        double worst = 0;
        int own = (int) net.getLayer(0).numParams();
        for (int p = 0; p < own; p++) {
            double[] loss = new double[2];
            for (int side = 0; side < 2; side++) {
                net.params().putScalar(p, start.getDouble(p) + (side == 0 ? 1e-6 : -1e-6));
                net.rnnClearPreviousState();
                loss[side] += squares(net.rnnTimeStep(part(X, 0, 4)).sub(part(Y, 0, 4)));
                net.rnnClearPreviousState();
                net.rnnSetPreviousState(0, state);
                loss[side] += squares(net.rnnTimeStep(part(X, 4, 7)).sub(part(Y, 4, 7)));
            }
            net.params().putScalar(p, start.getDouble(p));
            worst = Math.max(worst, Math.abs(taken.getDouble(p) - (loss[0] - loss[1]) / 2e-6));
        }
        if (kind.equals("ContinuousTimeGru")) {
            assertThat(worst).isLessThan(1e-5);
        } else {
            assertThat(worst).isGreaterThan(1e-2);
        }
    }

    private static double squares(INDArray error) {
        return error.mul(error).sumNumber().doubleValue() / 6;
    }

    private static INDArray part(INDArray array, int from, int to) {
        return array.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(from, to)).dup();
    }

    /** The plainest layer on the stock base class: a product of each time step with a matrix. */
    static final class Product extends SameDiffLayer {

        private static final long serialVersionUID = 1L;

        @Override
        public SDVariable defineLayer(SameDiff sd, SDVariable input, Map<String, SDVariable> parameters,
                SDVariable mask) {
            return parameters.get("W").mmul(input.reshape(2, 7)).reshape(1, 3, 7);
        }

        @Override
        public void defineParameters(SDLayerParams parameters) {
            parameters.addWeightParam("W", 3, 2);
        }

        @Override
        public void initializeParameters(Map<String, INDArray> parameters) {
            parameters.get("W").assign(normal(DataType.DOUBLE, 5, 3, 2));
        }

        @Override
        public InputType getOutputType(int layerIndex, InputType inputType) {
            return InputType.recurrent(3, 7);
        }
    }

    @Test
    void theStockSameDiffLayerReturnsTwiceTheGradientAndKnowsNoWrapperAndNoState() {
        MultiLayerNetwork net = network(DataType.DOUBLE, new Sgd(1), 3, new Product());
        INDArray x = normal(DataType.DOUBLE, 1, 1, 2, 7);
        INDArray y = normal(DataType.DOUBLE, 2, 1, 2, 7);
        INDArray w = net.getParam("0_W").dup();
        INDArray readout = net.getParam("1_W").dup();
        INDArray error = net.output(x).sub(y);
        net.fit(x, y);
        INDArray gradient = readout.mmul(error.reshape(2, 7)).mmul(x.reshape(2, 7).transpose());
        assertThat(largestDifference(w.sub(net.getParam("0_W")), gradient.mul(2))).isLessThan(1e-12);
        assertThatThrownBy(() -> new Bidirectional(new Product())).hasMessageContaining("non-recurrent layer");
        assertThat(net.getLayer(0)).isNotInstanceOf(RecurrentLayer.class);
    }
}

package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.nagumo.core.gru.Networks.normal;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.NoOp;

/** With dt = tau and Euler steps it is the gated recurrent unit with the reset before the matrix product. */
class ClassicalGruTest {

    private static MultiLayerNetwork classical(int inputs, int units, double start) {
        return Networks.network(DataType.DOUBLE, new NoOp(), units, new ContinuousTimeGru.Builder().nIn(inputs)
                .nOut(units).initialState(InitialState.FIXED, start).build());
    }

    private static INDArray states(MultiLayerNetwork net, INDArray x) {
        return net.feedForward(x).get(1);
    }

    /**
     * TensorFlow's own test of its GRUCell (github.com/tensorflow/tensorflow, tensorflow/python/kernel_tests/nn_ops/
     * rnn_cell_test.py, testGRUCell): two units, all weights 0.5, gate biases 1, candidate biases 0, inputs of 1, state
     * (0.1, 0.1). Expected are 0.175991 with two inputs and 0.156736 with three.
     */
    @ParameterizedTest
    @CsvSource({"2,0.175991", "3,0.156736"})
    void itGivesTheNumbersOfTensorFlowsTest(int inputs, double expected) {
        MultiLayerNetwork net = classical(inputs, 2, 0.1);
        net.getLayer(0).getParam(GruParameters.WEIGHTS).assign(0.5);
        net.getLayer(0).getParam(GruParameters.RECURRENT_WEIGHTS).assign(0.5);
        net.getLayer(0).getParam(GruParameters.BIAS).assign(Nd4j.createFromArray(1.0, 1, 1, 1, 0, 0));
        INDArray h = states(net, Nd4j.ones(DataType.DOUBLE, 1, inputs, 1));
        assertThat(h.getDouble(0, 0, 0)).isCloseTo(expected, within(5e-7));
        assertThat(h.getDouble(0, 1, 0)).isCloseTo(expected, within(5e-7));
    }

    /** The gruCell operation of ND4J's native library, written in C++ by others, step by step. */
    @Test
    void itGivesTheNumbersOfNd4jsNativeCell() {
        int inputs = 3;
        int units = 4;
        MultiLayerNetwork net = classical(inputs, units, 0);
        INDArray w = net.getLayer(0).getParam(GruParameters.WEIGHTS);
        INDArray rw = net.getLayer(0).getParam(GruParameters.RECURRENT_WEIGHTS);
        INDArray b = net.getLayer(0).getParam(GruParameters.BIAS);
        INDArray x = normal(DataType.DOUBLE, 3, 2, inputs, 57);
        INDArray h = states(net, x);
        // Its gates are r, then u, which is our z.
        INDArray gates = Nd4j.concat(1, block(w, rw, 1, units), block(w, rw, 0, units)).dup('c');
        INDArray gateBiases = Nd4j.concat(0, b.get(NDArrayIndex.interval(units, 2 * units)),
                b.get(NDArrayIndex.interval(0, units))).dup('c');
        INDArray candidate = block(w, rw, 2, units).dup('c');
        INDArray candidateBiases = b.get(NDArrayIndex.interval(2 * units, 3 * units)).dup('c');
        INDArray state = Nd4j.zeros(DataType.DOUBLE, 2, units);
        for (int t = 0; t < 57; t++) {
            INDArray xt = x.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(t)).dup('c');
            // Its Java wrapper hands the inputs over as outputs, so the operation is called by name.
            state = Nd4j.exec(DynamicCustomOp.builder("gruCell")
                    .addInputs(xt, state, gates, candidate, gateBiases, candidateBiases).build())[3];
            INDArray ours = h.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(t));
            assertThat(Networks.largestDifference(ours, state)).isLessThan(1e-12);
        }
    }

    private static INDArray block(INDArray w, INDArray rw, int block, int units) {
        var columns = NDArrayIndex.interval((long) block * units, (long) (block + 1) * units);
        return Nd4j.concat(0, w.get(NDArrayIndex.all(), columns), rw.get(NDArrayIndex.all(), columns));
    }

    @Test
    void twoStepsWorkedOutByHand() {
        // All weights 0.5, biases 0, h = 0, x = 1: z1 = r1 = sigma(0.5), h1 = (1 - z1) tanh(0.5) = 0.1744680;
        // z2 = r2 = sigma(0.5 + 0.5 h1), h2 = z2 h1 + (1 - z2) tanh(0.5 + 0.5 r2 h1) = 0.2925758.
        MultiLayerNetwork net = classical(1, 1, 0);
        net.getLayer(0).setParams(Nd4j.createFromArray(new double[][] {{.5, .5, .5, .5, .5, .5, 0, 0, 0}}));
        INDArray h = states(net, Nd4j.ones(DataType.DOUBLE, 1, 1, 2));
        double z1 = 1 / (1 + Math.exp(-0.5));
        double h1 = (1 - z1) * Math.tanh(0.5);
        double z2 = 1 / (1 + Math.exp(-0.5 - 0.5 * h1));
        double h2 = z2 * h1 + (1 - z2) * Math.tanh(0.5 + 0.5 * z2 * h1);
        assertThat(h.getDouble(0, 0, 0)).isCloseTo(h1, within(1e-14)).isCloseTo(0.1744680, within(1e-7));
        assertThat(h.getDouble(0, 0, 1)).isCloseTo(h2, within(1e-14)).isCloseTo(0.2925758, within(1e-6));
    }
}

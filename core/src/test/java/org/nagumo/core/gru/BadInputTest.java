package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nagumo.core.gru.Networks.network;

import java.util.regex.Pattern;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** What a layer in a network refuses, in one line that names layer, place, fault and what is allowed. */
class BadInputTest {

    private static final String NAME = "layer 'slow' (index 0): ";

    private final MultiLayerNetwork net = network(DataType.FLOAT, new NoOp(), 2,
            new ContinuousTimeGru.Builder().name("slow").nIn(2).nOut(2).dt(0.1).tau(0.5, 2).build());

    private final INDArray x = Nd4j.ones(DataType.FLOAT, 3, 2, 4);

    @Test
    void inputsOfAnotherShape() {
        assertThatThrownBy(() -> net.output(Nd4j.ones(DataType.FLOAT, 3, 1, 4)))
                .hasMessage(NAME + "input has 1 features in shape [3, 1, 4]; allowed: nIn = 2");
        assertThatThrownBy(() -> net.output(Nd4j.ones(DataType.FLOAT, 3, 2)))
                .hasMessage(NAME + "input has rank 2; allowed: rank 3, [minibatch, nIn, time]");
    }

    @Test
    void numbersThatAreNotFinite() {
        for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            x.putScalar(new int[] {1, 0, 2}, value);
            assertThatThrownBy(() -> net.output(x)).hasMessage(NAME + "input[example 1, feature 0, time step 2] is "
                    + value + "; allowed: finite numbers");
        }
        x.assign(1);
        net.getParam("0_RW").putScalar(0, 1, Double.NaN);
        assertThatThrownBy(() -> net.output(x))
                .hasMessage(NAME + "a parameter of unit 1's gate z is NaN; allowed: finite numbers");
    }

    @Test
    void sumsThatMayOverflow() {
        net.getParam("0_W").assign(1e38);
        x.putScalar(new int[] {1, 0, 2}, 10).putScalar(new int[] {1, 1, 2}, -10);
        assertThatThrownBy(() -> net.output(x))
                .hasMessageMatching(Pattern.quote(NAME) + "the sum of unit 0's gate z may reach [12][.0-9]*E39 in time step 2; "
                        + "allowed: up to 3.4028234663852886E38");
    }

    @Test
    void masksOfAnotherShapeOrWithOtherNumbers() {
        assertThatThrownBy(() -> net.output(x, false, Nd4j.ones(DataType.FLOAT, 3, 5), null))
                .hasMessage(NAME + "mask has shape [3, 5]; allowed: [minibatch, time] = [3, 4]");
        INDArray mask = Nd4j.ones(DataType.FLOAT, 3, 4);
        mask.putScalar(2, 1, 0.5);
        assertThatThrownBy(() -> net.output(x, false, mask, null))
                .hasMessage(NAME + "mask[example 2, time step 1] is 0.5; allowed: 0 and 1");
    }

    @Test
    void aStoredStateOfAnotherMinibatch() {
        net.rnnTimeStep(x);
        assertThatThrownBy(() -> net.rnnTimeStep(Nd4j.ones(DataType.FLOAT, 2, 2, 1)))
                .hasMessage(NAME + "the stored state has shape [3, 2]; allowed: [minibatch, nOut] = [2, 2], or "
                        + "rnnClearPreviousState() before");
    }

    @Test
    void halfPrecision() {
        assertThatThrownBy(() -> network(DataType.FLOAT16, new NoOp(), 2,
                new ContinuousTimeGru.Builder().name("slow").nIn(2).nOut(2).build()))
                .hasMessageContaining("data type HALF; allowed: FLOAT and DOUBLE");
    }
}

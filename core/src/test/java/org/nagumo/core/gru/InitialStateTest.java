package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nagumo.core.gru.Networks.largestDifference;
import static org.nagumo.core.gru.Networks.network;
import static org.nagumo.core.gru.Networks.normal;
import static org.nagumo.core.gru.Networks.raggedMask;

import java.util.Map;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.rnn.DuplicateToTimeSeriesVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** The state before the first step: fixed, learned, given with the input, or stored from the call before. */
@ExtendWith(DoubleContext.class)
class InitialStateTest {

    private static ContinuousTimeGru.Builder layer(InitialState kind, double... values) {
        return new ContinuousTimeGru.Builder().nIn(1).nOut(2).dt(0.2).tau(0.5, 2).initialState(kind, values);
    }

    private static MultiLayerNetwork net(InitialState kind, double... values) {
        return network(DataType.DOUBLE, new NoOp(), 2, layer(kind, values).build());
    }

    @Test
    void aFixedStateIsWhereEverySequenceBegins() {
        INDArray x = normal(DataType.DOUBLE, 1, 3, 1, 6);
        MultiLayerNetwork fixed = net(InitialState.FIXED, 0.3, -0.6);
        MultiLayerNetwork zero = net(InitialState.FIXED);
        zero.setParams(fixed.params());
        INDArray expected = fixed.output(x);
        assertThat(largestDifference(expected, zero.output(x))).isGreaterThan(1e-3);
        INDArray state = Nd4j.createFromArray(new double[][] {{0.3, -0.6}, {0.3, -0.6}, {0.3, -0.6}});
        zero.rnnSetPreviousState(0, Map.of("h", state));
        assertThat(largestDifference(zero.rnnTimeStep(x), expected)).isZero();
        assertThat(largestDifference(fixed.rnnTimeStep(x), expected)).isZero();
        assertThat(largestDifference(fixed.rnnTimeStep(x), expected)).isGreaterThan(1e-3);
        fixed.rnnClearPreviousState();
        assertThat(largestDifference(fixed.rnnTimeStep(x), expected)).isZero();
    }

    @Test
    void aLearnedStateIsAParameterWithExactGradients() {
        for (INDArray mask : new INDArray[] {null, raggedMask(DataType.DOUBLE, 3, 6)}) {
            MultiLayerNetwork net = net(InitialState.LEARNED, 0.3, -0.6);
            assertThat(net.paramTable()).containsKey("0_h0");
            assertThat(GradientCheckUtil.checkGradients(new GradientCheckUtil.MLNConfig().net(net)
                    .input(normal(DataType.DOUBLE, 2, 3, 1, 6)).labels(normal(DataType.DOUBLE, 3, 3, 2, 6))
                    .inputMask(mask).labelMask(mask).epsilon(1e-6).maxRelError(1e-5).minAbsoluteError(1e-8)
                    .print(GradientCheckUtil.PrintMode.FAILURES_ONLY))).isTrue();
        }
    }

    @Test
    void trainingFindsTheStateFromWhichTheSequencesBegan() {
        MultiLayerNetwork teacher = net(InitialState.FIXED, 0.3, -0.6);
        MultiLayerNetwork student = network(DataType.DOUBLE, new Sgd(0), 2, layer(InitialState.LEARNED)
                .updater(GruParameters.INITIAL_STATE, new Adam(0.05)).build());
        for (String key : new String[] {"0_W", "0_RW", "0_b", "1_W", "1_b"}) {
            student.setParam(key, teacher.getParam(key));
        }
        INDArray x = normal(DataType.DOUBLE, 4, 4, 1, 10);
        INDArray y = teacher.output(x);
        for (int i = 0; i < 400; i++) {
            student.fit(x, y);
        }
        INDArray start = student.getParam("0_h0");
        assertThat(start.getDouble(0)).isCloseTo(0.3, within(1e-4));
        assertThat(start.getDouble(1)).isCloseTo(-0.6, within(1e-4));
    }

    @Test
    void truncatedBackpropagationLearnsItFromTheFirstSegmentAlone() {
        MultiLayerConfiguration conf = net(InitialState.LEARNED).getLayerWiseConfigurations().clone();
        INDArray x = normal(DataType.DOUBLE, 5, 2, 1, 8);
        INDArray y = normal(DataType.DOUBLE, 6, 2, 2, 8);
        MultiLayerNetwork first = new MultiLayerNetwork(withSgd(conf));
        first.init();
        MultiLayerConfiguration truncated = withSgd(conf.clone());
        truncated.setBackpropType(BackpropType.TruncatedBPTT);
        truncated.setTbpttFwdLength(4);
        truncated.setTbpttBackLength(4);
        MultiLayerNetwork segments = new MultiLayerNetwork(truncated);
        segments.init();
        segments.setParams(first.params());
        first.fit(x.get(all(), all(), interval(0, 4)), y.get(all(), all(), interval(0, 4)));
        segments.fit(x, y);
        assertThat(largestDifference(segments.getParam("0_h0"), first.getParam("0_h0"))).isZero();
        assertThat(segments.getParam("0_h0").norm2Number().doubleValue()).isGreaterThan(1e-6);
        assertThat(largestDifference(segments.params(), first.params())).isGreaterThan(1e-6);
    }

    private static MultiLayerConfiguration withSgd(MultiLayerConfiguration conf) {
        conf.getConfs().forEach(c -> ((org.deeplearning4j.nn.conf.layers.BaseLayer) c.getLayer())
                .setIUpdater(new Sgd(0.1)));
        return conf;
    }

    private static org.nd4j.linalg.indexing.INDArrayIndex all() {
        return org.nd4j.linalg.indexing.NDArrayIndex.all();
    }

    private static org.nd4j.linalg.indexing.INDArrayIndex interval(int from, int to) {
        return org.nd4j.linalg.indexing.NDArrayIndex.interval(from, to);
    }

    /** A dense layer computes the state from three numbers, which the layer takes as a second input. */
    private static ComputationGraph graphWithGivenState() {
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder().seed(2)
                .dataType(DataType.DOUBLE).updater(new NoOp()).graphBuilder().addInputs("x", "features")
                .addLayer("h0", new DenseLayer.Builder().nOut(2).activation(Activation.TANH).build(), "features")
                .addVertex("start", new DuplicateToTimeSeriesVertex("x"), "h0")
                .addLayer("gru", new ContinuousTimeGru.Builder().nOut(2).dt(0.2).tau(0.5, 2)
                        .initialState(InitialState.GIVEN).build(), "x", "start")
                .addLayer("out", new RnnOutputLayer.Builder(LossFunctions.LossFunction.MSE).nOut(1)
                        .activation(Activation.IDENTITY).build(), "gru")
                .setOutputs("out").setInputTypes(InputType.recurrent(1), InputType.feedForward(3)).build());
        graph.init();
        return graph;
    }

    @Test
    void aGivenStateIsASecondInputOfAGraphWithExactGradients() {
        ComputationGraph graph = graphWithGivenState();
        INDArray x = normal(DataType.DOUBLE, 7, 3, 1, 5);
        INDArray features = normal(DataType.DOUBLE, 8, 3, 3);
        assertThat(GradientCheckUtil.checkGradients(new GradientCheckUtil.GraphConfig().net(graph)
                .inputs(new INDArray[] {x, features}).labels(new INDArray[] {normal(DataType.DOUBLE, 9, 3, 1, 5)})
                .epsilon(1e-6).maxRelError(1e-5).minAbsoluteError(1e-8)
                .print(GradientCheckUtil.PrintMode.FAILURES_ONLY))).isTrue();
        assertThat(graph.gradient().getGradientFor("h0_W").norm2Number().doubleValue()).isGreaterThan(1e-3);
    }

    @Test
    void aGivenStateIsTheStateThatAFixedOneWouldBe() {
        ComputationGraph graph = graphWithGivenState();
        INDArray x = normal(DataType.DOUBLE, 7, 3, 1, 5);
        INDArray features = normal(DataType.DOUBLE, 8, 3, 3);
        INDArray given = graph.feedForward(new INDArray[] {x, features}, false).get("gru");
        INDArray starts = graph.feedForward(new INDArray[] {x, features}, false).get("h0");
        for (int b = 0; b < 3; b++) {
            MultiLayerNetwork fixed = net(InitialState.FIXED, starts.getDouble(b, 0), starts.getDouble(b, 1));
            fixed.getLayer(0).setParams(graph.getLayer("gru").params());
            INDArray expected = fixed.feedForward(x.get(interval(b, b + 1), all(), all())).get(1);
            assertThat(largestDifference(given.get(interval(b, b + 1), all(), all()), expected)).isLessThan(1e-15);
        }
        INDArray[] first = {x.get(all(), all(), interval(0, 2)), features};
        INDArray[] second = {x.get(all(), all(), interval(2, 5)), features.mul(-3)};
        INDArray whole = graph.outputSingle(x, features);
        assertThat(graph.rnnTimeStep(first)[0]).isEqualTo(whole.get(all(), all(), interval(0, 2)));
        assertThat(graph.rnnTimeStep(second)[0]).isEqualTo(whole.get(all(), all(), interval(2, 5)));
    }

    @Test
    void wrongStatesAreNamed() {
        assertThatThrownBy(() -> layer(InitialState.FIXED, Double.NaN).build())
                .hasMessageContaining("initial state of unit 0 is NaN; allowed: finite numbers");
        assertThatThrownBy(() -> net(InitialState.LEARNED, 1, 2, 3))
                .hasMessageContaining("3 initial values; allowed: one, or one for each of the 2 units");
        assertThatThrownBy(() -> network(DataType.DOUBLE, new NoOp(), 2, layer(InitialState.GIVEN).nIn(2).build()))
                .hasMessageContaining("nIn is 2; allowed: at least 3, one for data, 2 for the given state");
        MultiLayerNetwork net = net(InitialState.FIXED);
        net.rnnSetPreviousState(0, Map.of("h", Nd4j.createFromArray(new double[][] {{0, Double.NaN}})));
        assertThatThrownBy(() -> net.rnnTimeStep(normal(DataType.DOUBLE, 1, 1, 1, 1)))
                .hasMessageContaining("initial state[example 0, unit 1] is NaN; allowed: finite numbers");
    }
}

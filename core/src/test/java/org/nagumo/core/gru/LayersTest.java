package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.buffer.util.DataTypeUtil;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** The recurrent layer and the SameDiff layer against each other and against difference quotients. */
class LayersTest {

    /** GradientCheckUtil insists on a global switch. */
    @BeforeAll
    static void doubleContext() {
        formerType = Nd4j.dataType();
        DataTypeUtil.setDTypeForContext(DataType.DOUBLE);
    }

    @AfterAll
    static void formerContext() {
        DataTypeUtil.setDTypeForContext(formerType);
    }

    private static DataType formerType;

    private static final double[] TAU = {0.15, 0.7, 0.1, 2};

    private static double[] tau(int units) {
        return java.util.Arrays.copyOf(TAU, units);
    }

    private static org.deeplearning4j.nn.conf.layers.Layer fused(int inputs, int units, boolean learn) {
        return new ContinuousTimeGru.Builder().nIn(inputs).nOut(units).dt(0.1).tau(tau(units)).learnTau(learn).build();
    }

    private static org.deeplearning4j.nn.conf.layers.Layer graph(int inputs, int units, boolean learn) {
        return new SameDiffContinuousTimeGru.Builder().nIn(inputs).nOut(units).dt(0.1).tau(tau(units)).learnTau(learn)
                .build();
    }

    private static MultiLayerNetwork network(DataType type, org.nd4j.linalg.learning.config.IUpdater updater,
            int outputs, org.deeplearning4j.nn.conf.layers.Layer... layers) {
        var list = new NeuralNetConfiguration.Builder().seed(12).dataType(type).updater(updater).list();
        for (var layer : layers) {
            list.layer(layer);
        }
        MultiLayerConfiguration conf = list.layer(new RnnOutputLayer.Builder(LossFunctions.LossFunction.MSE)
                .nIn(outputs).nOut(2).activation(Activation.IDENTITY).dataFormat(RNNFormat.NCW).build()).build();
        MultiLayerNetwork net = new MultiLayerNetwork(conf);
        net.init();
        // Large weights, so that every gate leaves its linear range.
        net.setParams(net.params().add(Nd4j.rand(type, net.params().shape()).subi(0.5)));
        return net;
    }

    private static INDArray raggedMask(DataType type, int lanes, int steps) {
        INDArray mask = Nd4j.ones(type, lanes, steps);
        for (int b = 0; b < lanes; b++) {
            for (int t = Math.max(1, steps - 1 - b); t < steps; t++) {
                mask.putScalar(b, t, 0);
            }
            if (steps > 4) {
                mask.putScalar(b, b, 0);
            }
        }
        return mask;
    }

    private static double largestDifference(INDArray a, INDArray b) {
        return a.sub(b).amaxNumber().doubleValue();
    }

    @ParameterizedTest
    @CsvSource({"1,1,1,1", "1,4,1,2", "3,4,3,2", "3,17,1,2", "1,17,3,4", "3,1,3,1", "3,4,1,1", "1,1,1,4"})
    void bothLayersGiveTheSameNumbersAndGradientsInDoublePrecision(int lanes, int steps, int inputs, int units) {
        Nd4j.getRandom().setSeed(5);
        for (boolean masked : new boolean[] {false, true}) {
            for (boolean learn : new boolean[] {false, true}) {
                MultiLayerNetwork a = network(DataType.DOUBLE, new NoOp(), units, fused(inputs, units, learn));
                MultiLayerNetwork b = network(DataType.DOUBLE, new NoOp(), units, graph(inputs, units, learn));
                assertThat(a.numParams()).isEqualTo(b.numParams());
                if (learn) {
                    a.getLayer(0).setParam(GruParameters.LOG_TAU, a.getLayer(0).getParam(GruParameters.LOG_TAU)
                            .assign(Nd4j.createFromArray(tau(units))));
                    a.getLayer(0).getParam(GruParameters.LOG_TAU).addi(0.5);
                }
                b.setParams(a.params());
                INDArray x = Nd4j.randn(DataType.DOUBLE, lanes, inputs, steps);
                INDArray y = Nd4j.randn(DataType.DOUBLE, lanes, 2, steps);
                INDArray mask = masked ? raggedMask(DataType.DOUBLE, lanes, steps) : null;
                assertThat(largestDifference(a.output(x, false, mask, mask), b.output(x, false, mask, mask)))
                        .isLessThan(1e-12);
                for (MultiLayerNetwork net : new MultiLayerNetwork[] {a, b}) {
                    net.setInput(x);
                    net.setLabels(y);
                    net.setLayerMaskArrays(mask, mask);
                    net.computeGradientAndScore();
                }
                assertThat(a.score()).isCloseTo(b.score(), within(1e-12));
                assertThat(largestDifference(a.gradient().gradient(), b.gradient().gradient())).isLessThan(1e-12);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void gradientsPassTheCheckTwoLayersDeepWithMasks(boolean sameDiff) {
        Nd4j.getRandom().setSeed(9);
        for (boolean masked : new boolean[] {false, true}) {
            MultiLayerNetwork net = sameDiff
                    ? network(DataType.DOUBLE, new NoOp(), 3, graph(2, 2, true), graph(2, 3, false))
                    : network(DataType.DOUBLE, new NoOp(), 3, fused(2, 2, true), fused(2, 3, false));
            net.getLayer(0).getParam(GruParameters.LOG_TAU).addi(0.6);
            INDArray mask = masked ? raggedMask(DataType.DOUBLE, 3, 6) : null;
            boolean passed = GradientCheckUtil.checkGradients(new GradientCheckUtil.MLNConfig().net(net)
                    .input(Nd4j.randn(DataType.DOUBLE, 3, 2, 6)).labels(Nd4j.randn(DataType.DOUBLE, 3, 2, 6))
                    .inputMask(mask).labelMask(mask).epsilon(1e-6).maxRelError(1e-5).minAbsoluteError(1e-8)
                    .print(GradientCheckUtil.PrintMode.FAILURES_ONLY));
            assertThat(passed).isTrue();
        }
    }

    @Test
    void aStepOfPlainGradientDescentMovesBothLayersAlike() {
        Nd4j.getRandom().setSeed(4);
        MultiLayerNetwork a = network(DataType.DOUBLE, new Sgd(0.1), 2, fused(1, 2, true), fused(2, 2, true));
        MultiLayerNetwork b = network(DataType.DOUBLE, new Sgd(0.1), 2, graph(1, 2, true), graph(2, 2, true));
        for (MultiLayerNetwork net : new MultiLayerNetwork[] {a, b}) {
            net.getLayer(0).getParam(GruParameters.LOG_TAU).assign(0);
            net.getLayer(1).getParam(GruParameters.LOG_TAU).assign(0);
        }
        b.setParams(a.params());
        for (int length : new int[] {5, 3, 5}) {
            INDArray x = Nd4j.randn(DataType.DOUBLE, 2, 1, length);
            INDArray y = Nd4j.randn(DataType.DOUBLE, 2, 2, length);
            a.fit(x, y);
            b.fit(x, y);
            assertThat(largestDifference(a.params(), b.params())).isLessThan(1e-12);
        }
    }

    @Test
    void theSameDiffLayerIsSilent() {
        PrintStream out = System.out;
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        System.setOut(new PrintStream(heard, true));
        try {
            network(DataType.FLOAT, new Sgd(0.1), 2, graph(1, 2, false))
                    .fit(Nd4j.rand(DataType.FLOAT, 1, 1, 2), Nd4j.rand(DataType.FLOAT, 1, 2, 2));
        } finally {
            System.setOut(out);
        }
        assertThat(heard.toString()).isEmpty();
    }

    @Test
    void theSameDiffLayerSetsSingleParameters() {
        MultiLayerNetwork net = network(DataType.DOUBLE, new NoOp(), 2, graph(1, 2, false));
        Layer layer = net.getLayer(0);
        INDArray x = Nd4j.rand(DataType.DOUBLE, 1, 1, 3);
        INDArray before = net.output(x).dup();
        layer.setParam(GruParameters.BIAS, layer.getParam(GruParameters.BIAS).add(1));
        assertThat(largestDifference(before, net.output(x))).isGreaterThan(1e-3);
    }

    @Test
    void withDtEqualToTauItIsTheClassicalGruWithResetBeforeTheProduct() {
        // h' = z h + (1 - z) tanh(x Wh + (r h) Uh + bh), with all weights 0.5, biases 0, h = 0 then h = h1, x = 1:
        // z1 = r1 = sigma(0.5) = 0.6224593312, h1 = (1 - z1) tanh(0.5) = 0.1744680206
        // a = 0.5 + 0.5 h1 = 0.5872341032, z2 = r2 = sigma(a) = 0.6427306837
        // c2 = tanh(0.5 + 0.5 r2 h1) = tanh(0.5560679) = 0.5050532; h2 = z2 h1 + (1 - z2) c2 = 0.2925758
        MultiLayerNetwork net = network(DataType.DOUBLE, new NoOp(), 1,
                new ContinuousTimeGru.Builder().nIn(1).nOut(1).build());
        net.getLayer(0).setParams(Nd4j.createFromArray(new double[][] {{.5, .5, .5, .5, .5, .5, 0, 0, 0}}));
        INDArray h = net.feedForward(Nd4j.ones(DataType.DOUBLE, 1, 1, 2)).get(1);
        double z1 = 1 / (1 + Math.exp(-0.5));
        double h1 = (1 - z1) * Math.tanh(0.5);
        double z2 = 1 / (1 + Math.exp(-0.5 - 0.5 * h1));
        double h2 = z2 * h1 + (1 - z2) * Math.tanh(0.5 + 0.5 * z2 * h1);
        assertThat(h.getDouble(0, 0, 0)).isCloseTo(h1, within(1e-14)).isCloseTo(0.1744680, within(1e-7));
        assertThat(h.getDouble(0, 0, 1)).isCloseTo(h2, within(1e-14)).isCloseTo(0.2925758, within(1e-6));
    }

    @Test
    void timeStepsInChunksEqualOnePassBitForBit() {
        Nd4j.getRandom().setSeed(3);
        MultiLayerNetwork net = network(DataType.FLOAT, new NoOp(), 2, fused(2, 2, false), fused(2, 2, true));
        net.getLayer(1).getParam(GruParameters.LOG_TAU).assign(0);
        INDArray x = Nd4j.randn(DataType.FLOAT, 3, 2, 57);
        INDArray whole = net.output(x);
        int at = 0;
        for (int length : new int[] {1, 4, 20, 32}) {
            INDArray chunk = net.rnnTimeStep(x.get(all(), all(), interval(at, at + length)));
            assertThat(chunk).isEqualTo(whole.get(all(), all(), interval(at, at + length)));
            at += length;
        }
        Map<String, INDArray> state = net.rnnGetPreviousState(0);
        INDArray more = Nd4j.randn(DataType.FLOAT, 3, 2, 2);
        INDArray next = net.rnnTimeStep(more).dup();
        net.rnnClearPreviousState();
        assertThat(net.rnnTimeStep(more)).isNotEqualTo(next);
        assertThat(state).hasSize(1);
        assertThatThrownBy(() -> net.rnnTimeStep(Nd4j.zeros(DataType.FLOAT, 2, 2, 1)))
                .hasMessageContaining("stored state has shape [3, 2]; allowed: [minibatch, nOut] = [2, 2]");
    }

    private static org.nd4j.linalg.indexing.INDArrayIndex all() {
        return org.nd4j.linalg.indexing.NDArrayIndex.all();
    }

    private static org.nd4j.linalg.indexing.INDArrayIndex interval(int from, int to) {
        return org.nd4j.linalg.indexing.NDArrayIndex.interval(from, to);
    }

    @Test
    void truncatedBackpropagationOverTheWholeLengthIsPlainBackpropagation() {
        Nd4j.getRandom().setSeed(8);
        INDArray x = Nd4j.randn(DataType.DOUBLE, 2, 1, 12);
        INDArray y = Nd4j.randn(DataType.DOUBLE, 2, 2, 12);
        INDArray[] after = new INDArray[3];
        for (int k = 0; k < 3; k++) {
            MultiLayerConfiguration conf = network(DataType.DOUBLE, new Sgd(0.1), 2, fused(1, 2, false))
                    .getLayerWiseConfigurations().clone();
            if (k > 0) {
                conf.setBackpropType(BackpropType.TruncatedBPTT);
                conf.setTbpttFwdLength(k == 1 ? 12 : 4);
                conf.setTbpttBackLength(k == 1 ? 12 : 4);
            }
            MultiLayerNetwork net = new MultiLayerNetwork(conf);
            net.init();
            net.fit(x, y);
            after[k] = net.params().dup();
        }
        assertThat(largestDifference(after[0], after[1])).isLessThan(1e-12);
        assertThat(largestDifference(after[0], after[2])).isGreaterThan(1e-6);
    }

    @Test
    void bothDataFormatsGiveTheSameNumbers() {
        MultiLayerNetwork[] nets = new MultiLayerNetwork[2];
        for (RNNFormat format : RNNFormat.values()) {
            MultiLayerConfiguration conf = new NeuralNetConfiguration.Builder().seed(1).dataType(DataType.DOUBLE)
                    .updater(new Sgd(0.2)).list()
                    .layer(new ContinuousTimeGru.Builder().nOut(3).dt(0.5).build())
                    .layer(new RnnOutputLayer.Builder(LossFunctions.LossFunction.MSE).nOut(2)
                            .activation(Activation.IDENTITY).build())
                    .setInputType(InputType.recurrent(2, 5, format)).build();
            nets[format.ordinal()] = new MultiLayerNetwork(conf);
            nets[format.ordinal()].init();
        }
        INDArray x = Nd4j.rand(DataType.DOUBLE, 4, 2, 5);
        INDArray y = Nd4j.rand(DataType.DOUBLE, 4, 2, 5);
        INDArray xNwc = x.permute(0, 2, 1).dup();
        INDArray yNwc = y.permute(0, 2, 1).dup();
        int ncw = RNNFormat.NCW.ordinal();
        int nwc = RNNFormat.NWC.ordinal();
        nets[ncw].fit(x, y);
        nets[nwc].fit(xNwc, yNwc);
        assertThat(largestDifference(nets[ncw].params(), nets[nwc].params())).isLessThan(1e-13);
        assertThat(largestDifference(nets[ncw].output(x), nets[nwc].output(xNwc).permute(0, 2, 1))).isLessThan(1e-13);
    }

    @Test
    void itStandsInGraphsAndInsideTheRecurrentWrappers() {
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder().seed(2)
                .dataType(DataType.DOUBLE).updater(new NoOp()).graphBuilder().addInputs("x")
                .addLayer("both", new Bidirectional(Bidirectional.Mode.CONCAT, new ContinuousTimeGru.Builder().nIn(2)
                        .nOut(2).dt(0.3).tau(0.5, 1).build()), "x")
                .addLayer("last", new LastTimeStep(new ContinuousTimeGru.Builder().nIn(4).nOut(2).dt(0.5).build()),
                        "both")
                .addLayer("out", new OutputLayer.Builder(LossFunctions.LossFunction.MSE).nIn(2).nOut(1)
                        .activation(Activation.IDENTITY).build(), "last")
                .setOutputs("out").build());
        graph.init();
        INDArray mask = raggedMask(DataType.DOUBLE, 3, 6);
        boolean passed = GradientCheckUtil.checkGradients(new GradientCheckUtil.GraphConfig().net(graph)
                .inputs(new INDArray[] {Nd4j.randn(DataType.DOUBLE, 3, 2, 6)})
                .labels(new INDArray[] {Nd4j.randn(DataType.DOUBLE, 3, 1)}).inputMask(new INDArray[] {mask})
                .epsilon(1e-6).maxRelError(1e-5).minAbsoluteError(1e-8)
                .print(GradientCheckUtil.PrintMode.FAILURES_ONLY));
        assertThat(passed).isTrue();
    }

    @Test
    void aNetworkSurvivesFilesAndJson(@TempDir Path folder) throws IOException {
        for (boolean sameDiff : new boolean[] {false, true}) {
            MultiLayerNetwork net = network(DataType.FLOAT, new Adam(1e-2), 2,
                    sameDiff ? graph(1, 2, true) : fused(1, 2, true));
            net.getLayer(0).getParam(GruParameters.LOG_TAU).assign(0);
            INDArray x = Nd4j.rand(DataType.FLOAT, 2, 1, 4);
            INDArray y = Nd4j.rand(DataType.FLOAT, 2, 2, 4);
            net.fit(x, y);
            MultiLayerConfiguration conf = net.getLayerWiseConfigurations();
            assertThat(MultiLayerConfiguration.fromJson(conf.toJson())).isEqualTo(conf);
            File file = folder.resolve("m" + sameDiff + ".zip").toFile();
            ModelSerializer.writeModel(net, file, true);
            MultiLayerNetwork read = ModelSerializer.restoreMultiLayerNetwork(file, true);
            net.fit(x, y);
            read.fit(x, y);
            assertThat(read.params()).isEqualTo(net.params());
        }
        MultiLayerNetwork net = network(DataType.FLOAT, new Adam(1e-2), 2, fused(1, 2, true));
        assertThat(net.clone().params()).isEqualTo(net.params());
        assertThat(net.summary()).contains("ContinuousTimeGru");
    }

    @Test
    void learnedTimeConstantsStayAtOrAboveTheStep() {
        MultiLayerNetwork net = network(DataType.FLOAT, new Sgd(50), 2, fused(1, 2, true));
        net.getLayer(0).getParam(GruParameters.LOG_TAU).assign(Math.log(0.1) + 1e-3);
        for (int i = 0; i < 3; i++) {
            net.fit(Nd4j.rand(DataType.FLOAT, 2, 1, 4), Nd4j.rand(DataType.FLOAT, 2, 2, 4).mul(5));
            assertThat(net.getLayer(0).getParam(GruParameters.LOG_TAU).minNumber().doubleValue())
                    .isGreaterThanOrEqualTo(Math.log(0.1));
        }
    }

    @Test
    void theStateStaysInTheUnitCubeForAnyInput() {
        MultiLayerNetwork net = network(DataType.FLOAT, new NoOp(), 4, fused(1, 4, false));
        INDArray h = net.feedForward(Nd4j.randn(DataType.FLOAT, 8, 1, 200).mul(1000)).get(1);
        assertThat(h.amaxNumber().doubleValue()).isLessThanOrEqualTo(1);
    }

    @Test
    void badArgumentsAreNamed() {
        assertThatThrownBy(() -> new ContinuousTimeGru.Builder().nIn(1).nOut(2).dt(0).build())
                .hasMessageContaining("dt is 0.0; allowed: positive");
        assertThatThrownBy(() -> new ContinuousTimeGru.Builder().name("slow").nIn(1).nOut(2).dt(1).tau(1, 0.5).build())
                .hasMessageContaining("layer 'slow': time constant of unit 1 is 0.5 ms; allowed");
        assertThatThrownBy(() -> network(DataType.FLOAT, new NoOp(), 2,
                new ContinuousTimeGru.Builder().nIn(1).nOut(2).tau(1, 2, 3).build()))
                .hasMessageContaining("3 time constants; allowed: one, or one for each of the 2 units");
        MultiLayerNetwork net = network(DataType.FLOAT, new NoOp(), 2, fused(1, 2, false));
        INDArray x = Nd4j.zeros(DataType.FLOAT, 1, 1, 3);
        x.putScalar(new int[] {0, 0, 2}, Float.NaN);
        assertThatThrownBy(() -> net.output(x))
                .hasMessageContaining("input[example 0, feature 0, time step 2] is NaN; allowed: finite numbers");
        assertThatThrownBy(() -> net.output(Nd4j.zeros(DataType.FLOAT, 1, 3, 3)))
                .hasMessageContaining("3 features").hasMessageContaining("allowed: nIn = 1");
    }
}

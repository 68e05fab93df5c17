package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nagumo.core.gru.Networks.normal;

import com.sun.management.ThreadMXBean;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.BaseOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** The linear readout beside the stock layer that it stands for. */
@ExtendWith(DoubleContext.class)
class LinearReadoutTest {

    private static final LayerWorkspaceMgr NONE = LayerWorkspaceMgr.noWorkspaces();

    /** Both layers with the same options, each in a network of its own with the same parameters. */
    private record Twins(MultiLayerNetwork stock, MultiLayerNetwork fused) {

        static Twins of(DataType type, IUpdater updater, int inputs, int outputs, LossFunction loss,
                Consumer<RnnOutputLayer.Builder> options) {
            RnnOutputLayer.Builder plain = new RnnOutputLayer.Builder(loss).activation(Activation.IDENTITY)
                    .dataFormat(RNNFormat.NCW);
            MultiLayerNetwork stock = network(type, updater, set(plain, inputs, outputs, options).build());
            MultiLayerNetwork fused = network(type, updater,
                    set(new LinearReadout.Builder(loss), inputs, outputs, options).build());
            stock.setParams(normal(type, 9, stock.params().rows(), stock.params().columns()));
            fused.setParams(stock.params());
            return new Twins(stock, fused);
        }

        private static RnnOutputLayer.Builder set(RnnOutputLayer.Builder builder, int inputs, int outputs,
                Consumer<RnnOutputLayer.Builder> options) {
            builder.nIn(inputs).nOut(outputs);
            options.accept(builder);
            return builder;
        }

        private static MultiLayerNetwork network(DataType type, IUpdater updater, RnnOutputLayer layer) {
            MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder().seed(1).dataType(type)
                    .updater(updater).list().layer(layer).build());
            net.init();
            return net;
        }

        void fit(DataSet data, int times) {
            for (MultiLayerNetwork net : List.of(stock, fused)) {
                Nd4j.getRandom().setSeed(7);
                for (int i = 0; i < times; i++) {
                    net.fit(data);
                }
            }
        }
    }

    /** Score, gradient of the parameters and of the input. */
    private record Result(double score, INDArray gradient, INDArray inputGradient) {

        static Result of(MultiLayerNetwork net, INDArray x, INDArray y, INDArray mask) {
            Pair<org.deeplearning4j.nn.gradient.Gradient, INDArray> pair = net.calculateGradients(x, y, null, mask);
            INDArray gradient = pair.getFirst().gradient().dup();
            net.setInput(x);
            net.setLabels(y);
            net.setLayerMaskArrays(null, mask);
            net.computeGradientAndScore();
            assertThat(net.gradient().gradient()).isEqualTo(gradient);
            double score = net.score();
            net.clearLayerMaskArrays();
            return new Result(score, gradient, pair.getSecond().dup());
        }

        void isCloseTo(Result expected, double relative) {
            assertThat(score).isCloseTo(expected.score, within(relative * Math.abs(expected.score)));
            close(gradient, expected.gradient, relative);
            close(inputGradient, expected.inputGradient, relative);
        }

        Result toDouble() {
            return new Result(score, gradient.castTo(DataType.DOUBLE), inputGradient.castTo(DataType.DOUBLE));
        }
    }

    private static void close(INDArray actual, INDArray expected, double relative) {
        assertThat(actual.shape()).containsExactly(expected.shape());
        assertThat(Networks.largestDifference(actual, expected))
                .isLessThanOrEqualTo(relative * expected.amaxNumber().doubleValue());
    }

    static Stream<int[]> widths() {
        return Stream.of(1, 2, 5, 33).flatMap(inputs -> Stream.of(1, 2, 3).map(outputs -> new int[] {inputs, outputs}));
    }

    /** Zeros and ones in any order; no example is empty. */
    private static INDArray mask(DataType type, int lanes, int steps) {
        INDArray mask = normal(type, 5, lanes, steps).gt(-0.5).castTo(type);
        mask.getColumn(steps / 2).assign(1);
        return mask;
    }

    private interface Check {
        void of(INDArray x, INDArray y, INDArray mask);
    }

    private static void everyMinibatch(DataType type, int[] widths, Check check) {
        for (int steps : new int[] {4, 57, 1}) {
            for (int lanes : new int[] {3, 1, 70, 300}) {
                for (char order : new char[] {'f', 'c'}) {
                    INDArray x = normal(type, 3, lanes, widths[0], steps).dup(order);
                    INDArray y = normal(type, 4, lanes, widths[1], steps).dup(order);
                    check.of(x, y, null);
                    check.of(x, y, mask(type, lanes, steps).dup(order));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("widths")
    void scoreAndGradientsAreThoseOfTheStockLayerInDoublePrecision(int[] widths) {
        for (LossFunction loss : List.of(LossFunction.MSE, LossFunction.L2)) {
            for (boolean bias : new boolean[] {true, false}) {
                Twins twins = Twins.of(DataType.DOUBLE, new NoOp(), widths[0], widths[1], loss,
                        b -> b.hasBias(bias).l2(0.1).weightDecay(0.2));
                everyMinibatch(DataType.DOUBLE, widths, (x, y, mask) -> Result.of(twins.fused, x, y, mask)
                        .isCloseTo(Result.of(twins.stock, x, y, mask), 1e-12));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("widths")
    void singlePrecisionAgreesWithDoubleToItsRounding(int[] widths) {
        Twins single = Twins.of(DataType.FLOAT, new NoOp(), widths[0], widths[1], LossFunction.MSE, b -> { });
        Twins exact = Twins.of(DataType.DOUBLE, new NoOp(), widths[0], widths[1], LossFunction.MSE, b -> { });
        exact.stock.setParams(single.fused.params().castTo(DataType.DOUBLE));
        everyMinibatch(DataType.FLOAT, widths, (x, y, mask) -> Result.of(single.fused, x, y, mask).toDouble()
                .isCloseTo(Result.of(exact.stock, x.castTo(DataType.DOUBLE), y.castTo(DataType.DOUBLE),
                        mask == null ? null : mask.castTo(DataType.DOUBLE)), 3e-6));
    }

    @ParameterizedTest
    @MethodSource("widths")
    void theOutputIsThatOfTheStockLayer(int[] widths) {
        Twins twins = Twins.of(DataType.DOUBLE, new NoOp(), widths[0], widths[1], LossFunction.MSE, b -> { });
        everyMinibatch(DataType.DOUBLE, widths, (x, y, mask) -> {
            close(twins.fused.output(x, false, null, mask), twins.stock.output(x, false, null, mask), 1e-14);
            assertThat(twins.fused.score(new DataSet(x, y, null, mask)))
                    .isEqualTo(twins.stock.score(new DataSet(x, y, null, mask)));
            twins.fused.clearLayerMaskArrays();
            twins.stock.clearLayerMaskArrays();
        });
    }

    private static MultiLayerNetwork gruNetwork(IUpdater updater, int outputs) {
        return Networks.withReadout(DataType.DOUBLE, updater, new LinearReadout.Builder().nIn(3).nOut(outputs)
                .l2(0.1).build(), new ContinuousTimeGru.Builder().nIn(2).nOut(3).dt(0.5).tau(1).build());
    }

    private static MultiLayerNetwork stockNetwork(IUpdater updater) {
        return Networks.withReadout(DataType.DOUBLE, updater, new RnnOutputLayer.Builder(LossFunction.MSE).nIn(3)
                .nOut(2).l2(0.1).activation(Activation.IDENTITY).dataFormat(RNNFormat.NCW).build(),
                new ContinuousTimeGru.Builder().nIn(2).nOut(3).dt(0.5).tau(1).build());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void gradientsAgreeWithDifferenceQuotients(int outputs) {
        MultiLayerNetwork net = gruNetwork(new NoOp(), outputs);
        INDArray x = normal(DataType.DOUBLE, 1, 4, 2, 9);
        INDArray y = normal(DataType.DOUBLE, 2, 4, outputs, 9);
        INDArray near = net.output(x).add(y.mul(0.01));
        for (INDArray mask : new INDArray[] {null, mask(DataType.DOUBLE, 4, 9)}) {
            assertThat(GradientCheckUtil.checkGradients(new GradientCheckUtil.MLNConfig().net(net).input(x)
                    .labels(near).labelMask(mask).epsilon(1e-6).maxRelError(1e-5).minAbsoluteError(1e-8)
                    .print(GradientCheckUtil.PrintMode.FAILURES_ONLY))).isTrue();
        }
    }

    static Stream<Consumer<RnnOutputLayer.Builder>> others() {
        return Stream.of(b -> b.activation(Activation.TANH),
                b -> b.activation(Activation.SOFTMAX).lossFunction(LossFunction.MCXENT),
                b -> b.lossFunction(LossFunction.MEAN_ABSOLUTE_ERROR),
                b -> b.lossFunction(new LossMSE(Nd4j.create(new double[][] {{1, 2, 3}}))),
                b -> b.dropOut(new Dropout(0.5)),
                b -> b.weightNoise(new DropConnect(0.5)),
                b -> b.dataFormat(RNNFormat.NWC),
                b -> b.nOut(600));
    }

    @ParameterizedTest
    @MethodSource("others")
    void whatIsNoLinearReadoutTrainsBitForBitAsTheStockLayer(Consumer<RnnOutputLayer.Builder> options) {
        Twins twins = Twins.of(DataType.DOUBLE, new Adam(0.01), 4, 3, LossFunction.MSE, options);
        RnnOutputLayer conf = (RnnOutputLayer) twins.fused.getLayer(0).conf().getLayer();
        boolean nwc = conf.getRnnDataFormat() == RNNFormat.NWC;
        int outputs = (int) conf.getNOut();
        INDArray x = nwc ? normal(DataType.DOUBLE, 1, 5, 7, 4) : normal(DataType.DOUBLE, 1, 5, 4, 7);
        INDArray y = nwc ? normal(DataType.DOUBLE, 2, 5, 7, outputs) : normal(DataType.DOUBLE, 2, 5, outputs, 7);
        INDArray before = twins.stock.params().dup();
        twins.fit(new DataSet(x, y), 3);
        assertThat(twins.fused.params()).isEqualTo(twins.stock.params()).isNotEqualTo(before);
        assertThat(twins.fused.score()).isEqualTo(twins.stock.score());
        assertThat(twins.fused.output(x)).isEqualTo(twins.stock.output(x));
    }

    @Test
    void masksOfSingleOutputsAndOfFractionsWorkAsInTheStockLayer() {
        Twins twins = Twins.of(DataType.DOUBLE, new Adam(0.01), 4, 3, LossFunction.MSE, b -> { });
        INDArray x = normal(DataType.DOUBLE, 1, 5, 4, 7);
        INDArray y = normal(DataType.DOUBLE, 2, 5, 3, 7);
        for (INDArray mask : List.of(normal(DataType.DOUBLE, 5, 5, 3, 7).gt(0).castTo(DataType.DOUBLE),
                normal(DataType.DOUBLE, 5, 5, 7).mul(0.1).add(1))) {
            twins.fit(new DataSet(x, y, null, mask), 3);
            assertThat(twins.fused.params()).isEqualTo(twins.stock.params());
            assertThat(twins.fused.score()).isEqualTo(twins.stock.score());
        }
    }

    @ParameterizedTest
    @EnumSource(WorkspaceMode.class)
    void networksAndGraphsTrainAsWithTheStockLayer(WorkspaceMode mode) {
        INDArray x = normal(DataType.DOUBLE, 1, 4, 2, 23);
        DataSet data = new DataSet(x, normal(DataType.DOUBLE, 2, 4, 2, 23), null, mask(DataType.DOUBLE, 4, 23));
        DataSet plain = new DataSet(x, normal(DataType.DOUBLE, 3, 4, 2, 23));
        MultiLayerNetwork net = gruNetwork(new Adam(0.01), 2);
        net.getLayerWiseConfigurations().setTrainingWorkspaceMode(mode);
        ComputationGraph graph = net.toComputationGraph();
        graph.getConfiguration().setTrainingWorkspaceMode(mode);
        MultiLayerNetwork stock = stockNetwork(new Adam(0.01));
        for (int i = 0; i < 10; i++) {
            for (DataSet d : List.of(data, plain)) {
                net.fit(d);
                graph.fit(d);
                stock.fit(d);
                assertThat(net.score()).isCloseTo(stock.score(), within(1e-11));
                assertThat(graph.score()).isCloseTo(stock.score(), within(1e-11));
            }
        }
        close(net.params(), stock.params(), 1e-9);
        assertThat(graph.params()).isEqualTo(net.params());
        assertThat(net.score(plain)).isCloseTo(stock.score(plain), within(1e-9));
    }

    @Test
    void theScoreIsAlwaysThatOfThePresentParametersInputLabelsAndMask() {
        Twins twins = Twins.of(DataType.DOUBLE, new NoOp(), 2, 1, LossFunction.MSE, b -> { });
        BaseOutputLayer<?> fused = (BaseOutputLayer<?>) twins.fused.getOutputLayer();
        BaseOutputLayer<?> stock = (BaseOutputLayer<?>) twins.stock.getOutputLayer();
        INDArray mask = mask(DataType.DOUBLE, 3, 7);
        List<Consumer<BaseOutputLayer<?>>> changes = List.of(layer -> { },
                layer -> layer.getParam("W").addi(1),
                layer -> layer.getParam("b").addi(1),
                layer -> layer.setParams(layer.params().mul(0.5)),
                layer -> layer.setInput(normal(DataType.DOUBLE, 5, 3, 2, 7), NONE),
                layer -> layer.setLabels(normal(DataType.DOUBLE, 6, 3, 1, 7)),
                layer -> layer.setMaskArray(mask),
                layer -> layer.setMaskArray(null));
        for (Consumer<BaseOutputLayer<?>> change : changes) {
            twins.fused.initGradientsView();
            twins.stock.initGradientsView();
            for (BaseOutputLayer<?> layer : List.of(fused, stock)) {
                layer.setInput(normal(DataType.DOUBLE, 1, 3, 2, 7), NONE);
                layer.setLabels(normal(DataType.DOUBLE, 2, 3, 1, 7));
                layer.backpropGradient(null, NONE);
                change.accept(layer);
            }
            for (int i = 0; i < 2; i++) {
                double expected = stock.computeScore(0.25, true, NONE);
                assertThat(fused.computeScore(0.25, true, NONE)).isCloseTo(expected, within(1e-12 * expected));
                assertThat(fused.score()).isCloseTo(expected, within(1e-12 * expected));
            }
        }
    }

    @Test
    void truncatedBackpropagationGivesWhatTheStockLayerGives() {
        INDArray x = normal(DataType.DOUBLE, 1, 4, 2, 23);
        INDArray y = normal(DataType.DOUBLE, 2, 4, 2, 23);
        MultiLayerNetwork net = gruNetwork(new Sgd(0.01), 2);
        MultiLayerNetwork stock = stockNetwork(new Sgd(0.01));
        for (MultiLayerNetwork n : List.of(net, stock)) {
            n.getLayerWiseConfigurations().setBackpropType(org.deeplearning4j.nn.conf.BackpropType.TruncatedBPTT);
            n.getLayerWiseConfigurations().setTbpttFwdLength(5);
            n.getLayerWiseConfigurations().setTbpttBackLength(5);
            n.fit(x, y);
        }
        close(net.params(), stock.params(), 1e-12);
        for (MultiLayerNetwork n : List.of(net, stock)) {
            n.rnnTimeStep(x);
        }
        INDArray next = x.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(3, 9));
        close(net.rnnTimeStep(next), stock.rnnTimeStep(next), 1e-12);
    }

    @Test
    void trainingGoesOnFromAFileBitForBit(@TempDir Path folder) throws IOException {
        INDArray x = normal(DataType.DOUBLE, 1, 4, 2, 9);
        INDArray y = normal(DataType.DOUBLE, 2, 4, 2, 9);
        MultiLayerNetwork net = gruNetwork(new Adam(0.01), 2);
        net.fit(x, y);
        MultiLayerConfiguration conf = net.getLayerWiseConfigurations();
        assertThat(MultiLayerConfiguration.fromJson(conf.toJson())).isEqualTo(conf).hasSameHashCodeAs(conf);
        assertThat(MultiLayerConfiguration.fromYaml(conf.toYaml())).isEqualTo(conf);
        ComputationGraphConfiguration graph = net.toComputationGraph().getConfiguration();
        assertThat(ComputationGraphConfiguration.fromJson(graph.toJson())).isEqualTo(graph);
        File file = folder.resolve("model.zip").toFile();
        ModelSerializer.writeModel(net, file, true);
        MultiLayerNetwork read = ModelSerializer.restoreMultiLayerNetwork(file, true);
        assertThat(read.getLayer(1).conf().getLayer()).isInstanceOf(LinearReadout.class);
        net.fit(x, y);
        read.fit(x, y);
        assertThat(read.params()).isEqualTo(net.params());
        assertThat(read.output(x)).isEqualTo(net.output(x));
    }

    @Test
    void aCopyTrainsAlikeAndApart() {
        INDArray x = normal(DataType.DOUBLE, 1, 4, 2, 9);
        MultiLayerNetwork net = gruNetwork(new Adam(0.01), 2);
        MultiLayerNetwork copy = net.clone();
        INDArray before = net.params().dup();
        copy.fit(x, x);
        assertThat(net.params()).isEqualTo(before).isNotEqualTo(copy.params());
        net.fit(x, x);
        assertThat(net.params()).isEqualTo(copy.params());
    }

    @Test
    void transferLearningReplacesFreezesAndWidens() {
        INDArray x = normal(DataType.DOUBLE, 1, 4, 2, 9);
        MultiLayerNetwork origin = gruNetwork(new Sgd(0.1), 2);
        MultiLayerNetwork net = new TransferLearning.Builder(origin)
                .fineTuneConfiguration(new FineTuneConfiguration.Builder().updater(new Sgd(0.1)).build())
                .setFeatureExtractor(0).nOutReplace(1, 4, WeightInit.XAVIER).build();
        assertThat(net.getLayer(1).conf().getLayer()).isInstanceOf(LinearReadout.class);
        assertThat(net.getParam("1_W").shape()).containsExactly(3, 4);
        INDArray readout = net.getLayer(1).params().dup();
        net.fit(x, normal(DataType.DOUBLE, 2, 4, 4, 9));
        assertThat(net.getLayer(0).params()).isEqualTo(origin.getLayer(0).params());
        assertThat(net.getLayer(1).params()).isNotEqualTo(readout);
    }

    @Test
    void everyOptionOfTheStockLayerIsTakenOver() throws IOException {
        Consumer<RnnOutputLayer.Builder> all = b -> b.name("out").nIn(3).nOut(2).hasBias(false).l1(0.1).l2(0.2)
                .l1Bias(0.3).l2Bias(0.4).weightInit(WeightInit.UNIFORM).biasInit(0.5).gainInit(0.6)
                .updater(new Sgd(0.7)).biasUpdater(new Adam(0.8)).dropOut(0.9).weightNoise(new DropConnect(0.4))
                .gradientNormalization(GradientNormalization.ClipL2PerLayer).gradientNormalizationThreshold(1.5)
                .activation(Activation.SOFTPLUS).constrainAllParameters(new MaxNormConstraint(2, 1))
                .lossFunction(LossFunction.MEAN_ABSOLUTE_ERROR);
        RnnOutputLayer.Builder stock = new RnnOutputLayer.Builder().dataFormat(RNNFormat.NWC);
        RnnOutputLayer.Builder fused = new LinearReadout.Builder().dataFormat(RNNFormat.NWC);
        all.accept(stock);
        all.accept(fused);
        assertThat(json(fused.build()).replace(LinearReadout.class.getName(), RnnOutputLayer.class.getName()))
                .isEqualTo(json(stock.build()));
    }

    private static String json(RnnOutputLayer layer) throws IOException {
        return NeuralNetConfiguration.mapper().writeValueAsString(layer);
    }

    @Test
    void configurationsAreEqualWhenTheySayTheSame() {
        RnnOutputLayer a = new LinearReadout.Builder().nIn(2).nOut(1).build();
        assertThat(a).isEqualTo(new LinearReadout.Builder(LossFunction.MSE).nIn(2).nOut(1).build())
                .hasSameHashCodeAs(new LinearReadout.Builder().nIn(2).nOut(1).build())
                .isNotEqualTo(new LinearReadout.Builder(LossFunction.L2).nIn(2).nOut(1).build())
                .isNotEqualTo(new LinearReadout.Builder().nIn(2).nOut(2).build());
        RnnOutputLayer stock = new RnnOutputLayer.Builder(LossFunction.MSE).activation(Activation.IDENTITY)
                .dataFormat(RNNFormat.NCW).nIn(2).nOut(1).build();
        assertThat(a).isNotEqualTo(stock);
        assertThat(stock).isNotEqualTo(a);
        assertThat(a.toString()).contains("LinearReadout", "MSE", "nIn=2");
    }

    @ParameterizedTest
    @EnumSource(RNNFormat.class)
    void theInputTypeTellsTheFormatAndTheNumberOfInputs(RNNFormat format) {
        MultiLayerConfiguration conf = new NeuralNetConfiguration.Builder().list()
                .layer(new LinearReadout.Builder().nOut(1).build()).setInputType(InputType.recurrent(3, 5, format))
                .build();
        LinearReadout readout = (LinearReadout) conf.getConf(0).getLayer();
        assertThat(readout.getRnnDataFormat()).isEqualTo(format);
        assertThat(readout.getNIn()).isEqualTo(3);
    }

    @Test
    void targetsThatAreNotFiniteAreNamedAndInputsOfTheWrongShapeRefused() {
        Twins twins = Twins.of(DataType.DOUBLE, new NoOp(), 2, 3, LossFunction.MSE, b -> b.name("readout"));
        INDArray x = normal(DataType.DOUBLE, 1, 4, 2, 9);
        INDArray y = normal(DataType.DOUBLE, 2, 4, 3, 9);
        y.putScalar(1, 2, 5, Double.NaN);
        assertThatThrownBy(() -> twins.fused.fit(x, y)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layer 'readout' (index 0): target[example 1, output 2, time step 5] is NaN;"
                        + " allowed: finite numbers");
        Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
        assertThatThrownBy(() -> twins.fused.output(normal(DataType.DOUBLE, 1, 4, 3, 9)))
                .isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> twins.fused.fit(x, normal(DataType.DOUBLE, 1, 4, 3, 8)))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void aLongSequenceTakesNoMemoryOfItsLengthOnTheHeap() {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder().seed(1)
                .dataType(DataType.FLOAT).updater(new NoOp()).list()
                .layer(new ContinuousTimeGru.Builder().nIn(1).nOut(8).dt(0.1).tau(1).build())
                .layer(new LinearReadout.Builder().nIn(8).nOut(1).build()).build());
        net.init();
        long shorter = allocated(net, 4000);
        long longer = allocated(net, 20_000);
        long statesBetween = 16_000L * 64 * 8 * Float.BYTES;
        assertThat(longer - shorter).isLessThan(statesBetween / 2);
    }

    /** Bytes of the heap that a first iteration over 64 sequences takes. */
    private static long allocated(MultiLayerNetwork net, int steps) {
        net.setInput(normal(DataType.FLOAT, 1, 64, 1, steps).dup('f'));
        net.setLabels(normal(DataType.FLOAT, 2, 64, 1, steps).dup('f'));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        net.computeGradientAndScore();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }
}

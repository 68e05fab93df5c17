package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nagumo.core.gru.Networks.largestDifference;
import static org.nagumo.core.gru.Networks.network;
import static org.nagumo.core.gru.Networks.normal;
import static org.nagumo.core.gru.Networks.raggedMask;
import static org.nagumo.core.gru.Networks.tau;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;

/** The SameDiff layer, and the equations inside a SameDiff graph of one's own. */
@ExtendWith(DoubleContext.class)
class SameDiffViewTest {

    private static SameDiffContinuousTimeGru graph(int inputs, int units, boolean learn) {
        return new SameDiffContinuousTimeGru.Builder().nIn(inputs).nOut(units).dt(0.1).tau(tau(units)).learnTau(learn)
                .build();
    }

    private static ContinuousTimeGru fused(int inputs, int units, boolean learn) {
        return new ContinuousTimeGru.Builder().nIn(inputs).nOut(units).dt(0.1).tau(tau(units)).learnTau(learn).build();
    }

    @Test
    void gradientsPassTheCheckTwoLayersDeepWithMasks() {
        for (INDArray mask : new INDArray[] {null, raggedMask(DataType.DOUBLE, 3, 6)}) {
            MultiLayerNetwork net = network(DataType.DOUBLE, new NoOp(), 3, graph(2, 2, true), graph(2, 3, false));
            net.getLayer(0).getParam(GruParameters.LOG_TAU).addi(0.6);
            assertThat(GradientCheckUtil.checkGradients(new GradientCheckUtil.MLNConfig().net(net)
                    .input(normal(DataType.DOUBLE, 1, 3, 2, 6)).labels(normal(DataType.DOUBLE, 2, 3, 2, 6))
                    .inputMask(mask).labelMask(mask).epsilon(1e-6).maxRelError(1e-5).minAbsoluteError(1e-8)
                    .print(GradientCheckUtil.PrintMode.FAILURES_ONLY))).isTrue();
        }
    }

    /** The stock layer's gradients are 2 and, two deep, 4 times too large, which Adam hides and SGD does not. */
    @Test
    void gradientDescentMovesItLikeTheRecurrentLayerAtAnyLength() {
        MultiLayerNetwork a = network(DataType.DOUBLE, new Sgd(0.1), 2, fused(1, 2, true), fused(2, 2, true));
        MultiLayerNetwork b = network(DataType.DOUBLE, new Sgd(0.1), 2, graph(1, 2, true), graph(2, 2, true));
        for (MultiLayerNetwork net : new MultiLayerNetwork[] {a, b}) {
            net.getLayer(0).getParam(GruParameters.LOG_TAU).assign(0);
            net.getLayer(1).getParam(GruParameters.LOG_TAU).assign(0);
        }
        b.setParams(a.params());
        for (int length : new int[] {5, 3, 5, 9}) {
            INDArray x = normal(DataType.DOUBLE, length, 2, 1, length);
            INDArray y = normal(DataType.DOUBLE, length + 100, 2, 2, length);
            a.fit(x, y);
            b.fit(x, y);
            assertThat(largestDifference(a.params(), b.params())).isLessThan(1e-12);
        }
    }

    @Test
    void itIsSilent() {
        assertThat(printedBy(() -> network(DataType.FLOAT, new Sgd(0.1), 2, graph(1, 2, false))
                .fit(Nd4j.rand(DataType.FLOAT, 1, 1, 2), Nd4j.rand(DataType.FLOAT, 1, 2, 2)))).isEmpty();
    }

    private static String printedBy(Runnable action) {
        PrintStream out = System.out;
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        System.setOut(new PrintStream(heard, true));
        try {
            action.run();
        } finally {
            System.setOut(out);
        }
        return heard.toString();
    }

    @Test
    void singleParametersCanBeSet() {
        MultiLayerNetwork net = network(DataType.DOUBLE, new NoOp(), 2, graph(1, 2, false));
        Layer layer = net.getLayer(0);
        INDArray x = Nd4j.rand(DataType.DOUBLE, 1, 1, 3);
        INDArray before = net.output(x).dup();
        layer.setParam(GruParameters.BIAS, layer.getParam(GruParameters.BIAS).add(1));
        assertThat(largestDifference(before, net.output(x))).isGreaterThan(1e-3);
    }

    @Test
    void whatItCannotComputeIsNamed() {
        MultiLayerNetwork net = network(DataType.DOUBLE, new NoOp(), 2, graph(2, 2, false));
        INDArray x = Nd4j.zeros(DataType.DOUBLE, 1, 2, 3);
        x.putScalar(new int[] {0, 1, 2}, Double.POSITIVE_INFINITY);
        assertThatThrownBy(() -> net.output(x)).hasMessageContaining("layer 'layer0' (index 0): "
                + "input[example 0, feature 1, time step 2] is Infinity; allowed: finite numbers");
        assertThatThrownBy(() -> net.output(Nd4j.zeros(DataType.DOUBLE, 1, 3, 3)))
                .hasMessageContaining("input has shape [1, 3, 3]; allowed: [minibatch, nIn = 2, time]");
        net.getLayer(0).getParam(GruParameters.BIAS).putScalar(1, Double.NaN);
        assertThatThrownBy(() -> net.output(Nd4j.zeros(DataType.DOUBLE, 1, 2, 3)))
                .hasMessageContaining("a number of parameter b is NaN; allowed: finite numbers");
    }

    /** Parameters of one input and two units as variables of a graph, and the equations on them. */
    private static ContinuousTimeGruGraph equations(SameDiff sd, GruEquations equations) {
        SDVariable w = sd.var("W", normal(DataType.DOUBLE, 1, 1, 6));
        SDVariable rw = sd.var("RW", normal(DataType.DOUBLE, 2, 2, 6));
        SDVariable b = sd.var("b", normal(DataType.DOUBLE, 3, 1, 6));
        boolean features = equations.features() > 0;
        SDVariable fw = features ? sd.var("FW", normal(DataType.DOUBLE, 4, 3, equations.features())) : null;
        SDVariable fb = features ? sd.var("Fb", normal(DataType.DOUBLE, 5, 1, equations.features())) : null;
        SDVariable v = features ? sd.var("V", normal(DataType.DOUBLE, 6, equations.features(), 6)) : null;
        return new ContinuousTimeGruGraph(sd, equations, 1, 2, w, rw, b, fw, fb, v, null);
    }

    @Test
    void oneStepInAGraphOfOnesOwnIsTheFirstOfASequence() {
        GruEquations equations = GruEquations.euler(0.5);
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 1, 3);
        ContinuousTimeGruGraph gru = equations(sd, equations);
        SDVariable h0 = sd.constant("start", Nd4j.createFromArray(new double[][] {{0.3, -0.2}}));
        SDVariable first = gru.step(sd.unstack(x, 2, 3)[0], h0);
        SDVariable sequence = gru.sequence(x, 3, h0, null);
        Map<String, INDArray> found = sd.output(Map.of("x", normal(DataType.DOUBLE, 4, 5, 1, 3)), first.name(),
                sequence.name());
        INDArray steps = found.get(sequence.name());
        assertThat(steps.shape()).containsExactly(5, 2, 3);
        assertThat(largestDifference(steps.tensorAlongDimension(0, 0, 1), found.get(first.name()))).isZero();
        assertThat(steps.amaxNumber().doubleValue()).isBetween(0.01, 1.0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void aGraphOfOnesOwnDifferentiatesAndTrainsIt(int features) {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 1, 6);
        SDVariable y = sd.placeHolder("y", DataType.DOUBLE, -1, 2, 6);
        ContinuousTimeGruGraph gru = equations(sd, GruEquations.euler(0.5, features));
        SDVariable h = gru.sequence(x, 6, sd.constant(Nd4j.zeros(DataType.DOUBLE, 1, 2)), null);
        sd.math.squaredDifference(h, y).mean("loss", true);
        sd.setLossVariables("loss");
        // SameDiff itself prints a line for each operation here, which the layer keeps from its users.
        assertThat(printedBy(sd::createGradFunction)).contains("Added differentiated op");
        INDArray input = normal(DataType.DOUBLE, 5, 4, 1, 6);
        INDArray target = Nd4j.valueArrayOf(new long[] {4, 2, 6}, 0.5, DataType.DOUBLE);
        Map<String, INDArray> minibatch = Map.of("x", input, "y", target);
        List<String> keys = features == 0 ? List.of("W", "RW", "b") : List.of("W", "RW", "b", "FW", "Fb", "V");
        Map<String, INDArray> gradients = sd.calculateGradients(minibatch, keys);
        for (String key : keys) {
            INDArray value = sd.getVariable(key).getArr();
            for (int p = 0; p < value.length(); p++) {
                double at = value.getDouble(p);
                value.putScalar(p, at + 1e-5);
                double up = sd.output(minibatch, "loss").get("loss").getDouble(0);
                value.putScalar(p, at - 1e-5);
                double down = sd.output(minibatch, "loss").get("loss").getDouble(0);
                value.putScalar(p, at);
                assertThat(gradients.get(key).getDouble(p)).isCloseTo((up - down) / 2e-5, within(1e-9));
            }
        }
        double before = sd.output(minibatch, "loss").get("loss").getDouble(0);
        sd.setTrainingConfig(TrainingConfig.builder().updater(new Adam(0.05)).dataSetFeatureMapping("x")
                .dataSetLabelMapping("y").build());
        for (int i = 0; i < 60; i++) {
            printedBy(() -> sd.fit(new MultiDataSet(input, target)));
        }
        assertThat(sd.output(minibatch, "loss").get("loss").getDouble(0)).isLessThan(0.5 * before);
    }

    @Test
    void aGraphOfTheWrongSizeIsRefused() {
        SameDiff sd = SameDiff.create();
        GruEquations two = new GruEquations(1, 1, Integrator.EULER, List.of(1.0, 2.0), false, 1, true, false,
                InitialState.FIXED, List.of(0.0), 0);
        SDVariable any = sd.var("W", normal(DataType.DOUBLE, 1, 1, 9));
        assertThatThrownBy(() -> new ContinuousTimeGruGraph(sd, two, 1, 3, any, any, any, null, null, null, null))
                .hasMessageContaining("2 time constants; allowed: one, or one for each of the 3 units");
        assertThatThrownBy(() -> new ContinuousTimeGruGraph(sd, GruEquations.euler(1, 4), 1, 3, any, any, any, any, null,
                any, null)).hasMessageContaining("of fw, fb and v some are null; allowed: all three variables with shared "
                + "features, of which the equations have 4");
    }
}

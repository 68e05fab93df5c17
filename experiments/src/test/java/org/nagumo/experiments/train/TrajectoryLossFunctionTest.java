package org.nagumo.experiments.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nagumo.core.gru.ContinuousTimeGru;
import org.nagumo.experiments.network.Scaling;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.buffer.util.DataTypeUtil;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

class TrajectoryLossFunctionTest {

    private static final TrajectoryLoss LOSS = new TrajectoryLoss(0.2, 0.3, 1, 0.1, 0.06, 0.5);

    private static DataType former;

    /** {@code GradientCheckUtil} insists on the global switch to double precision. */
    @BeforeAll
    static void doublePrecision() {
        former = Nd4j.dataType();
        DataTypeUtil.setDTypeForContext(DataType.DOUBLE);
    }

    @AfterAll
    static void asBefore() {
        DataTypeUtil.setDTypeForContext(former);
    }

    private static TrajectoryLossFunction function(int steps) {
        return new TrajectoryLossFunction(LOSS, SampleWeights.STANDARD, 0.1, 0.1, steps);
    }

    private static MultiLayerNetwork network(int steps, Activation activation) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder().seed(3)
                .dataType(DataType.DOUBLE).updater(new NoOp()).list()
                .layer(new ContinuousTimeGru.Builder().nIn(1).nOut(2).dt(0.1).tau(0.3, 1).learnTau(true).build())
                .layer(new RnnOutputLayer.Builder(function(steps)).nOut(1)
                        .activation(activation).build())
                .setInputType(InputType.recurrent(1)).build());
        net.init();
        return net;
    }

    private static INDArray uniform(double low, double high, int... shape) {
        int length = 1;
        for (int size : shape) {
            length *= size;
        }
        return Nd4j.createFromArray(new SplittableRandom(length).doubles(length, low, high).toArray()).reshape(shape);
    }

    @ParameterizedTest
    @CsvSource({"3,7,false,IDENTITY", "3,7,true,IDENTITY", "1,6,false,IDENTITY", "4,1,false,IDENTITY", "2,9,true,TANH"})
    void theGradientPassesTheCheck(int minibatch, int steps, boolean masked, Activation activation) {
        INDArray mask = masked ? Nd4j.ones(DataType.DOUBLE, minibatch, steps).putScalar(0, 2, 0).putScalar(1, 0, 0) : null;
        assertThat(GradientCheckUtil.checkGradients(new GradientCheckUtil.MLNConfig().net(network(steps, activation))
                .epsilon(1e-6).maxRelError(1e-6).minAbsoluteError(1e-10).input(uniform(-1, 1, minibatch, 1, steps))
                .labels(uniform(-0.9, 0.7, minibatch, 1, steps)).labelMask(mask))).isTrue();
    }

    /** The numbers of the training's own loss, which computes in single precision. */
    @Test
    void itIsTheLossOfTheTraining() {
        int lanes = 5;
        int steps = 60;
        SplittableRandom random = new SplittableRandom(8);
        float[][] current = new float[lanes][steps + 4];
        float[][] voltage = new float[lanes][steps + 4];
        for (int b = 0; b < lanes; b++) {
            double v = -65;
            for (int t = 0; t <= steps + 3; t++) {
                // Still at both ends, where a window does not see the slopes before and after it.
                v += t < 8 || t > steps - 8 ? 0 : random.nextDouble(-20, 20) - 0.1 * (v + 30);
                voltage[b][t] = (float) v;
            }
        }
        // An encoder that sees no more than three samples of the past.
        TrainingSet set = new TrainingSet(0.1, Scaling.HODGKIN_HUXLEY, LOSS, SampleWeights.STANDARD,
                new Encoder(1, 0.1, 0.1), current, voltage);
        Minibatch batch = new Minibatch(set, lanes, steps);
        set.draw(random, batch);
        float[][] outputs = new float[steps][lanes];
        double[] output = new double[steps * lanes];
        double[] target = new double[steps * lanes];
        for (int t = 0; t < steps; t++) {
            for (int b = 0; b < lanes; b++) {
                outputs[t][b] = batch.target(t)[b] + (float) random.nextDouble(-0.3, 0.3);
                output[t * lanes + b] = outputs[t][b];
                target[t * lanes + b] = batch.target(t)[b];
            }
        }
        double expected = LOSS.evaluate(outputs, batch, 0.1, new TrajectoryLoss.Workspace());
        TrajectoryLossFunction function = function(steps);
        INDArray labels = column(target);
        assertThat(score(withoutHeights(steps), target, output)).isLessThan(0.99 * expected);
        assertThat(function.computeScore(labels, column(output), new ActivationIdentity(), null, true))
                .isCloseTo(expected, within(1e-6 * expected));
        double[] gradient = function.computeGradient(labels, column(output), new ActivationIdentity(), null)
                .data().asDouble();
        for (int t = 0; t < steps; t++) {
            for (int b = 0; b < lanes; b++) {
                assertThat(gradient[t * lanes + b] / lanes).isCloseTo(outputs[t][b], within(1e-7));
            }
        }
    }

    /** 0.5 ms of samples of 0.1 ms: five times the squared difference of the peaks, .7 and .55, two steps apart. */
    @Test
    void theHeightOfASpikeIsComparedWhereverItsPeakIs() {
        int steps = 40;
        double[] target = bump(steps, 20, 0.7);
        double[] output = bump(steps, 22, 0.55);
        double heights = score(function(steps), target, output) - score(withoutHeights(steps), target, output);
        assertThat(heights).isCloseTo(5 * 0.15 * 0.15 / steps, within(1e-12));
        double[] gradient = function(steps).computeGradient(column(target), column(output), new ActivationIdentity(),
                null).data().asDouble();
        for (int t = 0; t < steps; t++) {
            double[] up = output.clone();
            double[] down = output.clone();
            up[t] += 1e-6;
            down[t] -= 1e-6;
            double slope = (score(function(steps), target, up) - score(function(steps), target, down)) / 2e-6;
            assertThat(gradient[t]).isCloseTo(slope, within(1e-9));
        }
    }

    private static TrajectoryLossFunction withoutHeights(int steps) {
        return new TrajectoryLossFunction(new TrajectoryLoss(0.2, 0.3, 1, 0.1, 0.06, 0), SampleWeights.STANDARD, 0.1,
                0.1, steps);
    }

    private static double score(TrajectoryLossFunction function, double[] target, double[] output) {
        return function.computeScore(column(target), column(output), new ActivationIdentity(), null, true);
    }

    private static double[] bump(int steps, int at, double height) {
        return IntStream.range(0, steps)
                .mapToDouble(t -> -0.3 + (height + 0.3) * Math.exp(-Math.pow((t - at) / 5.0, 2))).toArray();
    }

    private static INDArray column(double[] values) {
        return Nd4j.createFromArray(values).reshape(values.length, 1);
    }

    @Test
    void aNetworksScoreIsTheMeanOverTimeAndMinibatchAndItsConfigurationSurvivesJson() {
        MultiLayerNetwork net = network(8, Activation.IDENTITY);
        INDArray input = uniform(-1, 1, 3, 1, 8);
        INDArray output = net.output(input).dup();
        INDArray labels = output.add(0.05);
        double w = 0.1 * 0.04 * (Math.sqrt(1 + 0.0025 / 0.04) - 1);
        assertThat(net.score(new DataSet(input, labels))).isGreaterThan(w).isLessThan(10 * w + 0.01);
        MultiLayerConfiguration again = MultiLayerConfiguration.fromJson(net.getLayerWiseConfigurations().toJson());
        assertThat(again).isEqualTo(net.getLayerWiseConfigurations());
        assertThat(((RnnOutputLayer) again.getConf(1).getLayer()).getLossFn())
                .isEqualTo(function(8));
    }

    @Test
    void sequencesOfAnotherLengthAreRefused() {
        assertThatThrownBy(() -> network(8, Activation.IDENTITY).score(new DataSet(uniform(-1, 1, 3, 1, 7),
                uniform(-1, 1, 3, 1, 7)))).hasStackTraceContaining("allowed: one output and sequences of 8 steps");
        assertThatThrownBy(() -> new TrajectoryLossFunction(LOSS, SampleWeights.STANDARD, 0.1, 0, 8)).hasMessageContaining("dtMs is 0.0");
    }
}

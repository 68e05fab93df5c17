package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class FusedMinibatchTest {

    // Two blocks of sequences, the last one narrow, and several segments of time.
    private static final int LANES = 150;
    private static final int STEPS = 4000;

    private static final INDArray INPUT = random(LANES, 1, STEPS, 1, 'f');
    private static final INDArray ERROR = random(LANES, 2, STEPS, 2, 'f');
    private static final INDArray MASK = random(LANES, 1, STEPS, 3, 'f').gt(-1).castTo(DataType.FLOAT)
            .reshape('f', LANES, STEPS);
    private static final INDArray INTERVALS = uniform(LANES, STEPS, 0.1);

    private static INDArray random(int lanes, int channels, int steps, long seed, char order) {
        Nd4j.getRandom().setSeed(seed);
        return Nd4j.randn(DataType.FLOAT, lanes, channels, steps).dup(order);
    }

    private static INDArray uniform(int lanes, int steps, double most) {
        Nd4j.getRandom().setSeed(7);
        return Nd4j.rand(DataType.FLOAT, lanes, 1, steps).muli(most).dup('f');
    }

    private static double[] parameters(int count) {
        return new SplittableRandom(5).doubles(count, -1, 1).map(w -> (float) w).toArray();
    }

    /** What the numbers may not depend on the cutting of. */
    private record Case(GruEquations equations, boolean masked, int firstStep) {

        /** The data and, with irregular time, the intervals. */
        INDArray input() {
            return equations.irregularTime() ? Nd4j.concat(1, INPUT, INTERVALS).dup('f') : INPUT;
        }

        /** One kernel over everything. */
        FusedGru<float[]> whole() {
            FusedGru<float[]> kernel = FusedGru.ofFloats(equations, 1, 2);
            kernel.resize(LANES, STEPS);
            Precision<float[]> precision = new Precision.Single();
            float[][] masks = masked ? new float[STEPS][LANES] : null;
            for (int t = 0; t < STEPS; t++) {
                precision.channels(INPUT, 1).read(t, 0, 0, kernel.input(t, 0), LANES);
                if (equations.irregularTime()) {
                    precision.channels(INTERVALS, 1).read(t, 0, 0, kernel.interval(t), LANES);
                }
                if (masked) {
                    precision.channels(MASK, 1).read(t, 0, 0, masks[t], LANES);
                }
                for (int j = 0; j < 2; j++) {
                    precision.channels(ERROR, 2).read(t, j, 0, kernel.outputGradient(t, j), LANES);
                    for (int b = 0; masked && b < LANES; b++) {
                        kernel.outputGradient(t, j)[b] *= masks[t][b];
                    }
                }
            }
            kernel.forward(parameters(kernel.parameterCount()), masks);
            kernel.backward(true, firstStep);
            return kernel;
        }
    }

    static Stream<Case> cases() {
        GruEquations.Draft irregular = new GruEquations.Draft();
        irregular.dtMs = 0.1;
        irregular.irregularTime = true;
        return Stream.of(new Case(GruEquations.euler(0.1), true, 0), new Case(GruEquations.euler(0.1), false, 1),
                new Case(GruEquations.euler(0.1, 5), true, 2500), new Case(GruEquations.euler(0.1), true, 3999),
                new Case(irregular.build(), true, 70));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void blocksAndSegmentsGiveTheNumbersOfOneKernelToTheLastBit(Case given) {
        FusedGru<float[]> expected = given.whole();
        Precision<float[]> precision = new Precision.Single();
        FusedMinibatch<float[]> kernel = new FusedMinibatch<>(precision, given.equations, 1, 2);
        kernel.resize(LANES, STEPS, true);
        assertThat(kernel.readsAgain()).isTrue();
        double[] parameters = parameters(kernel.parameterCount());
        int channels = (int) given.input().size(1);
        FusedMinibatch.Pass<float[]> pass = new FusedMinibatch.Pass<>(parameters,
                precision.channels(given.input(), channels), given.masked ? precision.channels(MASK, 1) : null,
                (unit, first, row, count) -> Arrays.fill(row, 0));
        INDArray output = Nd4j.create(DataType.FLOAT, new long[] {LANES, 2, STEPS}, 'f');
        INDArray byInput = Nd4j.create(DataType.FLOAT, new long[] {LANES, channels, STEPS}, 'f');
        INDArray last = Nd4j.create(DataType.FLOAT, new long[] {LANES, 2}, 'f');
        kernel.forward(pass, precision.channels(output, 2));
        kernel.lastStates(precision.channels(last, 2));
        kernel.backward(pass, precision.channels(ERROR, 2), given.firstStep, precision.channels(byInput, channels));
        double[] gradient = new double[parameters.length];
        kernel.gradient(gradient);
        double[] expectedGradient = new double[parameters.length];
        expected.gradient(expectedGradient);
        assertThat(gradient).containsExactly(expectedGradient);
        float[] row = new float[LANES];
        for (int t = 0; t < STEPS; t++) {
            precision.channels(byInput, channels).read(t, 0, 0, row, LANES);
            assertThat(row).containsExactly(expected.inputGradient(t, 0));
            if (channels == 2) {
                precision.channels(byInput, channels).read(t, 1, 0, row, LANES);
                assertThat(row).containsExactly(expected.intervalGradient(t));
            }
        }
        for (int b : new int[] {0, 127, 128, 149}) {
            assertThat(last.getFloat(b, 1)).isEqualTo(expected.state(STEPS, 1)[b]);
            for (int t : new int[] {0, 1, 1999, 2500, 3999}) {
                float kept = given.masked ? MASK.getFloat(b, t) : 1;
                assertThat(output.getFloat(b, 1, t)).isEqualTo(kept * expected.state(t + 1, 1)[b]);
            }
        }
    }

    @Test
    void aForwardPassAloneGivesTheSameNumbersInShorterSegments() {
        MultiLayerNetwork net = network();
        assertThat(net.output(INPUT)).isEqualTo(net.feedForward(INPUT, true).get(2));
    }

    private static MultiLayerNetwork network() {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder().seed(4).updater(new Adam(0.001))
                .list().layer(new ContinuousTimeGru.Builder().nIn(1).nOut(2).dt(0.1).tau(0.3, 2).learnTau(true).build())
                .layer(new RnnOutputLayer.Builder(LossFunction.MSE).nIn(2).nOut(1).activation(Activation.IDENTITY)
                        .dataFormat(RNNFormat.NCW).build()).build());
        net.init();
        return net;
    }

    private static INDArray trained(char order, int threads) throws Exception {
        MultiLayerNetwork net = network();
        INDArray input = random(LANES, 1, STEPS, 1, order);
        INDArray target = random(LANES, 1, STEPS, 6, order);
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            pool.submit(() -> {
                for (int i = 0; i < 3; i++) {
                    net.fit(input, target, null, MASK.dup(order));
                }
            }).get();
        } finally {
            pool.shutdown();
        }
        return net.params();
    }

    @Test
    void trainingGivesTheSameBitsWithAnyNumberOfThreadsAndAnyOrderOfArrays() throws Exception {
        INDArray expected = trained('f', 1);
        assertThat(trained('f', 2)).isEqualTo(expected);
        assertThat(trained('f', 8)).isEqualTo(expected);
        assertThat(trained('c', 2).sub(expected).amaxNumber().doubleValue()).isLessThan(1e-5);
        assertThat(expected.sub(network().params()).amaxNumber().doubleValue()).isGreaterThan(1e-3);
    }

    @Test
    void aFaultIsNamedByItsPlaceInTheMinibatch() {
        INDArray input = random(LANES, 1, STEPS, 1, 'f');
        input.putScalar(new int[] {140, 0, 3900}, Double.NaN);
        input.putScalar(new int[] {149, 0, 10}, Double.NaN);
        assertThatThrownBy(() -> network().output(input)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("input[example 149, feature 0, time step 10] is NaN");
        input.putScalar(new int[] {149, 0, 10}, 0);
        assertThatThrownBy(() -> network().output(input)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("input[example 140, feature 0, time step 3900] is NaN");
    }
}

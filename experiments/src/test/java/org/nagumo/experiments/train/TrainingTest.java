package org.nagumo.experiments.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nagumo.core.gru.Integrator;
import org.nagumo.datagen.dataset.TrajectorySet;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.protocol.ProtocolScale;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.NeuronSimulator;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.experiments.network.NetworkSystem;
import org.nagumo.experiments.network.Scaling;
import org.nagumo.experiments.network.TrainedNetwork;

class TrainingTest {

    private static final TrajectoryLoss LOSS = new TrajectoryLoss(0.2, 0.3, 1, 0.1, 0.06, 0);
    private static final Encoder ENCODER = new Encoder(2, 1, 5);
    private static TrajectorySet data;

    @BeforeAll
    static void simulate() {
        List<CurrentTrace> currents = new ArrayList<>();
        for (int k = 0; k < 6; k++) {
            double[] current = new double[600];
            Arrays.fill(current, 50, 600, -4 + 4 * k);
            currents.add(new CurrentTrace(0.1, current));
        }
        List<Trace> traces = new NeuronSimulator(Neurons.named("hh"), 1).respond(currents);
        data = new TrajectorySet(0.1, List.of(),
                traces.stream().map(t -> floats(t.current().currentUaPerCm2())).toArray(float[][]::new),
                traces.stream().map(t -> floats(t.voltageMv())).toArray(float[][]::new), new float[6][0][]);
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static TrainingSet set() {
        return new TrainingSet(0.1, Scaling.HODGKIN_HUXLEY, LOSS, SampleWeights.STANDARD, ENCODER, data.current(),
                data.voltage());
    }

    private static Architecture shape(Integrator integrator, int units, int readoutUnits, int features) {
        return new Architecture(integrator, units, readoutUnits, features, ENCODER.features());
    }

    private static double[] start(Architecture shape, SplittableRandom random) {
        return Starts.draw(shape, 0.1, ENCODER, Start.STANDARD, random);
    }

    /**
     * Loss of one minibatch in double precision by the plain equations: kernel, readout, encoder and loss written out
     * once more.
     */
    private static double plainLoss(Architecture shape, double[] theta, Minibatch batch) {
        int steps = batch.steps();
        double total = 0;
        for (int b = 0; b < batch.lanes(); b++) {
            double[] h = encode(shape, theta, batch.start(), b);
            double fast = 0;
            double slow = 0;
            for (int t = 0; t < steps; t++) {
                h = step(shape, theta, batch.input(t)[b], h, batch.dtMs());
                double v = readout(shape, theta, h);
                double e = v - batch.target(t)[b];
                total += Math.max(batch.weight(t)[b], 0.1) * 0.04 * (Math.sqrt(1 + e * e / 0.04) - 1);
                double difference = LOSS.mark(v) - batch.mark(t)[b];
                fast += batch.dtMs() / 2 * (difference - fast);
                slow += batch.dtMs() / 20 * (difference - slow);
                total += 0.3 * fast * fast + slow * slow;
            }
        }
        return total / ((double) steps * batch.lanes());
    }

    private static double[] encode(Architecture shape, double[] theta, float[][] seen, int lane) {
        double[] h = new double[shape.units()];
        for (int j = 0; j < h.length; j++) {
            h[j] = theta[shape.encoder(j, 0)];
            for (int f = 1; f < shape.encoderFeatures(); f++) {
                h[j] += theta[shape.encoder(j, f)] * seen[f - 1][lane];
            }
        }
        return h;
    }

    private static double gate(Architecture shape, double[] theta, int gate, int j, double x, double[] h,
            double[] source) {
        double a = theta[shape.bias(gate, j)] + theta[shape.inputWeight(gate, j)] * x;
        for (int f = 0; f < shape.features(); f++) {
            double feature = theta[shape.featureBias(f)] + theta[shape.featureWeight(f, 0)] * x;
            for (int k = 0; k < h.length; k++) {
                feature += theta[shape.featureWeight(f, 1 + k)] * h[k];
            }
            a += theta[shape.fromFeature(gate, f, j)] * Math.tanh(feature);
        }
        for (int k = 0; k < source.length; k++) {
            a += theta[shape.recurrentWeight(gate, k, j)] * source[k];
        }
        return a;
    }

    /** One step by Euler's method or Heun's, {@code h + (k(h) + k(h + k(h))) / 2}. */
    private static double[] step(Architecture shape, double[] theta, double x, double[] h, double dt) {
        double[] euler = sum(h, change(shape, theta, x, h, dt));
        if (shape.integrator() == Integrator.EULER) {
            return euler;
        }
        double[] next = sum(euler, change(shape, theta, x, euler, dt));
        for (int j = 0; j < h.length; j++) {
            next[j] = (h[j] + next[j]) / 2;
        }
        return next;
    }

    private static double[] sum(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(j -> a[j] + b[j]).toArray();
    }

    /** k(h). */
    private static double[] change(Architecture shape, double[] theta, double x, double[] h, double dt) {
        double[] reset = new double[h.length];
        for (int k = 0; k < h.length; k++) {
            reset[k] = h[k] / (1 + Math.exp(-gate(shape, theta, 1, k, x, h, h)));
        }
        double[] next = new double[h.length];
        for (int j = 0; j < h.length; j++) {
            double z = 1 / (1 + Math.exp(-gate(shape, theta, 0, j, x, h, h)));
            double c = Math.tanh(gate(shape, theta, 2, j, x, h, reset));
            next[j] = dt / Math.exp(theta[shape.logTau(j)]) * (1 - z) * (c - h[j]);
        }
        return next;
    }

    private static double readout(Architecture shape, double[] theta, double[] h) {
        int at = shape.readout();
        int hidden = shape.readoutUnits();
        double v = theta[shape.networkParameters() - 1];
        for (int j = 0; hidden == 0 && j < h.length; j++) {
            v += theta[at + j] * h[j];
        }
        for (int k = 0; k < hidden; k++) {
            double a = theta[at + hidden * h.length + k];
            for (int j = 0; j < h.length; j++) {
                a += theta[at + k * h.length + j] * h[j];
            }
            v += theta[at + hidden * (h.length + 1) + k] * Math.tanh(a);
        }
        return v;
    }

    @ParameterizedTest
    @CsvSource({"EULER,2,0,0", "HEUN,2,0,0", "HEUN,2,3,0", "HEUN,3,2,0", "EULER,2,3,4", "HEUN,2,3,4"})
    void theGradientAgreesWithDifferenceQuotientsOfThePlainEquations(Integrator integrator, int units,
            int readoutUnits, int features) {
        TrainingSet set = set();
        SplittableRandom random = new SplittableRandom(11);
        Architecture linear = shape(integrator, units, 0, features);
        double[] theta = start(linear, random);
        for (int p = 0; p < 3 * units * features; p++) {
            theta[linear.fromFeature(0, 0, 0) + p] = 0.3 * random.nextDouble(-1, 1);
        }
        Architecture shape = linear.withReadoutUnits(readoutUnits);
        if (readoutUnits > 0) {
            theta = Starts.widenReadout(theta, linear, shape, random);
            theta[shape.networkParameters() - 2] = 0.3;
        }
        Minibatch batch = new Minibatch(set, 7, 40);
        set.draw(random, batch);
        double[] gradient = new double[theta.length];
        WindowGradient window = new WindowGradient(shape, 0.1, LOSS);
        double loss = window.evaluate(theta, batch, 0.1, gradient);
        assertThat(loss).isCloseTo(plainLoss(shape, theta, batch), within(1e-6));
        assertThat(window.loss(theta, batch, 0.1)).isEqualTo(loss);
        for (int p = 0; p < theta.length; p++) {
            double value = theta[p];
            theta[p] = value + 1e-5;
            double up = plainLoss(shape, theta, batch);
            theta[p] = value - 1e-5;
            double down = plainLoss(shape, theta, batch);
            theta[p] = value;
            double slope = (up - down) / 2e-5;
            // Single precision: rounding of some 300 additions.
            assertThat(gradient[p]).as("parameter %d", p).isCloseTo(slope, within(1e-5 + 1e-4 * Math.abs(slope)));
        }
    }

    @ParameterizedTest
    @CsvSource({"EULER,0", "HEUN,0", "HEUN,3", "RUNGE_KUTTA_4,3"})
    void theGradientDoesNotDependOnTheSegmentsOfTheWindow(Integrator integrator, int features) {
        TrainingSet set = set();
        SplittableRandom random = new SplittableRandom(12);
        Architecture shape = shape(integrator, 2, 0, features);
        double[] theta = start(shape, random);
        Minibatch batch = new Minibatch(set, 6, 150);
        set.draw(random, batch);
        double[] whole = new double[theta.length];
        double[] cut = new double[theta.length];
        double loss = new WindowGradient(shape, 0.1, LOSS, Long.MAX_VALUE, 1).evaluate(theta, batch, 0.1, whole);
        assertThat(new WindowGradient(shape, 0.1, LOSS, 0, 10_000).evaluate(theta, batch, 0.1, cut))
                .isEqualTo(loss);
        assertThat(cut).isEqualTo(whole);
    }

    /** But for what h_2 keeps of itself. */
    @Test
    void gatesReadSmallStatesWithTheSameStrength() {
        Architecture shape = shape(Integrator.HEUN, 2, 0, 0);
        double[] full = Starts.draw(shape, 0.1, ENCODER, new Start(1, 1), new SplittableRandom(5));
        double[] small = Starts.draw(shape, 0.1, ENCODER, new Start(0.25, 0.25), new SplittableRandom(5));
        int own = shape.recurrentWeight(2, 1, 1);
        for (int gate = 0; gate < 3; gate++) {
            for (int j = 0; j < 2; j++) {
                int p = shape.recurrentWeight(gate, 1, j);
                assertThat(small[p]).as("from h_2 to %d of gate %d", j, gate)
                        .isCloseTo(p == own ? full[p] : full[p] / 0.25, within(1e-9));
            }
        }
        for (int f = 0; f < ENCODER.features(); f++) {
            assertThat(small[shape.encoder(1, f)]).isCloseTo(0.25 * full[shape.encoder(1, f)], within(1e-9));
            assertThat(small[shape.encoder(0, f)]).isEqualTo(full[shape.encoder(0, f)]);
        }
        assertThatThrownBy(() -> new Start(0.5, 0.1)).hasMessageContaining("mostSize is 0.1; allowed: from leastSize");
    }

    /** The slowest trace of the potential and that of its sigmoid, with shares from a part of its own of all. */
    @Test
    void statesBeginAsMixturesOfTracesThatAreApart() {
        Encoder encoder = new Encoder(3, 1, 20);
        Architecture shape = new Architecture(Integrator.HEUN, 4, 0, 0, encoder.features());
        for (int seed = 0; seed < 20; seed++) {
            double[] theta = Starts.draw(shape, 0.1, encoder, new Start(0.5, 1.3), new SplittableRandom(seed));
            for (int j = 1; j < 4; j++) {
                double[] w = Arrays.copyOfRange(theta, shape.encoder(j, 2), shape.encoder(j, 2 + encoder.traces()));
                double size = Arrays.stream(w).map(Math::abs).sum();
                assertThat(size).isBetween(0.5, 1.3);
                assertThat(Math.abs(w[2] + w[5])).as("two of them, with one sign").isCloseTo(size, within(1e-12));
                assertThat(Math.abs(w[5]) / size).as("share in h_%d", j + 1).isBetween((j - 1) / 3.0, j / 3.0);
            }
        }
    }

    /**
     * A sine wave comes out smaller and later by the transfer function 1 / (1 + i omega T), but for the sampling; so
     * does its sigmoid, which is straight for a wave as small as this.
     */
    @Test
    void tracesAreLowPassFilteredPotentials() {
        double period = 10;
        double dt = 0.01;
        double[] v = IntStream.range(0, 200_000).mapToDouble(i -> -0.1 + 0.01 * Math.sin(2 * Math.PI * i * dt / period))
                .toArray();
        float[][] traces = PotentialTraces.of(new double[][] {v}, dt, new Encoder(2, 2, 8))[0];
        for (int s = 0; s < 4; s++) {
            double time = s % 2 == 0 ? 2 : 8;
            double lag = Math.atan(2 * Math.PI * time / period);
            for (int i = 195_000; i < 200_000; i += 100) {
                double expected = PotentialTraces.SPREAD * Math.sqrt(2) * Math.sin(2 * Math.PI * i * dt / period - lag);
                assertThat((double) traces[s][i]).isCloseTo(expected, within(0.03 * PotentialTraces.SPREAD));
            }
        }
    }

    @Test
    void aConstantPotentialIsRefused() {
        assertThatThrownBy(() -> PotentialTraces.of(new double[][] {{0.2, 0.2, 0.2}}, 0.1, ENCODER))
                .isInstanceOf(InputException.class)
                .hasMessage("the potential of the data is constant; allowed: data in which it changes");
    }

    @Test
    void wideningTheReadoutBarelyChangesWhatItReads() {
        SplittableRandom random = new SplittableRandom(2);
        Architecture linear = shape(Integrator.HEUN, 2, 0, 0);
        Architecture wide = linear.withReadoutUnits(4);
        Architecture wider = linear.withReadoutUnits(6);
        double[] theta = start(linear, random);
        double[] widened = Starts.widenReadout(theta, linear, wide, random);
        for (double h = -1; h <= 1; h += 0.1) {
            double[] state = {h, 0.3};
            assertThat(readout(wide, widened, state)).isCloseTo(readout(linear, theta, state), within(0.021));
        }
        double[] again = Starts.widenReadout(widened, wide, wider, random);
        assertThat(readout(wider, again, new double[] {0.5, 0.2}))
                .isCloseTo(readout(wide, widened, new double[] {0.5, 0.2}), within(1e-12));
    }

    private static TrainingPlan plan(long seed, int starts, Stage... stages) {
        return plan(null, seed, starts, stages);
    }

    private static TrainingPlan plan(ProtocolScale scale, long seed, int starts, Stage... stages) {
        return new TrainingPlan("test", new Model(2, 3, 0), DataSource.STANDARD, scale,
                DataScaling.of(data), LOSS, SampleWeights.STANDARD, Optimiser.STANDARD, seed, starts, ENCODER,
                Start.STANDARD, List.of(stages), null, null, null);
    }

    private static TrainingPlan small(long seed) {
        return small(null, seed);
    }

    private static TrainingPlan small(ProtocolScale scale, long seed) {
        return plan(scale, seed, 4,
                new Stage(1, 32, 40, 1e-2, 5e-3, true, true, false, 0.1, 0, Integrator.HEUN, 0),
                new Stage(5, 16, 40, 5e-3, 3e-3, false, false, true, 0.1, 2, Integrator.HEUN, 0),
                new Stage(20, 8, 30, 3e-3, 1e-3, false, false, true, 0.1, 1, Integrator.HEUN, 0));
    }

    private static TrainingData data() {
        return new TrainingData(data, "hh", Map.of(), "0123456789abcdef");
    }

    private static TrainedNetwork train(long seed, int threads) throws InterruptedException {
        return Training.train(small(seed), data(), "test", threads,
                stage -> assertThat(stage.losses()).doesNotContain(Double.NaN));
    }

    @Test
    void theSameSeedGivesTheSameNetworkWithAnyNumberOfThreads() throws InterruptedException {
        double[] one = train(5, 1).parameters();
        assertThat(train(5, 2).parameters()).isEqualTo(one);
        assertThat(train(5, 3).parameters()).isEqualTo(one);
        assertThat(train(6, 2).parameters()).isNotEqualTo(one);
    }

    /** Twice the times, and a plan that is meant on that scale: the same training, but time constants twice as long. */
    @Test
    void aPlanOnAnotherScaleTrainsTheSameNetworkInTheNeuronsTime() throws InterruptedException {
        double[] expected = train(5, 2).parameters();
        Architecture shape = new Architecture(Integrator.HEUN, 2, 3, 0, ENCODER.features());
        for (int j = 0; j < 2; j++) {
            expected[shape.logTau(j)] += Math.log(2);
        }
        TrajectorySet slow = new TrajectorySet(2 * data.dtMs(), data.stateNames(), data.currentUnit(), data.current(),
                data.voltage(), data.states());
        TrainedNetwork slower = Training.train(small(new ProtocolScale(1, 1, 2), 5),
                new TrainingData(slow, "hh", Map.of(), "0123456789abcdef"), "test", 2, Training.Watcher.SILENT);
        assertThat(slower.parameters()).containsExactly(expected, within(1e-6));
        assertThat(slower.card().dtMs()).isEqualTo(0.2);
    }

    @Test
    void trainingLowersTheLoss() throws InterruptedException {
        List<Double> best = new ArrayList<>();
        for (int effort : new int[] {1, 30}) {
            TrainingPlan plan = plan(3, 2, new Stage(5, 64, 20 * effort, 1e-2, 5e-3, false, false, false, 0.1, 0,
                    Integrator.HEUN, 0));
            Training.train(plan, data(), "test", 2,
                    stage -> best.add(Arrays.stream(stage.losses()).min().orElseThrow()));
        }
        assertThat(best.get(1)).isLessThan(0.3 * best.get(0));
    }

    /** Also one of the last stage, before any time is spent. */
    @Test
    void aWindowThatDoesNotFitTheDataIsRefused() {
        Stage good = new Stage(1, 4, 1000000, 1e-2, 5e-3, false, false, false, 0.1, 0,
                    Integrator.HEUN, 0);
        for (double window : new double[] {100, 45, 0.04}) {
            TrainingPlan plan = plan(3, 1, good, new Stage(window, 4, 1, 1e-2, 5e-3, false, false, false, 0.1, 0,
                    Integrator.HEUN, 0));
            assertThatThrownBy(() -> Training.train(plan, data(), "t", 1, Training.Watcher.SILENT))
                    .isInstanceOf(InputException.class).hasMessage("stages[1].window_ms is " + window
                            + "; allowed: from 0.1 to 44.9 ms, what the shortest trajectory holds after the 15.0 ms of"
                            + " past that the encoder sees");
        }
    }

    @Test
    void dataThatAreTooCoarseForTheEncoderAreRefused() {
        assertThatThrownBy(() -> new TrainingSet(2, Scaling.HODGKIN_HUXLEY, LOSS, SampleWeights.STANDARD, ENCODER,
                data.current(), data.voltage())).isInstanceOf(InputException.class)
                .hasMessage("the data are sampled every 2.0 ms; allowed: at most 1.0 ms, encoder.shortest_ms of the plan");
    }

    @Test
    void aNetworkAnswersThroughItsSystemAsInItsTraining() throws InterruptedException {
        TrainedNetwork network = train(5, 2);
        Trace trace = new NetworkSystem(network).respond(List.of(new CurrentTrace(0.1, new double[300]))).get(0);
        assertThat(trace.voltageMv()[299]).isCloseTo(trace.voltageMv()[0], within(0.1));
    }
}

package org.nagumo.experiments.spikes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.NeuronSimulator;
import org.nagumo.datagen.simulate.Trace;

class SpikesTest {

    private static Trace trace(double dt, double... voltage) {
        return new Trace(new CurrentTrace(dt, new double[voltage.length]), voltage, List.of(), new double[0][]);
    }

    @Test
    void aTriangleHasItsInterpolatedCrossingItsPeakAndItsHalfWidth() {
        // Up from -60 to 40 in 5 samples of 20 mV, down to -80 in 6, then back to -60.
        List<Spike> spikes = SpikeDetector.detect(trace(0.5, -60, -40, -20, 0.5, 20, 40, 20, 0, -20, -40, -60, -80,
                -70, -60));
        assertThat(spikes).hasSize(1);
        Spike s = spikes.get(0);
        assertThat(s.timeMs()).isCloseTo((2 + 20 / 20.5) * 0.5, within(1e-12));
        assertThat(s.peakMv()).isEqualTo(40);
        assertThat(s.troughMv()).isEqualTo(-80);
        // Half height is -20: reached on sample 2, left between samples 8 and 9.
        assertThat(s.halfWidthMs()).isCloseTo((8 - 2) * 0.5, within(1e-12));
    }

    @Test
    void edgesAndBlocksMakeNoSpikes() {
        assertThat(SpikeDetector.detect(trace(0.1, 10, 20, -10, -20))).isEmpty();
        assertThat(SpikeDetector.detect(trace(0.1, -10, 20, 30))).isEmpty();
        assertThat(SpikeDetector.detect(trace(0.1, -30, -5, -30, -1, -30))).isEmpty();
        assertThat(SpikeDetector.detect(trace(0.1, 5, 1, 5, 0, 5))).isEmpty();
        assertThat(SpikeDetector.detect(trace(0.1, -60))).isEmpty();
        List<Spike> falling = SpikeDetector.detect(trace(0.1, -10, 20, -10));
        assertThat(falling).hasSize(1);
        assertThat(falling.get(0).troughMv()).isNaN();
        assertThat(falling.get(0).halfWidthMs()).isNaN();
    }

    @Test
    void statisticsOfARegularTrainAndOfNone() {
        double[] v = new double[1000];
        Arrays.fill(v, -65);
        for (int k = 0; k < 5; k++) {
            v[100 + 100 * k] = 30;
            v[101 + 100 * k] = -75;
        }
        SpikeStatistics s = SpikeStatistics.of(trace(0.1, v), 5, 95);
        assertThat(s.count()).isEqualTo(5);
        assertThat(s.intervalsMs()).containsExactly(new double[] {10, 10, 10, 10}, within(1e-9));
        assertThat(s.steadyRateHz()).isCloseTo(100.0, within(1e-9));
        assertThat(s.meanRateHz()).isCloseTo(5000.0 / 90, within(1e-9));
        assertThat(s.adaptationIndex()).isCloseTo(0.0, within(1e-12));
        assertThat(s.latencyMs()).isCloseTo(9.9 + 0.1 * 65 / 95 - 5, within(1e-9));
        SpikeStatistics none = SpikeStatistics.of(trace(0.1, new double[100]), 0, 10);
        assertThat(none.count()).isZero();
        assertThat(none.latencyMs()).isNaN();
        assertThat(none.steadyRateHz()).isNaN();
        assertThat(none.toJson().get("first_spike_latency_ms").isNull()).isTrue();
        assertThat(none.toJson().fieldNames()).toIterable().containsExactly("spike_count", "spike_times_ms", "peak_mV",
                "trough_mV", "half_width_ms", "spike_width_ms", "first_spike_latency_ms", "mean_rate_hz",
                "steady_rate_hz", "isi_ms", "adaptation_index", "ahp_depth_mV", "rebound_count", "rebound_latency_ms");
    }

    /** Figures of Hodgkin and Huxley's neuron at 10 uA/cm2, EL = -54.4 mV, by an order-8 method. */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.05, 0.02})
    void hodgkinHuxleySpikesHaveTheirShapeWhateverTheSamplingStep(double dt) {
        double[] current = new double[(int) Math.round(520 / dt)];
        Arrays.fill(current, (int) Math.round(10 / dt), current.length, 10);
        Trace trace = new NeuronSimulator(Neurons.named("hh").with(java.util.Map.of("EL", -54.4)), 1)
                .respond(List.of(new CurrentTrace(dt, current))).get(0);
        SpikeStatistics s = SpikeStatistics.of(trace, 10, 510);
        Spike first = s.spikes().get(0);
        Spike steady = s.spikes().get(30);
        assertThat(first.peakMv()).isCloseTo(40.27, within(0.6 * dt / 0.1 + 0.02));
        assertThat(steady.peakMv()).isCloseTo(30.43, within(0.6 * dt / 0.1 + 0.02));
        assertThat(first.troughMv()).isCloseTo(-75.08, within(0.02));
        assertThat(steady.troughMv()).isCloseTo(-74.90, within(0.02));
        assertThat(first.halfWidthMs()).isCloseTo(1.605, within(0.015));
        assertThat(steady.halfWidthMs()).isCloseTo(1.506, within(0.015));
        assertThat(s.latencyMs()).isCloseTo(1.901, within(0.006));
        assertThat(s.steadyRateHz()).isCloseTo(68.3, within(0.1));
    }

    @Test
    void theCoincidenceFactorIsOneForTheSameTrainAndNoughtForChance() {
        SplittableRandom random = new SplittableRandom(1);
        // Sparse trains: in dense ones a spike can be taken already, and fewer than the chance level are hit.
        double[] a = poisson(random, 5, 2_000_000);
        double[] b = poisson(random, 5, 2_000_000);
        assertThat(Coincidence.factor(a, a, 2_000_000)).isCloseTo(1.0, within(1e-12));
        // 10 000 spikes, of which 200 are hit by chance: good to 0.15 %.
        assertThat(Coincidence.factor(a, b, 2_000_000)).isCloseTo(0.0, within(0.006));
        double[] regular = {10, 20, 30, 40};
        double[] shifted = {11.9, 21.9, 31.9, 41.9};
        assertThat(Coincidence.factor(regular, shifted, 1000)).isCloseTo(1.0, within(1e-12));
        double[] far = {12.1, 22.1, 32.1, 42.1};
        // No hit: -2 delta r / (1 - 2 delta r) with r = 4 / 1000 per ms.
        assertThat(Coincidence.factor(regular, far, 1000)).isCloseTo(-0.016 / (1 - 0.016), within(1e-12));
        assertThat(Coincidence.factor(new double[0], new double[0], 1000)).isEqualTo(1);
        assertThat(Coincidence.factor(new double[] {10}, new double[] {9, 11}, 1000))
                .as("one spike is hit once").isCloseTo((1 - 0.008) / 1.5 / (1 - 0.008), within(1e-12));
    }

    @Test
    void oneSpikeHasALatencyAndNoIntervals() {
        double[] v = new double[600];
        Arrays.fill(v, -65);
        v[300] = 30;
        v[301] = -70;
        SpikeStatistics s = SpikeStatistics.of(trace(0.1, v), 20, 50);
        assertThat(s.count()).isOne();
        assertThat(s.latencyMs()).isCloseTo(29.9 + 0.1 * 65 / 95 - 20, within(1e-9));
        assertThat(s.intervalsMs()).isEmpty();
        assertThat(s.steadyRateHz()).isNaN();
        assertThat(s.adaptationIndex()).isNaN();
        assertThat(s.baseMv()).isEqualTo(-65);
        assertThat(s.ahpDepthsMv()).containsExactly(-5);
        assertThat(s.reboundCount()).isZero();
        assertThat(s.reboundLatencyMs()).isNaN();
        SpikeStatistics after = SpikeStatistics.of(trace(0.1, v), 0, 25);
        assertThat(after.count()).isZero();
        assertThat(after.reboundCount()).isOne();
        assertThat(after.reboundLatencyMs()).isCloseTo(29.9 + 0.1 * 65 / 95 - 25, within(1e-9));
        assertThat(after.baseMv()).as("no time before the onset").isNaN();
    }

    @Test
    void anAccommodatingTrainHasTheAdaptationIndexOfItsIntervals() {
        double[] v = new double[1000];
        Arrays.fill(v, -65);
        for (int at : new int[] {100, 200, 400, 700}) {
            v[at] = 30;
        }
        SpikeStatistics s = SpikeStatistics.of(trace(0.1, v), 0, 100);
        assertThat(s.adaptationIndex()).isCloseTo((10.0 / 30 + 10.0 / 50) / 2, within(1e-12));
        assertThat(s.steadyRateHz()).as("of the intervals 20 and 30").isCloseTo(40, within(1e-9));
    }

    /** Hodgkin and Huxley's membrane oscillates without crossing 0 mV there: no spikes but at the onset. */
    @ParameterizedTest
    @ValueSource(doubles = {80, 100, 150})
    void aDepolarisationBlockHasNoSpikes(double amplitude) {
        double[] current = new double[6000];
        Arrays.fill(current, 100, current.length, amplitude);
        Trace trace = new NeuronSimulator(Neurons.named("hh"), 1)
                .respond(List.of(new CurrentTrace(0.1, current))).get(0);
        SpikeStatistics late = SpikeStatistics.of(trace, 100, 600);
        assertThat(late.count()).isZero();
        assertThat(late.meanRateHz()).isZero();
        assertThat(late.latencyMs()).isNaN();
        assertThat(late.toJson().get("steady_rate_hz").isNull()).isTrue();
    }

    @Test
    void spikesThatGoDownwardThroughAnotherThresholdAreTheSameSpikesUpsideDown() {
        double[] v = {-60, -40, -20, 0.5, 20, 40, 20, 0, -20, -40, -60, -80, -70, -60};
        Spike up = SpikeDetector.detect(trace(0.5, v)).get(0);
        double[] turned = Arrays.stream(v).map(x -> 7 - x).toArray();
        assertThat(SpikeDetector.detect(trace(0.5, turned), new SpikeCriterion(7, false, 10, 0.1, 0))).isEmpty();
        Spike down = SpikeDetector.detect(trace(0.5, turned), new SpikeCriterion(7, true, 10, 0.1, 0)).get(0);
        assertThat(down.timeMs()).isCloseTo(up.timeMs(), within(1e-12));
        assertThat(down.halfWidthMs()).isCloseTo(up.halfWidthMs(), within(1e-12));
        assertThat(down.peakMv()).isEqualTo(7 - 40);
        assertThat(down.troughMv()).isEqualTo(7 + 80);
    }

    /** One trajectory, sampled at 0.1, 0.05 and 0.02 ms: the same numbers to the stated tolerances. */
    @Test
    void statisticsDoNotDependOnTheSamplingStep() {
        SpikeStatistics fine = release(0.02);
        for (double dt : new double[] {0.1, 0.05}) {
            SpikeStatistics s = release(dt);
            assertThat(s.count()).isEqualTo(fine.count());
            assertThat(s.latencyMs()).isCloseTo(fine.latencyMs(), within(0.005));
            assertThat(s.steadyRateHz()).isCloseTo(fine.steadyRateHz(), within(0.02));
            assertThat(s.adaptationIndex()).isCloseTo(fine.adaptationIndex(), within(2e-4));
            assertThat(s.reboundCount()).isEqualTo(fine.reboundCount()).isPositive();
            assertThat(s.reboundLatencyMs()).isCloseTo(fine.reboundLatencyMs(), within(0.005));
            assertThat(s.intervalsMs()).containsExactly(fine.intervalsMs(), within(0.01));
            assertThat(s.ahpDepthsMv()[2]).isCloseTo(fine.ahpDepthsMv()[2], within(0.02));
            assertThat(s.spikes().get(3).halfWidthMs()).isCloseTo(fine.spikes().get(3).halfWidthMs(), within(0.015));
            assertThat(s.spikes().get(3).peakMv()).isCloseTo(fine.spikes().get(3).peakMv(), within(0.6));
            double[] times = s.timesMs();
            assertThat(Coincidence.factor(fine.timesMs(), times, 200)).isCloseTo(1, within(1e-12));
            assertThat(VictorPurpura.distance(fine.timesMs(), times, 1)).isLessThan(0.01 * times.length);
            assertThat(VanRossum.distance(fine.timesMs(), times, 2)).isLessThan(0.1);
            assertThat(IntervalDistance.distance(fine.intervalsMs(), s.intervalsMs())).isLessThan(0.01);
        }
    }

    private static SpikeStatistics release(double dt) {
        double[] current = new double[(int) Math.round(200 / dt)];
        Arrays.fill(current, (int) Math.round(20 / dt), (int) Math.round(120 / dt), 15);
        Arrays.fill(current, (int) Math.round(120 / dt), (int) Math.round(170 / dt), -8);
        return SpikeStatistics.of(new NeuronSimulator(Neurons.named("hh"), 1)
                .respond(List.of(new CurrentTrace(dt, current))).get(0), 20, 120);
    }

    @Test
    void theVictorPurpuraDistanceOfKnownTrainsIsKnown() {
        double[] a = {10, 20, 30};
        assertThat(VictorPurpura.distance(a, a, 1)).isZero();
        assertThat(VictorPurpura.distance(a, new double[0], 1)).isEqualTo(3);
        assertThat(VictorPurpura.distance(new double[0], new double[0], 1)).isZero();
        assertThat(VictorPurpura.distance(a, new double[] {10.5, 20, 30}, 1)).isCloseTo(0.5, within(1e-12));
        assertThat(VictorPurpura.distance(a, new double[] {13, 20, 30}, 1)).as("deleted and inserted").isEqualTo(2);
        assertThat(VictorPurpura.distance(a, new double[] {13, 20, 30}, 0.5)).as("shifted")
                .isCloseTo(1.5, within(1e-12));
        assertThat(VictorPurpura.distance(a, new double[] {1, 2, 3, 4, 5}, 0)).as("q = 0 counts").isEqualTo(2);
        assertThat(VictorPurpura.distance(a, new double[] {11, 21, 31}, 1e9)).as("only equal times").isEqualTo(6);
    }

    @Test
    void distancesAreSymmetricAndKeepTheTriangle() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 50; i++) {
            double[] a = poisson(random, 20 + random.nextInt(30), 1000);
            double[] b = poisson(random, 20 + random.nextInt(30), 1000);
            double[] c = poisson(random, 20 + random.nextInt(30), 1000);
            for (ToDoubleBiFunction<double[], double[]> d : List
                    .<ToDoubleBiFunction<double[], double[]>>of(
                            (x, y) -> VictorPurpura.distance(x, y, 0.7), (x, y) -> VanRossum.distance(x, y, 5),
                            IntervalDistance::distance)) {
                assertThat(d.applyAsDouble(a, b)).isCloseTo(d.applyAsDouble(b, a), within(1e-9));
                assertThat(d.applyAsDouble(a, c)).isLessThanOrEqualTo(d.applyAsDouble(a, b) + d.applyAsDouble(b, c)
                        + 1e-9);
                assertThat(d.applyAsDouble(a, a)).isCloseTo(0, within(1e-6));
            }
        }
    }

    /** The closed form against the integral of the definition, by the midpoint rule in steps of 0.01 ms. */
    @Test
    void theVanRossumDistanceIsTheIntegralOfItsDefinition() {
        assertThat(VanRossum.distance(new double[] {5}, new double[0], 2)).isCloseTo(Math.sqrt(0.5), within(1e-12));
        double[] a = {1, 4, 4.5, 20};
        double[] b = {2, 4.2, 19};
        double tau = 2;
        double integral = 0;
        for (int i = 0; i < 10_000; i++) {
            double t = (i + 0.5) * 0.01;
            double difference = filtered(a, t, tau) - filtered(b, t, tau);
            integral += difference * difference * 0.01 / tau;
        }
        assertThat(VanRossum.distance(a, b, tau)).isCloseTo(Math.sqrt(integral), within(1e-4));
    }

    private static double filtered(double[] times, double t, double tau) {
        return Arrays.stream(times).filter(s -> s < t).map(s -> Math.exp(-(t - s) / tau)).sum();
    }

    @Test
    void intervalsThatAreAllLongerAreThatFarAway() {
        double[] a = {10, 12, 15, 11};
        assertThat(IntervalDistance.distance(a, Arrays.stream(a).map(x -> x + 1.5).toArray()))
                .isCloseTo(1.5, within(1e-12));
        assertThat(IntervalDistance.distance(new double[] {0, 10}, new double[] {0, 0, 10, 10})).isZero();
        assertThat(IntervalDistance.distance(new double[] {0}, new double[] {0, 10})).isCloseTo(5, within(1e-12));
        assertThat(IntervalDistance.distance(a, new double[0])).isNaN();
        assertThat(IntervalDistance.distance(new double[0], new double[0])).isZero();
    }

    @Test
    void theVoltageIsComparedAwayFromTheSpikesOfBoth() {
        double[] v = new double[1000];
        Arrays.fill(v, -65);
        double[] w = new double[1000];
        Arrays.fill(w, -63);
        w[500] = 30;
        Trace a = trace(0.1, v);
        Trace b = trace(0.1, w);
        VoltageDistance d = VoltageDistance.of(a, SpikeDetector.detect(a), b, SpikeDetector.detect(b), 5);
        assertThat(d.rmseMv()).isCloseTo(2, within(1e-12));
        assertThat(d.samples()).isBetween(898L, 901L);
        assertThat(VoltageDistance.NONE.rmseMv()).isNaN();
        assertThat(d.plus(VoltageDistance.NONE)).isEqualTo(d);
        assertThatThrownBy(() -> VoltageDistance.of(a, List.of(), trace(0.1, -65, -65), List.of(), 5))
                .hasMessageContaining("1000 samples").hasMessageContaining("allowed: the same");
    }

    private static double[] poisson(SplittableRandom random, double rateHz, double durationMs) {
        double[] times = new double[(int) (rateHz * durationMs / 1000)];
        for (int i = 0; i < times.length; i++) {
            times[i] = random.nextDouble(durationMs);
        }
        Arrays.sort(times);
        return times;
    }
}

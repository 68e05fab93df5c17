package org.nagumo.experiments.spikes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nagumo.datagen.neuron.HodgkinHuxley;
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
                "trough_mV", "half_width_ms", "first_spike_latency_ms", "mean_rate_hz", "steady_rate_hz", "isi_ms",
                "adaptation_index");
    }

    /** Figures of Hodgkin and Huxley's neuron at 10 uA/cm2, EL = -54.4 mV, by an order-8 method. */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.05, 0.02})
    void hodgkinHuxleySpikesHaveTheirShapeWhateverTheSamplingStep(double dt) {
        double[] current = new double[(int) Math.round(520 / dt)];
        Arrays.fill(current, (int) Math.round(10 / dt), current.length, 10);
        Trace trace = new NeuronSimulator(new HodgkinHuxley().with(java.util.Map.of("EL", -54.4)), 1)
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

    private static double[] poisson(SplittableRandom random, double rateHz, double durationMs) {
        double[] times = new double[(int) (rateHz * durationMs / 1000)];
        for (int i = 0; i < times.length; i++) {
            times[i] = random.nextDouble(durationMs);
        }
        Arrays.sort(times);
        return times;
    }
}

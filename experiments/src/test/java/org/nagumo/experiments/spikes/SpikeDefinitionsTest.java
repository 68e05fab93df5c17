package org.nagumo.experiments.spikes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.NeuronSimulator;
import org.nagumo.datagen.simulate.Trace;

/** Re-arm level, first minimum, clock of the file, narrow spikes and undefined coincidence. */
class SpikeDefinitionsTest {

    private static final double DT = 0.1;

    private static Trace trace(double startMs, double dtMs, double[] voltage) {
        return new Trace(new CurrentTrace(dtMs, new double[voltage.length], startMs), voltage, List.of(),
                new double[0][]);
    }

    /** A potential through given points, in pairs of time and potential, linear between them. */
    static double[] through(double dtMs, double... points) {
        double[] v = new double[(int) Math.round(points[points.length - 2] / dtMs) + 1];
        int k = 0;
        for (int i = 0; i < v.length; i++) {
            double t = i * dtMs;
            while (k + 4 < points.length && t > points[k + 2] + 1e-9) {
                k += 2;
            }
            double part = (t - points[k]) / (points[k + 2] - points[k]);
            v[i] = points[k + 1] + part * (points[k + 3] - points[k + 1]);
        }
        return v;
    }

    @Test
    void ripplesOnAPlateauAreOneSpike() {
        double[] v = through(DT, 0, -70, 10, -70, 11, 25, 20, 4, 60, 4, 66, -70, 100, -70);
        for (int i = 200; i < 600; i++) {
            v[i] += 8 * Math.sin(2 * Math.PI * (i - 200) * DT / 5);
        }
        assertThat(Arrays.stream(v, 200, 600).min().orElseThrow()).isNegative();
        List<Spike> spikes = SpikeDetector.detect(trace(0, DT, v));
        assertThat(spikes).hasSize(1);
        assertThat(spikes.get(0).peakMv()).isEqualTo(25);
        assertThat(spikes.get(0).widthMs()).isGreaterThan(49);
        SpikeCriterion close = new SpikeCriterion(0, false, 1, 0.1, 0);
        assertThat(SpikeDetector.detect(trace(0, DT, v), close)).hasSize(9);
    }

    @Test
    void aPotentialThatStartsBetweenReArmLevelAndThresholdIsArmed() {
        assertThat(SpikeDetector.detect(trace(0, DT, through(DT, 0, -5, 1, 20, 2, -60, 4, -55)))).hasSize(1);
        assertThat(SpikeDetector.detect(trace(0, DT, through(DT, 0, 5, 1, -5, 2, 5, 3, -60, 4, 5, 5, -60))))
                .hasSize(1);
    }

    @Test
    void theTroughIsTheFirstMinimumOfEverySpike() {
        // The spike at 20 ms is followed by a hyperpolarisation to -90 mV, that at 120 ms by nothing.
        double[] v = through(DT, 0, -60, 20, -60, 20.5, 40, 21.5, -70, 30, -62, 50, -62, 60, -90, 70, -62, 120, -62,
                120.5, 40, 121.5, -70, 130, -62, 200, -62);
        List<Spike> spikes = SpikeDetector.detect(trace(0, DT, v));
        assertThat(spikes).hasSize(2);
        for (Spike spike : spikes) {
            assertThat(spike.troughMv()).isCloseTo(-70, within(1e-9));
            // Half height is -15 mV on flanks of about 200 and 110 mV/ms.
            double rise = 40 + 15;
            assertThat(spike.halfWidthMs()).isCloseTo(rise / (spike == spikes.get(0) ? 200 : 204) + rise / 110,
                    within(1e-9));
        }
    }

    @Test
    void theTroughIsClosedAtTheOffset() {
        double[] v = through(DT, 0, -60, 95, -60, 95.5, 40, 96.5, -64, 100, -63, 110, -90, 150, -63, 200, -63);
        Trace trace = trace(500, DT, v);
        assertThat(SpikeStatistics.of(trace, 550, 600).spikes().get(0).troughMv()).isCloseTo(-64, within(1e-9));
        assertThat(SpikeStatistics.of(trace, 550, 700).spikes().get(0).troughMv())
                .as("a rise of 1 mV is no first minimum").isCloseTo(-90, within(1e-9));
        assertThat(SpikeStatistics.of(trace, 550, 596).spikes().get(0).troughMv()).as("still falling").isNaN();
    }

    @Test
    void aTroughIsOneOnlyBelowTheReArmLevel() {
        double[] v = through(DT, 0, -60, 10, -60, 10.5, 40, 11, 10, 12, 20, 13, -65, 20, -55);
        assertThat(SpikeDetector.detect(trace(0, DT, v)).get(0).troughMv()).isCloseTo(-65, within(1e-9));
    }

    @Test
    void timesAreThoseOfTheTrace() {
        double[] v = through(DT, 0, -60, 20, -60, 20.5, 40, 21.5, -70, 30, -62, 60, -62);
        Spike at = SpikeDetector.detect(trace(0, DT, v)).get(0);
        Trace late = trace(1000, DT, v);
        assertThat(SpikeDetector.detect(late).get(0).timeMs()).isCloseTo(1000 + at.timeMs(), within(1e-9));
        SpikeStatistics s = SpikeStatistics.of(late, 1010, 1060);
        assertThat(s.latencyMs()).isCloseTo(at.timeMs() - 10, within(1e-9));
        assertThat(s.baseMv()).isCloseTo(-60, within(1e-12));
        SpikeStatistics early = SpikeStatistics.of(trace(-1000, DT, v), -990, -940);
        assertThat(early.latencyMs()).isCloseTo(at.timeMs() - 10, within(1e-9));
        VoltageDistance here = VoltageDistance.of(late, SpikeDetector.detect(late), late, List.of(), 5);
        assertThat(here.samples()).as("10 ms left out").isBetween(v.length - 101L, v.length - 99L);
    }

    @Test
    void oneSampleArtefactsAreNarrowAndCanBeLeftOut() {
        double[] v = through(DT, 0, -65, 100, -65, 100.5, 40, 101.5, -75, 120, -65, 200, -65);
        v[500] = 40;
        v[1500] = 40;
        List<Spike> spikes = SpikeDetector.detect(trace(0, DT, v));
        assertThat(spikes).hasSize(3);
        assertThat(spikes).extracting(s -> s.widthMs() < 2 * DT).containsExactly(true, false, true);
        // The re-arm level is passed 55 of 105 mV up the flanks of one sample.
        assertThat(spikes.get(0).widthMs()).isCloseTo(2 * DT * 50 / 105, within(1e-9));
        List<Spike> wide = SpikeDetector.detect(trace(0, DT, v), new SpikeCriterion(0, false, 10, 0.1, 2 * DT));
        assertThat(wide).hasSize(1);
        assertThat(wide.get(0)).isEqualTo(spikes.get(1));
    }

    /** 14 action potentials of Hodgkin and Huxley's neuron with 0.3 mV of white noise. */
    @ParameterizedTest
    @ValueSource(doubles = {10, 50, 200})
    void noiseAddsNoSpikesAndMovesNoTrough(double kHz) {
        double dt = 1 / kHz;
        double[] current = new double[(int) Math.round(215 / dt)];
        Arrays.fill(current, (int) Math.round(10 / dt), current.length, 10);
        double[] clean = new NeuronSimulator(Neurons.named("hh"), 1).respond(List.of(new CurrentTrace(dt, current)))
                .get(0).voltageMv();
        List<Spike> right = SpikeDetector.detect(trace(0, dt, clean));
        assertThat(right).hasSize(14);
        for (int seed = 0; seed < 10; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] noisy = Arrays.stream(clean).map(v -> v + 0.3 * random.nextGaussian()).toArray();
            List<Spike> spikes = SpikeDetector.detect(trace(0, dt, noisy));
            assertThat(spikes).hasSize(14);
            for (int k = 0; k < 14; k++) {
                assertThat(spikes.get(k).timeMs()).isCloseTo(right.get(k).timeMs(), within(0.03));
                assertThat(spikes.get(k).troughMv()).isCloseTo(right.get(k).troughMv(), within(1.3));
                assertThat(spikes.get(k).halfWidthMs()).isCloseTo(right.get(k).halfWidthMs(), within(0.05));
                assertThat(spikes.get(k).peakMv()).isCloseTo(right.get(k).peakMv(), within(1.3));
            }
        }
    }

    /** A regular model that hits none of 10 spikes in a second, with 2 ms precision. */
    @ParameterizedTest
    @CsvSource({"249, true", "250, false", "300, false", "2000, false"})
    void theCoincidenceFactorIsUndefinedWhereChanceHitsEverySpike(int rate, boolean defined) {
        double[] data = new double[10];
        Arrays.setAll(data, i -> 50 + 100.0 * i);
        double[] model = new double[rate];
        Arrays.setAll(model, i -> 2000 + i);
        double factor = Coincidence.factor(data, model, 1000);
        assertThat(Double.isNaN(factor)).isEqualTo(!defined);
        if (defined) {
            assertThat(factor).isNegative();
        }
    }

    @Test
    void theCoincidenceFactorIsNeverAboveOne() {
        SplittableRandom random = new SplittableRandom(5);
        for (int trial = 0; trial < 2000; trial++) {
            double[] data = random.doubles(random.nextInt(1, 260), 0, 1000).sorted().toArray();
            double[] model = random.nextInt(4) == 0 ? data
                    : random.doubles(random.nextInt(1, 260), 0, 1000).sorted().toArray();
            double factor = Coincidence.factor(data, model, 1000);
            assertThat(Double.isNaN(factor)).isEqualTo(model.length >= 250);
            if (model.length < 250) {
                assertThat(factor).isLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void anUndefinedFactorIsNullInJson() {
        TraceComparison undefined = new TraceComparison(new double[0], new double[0], 0, 0, Double.NaN, 0, 0,
                VoltageDistance.NONE);
        assertThat(undefined.toJson().get("coincidence_factor").isNull()).isTrue();
    }

    @Test
    void criteriaOfEarlierFilesAreRead() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        assertThat(mapper.readValue("{\"threshold_mV\":0.3,\"downward\":true,\"last_trough_ms\":1.5}",
                SpikeCriterion.class)).isEqualTo(new SpikeCriterion(0.3, true, 10, 0.1, 0));
        SpikeCriterion own = new SpikeCriterion(-20, false, 5, 0.2, 0.3);
        assertThat(mapper.readValue(mapper.writeValueAsString(own), SpikeCriterion.class)).isEqualTo(own);
    }
}

package org.nagumo.experiments.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.NeuronSimulator;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.experiments.reproduce.Evaluations;
import org.nagumo.experiments.spikes.SpikeDetector;

/** The battery on neurons whose figures are known: an order-8 method at relative tolerance 1e-10. */
class BatteryTest {

    private static Response neuron;
    private static Response reduction;

    @BeforeAll
    static void measure() {
        Battery battery = new Battery(0.1, 1);
        neuron = battery.measure(new NeuronSimulator(Neurons.named("hh"), 2), () -> { });
        reduction = battery.measure(new NeuronSimulator(Neurons.named("rinzel"), 2), () -> { });
    }

    @Test
    void hodgkinHuxleyHasItsThresholdsItsRatesAndItsRebound() {
        assertThat(neuron.restMv()).isCloseTo(-64.996, within(0.001));
        assertThat(neuron.rheobase()).isCloseTo(2.2404, within(0.003));
        assertThat(neuron.onset()).isCloseTo(6.2603, within(0.003));
        assertThat(neuron.onsetRateHz()).isCloseTo(50, within(1.0));
        assertThat(neuron.fi().get(3).spikes()).isEqualTo(1);
        assertThat(neuron.fi().get(6).spikes()).isEqualTo(2);
        assertThat(neuron.fi().get(7).spikes()).isEqualTo(30);
        assertThat(neuron.fi().get(7).steadyRateHz()).isCloseTo(58.327, within(0.01));
        assertThat(neuron.fi().get(10).spikes()).isEqualTo(35);
        assertThat(neuron.fi().get(10).latencyMs()).isCloseTo(1.9012, within(0.006));
        assertThat(neuron.fi().get(20).spikes()).isEqualTo(44);
        assertThat(neuron.rebound()).extracting(ReboundCase::spikes).containsExactly(0, 1, 1, 1, 1, 1);
        assertThat(neuron.rebound().get(2).latencyMs()).isCloseTo(4.773, within(0.01));
        assertThat(neuron.rebound().get(5).latencyMs()).isCloseTo(7.962, within(0.01));
    }

    /** Two pulses on the grid of an independent simulation, in steps of 0.02 ms, bracket the period that was found. */
    @Test
    void theRefractoryPeriodIsTheSmallestIntervalAtWhichTheSecondPulseFires() {
        assertThat(secondPulseFires(neuron.refractoryMs() - 0.05)).isFalse();
        assertThat(secondPulseFires(neuron.refractoryMs() + 0.05)).isTrue();
        assertThat(neuron.refractoryMs()).isBetween(10.0, 15.0);
        assertThat(reduction.refractoryMs()).isLessThan(neuron.refractoryMs());
    }

    private static boolean secondPulseFires(double intervalMs) {
        double dt = 0.02;
        double[] current = new double[(int) Math.round(80 / dt)];
        for (double onset : new double[] {10, 10 + intervalMs}) {
            int from = (int) Math.round(onset / dt);
            Arrays.fill(current, from, from + (int) Math.round(1 / dt), 15);
        }
        Trace trace = new NeuronSimulator(Neurons.named("hh"), 1)
                .respond(List.of(new CurrentTrace(dt, current))).get(0);
        return SpikeDetector.detect(trace).size() == 2;
    }

    @Test
    void aNeuronThatNeverFiresHasNoThresholdsAndNoRefractoryPeriod() {
        Response silent = new Battery(0.1, 1).measure(new NeuronSimulator(Neurons.named("hh").with(Map.of("gNa", 0.0)),
                2), () -> { });
        assertThat(new double[] {silent.rheobase(), silent.onset(), silent.onsetRateHz(), silent.restUpTo(),
            silent.firingDownTo(), silent.refractoryMs()}).containsOnly(Double.NaN);
        assertThat(silent.noiseSpikes()).isZero();
        assertThat(silent.coexistence()).isNull();
        Metrics m = Metrics.compare(neuron, silent);
        assertThat(m.bistable()).isNull();
        assertThat(m.bistableOverlap()).isZero();
        assertThat(m.refractoryError()).isNaN();
        assertThat(m.toJson().get("refractory_relative_error").isNull()).isTrue();
        assertThat(m.toJson().get("bistable_range_uA").isNull()).isTrue();
        Metrics same = Metrics.compare(silent, silent);
        assertThat(same.coincidence()).as("of a silent teacher").isNaN();
        assertThat(same.coincidenceByNoise().values()).containsOnly(Double.NaN);
        assertThat(same.fiCountMae()).isNaN();
        assertThat(same.fiWithinOne()).isNull();
        assertThat(same.reboundCorrect()).isNull();
        assertThat(same.victorPurpura()).isNaN();
        assertThat(same.vanRossum()).isNaN();
        ObjectNode json = same.toJson();
        for (String key : List.of("fi_count_mae", "fi_within_one", "rebound_correct", "coincidence_factor")) {
            assertThat(json.get(key).isNull()).as(key).isTrue();
        }
        assertThat(json.get("coincidence_factor_by_noise").get("mean7_sd1_tau5").isNull()).isTrue();
        ResultTable.Contender student = new ResultTable.Contender("student", silent, same);
        assertThat(ResultTable.lines(silent, student, student)).filteredOn(line -> line.first().startsWith("undefined"))
                .hasSize(10).allMatch(line -> line.first().equals("undefined: hh is silent here"))
                .allMatch(line -> line.nearer() == ResultTable.Nearer.BOTH);
        assertThat(ResultTable.text(silent, student, student)).doesNotContain("21/21", "6/6", "1.000");
        assertThat(Metrics.compare(silent, silent).bistableOverlap()).isNaN();
    }

    @Test
    void theSameBatteryGivesTheSameNumbersWithAnyNumberOfThreads() {
        Response again = new Battery(0.1, 1).measure(new NeuronSimulator(Neurons.named("hh"), 1), () -> { });
        assertThat(again.withoutTraces()).isEqualTo(neuron.withoutTraces());
    }

    @Test
    void restAndFiringCoexistBetweenTheFoldOfCyclesAndTheHopfPoint() {
        assertThat(neuron.firingDownTo()).isCloseTo(6.26, within(0.02));
        // A slow rise passes the Hopf point at 9.78 before the instability has grown.
        assertThat(neuron.restUpTo()).isBetween(9.77, 10.0);
    }

    @Test
    void aSystemBesideItselfHasNoError() {
        Metrics same = Metrics.compare(neuron, neuron);
        assertThat(same.fiCountMae()).isZero();
        assertThat(same.fiWithinOne()).isEqualTo(21);
        assertThat(same.coincidence()).isCloseTo(1.0, within(1e-12));
        assertThat(same.voltageRmseMv()).isZero();
        assertThat(same.reboundCorrect()).isEqualTo(6);
        assertThat(same.latencyMaeMs()).isZero();
        assertThat(same.hyperpolarisationErrorMv()).isZero();
        assertThat(same.refractoryError()).isZero();
        assertThat(same.bistableOverlap()).isEqualTo(1);
        assertThat(same.victorPurpura()).isZero();
        assertThat(same.vanRossum()).isZero();
        assertThat(same.isiDistanceMs()).isZero();
        assertThat(same.coincidenceStandardError()).as("of one trial a kind").isNaN();
    }

    @Test
    void theReductionFiresTooEarlyTooFastAndTooSoon() {
        Metrics m = Metrics.compare(neuron, reduction);
        assertThat(reduction.onset()).isLessThan(5);
        assertThat(reduction.fi().get(10).steadyRateHz()).isCloseTo(87.6, within(0.1));
        assertThat(reduction.fi().get(10).latencyMs()).isCloseTo(0.99, within(0.025));
        assertThat(m.coincidenceByNoise().get("mean5_sd5_tau5")).isBetween(0.3, 0.8);
        assertThat(m.coincidenceByNoise().get("mean8_sd4_tau10")).isLessThan(0.3);
        double common = reduction.restUpTo() - neuron.firingDownTo();
        assertThat(m.bistableOverlap()).isCloseTo(common / (neuron.restUpTo() - reduction.firingDownTo()),
                within(1e-12));
        assertThat(m.hyperpolarisationErrorMv()).as("at -10 and -15").isCloseTo((
                Math.abs(neuron.rebound().get(3).voltageMv() - reduction.rebound().get(3).voltageMv())
                + Math.abs(neuron.rebound().get(4).voltageMv() - reduction.rebound().get(4).voltageMv())) / 2,
                within(1e-12));
    }

    @Test
    void theJsonHasTheKeysThatProgramsRelyOn() {
        ObjectNode json = evaluation().toJson();
        assertThat(json.fieldNames()).toIterable().containsExactly("fi_count_mae", "fi_within_one", "fi_points",
                "rheobase_error_uA", "repetitive_onset_error_uA", "onset_rate_error_hz", "latency_mae_ms",
                "half_width_error_ms", "peak_error_mV", "trough_error_mV", "rest_error_mV", "rebound_correct",
                "rebound_cases", "rebound_latency_mae_ms", "coincidence_factor", "coincidence_factor_by_noise",
                "voltage_rmse_mV", "hyperpolarisation_error_mV", "bistable_range_uA", "bistable_overlap",
                "refractory_relative_error", "coincidence_factor_standard_error", "victor_purpura_distance",
                "van_rossum_distance", "isi_distance_ms", "baseline");
        assertThat(json.get("bistable_range_uA")).hasSize(2);
        assertThat(json.get("baseline").get("rinzel").get("fi_points").asInt()).isEqualTo(21);
        assertThat(ResultTable.text(evaluation())).contains("hh", "rinzel", "0,1,1,1,1,1",
                "weak noise", "refractory period, ms");
    }

    private static Evaluation evaluation() {
        return Evaluation.of(new Battery(0.1, 1), Evaluations.origin(Neurons.named("hh")),
                Evaluations.origin(Neurons.named("rinzel")), neuron, reduction, reduction);
    }
}

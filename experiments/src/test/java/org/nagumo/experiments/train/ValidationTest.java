package org.nagumo.experiments.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nagumo.datagen.io.Beginning;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.protocol.Protocol;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.NeuronSimulator;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.experiments.evaluate.FiringOnset;
import org.nagumo.experiments.evaluate.NeuronScale;
import org.nagumo.experiments.network.TrainedNetwork;
import org.nagumo.experiments.spikes.SpikeCriterion;

class ValidationTest {

    private static final String STAGES = "starts: 3\nstages:\n  - {window_ms: 2, minibatch: 16, iterations: 40,"
            + " first_rate: 1e-2, last_rate: 5e-3}\n";

    @TempDir
    private Path folder;

    private static final FiringOnset ONSET = new FiringOnset(6.25, 50, 9.8);
    private static final SpikeCriterion SEEN = SpikeCriterion.MEMBRANE.scaled(100);

    private static ValidationScore score(List<Trace> noise, List<Trace> noiseStudent, List<Trace> responses,
            List<Trace> responsesStudent) {
        return ValidationScore.of(noise, noiseStudent, responses, responsesStudent, SEEN, ONSET, ONSET);
    }

    private static Trace step(double amplitude) {
        double[] current = new double[2000];
        Arrays.fill(current, 200, 1500, amplitude);
        Trace answer = new NeuronSimulator(Neurons.named("hh"), 1).respond(List.of(new CurrentTrace(0.1, current))).get(0);
        return Examination.seen(answer, SpikeCriterion.MEMBRANE, 100);
    }

    private static Trace changed(Trace trace, double shift, int later) {
        double[] voltage = trace.voltageMv().clone();
        for (int i = 0; i < voltage.length; i++) {
            voltage[i] = trace.voltageMv()[Math.max(0, i - later)] + shift;
        }
        return new Trace(trace.current(), voltage, trace.stateNames(), trace.states());
    }

    @Test
    void aNeuronScoresZeroAgainstItself() {
        List<Trace> traces = List.of(step(10), step(7));
        assertThat(score(traces, traces, traces, traces))
                .isEqualTo(new ValidationScore(1, 0, 0, 0, 0, 0, 0, 0, 0));
        assertThat(score(traces, traces, traces, traces).total()).isZero();
    }

    @Test
    void eachPartMeasuresWhatItSays() {
        List<Trace> traces = List.of(step(10));
        List<Trace> higher = List.of(changed(traces.get(0), 0.02, 0));
        ValidationScore shifted = score(traces, traces, traces, higher);
        assertThat(shifted.peak()).isCloseTo(0.02, within(1e-9));
        assertThat(shifted.trough()).isCloseTo(0.02, within(1e-9));
        assertThat(shifted.voltage()).isCloseTo(0.02, within(1e-9));
        assertThat(shifted.halfWidth()).isCloseTo(0, within(1e-9));
        assertThat(shifted.count()).isZero();
        assertThat(shifted.total()).isCloseTo(0.04, within(1e-9));
        // 1 ms later every spike still coincides, 3 ms later none does: what is left is what chance subtracts.
        assertThat(score(traces, List.of(changed(traces.get(0), 0, 10)), traces, traces).coincidence())
                .isCloseTo(1, within(1e-12));
        assertThat(score(traces, List.of(changed(traces.get(0), 0, 30)), traces, traces).coincidence())
                .isLessThan(0);
        ValidationScore silent = score(traces, traces, traces, List.of(step(0)));
        assertThat(silent.count()).isCloseTo(9.0 / 10, within(1e-12));
        assertThat(silent.peak()).as("nothing is known").isEqualTo(1);
        ValidationScore lost = score(traces, traces, traces, List.of(changed(traces.get(0), Double.NaN, 0)));
        assertThat(lost.total()).isEqualTo(Double.POSITIVE_INFINITY);
        ValidationScore early = ValidationScore.of(traces, traces, traces, traces, SEEN, ONSET,
                new FiringOnset(5, 45, 9.31));
        assertThat(early.onset()).isCloseTo(0.2, within(1e-12));
        assertThat(early.onsetRate()).isCloseTo(0.1, within(1e-12));
        assertThat(early.restEnd()).isCloseTo(0.05, within(1e-12));
        assertThat(early.total()).isCloseTo(0.175, within(1e-12));
        FiringOnset never = new FiringOnset(Double.NaN, Double.NaN, Double.NaN);
        assertThat(ValidationScore.of(traces, traces, traces, traces, SEEN, ONSET, never).total())
                .isCloseTo(1.5, within(1e-12));
        assertThat(ValidationScore.of(traces, traces, traces, traces, SEEN, never, ONSET).total())
                .isCloseTo(0, within(1e-12));
    }

    /** At 300 Hz chance hits every spike within 2 ms: nothing is known, which must not look good. */
    @Test
    void aNetworkForWhichTheCoincidenceIsUndefinedIsNeverChosen() {
        List<Trace> traces = List.of(step(10), step(7));
        double[] fast = new double[2000];
        for (int i = 0; i < fast.length; i++) {
            fast[i] = i % 33 < 10 ? 0.3 : -0.7;
        }
        Trace frantic = new Trace(traces.get(0).current(), fast, List.of(), new double[0][]);
        ValidationScore undefined = score(traces, List.of(traces.get(0), frantic), traces, traces);
        assertThat(undefined.coincidence()).isNaN();
        assertThat(undefined.total()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(score(List.of(frantic, traces.get(0)), traces, traces, traces).coincidence())
                .as("the trial in which the neuron itself is so fast does not count")
                .isEqualTo(score(List.of(traces.get(0)), List.of(traces.get(1)), traces, traces).coincidence());
        assertThat(score(List.of(frantic), List.of(frantic), traces, traces).total()).isZero();
    }

    /** In FitzHugh's sign convention the action potential is negative. */
    @Test
    void spikesThatGoDownwardAreSeenUpward() {
        double[] current = new double[3000];
        Arrays.fill(current, 300, 3000, -0.6);
        Trace answer = new NeuronSimulator(Neurons.named("bvp"), 1).respond(List.of(new CurrentTrace(0.02, current))).get(0);
        Trace seen = Examination.seen(answer, NeuronScale.of(Neurons.named("bvp")).criterion().withThreshold(0.5), 2);
        for (int i = 0; i < current.length; i += 100) {
            assertThat(seen.voltageMv()[i]).isEqualTo((0.5 - answer.voltageMv()[i]) / 2);
        }
        assertThat(seen.voltageMv()[0]).isNegative();
        assertThat(Arrays.stream(seen.voltageMv()).max().orElseThrow()).isPositive();
    }

    private TrainingData data(String neuron, String currents) {
        Protocol protocol = Protocol.parse("p", "name: p\nseed: 3\nmodel: {name: " + neuron + "}\nsampling: {dt_ms: 0.1}\n"
                + "sequences:\n  - {duration_ms: 30, count: 8, stimulus: " + currents + "}\n", Path::of);
        return TrainingData.make(protocol, folder.resolve(neuron), 1, Beginning.OVERWRITE, samples -> { });
    }

    @Test
    void theNetworkWithTheLowestScoreIsChosen() throws Exception {
        TrainingData data = data("hh", "{kind: steps, level: {uniform: [-5, 20]}, hold_ms: {uniform: [5, 20]}}");
        TrainingPlan plan = TrainingPlans.parse("p", "name: v\n" + STAGES + "validation: {noise: steps-and-noise, responses:"
                + " steps-and-noise}\n");
        List<Double> totals = new ArrayList<>();
        List<Integer> starts = new ArrayList<>();
        TrainedNetwork network = Training.train(plan, data, "test", 2, new Training.Watcher() {
            @Override
            public void stageEnded(StageLosses losses) {
                assertThat(losses.losses()).hasSize(3);
            }

            @Override
            public void validated(int[] numbers, List<ValidationScore> scores) {
                Arrays.stream(numbers).forEach(starts::add);
                scores.forEach(score -> totals.add(score.total()));
            }
        });
        assertThat(starts).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(totals).doesNotHaveDuplicates();
        assertThat(network.card().provenance().validationScore())
                .isEqualTo(totals.stream().mapToDouble(Double::doubleValue).min().orElseThrow());
    }

    @Test
    void aPolishLowersItsOwnScoreAndIsTheSameWithAnyNumberOfThreads() throws Exception {
        TrainingData data = data("hh", "{kind: steps, level: {uniform: [-5, 20]}, hold_ms: {uniform: [5, 20]}}");
        Files.writeString(folder.resolve("short.yaml"), "name: s\nsampling: {dt_ms: 0.1}\nseed: 5\nsequences:\n"
                + "  - {duration_ms: 40, count: 3, stimulus: {kind: step, amplitude: [0, -5, 12], onset_ms: 10}}\n");
        Path file = Files.writeString(folder.resolve("plan.yaml"), "name: v\n" + STAGES
                + "polish: {noise: short.yaml, responses: short.yaml, evaluations: 16, population: 4}\n");
        TrainingPlan plan = TrainingPlans.named(file.toString());
        TrainingPlan unpolished = TrainingPlans.parse("p", "name: v\n" + STAGES);
        List<Double> lowest = new ArrayList<>();
        TrainedNetwork polished = Training.train(plan, data, "test", 2, new Training.Watcher() {
            @Override
            public void stageEnded(StageLosses losses) {
                assertThat(lowest).as("a polish comes last").isEmpty();
            }

            @Override
            public void polished(int networks, double score) {
                lowest.add(score);
                assertThat(networks).isEqualTo(lowest.size());
            }
        });
        TrainedNetwork plain = Training.train(unpolished, data, "test", 2, Training.Watcher.SILENT);
        Examination examination = new Examination(plan.polish().noise(), plan.polish().responses(), null, data,
                plain.card().scaling(), 0.1, 1);
        assertThat(examination.score(polished).total()).isLessThan(examination.score(plain).total());
        assertThat(lowest).hasSizeGreaterThan(12).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(lowest.get(lowest.size() - 1)).isEqualTo(examination.score(polished).total());
        assertThat(Training.train(plan, data, "test", 1, Training.Watcher.SILENT).parameters())
                .isEqualTo(polished.parameters());
    }

    @Test
    void recordingsAnswerNoOtherCurrents() {
        TrainingData data = data("hh", "{kind: constant, amplitude: 8}");
        TrainingData recorded = new TrainingData(data.trajectories(), TrainingData.RECORDING, Map.of(), "none");
        TrainingPlan plan = TrainingPlans.parse("p", "name: v\nscaling: {current_unit_uA_per_cm2: 20, voltage_offset_mV:"
                + " -30, voltage_unit_mV: 100}\n" + STAGES + "validation: {}\n");
        assertThat(plan.validation()).isEqualTo(new Validation("validation-noise", "validation-responses"));
        assertThatThrownBy(() -> Training.train(plan, recorded, "test", 1, losses -> {
            throw new AssertionError("refused before any time is spent");
        })).isInstanceOf(InputException.class).hasMessageContaining("recordings").hasMessageContaining("allowed: ");
    }

    /** The average against its own definition, from trainings that end after every single iteration. */
    @Test
    void theAverageIsThatOfTheNetworksAfterEachIteration() throws Exception {
        TrainingData data = data("hh", "{kind: steps, level: {uniform: [-5, 20]}, hold_ms: {uniform: [5, 20]}}");
        int iterations = 12;
        double[] sum = null;
        double weights = 0;
        for (int i = 1; i <= iterations; i++) {
            double[] after = averaged(data, i, 0);
            double weight = Math.pow(1 - 1.0 / 4, iterations - i);
            sum = sum == null ? new double[after.length] : sum;
            for (int p = 0; p < after.length; p++) {
                sum[p] += weight * after[p];
            }
            weights += weight;
        }
        double[] average = averaged(data, iterations, 4);
        for (int p = 0; p < average.length; p++) {
            assertThat(average[p]).isCloseTo(sum[p] / weights, within(2e-7 * Math.max(1, Math.abs(average[p]))));
        }
        assertThat(average).isNotEqualTo(averaged(data, iterations, 0));
    }

    private static double[] averaged(TrainingData data, int iterations, int average) throws InterruptedException {
        return Training.train(TrainingPlans.parse("p", "name: a\nstarts: 1\nstages:\n  - {window_ms: 2, minibatch: 16,"
                + " iterations: " + iterations + ", first_rate: 1e-2, last_rate: 1e-2, average_iterations: " + average
                + "}\n"), data, "test", 1, Training.Watcher.SILENT).parameters();
    }

    /** Hodgkin and Huxley's range becomes that of their scaling; FitzHugh and Nagumo's the same range. */
    @Test
    void aPlanWithoutScalingTakesItFromTheData() {
        for (String neuron : List.of("hh", "fhn")) {
            TrainingData data = data(neuron, "{kind: step, amplitude: {from: -1, to: 12, steps: 8}}");
            var scaling = DataScaling.of(data.trajectories());
            assertThat(scaling.input(12)).isEqualTo(1);
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (float[] sequence : data.trajectories().voltage()) {
                for (float v : sequence) {
                    low = Math.min(low, scaling.output(v));
                    high = Math.max(high, scaling.output(v));
                }
            }
            assertThat(low).isCloseTo(-0.85, within(1e-12));
            assertThat(high).isCloseTo(0.75, within(1e-12));
        }
        TrainingData still = data("hh", "{kind: constant, amplitude: 0}");
        assertThatThrownBy(() -> DataScaling.of(still.trajectories())).isInstanceOf(InputException.class)
                .hasMessageContaining("allowed: data in which both change");
    }
}

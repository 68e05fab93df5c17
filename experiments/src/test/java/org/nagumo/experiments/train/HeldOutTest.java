package org.nagumo.experiments.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nagumo.datagen.io.InputException;
import org.nagumo.experiments.network.TrainedNetwork;
import org.nagumo.experiments.recording.Cells;
import org.nagumo.experiments.recording.RecordedCell;
import org.nagumo.experiments.recording.RecordingScore;

class HeldOutTest {

    private static final String PLAN = String.join("\n", "name: tiny", "model: {units: 2, readout_units: 2}",
            "encoder: {times: 2, shortest_ms: 1, longest_ms: 8, spike_trace_ms: 20}", "starts: 2", "stages:",
            "  - {window_ms: 2, minibatch: 16, iterations: 20, first_rate: 0.01, last_rate: 0.01}",
            "  - {window_ms: 10, minibatch: 8, iterations: 30, first_rate: 0.01, last_rate: 0.01, wide_readout: true,"
                    + " average_iterations: 5}",
            "held_out: {from_window_ms: 10, every_iterations: 3, patience: 2}");

    private static RecordedCell cell;

    @TempDir
    private Path folder;

    @BeforeAll
    static void record() {
        cell = Cells.hodgkinHuxley(3, 900, 600);
    }

    private static TrainingPlan plan() {
        return TrainingPlans.parse("tiny.yaml", PLAN);
    }

    /** Notes the checks of each start. */
    private static final class Notes implements Training.Watcher {

        private final List<String> notes = Collections.synchronizedList(new ArrayList<>());
        private final AtomicInteger checks = new AtomicInteger();

        @Override
        public void stageEnded(StageLosses losses) {
        }

        @Override
        public void checked(int start, int number, double lowest, boolean ended) {
            checks.incrementAndGet();
            if (ended) {
                notes.add(start + " ended after " + number);
            }
        }
    }

    @Test
    void aNetworkWhoseScoreNoLongerFallsEndsItsTraining() {
        HeldOutBest best = HeldOutBest.NONE.after(0.5, new double[] {1}, 2, 2).after(0.6, new double[] {2}, 2, 2);
        assertThat(best.ended()).isFalse();
        best = best.after(0.4, new double[] {3}, 2, 2);
        assertThat(best.waiting()).isZero();
        best = best.after(Double.POSITIVE_INFINITY, new double[] {4}, 2, 2).after(0.45, new double[] {5}, 2, 2);
        assertThat(best.ended()).isTrue();
        assertThat(best.score()).isEqualTo(0.4);
        assertThat(best.theta()).containsExactly(3);
        assertThat(best.checks()).isEqualTo(5);
    }

    @Test
    void theTrainingOfARecordedCellEndsByTheHeldOutStretch() throws InterruptedException {
        Notes notes = new Notes();
        TrainedNetwork network = Training.train(plan(), TrainingData.of(cell), "test", 1, notes);
        assertThat(notes.checks.get()).isBetween(4, 20);
        assertThat(network.card().provenance().teacher()).isEqualTo("recording");
        assertThat(network.card().recorded().currentUnit()).isEqualTo("uA/cm2");
        assertThat(network.card().recorded().spikeThresholdMv()).isBetween(-40.0, 0.0);
        HeldOutExam exam = new HeldOutExam(cell, network.card().recorded(), network.card().scaling().voltageUnitMv());
        assertThat(exam.score(network).total()).isEqualTo(network.card().provenance().validationScore());
        TrainedNetwork twoThreads = Training.train(plan(), TrainingData.of(cell), "test", 2, new Notes());
        assertThat(twoThreads.parameters()).isEqualTo(network.parameters());
    }

    @Test
    void interruptedAndResumedItIsTheSameToTheLastBit() throws InterruptedException {
        double[] expected = Training.train(plan(), TrainingData.of(cell), "test", 1, new Notes()).parameters();
        Path file = folder.resolve("checkpoint.bin");
        Thread caller = Thread.currentThread();
        double[] found = null;
        for (int round = 1; found == null && round < 20; round++) {
            int last = round;
            AtomicInteger checks = new AtomicInteger();
            try {
                found = Training.train(plan(), TrainingData.of(cell), "test", 1, new Training.Watcher() {
                    @Override
                    public void stageEnded(StageLosses losses) {
                    }

                    @Override
                    public void checked(int start, int number, double lowest, boolean ended) {
                        if (checks.incrementAndGet() == last && last < 4) {
                            caller.interrupt();
                        }
                    }
                }, new CheckpointFile(file, "a".repeat(64), "b".repeat(64), 1)).parameters();
            } catch (InterruptedException e) {
                assertThat(Files.exists(file)).isTrue();
            }
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void theScoreWeighsSpikesPotentialAndPeaks() {
        RecordingScore score = new RecordingScore(new double[] {0.8, 0.9}, new double[] {0.6, 0.9}, 4, 0.7, 2, 20, 30,
                40, 41);
        RecordingScore trained = new RecordingScore(new double[] {0.8, 0.8}, new double[] {0.8, 0.4}, 9, 0, 2, 0, 30, 0,
                41);
        // Held out (0.75 + 1) / 2 = 0.875, trained (1 + 0.5) / 2 = 0.75, peak 10 / 100 / 2, potential 4 / 100.
        assertThat(new HeldOutScore(score, trained, 100).total())
                .isCloseTo(1 - (2 * 0.875 + 0.75) / 3 + 0.05 + 0.04, within(1e-12));
        RecordingScore silent = new RecordingScore(new double[] {Double.NaN, Double.NaN}, new double[] {0.5, 0.7}, 4,
                0.7, Double.NaN, Double.NaN, 30, 0, 41);
        assertThat(new HeldOutScore(silent, silent, 100).total()).isCloseTo(1 - 0.6 + 0.5 + 0.04, within(1e-12));
        RecordingScore undefined = new RecordingScore(new double[] {0.8, 0.9}, new double[] {Double.NaN, 0.9}, 4, 0.7,
                2, 20, 30, 40, 41);
        assertThat(new HeldOutScore(undefined, trained, 100).total()).isInfinite();
    }

    @Test
    void recordingsThatCannotBeLearnedFromAreRefused() {
        assertThatThrownBy(() -> TrainingData.of(Cells.hodgkinHuxley(1, 60, 60))).isInstanceOf(InputException.class)
                .hasMessageContaining("spikes to learn from").hasMessageContaining("at least 10");
        RecordedCell whole = Cells.hodgkinHuxley(1, 600, 600);
        assertThatThrownBy(() -> Training.train(plan(), TrainingData.of(whole), "test", 1, new Notes()))
                .isInstanceOf(InputException.class).hasMessageContaining("nothing is held out");
        assertThatThrownBy(() -> TrainingPlans.parse("both.yaml", PLAN + "\nvalidation: {}"))
                .isInstanceOf(InputException.class).hasMessageContaining("held_out");
    }
}

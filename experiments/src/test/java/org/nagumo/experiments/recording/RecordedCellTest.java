package org.nagumo.experiments.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nagumo.datagen.dataset.TrajectorySet;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.recording.set.RecordedSequence.Role;
import org.nagumo.datagen.unit.Unit;

class RecordedCellTest {

    @TempDir
    private Path folder;

    @Test
    void repetitionsOfACurrentAreOneStimulusWithTheMeanCurrent() {
        Path data = Cells.dataSet(folder, "hold_out: {from_ms: 120, to_ms: 160}\n");
        assertThat(RecordedCell.isOne(data)).isTrue();
        RecordedCell cell = RecordedCell.read(data);
        assertThat(cell.currentUnit()).isEqualTo(Unit.UA_PER_CM2);
        assertThat(cell.stimuli()).hasSize(1);
        RecordedStimulus stimulus = cell.stimuli().get(0);
        assertThat(stimulus.repetitions()).isEqualTo(2);
        assertThat(stimulus.stretches()).containsExactly(new Stretch(Role.TRAIN, 0, 1200),
                new Stretch(Role.HOLD_OUT, 1200, 1600), new Stretch(Role.TRAIN, 1600, 2000));
        double[] current = Cells.current(0.1, 200, 1);
        for (int i = 0; i < current.length; i += 97) {
            assertThat(stimulus.current()[i]).isCloseTo(current[i] + 0.015, within(1e-5));
        }
    }

    @Test
    void whatIsHeldOutIsNotAmongTheTrajectories() {
        RecordedCell cell = RecordedCell.read(Cells.dataSet(folder, "hold_out: {from_ms: 120, to_ms: 200}\n"));
        TrajectorySet trained = cell.trajectories(Role.TRAIN);
        assertThat(trained.size()).isEqualTo(2);
        assertThat(trained.voltage()[1]).hasSize(1200);
        assertThat(cell.trajectories(Role.HOLD_OUT).voltage()[0]).hasSize(800);
    }

    @Test
    void aGapBetweenStretchesMakesTwoStimuli() {
        RecordedCell cell = RecordedCell.read(Cells.dataSet(folder,
                "use: {from_ms: 0, to_ms: 80}\nhold_out: {from_ms: 120, to_ms: 200}\n"));
        assertThat(cell.stimuli()).extracting(RecordedStimulus::stretches).containsExactly(
                List.of(new Stretch(Role.TRAIN, 0, 800)), List.of(new Stretch(Role.HOLD_OUT, 0, 800)));
        assertThat(cell.stimuli().get(1).fromMs()).isEqualTo(120);
    }

    @Test
    void aSimulatedDataSetIsNone() {
        assertThat(RecordedCell.isOne(folder)).isFalse();
        assertThatThrownBy(() -> RecordedCell.read(folder)).isInstanceOf(InputException.class)
                .hasMessageContaining("manifest.json");
    }

    @Test
    void theThresholdLiesMidwayBetweenSubthresholdPotentialAndPeaks() {
        RecordedCell cell = Cells.hodgkinHuxley(1, 1000, 1000);
        SpikeThreshold threshold = SpikeThreshold.of(cell);
        assertThat(threshold.thresholdMv()).isEqualTo((threshold.betweenMv() + threshold.peakMv()) / 2);
        assertThat(threshold.betweenMv()).isBetween(-62.0, -45.0);
        assertThat(threshold.peakMv()).isBetween(10.0, 45.0);
        assertThat(threshold.spikes()).isBetween(40, 80);
    }

    @Test
    void bluntSpikesHaveAThresholdOfTheirOwn() {
        RecordedCell cell = Cells.hodgkinHuxley(1, 1000, 1000);
        double[] blunt = Arrays.stream(cell.stimuli().get(0).voltageMv()[0])
                .map(v -> -60 + 0.4 * (v + 60)).toArray();
        SpikeThreshold threshold = SpikeThreshold.of(0.1, List.of(blunt));
        assertThat(threshold.peakMv()).isLessThan(-10);
        assertThat(threshold.spikes()).isEqualTo(SpikeThreshold.of(cell).spikes());
    }

    @Test
    void subthresholdNoiseHasNoThreshold() {
        SplittableRandom random = new SplittableRandom(1);
        double[] noise = IntStream.range(0, 20_000).mapToDouble(i -> -60 + 4 * random.nextDouble(-1, 1)
                + 4 * random.nextDouble(-1, 1)).toArray();
        SpikeThreshold threshold = SpikeThreshold.of(0.1, List.of(noise));
        assertThat(threshold.thresholdMv()).isNaN();
        assertThat(threshold.spikes()).isZero();
        assertThatThrownBy(threshold::criterion).isInstanceOf(IllegalStateException.class);
    }
}

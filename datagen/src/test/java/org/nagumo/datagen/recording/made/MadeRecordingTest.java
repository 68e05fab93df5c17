package org.nagumo.datagen.recording.made;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.recording.set.PreparedRecordings;
import org.nagumo.datagen.recording.set.RecordedSequence;
import org.nagumo.datagen.recording.set.RecordedSequence.Role;
import org.nagumo.datagen.recording.set.RecordingSet;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.NeuronSimulator;

class MadeRecordingTest {

    @TempDir
    private Path folder;

    private static MadeRecording made(double noise, double measuringMv) {
        return new MadeRecording(Neurons.named("hh"), 2000, 2, 2, 200, 1, 1, noise, measuringMv, 7);
    }

    @Test
    void theFilesAreReadAsRepetitionsInPicoamperesWithTheEndHeldOut() {
        made(0.5, 0.1).write(folder, () -> { });
        RecordingSet set = RecordingSet.read(folder.resolve("recordings.yaml"));
        try (PreparedRecordings prepared = PreparedRecordings.of(set)) {
            assertThat(prepared.currentUnit().symbol()).isEqualTo("pA");
            assertThat(prepared.dtMs()).isEqualTo(0.1);
            assertThat(prepared.sequences()).hasSize(8);
            assertThat(prepared.sequences()).extracting(RecordedSequence::stimulus)
                    .containsExactly(1, 1, 1, 1, 2, 2, 2, 2);
            assertThat(prepared.sequences()).extracting(RecordedSequence::role).containsExactly(Role.TRAIN,
                    Role.HOLD_OUT, Role.TRAIN, Role.HOLD_OUT, Role.TRAIN, Role.HOLD_OUT, Role.TRAIN, Role.HOLD_OUT);
            double[] current = made(0.5, 0.1).current(0);
            prepared.forEach(0, (index, columns) -> {
                if (index == 0) {
                    // 1 uA/cm2 through 2000 um2 is 20 pA; two samples of 20 kHz are averaged.
                    assertThat((double) columns[1][10]).isCloseTo(20 * (current[20] + current[21]) / 2, within(0.02));
                }
            });
        }
    }

    @Test
    void withoutNoiseTheRecordingIsTheNeuronsAnswer() {
        MadeRecording quiet = made(0, 0);
        double[] current = quiet.current(1);
        double[] expected = new NeuronSimulator(Neurons.named("hh"), 1)
                .respond(List.of(new CurrentTrace(MadeRecording.DT_MS, current))).get(0).voltageMv();
        assertThat(quiet.potential(current, 1, 0)).isEqualTo(expected).isEqualTo(quiet.potential(current, 1, 1));
        assertThat(made(0.5, 0).potential(current, 1, 0)).isNotEqualTo(made(0.5, 0).potential(current, 1, 1));
        assertThat(quiet.current(0)).isNotEqualTo(current);
    }

    @Test
    void noRecordingIsReplacedAndNoDimensionlessNeuronRecorded() {
        made(0, 0).write(folder, () -> { });
        assertThatThrownBy(() -> made(0, 0).write(folder, () -> { })).isInstanceOf(InputException.class)
                .hasMessageContaining("recordings.yaml: exists");
        assertThatThrownBy(() -> new MadeRecording(Neurons.named("fhn"), 2000, 1, 1, 200, 1, 1, 0, 0, 1))
                .isInstanceOf(InputException.class).hasMessageContaining("fhn");
        assertThatThrownBy(() -> new MadeRecording(Neurons.named("hh"), 0, 1, 1, 200, 1, 1, 0, 0, 1))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("areaUm2");
    }
}

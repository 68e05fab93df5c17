package org.nagumo.datagen.recording.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.recording.Channel;
import org.nagumo.datagen.recording.RecordingFile;
import org.nagumo.datagen.recording.Sweep;

/** Files of Neurodata Without Borders give back what was written into them. */
class NwbFormatTest {

    @TempDir
    private Path folder;
    private Path path;

    @BeforeEach
    void path() {
        path = folder.resolve("x.nwb");
    }

    private static RecordingFile open(Path file) {
        return new NwbFormat().open(file);
    }

    @Test
    void seriesArePairedByTheirSweepNumber() {
        try (NwbWriter writer = new NwbWriter(path, "2.4.0")) {
            writer.response("b", 12, new float[] {-65, 1}, 1e-3, 50000)
                    .response("a", 31, new double[] {-0.07, 0.03}, 1, 30000)
                    .stimulus("y", 31, new short[] {100, -7}, 1e-12, 30000)
                    .stimulus("x", 12, new int[] {1, 2}, 2e-12, 50000);
        }
        try (RecordingFile file = open(path)) {
            assertThat(file.sweeps()).extracting(Sweep::number).containsExactly(12, 31);
            assertThat(file.sweeps()).extracting(Sweep::startMs).containsOnly(2500.0);
            List<Channel> first = file.sweeps().get(0).channels();
            assertThat(first).extracting(Channel::label).containsExactly("'b' (mV)", "'x' (A, command)");
            assertThat(first.get(0).signal().samples()).as("numbers stay as they are").containsExactly(-65, 1);
            assertThat(first.get(0).signal().stepMs()).isEqualTo(0.02);
            assertThat(first.get(1).signal().samples()).containsExactly(2e-12, 4e-12);
            List<Channel> second = file.sweeps().get(1).channels();
            assertThat(second).extracting(Channel::label).containsExactly("'a' (V)", "'y' (pA, command)");
            assertThat(second.get(1).signal().samples()).containsExactly(100, -7);
            assertThat(second.get(0).signal().stepMs()).isEqualTo(1 / 30.0);
        }
    }

    @Test
    void seriesArePairedByTheNumbersInTheirNames() {
        try (NwbWriter writer = new NwbWriter(path, "2.2.5")) {
            for (int k : new int[] {10, 9, 2}) {
                writer.response("ic__Step__" + k, null, new double[] {k, 0}, 1, 1e4);
                writer.stimulus("ics__Step__" + k, null, new double[] {-k, 0}, 1, 1e4);
            }
        }
        try (RecordingFile file = open(path)) {
            assertThat(file.sweeps()).extracting(Sweep::number).containsExactly(1, 2, 3);
            assertThat(file.sweeps()).extracting(s -> s.channels().get(0).name())
                    .containsExactly("ic__Step__2", "ic__Step__9", "ic__Step__10");
            for (Sweep sweep : file.sweeps()) {
                assertThat(sweep.channels().get(1).signal().samples()[0])
                        .isEqualTo(-sweep.channels().get(0).signal().samples()[0]);
            }
        }
    }

    @Test
    void timestampsGiveTheStepAndAnOffsetIsAdded() {
        double[] times = new double[1000];
        Arrays.setAll(times, k -> 7 + k / 30000.0);
        short[] numbers = new short[1000];
        numbers[3] = 4;
        try (NwbWriter writer = new NwbWriter(path, "2.0")) {
            writer.responseAt("v", numbers, 0.5, -0.07, times);
            double[] jump = times.clone();
            jump[500] += 2e-5;
            writer.stimulusAt("i", new double[1000], 1e-9, jump);
        }
        assertThatThrownBy(() -> open(path)).isInstanceOf(InputException.class)
                .hasMessageStartingWith(path + ": /stimulus/presentation/i/timestamps is not uniform at sample 500")
                .hasMessageContaining("allowed");
        try (NwbWriter writer = new NwbWriter(path, "2.0")) {
            writer.responseAt("v", numbers, 0.5, -0.07, times).stimulusAt("i", new double[1000], 1e-9, times);
        }
        try (RecordingFile file = open(path)) {
            Channel v = file.sweeps().get(0).channels().get(0);
            assertThat(v.signal().stepMs()).isCloseTo(1 / 30.0, within(1e-12));
            assertThat(file.sweeps().get(0).startMs()).isEqualTo(7000);
            assertThat(v.signal().samples()[3]).isCloseTo(1.93, within(1e-15));
        }
    }

    @Test
    void aResponseWithoutAStimulusHasNoCurrent() {
        try (NwbWriter writer = new NwbWriter(path, "2.4.0")) {
            writer.response("v", 1, new float[] {-65, 1}, 1e-3, 1e4);
        }
        try (RecordingFile file = open(path)) {
            assertThat(file.sweeps().get(0).channels()).hasSize(1);
        }
    }

    @Test
    void aTruncatedForeignOrDamagedFileIsRefusedInOneLine() throws IOException {
        try (NwbWriter writer = new NwbWriter(path, "1.0.6")) {
            writer.response("v", 1, new float[9], 1, 1e4);
        }
        assertThatThrownBy(() -> open(path)).hasMessage(path + ": has NWB version 1.0.6; allowed: a file of Neurodata"
                + " Without Borders 2 with CurrentClampSeries");
        try (NwbWriter writer = new NwbWriter(path, null)) {
            writer.response("v", 1, new float[9], 1, 1e4);
        }
        assertThatThrownBy(() -> open(path)).hasMessageContaining("is an HDF5 file, but not one of NWB 2");
        try (NwbWriter writer = new NwbWriter(path, "2.4.0")) {
            writer.voltageClamp("vc").stimulus("i", 1, new float[9], 1, 1e4);
        }
        assertThatThrownBy(() -> open(path)).hasMessageContaining("has no CurrentClampSeries in /acquisition");
        try (NwbWriter writer = new NwbWriter(path, "2.4.0")) {
            writer.response("v", 1, new float[5000], 1, 1e4).stimulus("i", 1, new float[5000], 1, 1e4);
        }
        byte[] whole = Files.readAllBytes(path);
        for (int length : new int[] {0, 7, 100, 900, whole.length / 2, whole.length - 9000}) {
            Path cut = Files.write(folder.resolve("cut.nwb"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> read(cut)).as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(InputException.class).hasMessageStartingWith(cut + ": ")
                    .hasMessageNotContaining("\n");
        }
        SplittableRandom random = new SplittableRandom(1);
        for (int k = 0; k < 200; k++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(2500)] = (byte) random.nextInt();
            Path file = Files.write(folder.resolve("damaged.nwb"), damaged);
            try {
                read(file);
            } catch (InputException e) {
                assertThat(e.getMessage()).startsWith(file + ": ").doesNotContain("\n");
            }
        }
    }

    private static void read(Path file) {
        try (RecordingFile opened = open(file)) {
            opened.sweeps().forEach(sweep -> sweep.channels().forEach(channel -> channel.signal().samples()));
        }
    }
}

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
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.recording.Channel;
import org.nagumo.datagen.recording.RecordingFile;
import org.nagumo.datagen.recording.Sweep;

/** Axon files of both versions give back what was written into them. */
class AbfFormatTest {

    private static final int LENGTH = 640;

    @TempDir
    private Path folder;

    /** Values of all sweeps that a channel with this gain and offset can hold exactly. */
    private static double[] values(long seed, int count, double gain, double offset) {
        SplittableRandom random = new SplittableRandom(seed);
        return DoubleStream.generate(() -> gain * random.nextInt(-3000, 3000) + offset).limit(count).toArray();
    }

    private Path write(AbfWriter writer, int version) throws IOException {
        Path file = folder.resolve("v" + version + ".abf");
        return version == 1 ? writer.version1(file) : writer.version2(file);
    }

    private static RecordingFile open(Path file) {
        return new AbfFormat().open(file);
    }

    @ParameterizedTest
    @CsvSource({"1, false", "1, true", "2, false", "2, true"})
    void sweepsChannelsUnitsAndTimesAreRead(int version, boolean telegraph) throws IOException {
        AbfWriter writer = new AbfWriter().episodes(25, new int[] {0, LENGTH}, new int[] {40000, LENGTH});
        if (telegraph) {
            writer.telegraph();
        }
        double[] v = values(1, 2 * LENGTH, writer.gain(0), writer.offsetOf(0));
        double[] i = values(2, 2 * LENGTH, writer.gain(1), writer.offsetOf(1));
        try (RecordingFile file = open(write(writer.samples(v, i), version))) {
            List<Sweep> sweeps = file.sweeps();
            assertThat(sweeps).extracting(Sweep::number).containsExactly(1, 2);
            assertThat(sweeps).extracting(Sweep::startMs).containsExactly(0.0, 1000.0);
            for (int s = 0; s < 2; s++) {
                List<Channel> channels = sweeps.get(s).channels();
                assertThat(channels).extracting(Channel::name).containsExactly("IN 0", "IN 1");
                assertThat(channels).extracting(Channel::unit).containsExactly("mV", "pA");
                assertThat(channels.get(0).signal().stepMs()).isEqualTo(0.05);
                assertThat(channels.get(0).signal().samples())
                        .containsExactly(Arrays.copyOfRange(v, s * LENGTH, (s + 1) * LENGTH), within(1e-11));
                assertThat(channels.get(1).signal().samples())
                        .containsExactly(Arrays.copyOfRange(i, s * LENGTH, (s + 1) * LENGTH), within(1e-9));
                assertThat(channels.get(0).highest()).isCloseTo(32767 * writer.gain(0) + 1.5, within(1e-9));
            }
            double[] part = new double[5];
            sweeps.get(1).channels().get(1).signal().read(7, 3, part, 1);
            assertThat(part).containsExactly(new double[] {0, i[LENGTH + 7], i[LENGTH + 8], i[LENGTH + 9], 0},
                    within(1e-9));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void floatsAreNotScaled(int version) throws IOException {
        double[] v = {-65.25, 1e-3f, 7, 8};
        double[] i = {1, 2, 3, 4.5};
        try (RecordingFile file = open(write(new AbfWriter().mode(3).floats().samples(v, i), version))) {
            assertThat(file.sweeps()).hasSize(1);
            assertThat(file.sweeps().get(0).channels().get(0).signal().samples()).containsExactly(v);
            assertThat(file.sweeps().get(0).channels().get(1).signal().samples()).containsExactly(i);
            assertThat(file.sweeps().get(0).channels().get(0).highest()).isInfinite();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "1, 1", "2, 1", "1, 4", "2, 4"})
    void sweepsOfVariableLengthFollowTheListWhateverItsUnit(int version, int unit) throws IOException {
        AbfWriter writer = new AbfWriter().mode(1).episodes(unit, new int[] {100, 5 * Math.max(1, unit)},
                new int[] {300, 2 * Math.max(1, unit)});
        double[] v = values(1, 7, writer.gain(0), writer.offsetOf(0));
        try (RecordingFile file = open(write(writer.samples(v, new double[7]), version))) {
            assertThat(file.sweeps()).extracting(s -> s.channels().get(0).signal().length()).containsExactly(5, 2);
            assertThat(file.sweeps().get(1).channels().get(0).signal().samples())
                    .containsExactly(new double[] {v[5], v[6]}, within(1e-11));
            assertThat(file.sweeps().get(0).startMs()).isCloseTo(unit == 0 ? 100 * 0.05 : unit * 0.1, within(1e-12));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theEpochTableIsACommand(int version) throws IOException {
        AbfWriter.Output output = new AbfWriter.Output(-20, false, new short[] {1, 2, 0, 1},
                new float[] {-20, 50, 0, 7}, new float[] {0, 10, 0, 1}, new int[] {100, 200, 50, 30},
                new int[] {0, 20, 0, 0}, 0, null, false);
        AbfWriter writer = new AbfWriter().output(output).episodes(25, new int[] {0, LENGTH},
                new int[] {40000, LENGTH}).samples(new double[2 * LENGTH], new double[2 * LENGTH]);
        try (RecordingFile file = open(write(writer, version))) {
            Channel command = file.sweeps().get(1).channels().get(2);
            assertThat(command.source()).isEqualTo(Channel.Source.COMMAND);
            assertThat(command.label()).isEqualTo("'Cmd 0' (pA, command)");
            double[] i = command.signal().samples();
            // 640 / 64 samples at the holding level, 100 at -20, a ramp of 220 to 60, 30 at 8, then holding.
            assertThat(i[9]).isEqualTo(-20);
            assertThat(i[109]).isEqualTo(-20);
            assertThat(i[110]).isEqualTo(-20);
            assertThat(i[220]).isCloseTo(-20 + 80 * 110 / 220.0, within(1e-12));
            assertThat(i[329]).isCloseTo(-20 + 80 * 219 / 220.0, within(1e-12));
            assertThat(Arrays.copyOfRange(i, 330, 360)).containsOnly(8);
            assertThat(Arrays.copyOfRange(i, 360, LENGTH)).containsOnly(-20);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, true, 21, '5,6', 6", "2, true, 21, '5,6', 5", "2, false, 21, '5, 6', 6", "1, false, 31, '100', 9"})
    void aUserListReplacesALevelOrADuration(int version, boolean repeat, int parameter, String list, double level)
            throws IOException {
        AbfWriter.Output output = new AbfWriter.Output(0, true, new short[] {1}, new float[] {9}, new float[] {0},
                new int[] {50}, new int[] {0}, parameter, list, repeat);
        int sweeps = version == 1 ? 2 : 3;
        int[][] episodes = new int[sweeps][];
        Arrays.setAll(episodes, k -> new int[] {k * 40000, LENGTH});
        AbfWriter writer = new AbfWriter().output(output).episodes(25, episodes)
                .samples(new double[sweeps * LENGTH], new double[sweeps * LENGTH]);
        try (RecordingFile file = open(write(writer, version))) {
            double[] i = file.sweeps().get(sweeps - 1).channels().get(2).signal().samples();
            assertThat(i[10]).isEqualTo(level);
            assertThat(i[LENGTH - 1]).as("stays at the last level").isEqualTo(level);
            assertThat(i[0]).as("the last level of the sweep before").isEqualTo(
                    parameter == 31 ? 9 : version == 1 ? 5 : 6);
        }
    }

    @Test
    void aWaveformThatTheFileDoesNotHoldIsNoChannel() throws IOException {
        AbfWriter.Output train = new AbfWriter.Output(0, false, new short[] {3}, new float[] {9}, new float[] {0},
                new int[] {50}, new int[] {0}, 0, null, false);
        AbfWriter writer = new AbfWriter().output(train).episodes(25, new int[] {0, LENGTH})
                .samples(new double[LENGTH], new double[LENGTH]);
        try (RecordingFile file = open(write(writer, 2))) {
            assertThat(file.sweeps().get(0).channels()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aTruncatedOrDamagedFileIsRefusedInOneLine(int version) throws IOException {
        AbfWriter writer = new AbfWriter().episodes(25, new int[] {0, LENGTH}, new int[] {40000, LENGTH})
                .samples(new double[2 * LENGTH], new double[2 * LENGTH]);
        byte[] whole = Files.readAllBytes(write(writer, version));
        int data = 2 * LENGTH * 2 * 2;
        for (int length : new int[] {0, 3, 100, 511, 600, whole.length - data, whole.length - 1024}) {
            Path cut = Files.write(folder.resolve("cut.abf"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> open(cut)).as("%d bytes", length).isInstanceOf(InputException.class)
                    .hasMessageStartingWith(cut + ": ").hasMessageContaining("allowed: an Axon binary file")
                    .hasMessageNotContaining("\n");
        }
        // Whatever byte of the header is wrong, the file is read or refused, and nothing else happens.
        SplittableRandom random = new SplittableRandom(version);
        for (int k = 0; k < 300; k++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(version == 1 ? 6144 : 2048)] = (byte) random.nextInt();
            damaged[random.nextInt(400)] = (byte) random.nextInt();
            Path file = Files.write(folder.resolve("damaged.abf"), damaged);
            try (RecordingFile read = open(file)) {
                assertThat(read.sweeps()).isNotEmpty();
            } catch (InputException e) {
                assertThat(e.getMessage()).startsWith(file + ": ").doesNotContain("\n");
            }
        }
    }

    @Test
    void aForeignFileIsRefused() throws IOException {
        Path file = Files.write(folder.resolve("x.abf"), new byte[9000]);
        assertThatThrownBy(() -> open(file)).hasMessage(file + ": is not an Axon binary file (it starts with other"
                + " bytes than 'ABF'); allowed: an Axon binary file of version 1 or 2");
    }
}

package org.nagumo.datagen.recording.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.recording.Channel;
import org.nagumo.datagen.recording.RecordingFile;
import org.nagumo.datagen.recording.Sweep;

/** Igor binary waves give back what was written into them. */
class IbwFormatTest {

    private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;

    @TempDir
    private Path folder;

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("x.ibw"), bytes);
    }

    private static RecordingFile open(Path file) {
        return new IbwFormat().open(file);
    }

    @ParameterizedTest
    @CsvSource({"0x02, -65.25, 3.5", "0x04, -65.123456789, 1e-300", "0x08, -128, 127", "0x10, -32768, 32767",
        "0x20, -2147483648, 2147483647", "0x48, 0, 255", "0x50, 0, 65535", "0x60, 0, 4294967295"})
    void allRealNumbersInBothByteOrdersAndVersions(String type, double one, double other) throws IOException {
        double[] values = {one, other, 0, 5};
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, LITTLE)) {
            for (byte[] bytes : List.of(
                    IbwWriter.version5(order, Integer.decode(type), "mV", "s", 5e-5, 0.25, values, 1),
                    IbwWriter.version2(order, Integer.decode(type), "mV", 5e-5, 0.25, values))) {
                try (RecordingFile read = open(file(bytes))) {
                    Sweep sweep = read.sweeps().get(0);
                    Channel channel = sweep.channels().get(0);
                    assertThat(read.sweeps()).hasSize(1);
                    assertThat(channel.name()).isEqualTo("wave0");
                    assertThat(channel.unit()).isEqualTo("mV");
                    assertThat(channel.signal().stepMs()).isEqualTo(0.05);
                    assertThat(sweep.startMs()).isEqualTo(250);
                    assertThat(channel.signal().samples()).containsExactly(values);
                }
            }
        }
    }

    @Test
    void longUnitsFollowTheDataAndTimesMayBeInMilliseconds() throws IOException {
        byte[] bytes = IbwWriter.version5(LITTLE, 0x02, "amperes", "ms", 0.1, 0, new double[] {1, 2, 3}, 1);
        try (RecordingFile read = open(file(bytes))) {
            assertThat(read.sweeps().get(0).channels().get(0).unit()).isEqualTo("amperes");
            assertThat(read.sweeps().get(0).channels().get(0).signal().stepMs()).isEqualTo(0.1);
        }
    }

    @Test
    void columnsAreSweeps() throws IOException {
        double[] values = {1, 2, 3, 4, 5, 6};
        try (RecordingFile read = open(file(IbwWriter.version5(LITTLE, 0x10, "V", "s", 1e-4, 0, values, 2)))) {
            assertThat(read.sweeps()).extracting(Sweep::number).containsExactly(1, 2);
            assertThat(read.sweeps().get(1).channels().get(0).signal().samples()).containsExactly(4, 5, 6);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"0x03|s|1e-4|holds complex numbers", "0x00|s|1e-4|holds text",
        "0x02|mV|1e-4|has samples along 'mV', which is no unit of time", "0x02|s|0|has a sampling interval of 0.0 s",
        "0x02|s|-1e-4|has a sampling interval of -1.0E-4 s", "0x30|s|1e-4|holds numbers of the unknown type 48"})
    void whatIsNoRecordingIsRefused(String type, String timeUnit, double step, String fault) throws IOException {
        Path file = file(IbwWriter.version5(LITTLE, Integer.decode(type), "mV", timeUnit, step, 0, new double[9], 1));
        assertThatThrownBy(() -> open(file)).isInstanceOf(InputException.class).hasMessage(file + ": " + fault
                + "; allowed: an Igor binary wave of version 2 or 5 with real numbers");
    }

    @Test
    void aTruncatedForeignOrDamagedFileIsRefusedInOneLine() throws IOException {
        byte[] five = IbwWriter.version5(LITTLE, 0x02, "mV", "s", 1e-4, 0, new double[100], 1);
        byte[] two = IbwWriter.version2(ByteOrder.BIG_ENDIAN, 0x02, "mV", 1e-4, 0, new double[100]);
        for (byte[] whole : List.of(five, two)) {
            for (int length : new int[] {0, 1, 2, 60, 125, 200, 420}) {
                Path cut = file(Arrays.copyOf(whole, length));
                assertThatThrownBy(() -> open(cut)).as("%d bytes", length).isInstanceOf(InputException.class)
                        .hasMessageStartingWith(cut + ": ").hasMessageNotContaining("\n");
            }
            SplittableRandom random = new SplittableRandom(1);
            for (int k = 0; k < 300; k++) {
                byte[] damaged = whole.clone();
                damaged[random.nextInt(Math.min(384, whole.length))] = (byte) random.nextInt();
                Path file = file(damaged);
                try (RecordingFile read = open(file)) {
                    assertThat(read.sweeps()).isNotEmpty();
                } catch (InputException e) {
                    assertThat(e.getMessage()).startsWith(file + ": ").doesNotContain("\n");
                }
            }
        }
        Path foreign = file("time_ms,voltage_mV\n".getBytes());
        assertThatThrownBy(() -> open(foreign)).hasMessageContaining("is not an Igor binary wave");
        byte[] three = five.clone();
        three[0] = 3;
        assertThatThrownBy(() -> open(file(three))).hasMessageContaining("is an Igor binary wave of version 3; ");
    }
}

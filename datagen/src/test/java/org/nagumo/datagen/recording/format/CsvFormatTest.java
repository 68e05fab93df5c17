package org.nagumo.datagen.recording.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.recording.Channel;
import org.nagumo.datagen.recording.RecordingFile;

/** Text tables of many programs give back what was written into them. */
class CsvFormatTest {

    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.write(folder.resolve("x.csv"), text.getBytes(StandardCharsets.UTF_8));
    }

    private static RecordingFile open(Path file) {
        return new CsvFormat().open(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "time_ms,current_pA,voltage_mV\n0.5,1,-65.5\n0.6,-2.5e1,30\n",
        "\uFEFFtime_ms,current_pA,voltage_mV\r\n0.5,1,-65.5\r\n0.6,-25,30\r\n",
        "\"time_ms\",\"current_pA\",\"voltage_mV\"\n\"1\",0.5,1,-65.5\n\"2\",0.6,-25,30\n",
        "\"\",\"time_ms\",\"current_pA\",\"voltage_mV\"\n\"1\",0.5,1,-65.5\n\"2\",0.6,-25,30\n",
        "\"time_ms\" \"current_pA\" \"voltage_mV\"\n\"1\" 0.5 1 -65.5\n\"2\" 0.6 -25 30\n",
        ",time_ms,current_pA,voltage_mV\n0,0.5,1,-65.5\n1,0.6,-25.0,30.0\n",
        "sep=;\ntime (ms);current (pA);voltage (mV)\n0,5;1;-65,5\n0,6;-25;30\n",
        "time [ms]\tcurrent [pA]\tvoltage [mV]\n0,5\t1\t-65,5\n0,6\t-25\t30\n",
        "# rig 3\n# cell 7\n\ntime_ms,current_pA,voltage_mV\n# start\n0.5,1,-65.5\n\n0.6,-25,30",
        "# time_ms,current_pA,voltage_mV\n5.0e-01,1.0e+00,-6.55e+01\n6.0e-01,-2.5e+01,3.0e+01\n",
        "time_ms,current_pA,voltage_mV,\n0.5,1,-65.5,\n0.6,-25,30,\n",
        "time_ms,current_pA,voltage_mV\n0.5,1,-65.5,\n0.6,-25,30,\n",
        "time_ms,current_pA,voltage_mV\r0.5,1,-65.5\r0.6,-25,30\r",
        "Time,current,voltage\n(ms),(pA),(mV)\n\n0.5,1,-65.5\n0.6,-25,30\n",
        "time_ms,note,current_pA,voltage_mV\n0.5,\"a, b\",1,-65.5\n0.6,c,-25,30\n",
        "\"time_ms\",\"current_pA\",\"voltage_mV\"\n\"0,5\",\"1\",\"-65,5\"\n\"0,6\",\"-25\",\"30\"\n"})
    void allOfTheseHoldTheSameRecording(String text) throws IOException {
        try (RecordingFile read = open(file(text))) {
            assertThat(read.sweeps().get(0).startMs()).isEqualTo(0.5);
            Channel current = read.sweeps().get(0).channels().stream().filter(c -> c.name().equals("current"))
                    .findFirst().orElseThrow();
            Channel voltage = read.sweeps().get(0).channels().stream().filter(c -> c.name().equals("voltage"))
                    .findFirst().orElseThrow();
            assertThat(current.unit()).isEqualTo("pA");
            assertThat(current.signal().stepMs()).isEqualTo(0.1);
            assertThat(current.signal().samples()).containsExactly(1, -25);
            assertThat(voltage.unit()).isEqualTo("mV");
            assertThat(voltage.signal().samples()).containsExactly(-65.5, 30);
        }
    }

    @Test
    void unitsMayStandInBracketsOrBehindASlash() throws IOException {
        try (RecordingFile read = open(file("t/s;Vm/V;I (\u00b5A/cm\u00b2);bare\n0;1;2;3\n1;4;5;6\n"))) {
            assertThat(read.sweeps().get(0).channels()).extracting(Channel::label).containsExactly("'Vm' (V)",
                    "'I' (\u00b5A/cm\u00b2)", "'bare' (no unit)");
            assertThat(read.sweeps().get(0).channels().get(0).signal().stepMs()).isEqualTo(1000);
        }
    }

    @Test
    void numbersOfALongFileAreReadToTheLastBitInAnyOrder() throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        int rows = 40_000;
        double[] values = new double[rows];
        StringBuilder text = new StringBuilder("time_ms,voltage_mV,current_pA\n");
        for (int k = 0; k < rows; k++) {
            values[k] = switch (k % 4) {
                case 0 -> random.nextDouble(-100, 100);
                case 1 -> random.nextInt(-1000, 1000);
                case 2 -> random.nextDouble() * Math.pow(10, random.nextInt(-30, 30));
                default -> Math.rint(random.nextDouble(-1e6, 1e6)) / 1e4;
            };
            text.append(String.format(Locale.ROOT, "%.3f", k / 30.0)).append(',').append(values[k]).append(',')
                    .append(-k).append('\n');
            if (k % 1000 == 0) {
                text.append(k % 2000 == 0 ? "# a comment\n" : "\n");
            }
        }
        try (RecordingFile read = open(file(text.toString()))) {
            Channel voltage = read.sweeps().get(0).channels().get(0);
            Channel current = read.sweeps().get(0).channels().get(1);
            assertThat(voltage.signal().length()).isEqualTo(rows);
            assertThat(voltage.signal().stepMs()).isEqualTo(1 / 30.0);
            assertThat(voltage.signal().samples()).containsExactly(values);
            for (int k = 0; k < 200; k++) {
                int from = random.nextInt(rows - 100);
                double[] part = new double[100];
                current.signal().read(from, 100, part, 0);
                assertThat(part[0]).isEqualTo(-from);
                assertThat(part[99]).isEqualTo(-from - 99);
            }
        }
        text.append("9,,9\n");
        Path gap = file(text.toString());
        assertThatThrownBy(() -> open(gap)).isInstanceOf(InputException.class)
                .hasMessageStartingWith(gap + ":40042: time (ms) goes to 9.0, which is no uniform step");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n# only a comment\n", "time_ms,voltage_mV\n", "1,2\n3,4\n", "<html>x</html>\n",
        "time_ms,voltage_mV\n0,1,2,3\n1,2,3,4\n", "time_ms,voltage_mV\n0,1\n0.1,1\n0.1,1\n",
        "time_ms,voltage_mV\n0,1\n-,1\n", "voltage_mV,current_pA\n1,2\n3,4\n", "time_ms;voltage_mV\n0;1\n\0;1\n",
        "time_ms,voltage_mV\nx,1\ny,1\n", "time_ms,voltage_mV\n1e999,1\n2e999,1\n"})
    void whatIsNoRecordingIsRefusedInOneLine(String text) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> open(file)).isInstanceOf(InputException.class).hasMessageStartingWith(file + ":")
                .hasMessageContaining("allowed: ").hasMessageNotContaining("\n");
    }

    @Test
    void numbersAreRoundedCorrectly() {
        SplittableRandom random = new SplittableRandom(3);
        CsvNumber number = new CsvNumber();
        for (int k = 0; k < 20_000; k++) {
            String text = switch (k % 3) {
                case 0 -> Double.toString(Double.longBitsToDouble(random.nextLong()));
                case 1 -> Float.toString((float) random.nextDouble(-100, 100));
                default -> String.format(Locale.ROOT, "%." + random.nextInt(0, 25) + "f", random.nextDouble(-1, 1));
            };
            double expected = Double.parseDouble(text);
            if (Double.isFinite(expected) && !text.contains("NaN")) {
                byte[] bytes = (" \"" + text + "\"").getBytes(StandardCharsets.US_ASCII);
                assertThat(number.read(bytes, 0, bytes.length)).as(text).isEqualTo(expected);
            }
        }
        for (String text : new String[] {"", "-", ".", "1.2.3", "1e", "1e+", "e5", "NA", "nan", "1x", "0x10", "--1"}) {
            assertThat(number.read(text.getBytes(StandardCharsets.US_ASCII), 0, text.length())).as(text).isNaN();
        }
    }
}

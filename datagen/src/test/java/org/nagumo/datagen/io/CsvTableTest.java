package org.nagumo.datagen.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {

    @TempDir
    Path folder;

    private CsvTable table(String text) throws IOException {
        Path file = folder.resolve("t.csv");
        Files.writeString(file, text);
        return CsvTable.read(file, List.of("t"));
    }

    @Test
    void spreadsheetsMarksAndLineEndsAndBlankLinesAreRead() throws IOException {
        CsvTable table = table("\uFEFFt, x\r\n0, 1\r\n\r\n0.5,-2e-3\r\n");
        assertThat(table.header()).containsExactly("t", "x");
        assertThat(table.column("x")).containsExactly(1, -2e-3);
        assertThat(table.uniformTimes("t", 1).stepMs()).isEqualTo(0.5);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 30, 59})
    void aGapIsFoundWhereItIsAlsoBehindBlankLines(int gap) throws IOException {
        StringBuilder text = new StringBuilder("t\n\n");
        for (int i = 0; i < 60; i++) {
            text.append((i + (i >= gap ? 500 : 0)) * 0.1).append('\n');
        }
        CsvTable table = table(text.toString());
        assertThatThrownBy(() -> table.uniformTimes("t", 1)).isInstanceOf(InputException.class)
                .hasMessageContaining("t.csv:" + (gap + 3) + ": t goes from")
                .hasMessageEndingWith("the uniform step of the file, 0.1 ms");
    }

    @Test
    void timesThatStandStillOrRunBackAreRefused() throws IOException {
        CsvTable back = table("t\n0\n1\n2\n1\n2\n3\n");
        assertThatThrownBy(() -> back.uniformTimes("t", 1)).hasMessageContaining("t.csv:5: t goes from 2.0 to 1.0");
        CsvTable still = table("t\n3\n3\n3\n");
        assertThatThrownBy(() -> still.uniformTimes("t", 1)).hasMessageContaining("t.csv:3: t goes from 3.0 to 3.0");
    }

    /** 30 kHz, in seconds and milliseconds, with few and many digits, as R and NumPy print it. */
    @ParameterizedTest
    @CsvSource({"1000, %.3f", "1000, %.4f", "1000, %.10f", "1, %.6f", "1, %.7f", "1, %.9f", "1000, %.7g", "1, %.7g",
        "1, %.18e", "1000, %s"})
    void thirtyKilohertzIsTheSameStepInEveryUnit(double perSecond, String format) throws IOException {
        for (double start : new double[] {0, 1.25}) {
            StringBuilder text = new StringBuilder("t\n");
            for (int i = 0; i < 6000; i++) {
                double t = (start + i / 30000.0) * perSecond;
                text.append(format.contains("s") ? Double.toString(t) : String.format(Locale.ROOT, format, t))
                        .append('\n');
            }
            UniformTimes times = table(text.toString()).uniformTimes("t", 1000 / perSecond);
            assertThat(times.stepMs()).isEqualTo(1 / 30.0);
            assertThat(times.startMs()).isCloseTo(1000 * start, within(1e-9));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.05, 0.02, 0.005, 1, 0.025, 0.04096, 0.0625, 0.0512})
    void decimalStepsAreExact(double step) throws IOException {
        for (int rows : new int[] {2, 10, 1000}) {
            StringBuilder text = new StringBuilder("t\n");
            for (int i = 0; i < rows; i++) {
                text.append(i * step).append('\n');
            }
            assertThat(table(text.toString()).uniformTimes("t", 1).stepMs()).isEqualTo(step);
        }
    }

    @Test
    void theFirstOfTwoGapsIsNamed() throws IOException {
        StringBuilder text = new StringBuilder("t\n");
        for (int i = 0; i < 3000; i++) {
            text.append(String.format(Locale.ROOT, "%.3f", (i + (i < 500 ? 0 : i < 2000 ? 1 : 4)) / 30.0)).append('\n');
        }
        CsvTable table = table(text.toString());
        assertThatThrownBy(() -> table.uniformTimes("t", 1))
                .hasMessageContaining("t.csv:502: t goes from 16.633 to 16.7;");
    }

    @Test
    void timesThatWereFloatsAreUniform() throws IOException {
        StringBuilder text = new StringBuilder("t\n");
        StringBuilder widened = new StringBuilder("t\n");
        for (int i = 0; i < 1000; i++) {
            text.append((float) (i * 0.1)).append('\n');
            widened.append((double) (float) (i * 0.1)).append('\n');
        }
        assertThat(table(text.toString()).uniformTimes("t", 1).stepMs()).isEqualTo(0.1);
        assertThat(table(widened.toString()).uniformTimes("t", 1).stepMs()).isEqualTo(0.1);
    }

    /** One time in 2000 is moved by more than its last digit; a sample is missing; the clock runs away. */
    @ParameterizedTest
    @CsvSource({"1000, 1e-3, 0, 0", "1000, 0, 1, 0", "0, 0, 0, 1e-7"})
    void whatIsNotUniformToTheLastDigitIsRefused(int at, double moved, int missing, double drift) throws IOException {
        StringBuilder text = new StringBuilder("t\n");
        for (int i = 0; i < 2000; i++) {
            double t = (i + (i >= at ? missing : 0)) * 0.04 + (i == at ? 2 * moved : 0) + drift * i * i;
            text.append(String.format(Locale.ROOT, "%.3f", t)).append('\n');
        }
        CsvTable table = table(text.toString());
        assertThatThrownBy(() -> table.uniformTimes("t", 1)).isInstanceOf(InputException.class)
                .hasMessageContaining(missing > 0 ? "t.csv:" + (at + 2) + ": t goes from" : ": t goes from")
                .hasMessageEndingWith("allowed: the uniform step of the file, 0.04 ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "\"t\",\"x\"\n0,1.5\n0.5,-2\n", "\"\",\"t\",\"x\"\n\"1\",0,1.5\n\"2\",0.5,-2\n",
        "\"t\";\"x\"\n\"1\";0;1,5\n\"2\";0,5;-2\n", "t;x\n0;1,5\n0,5;-2\n", "t\tx\n0\t1.5\n0.5\t-2\n",
        "t\tx\r\n0\t1,5\r\n0,5\t-2\r\n", "# by a rig\n\nt,x\n0,1.5\n# pause\n0.5,-2\n",
        "\uFEFF# by a rig\nt,x\n0,1.5\n0.5,-2\n", "t,x,\n0,1.5,\n0.5,-2,\n", "t,x\n0,1.5,\n0.5,-2,\n",
        "t,x,\n0,1.5\n0.5,-2\n", "# t,x\n0,1.5\n5e-1,-2.0e0\n",
        "\"t\" \"x\"\n\"1\" 0 1.5\n\"2\" 0.5 -2\n", "#  t   x\n  0.0   1.5e0\n  0.5  -2.0e0\n",
        "t,x\n\"0\",\"1,5\"\n\"0,5\",\"-2\"\n", "\uFEFFt ; x ;\n0 ; +1,50 ;\n\"0,5\" ; -2 ;\n"})
    void instrumentsAndProgramsWriteTablesInManyWays(String text) throws IOException {
        CsvTable table = table(text);
        assertThat(table.header()).containsExactly("t", "x");
        assertThat(table.column("t")).containsExactly(0, 0.5);
        assertThat(table.column("x")).containsExactly(1.5, -2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "0,1/0.5,2|:1: holds numbers instead of names; allowed: a header with [t]",
        "time:t/0:1|:1: the header has no column 't' but 'time:t' alone; allowed: a header with [t], separated by",
        "t,x/0,1,0,5|:2: has 4 values (with decimal commas, columns have to be separated by semicolons or tabs);",
        "# a/t,x/# b/0,1/0.5|:5: has 1 values; allowed: 2, one for each of [t, x]",
        "t,x/0,NA|:2: x is 'NA'; allowed: finite numbers", "t,x/0,1/0.5,1e39|:3: x is '1e39'; allowed: numbers up to",
        "t,x/0,1/0.5,-3.5e38|:3: x is '-3.5e38'; allowed: numbers up to", "t,t/0,1|:1: a column stands twice",
        "# only/#comments|:2: is empty; allowed: a header with [t]"})
    void whatIsReallyWrongIsTold(String text, String message) {
        assertThatThrownBy(() -> table(text.replace('/', '\n') + "\n")).isInstanceOf(InputException.class)
                .hasMessageStartingWith(folder.resolve("t.csv") + message).hasMessageContaining("allowed")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aFileWhoseWritingFailsLeavesNothingBehind() throws IOException {
        Path target = folder.resolve("out.txt");
        AtomicFile.write(target, "before");
        assertThatThrownBy(() -> AtomicFile.write(target, out -> {
            out.write(1);
            throw new UncheckedIOException(new IOException("No space left on device"));
        })).isInstanceOf(InputException.class).hasMessageContaining("out.txt: cannot be written (IOException: ")
                .hasMessageContaining("No space left on device");
        assertThatThrownBy(() -> AtomicFile.write(target, out -> {
            throw new IllegalStateException("a fault of ours");
        })).isInstanceOf(IllegalStateException.class);
        assertThat(target).hasContent("before");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(target);
        }
    }
}

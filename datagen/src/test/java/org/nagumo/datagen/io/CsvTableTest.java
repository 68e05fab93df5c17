package org.nagumo.datagen.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
        assertThat(table.uniformStep("t")).isEqualTo(0.5);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 30, 59})
    void aGapIsFoundWhereItIsAlsoBehindBlankLines(int gap) throws IOException {
        StringBuilder text = new StringBuilder("t\n\n");
        for (int i = 0; i < 60; i++) {
            text.append((i + (i >= gap ? 500 : 0)) * 0.1).append('\n');
        }
        CsvTable table = table(text.toString());
        assertThatThrownBy(() -> table.uniformStep("t")).isInstanceOf(InputException.class)
                .hasMessageContaining("t.csv:" + (gap + 3) + ": t goes from")
                .hasMessageEndingWith("the uniform step of the file, 0.1 ms");
    }

    @Test
    void timesThatStandStillOrRunBackAreRefused() throws IOException {
        CsvTable back = table("t\n0\n1\n2\n1\n2\n3\n");
        assertThatThrownBy(() -> back.uniformStep("t")).hasMessageContaining("t.csv:5: t goes from 2.0 to 1.0");
        CsvTable still = table("t\n3\n3\n3\n");
        assertThatThrownBy(() -> still.uniformStep("t")).hasMessageContaining("t.csv:3: t goes from 3.0 to 3.0");
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

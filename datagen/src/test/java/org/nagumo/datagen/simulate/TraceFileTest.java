package org.nagumo.datagen.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nagumo.datagen.io.InputException;

/** Traces keep the clock and the unit of their file. */
class TraceFileTest {

    @TempDir
    private Path folder;

    @Test
    void aTraceKeepsItsClock() throws IOException {
        double[] v = {-65, -64.5, 12.25};
        Trace trace = new Trace(new CurrentTrace(1 / 30.0, new double[] {0, 1, 2}, 1000), v, List.of("m"),
                new double[][] {{0.1, 0.2, 0.3}});
        Path file = folder.resolve("t.csv");
        TraceFile.write(file, trace, samples -> { });
        assertThat(Files.readAllLines(file).get(1)).startsWith("1000.0,");
        Trace read = TraceFile.read(file);
        assertThat(read.startMs()).isEqualTo(1000);
        assertThat(read.dtMs()).isEqualTo(1 / 30.0);
        assertThat(read.voltageMv()).containsExactly(v);
        assertThat(CurrentFile.read(file, bytes -> { }).startMs()).isEqualTo(1000);
    }

    @Test
    void voltsUnderTheNameOfMillivoltsAreRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("v.csv"), "time_ms,voltage_mV\n0,-0.065\n0.1,0.2\n");
        assertThatThrownBy(() -> TraceFile.read(file)).isInstanceOf(InputException.class)
                .hasMessageStartingWith(file + ": voltage_mV runs to 0.2 mV, which no membrane does (volts?);"
                        + " allowed: ");
        assertThat(TraceFile.readAnyScale(file, bytes -> { }).voltageMv()).containsExactly(-0.065, 0.2);
        Path large = Files.writeString(folder.resolve("uv.csv"), "time_ms,voltage_mV\n0,-65000\n0.1,200\n");
        assertThatThrownBy(() -> TraceFile.read(large)).hasMessageContaining("runs to 65000.0 mV, which no membrane")
                .hasMessageNotContaining("volts?");
        Path flat = Files.writeString(folder.resolve("0.csv"), "time_ms,voltage_mV\n0,0\n0.1,0\n");
        assertThat(TraceFile.read(flat).length()).isEqualTo(2);
    }
}

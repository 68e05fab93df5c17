package org.nagumo.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {

    @TempDir
    private Path folder;

    /** Exit code and what is written to standard error. */
    private static String run(int code, String... args) {
        PrintStream before = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            assertThat(Nagumo.run(args)).isEqualTo(code);
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void changedParametersAreInTheFile() throws Exception {
        Path file = folder.resolve("mine.ode");
        run(0, "export", "hh", "--to", "ode", "--set", "gNa=110", "--out", file.toString());
        assertThat(Files.readString(file)).contains("hh with gNa = 110", "par gNa=110\n");
    }

    @Test
    void badInputIsOneLineAndWritesNothing() throws Exception {
        Path file = folder.resolve("mine.ode");
        assertThat(run(Nagumo.BAD_INPUT, "export", "hh", "--to", "oder", "--out", file.toString()))
                .hasLineCount(1).contains("there is no dialect 'oder'; allowed: [brian2, javascript, neuroml, neuron, ode,"
                        + " onnx, python]");
        assertThat(run(Nagumo.BAD_INPUT, "export", "hi", "--to", "ode", "--out", file.toString()))
                .hasLineCount(1).contains("there is no model 'hi'");
        assertThat(run(Nagumo.BAD_INPUT, "export", "gru-2", "--to", "ode", "--set", "gNa=1", "--out", file.toString()))
                .hasLineCount(1).contains("allowed: with a neuron");
        assertThat(file).doesNotExist();
    }
}

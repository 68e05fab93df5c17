package org.nagumo.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a made recording to a network, its evaluation and its answers, all in pA. */
class RecordedCommandsTest {

    private static final String PLAN = String.join("\n", "name: tiny", "model: {units: 2, readout_units: 2}",
            "encoder: {times: 2, shortest_ms: 1, longest_ms: 8}", "starts: 1", "stages:",
            "  - {window_ms: 10, minibatch: 8, iterations: 10, first_rate: 0.01, last_rate: 0.01}",
            "held_out: {from_window_ms: 10, every_iterations: 5, patience: 2}");

    @TempDir
    private static Path folder;

    private record Run(int code, String out, String err) {
    }

    private static Run nagumo(Object... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(outBytes, true));
        System.setErr(new PrintStream(errBytes, true));
        try {
            int code = Nagumo.run(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
            return new Run(code, outBytes.toString(StandardCharsets.UTF_8), errBytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    @BeforeAll
    static void train() throws IOException {
        Run recorded = nagumo("record", "--model", "hh", "--out", folder.resolve("files"), "--sweeps", 1,
                "--repetitions", 2, "--duration", 800, "--quiet");
        assertThat(recorded.code()).as(recorded.err()).isZero();
        assertThat(nagumo("generate", folder.resolve("files/recordings.yaml"), "--out", folder.resolve("data"),
                "--quiet").code()).isZero();
        Path plan = Files.writeString(folder.resolve("tiny.yaml"), PLAN);
        Run trained = nagumo("train", plan, "--data", folder.resolve("data"), "--out", folder.resolve("run"),
                "--quiet");
        assertThat(trained.code()).as(trained.err()).isZero();
    }

    @Test
    void aTrainingIsMeasuredBesideTheRepetitions() throws IOException {
        Run run = nagumo("evaluate", folder.resolve("run"), "--recording", folder.resolve("data"), "--json", "--out",
                folder.resolve("report"));
        assertThat(run.code()).as(run.err()).isZero();
        JsonNode json = new ObjectMapper().readTree(run.out());
        assertThat(json.path("current_unit").asText()).isEqualTo("pA");
        assertThat(json.path("scored").asText()).isEqualTo("hold_out");
        assertThat(json.path("repetitions").asInt()).isEqualTo(2);
        assertThat(json.path("precision_ms").toString()).isEqualTo("[2.0,4.0]");
        assertThat(json.path("reliability").get(1).asDouble()).isBetween(0.3, 1.0);
        assertThat(json.path("coincidence_factor")).hasSize(2);
        assertThat(json.path("coincidence_over_reliability")).hasSize(2);
        assertThat(json.path("rivals").path("gif").path("parameters").path("tau_ms").asDouble()).isPositive();
        assertThat(json.path("rivals").path("adex").path("coincidence_factor")).hasSize(2);
        assertThat(folder.resolve("report/report.html")).content().contains("trained on currents", "pA")
                .contains("phase", "data:image/png");
        assertThat(folder.resolve("report/figures/recording-traces.png")).exists();
        Run text = nagumo("evaluate", "hh", "--recording", folder.resolve("data"));
        assertThat(text.code()).isEqualTo(2);
        assertThat(text.err()).contains("currents in pA, but hh takes them in uA/cm2");
    }

    @Test
    void aNetworkOfARecordingAnswersItsUnitAndKnowsItsThreshold() throws IOException {
        Path model = folder.resolve("run/model.zip");
        Path current = Files.writeString(folder.resolve("i.csv"), "time_ms,current_pA\n0,0\n0.1,100\n0.2,100\n");
        Path trace = folder.resolve("t.csv");
        Run simulated = nagumo("simulate", "--model", model, "--current", current, "--out", trace);
        assertThat(simulated.code()).as(simulated.err()).isZero();
        assertThat(Files.readString(trace)).startsWith("time_ms,current_pA,voltage_mV,h1,h2\n");
        Path wrong = Files.writeString(folder.resolve("w.csv"), "time_ms,current_uA_per_cm2\n0,0\n0.1,10\n");
        Run refused = nagumo("simulate", "--model", model, "--current", wrong, "--out", folder.resolve("u.csv"));
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("current_pA");
        assertThat(nagumo("spikes", trace, "--threshold-of", model).code()).isZero();
        Run without = nagumo("spikes", trace, "--threshold-of", "gru-2");
        assertThat(without.code()).isEqualTo(2);
        assertThat(without.err()).contains("gru-2", "no spike threshold");
    }

    @Test
    void whatIsMissingIsSaidBeforeTheTrainingBegins() {
        Run run = nagumo("train", "recording-2", "--out", folder.resolve("nothing"), "--quiet");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("recording-2", "--data DIR").hasLineCount(1);
        assertThat(folder.resolve("nothing")).doesNotExist();
    }
}

package org.nagumo.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nagumo.core.gru.FusedGru;
import org.nagumo.core.gru.FusedReadout;
import org.nagumo.core.gru.Integrator;
import org.nagumo.datagen.dataset.TrajectorySet;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.datagen.simulate.TraceFile;
import org.nagumo.experiments.dynamics.PortraitRecord;
import org.nagumo.experiments.dynamics.RecordFile;
import org.nagumo.experiments.network.NetworkCard;
import org.nagumo.experiments.network.Provenance;
import org.nagumo.experiments.network.Scaling;
import org.nagumo.experiments.network.TrainedCurrents;
import org.nagumo.experiments.network.TrainedNetwork;
import org.nagumo.experiments.report.PortraitFigure;

/** The program as a person types it. */
class CommandLineTest {

    @TempDir
    private Path folder;

    private static final Pattern PROGRESS = Pattern.compile(".+: (\\d+ %, .*|(done in|ended after) .* s)");

    private record Run(int code, String out, String err) {

        /** The complaint; on a slow machine there was progress before it. */
        String onlyLine() {
            List<String> lines = err.strip().lines().filter(line -> !PROGRESS.matcher(line).matches()).toList();
            assertThat(lines).as("one line of complaint: %s", err).hasSize(1);
            return lines.get(0);
        }
    }

    private static Run nagumo(Object... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(outBytes, true));
        System.setErr(new PrintStream(errBytes, true));
        try {
            int code = Nagumo.execute(new Nagumo(), Stream.of(arguments).map(Object::toString).toArray(String[]::new));
            return new Run(code, outBytes.toString(StandardCharsets.UTF_8), errBytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path current() throws IOException {
        StringBuilder text = new StringBuilder("time_ms,current_uA_per_cm2\n");
        for (int i = 0; i < 600; i++) {
            text.append(i / 10.0).append(',').append(i < 100 ? 0 : 10).append('\n');
        }
        return file("current.csv", text.toString());
    }

    /** A network that does not move. */
    private Path model() {
        return model("hh");
    }

    private Path model(String teacher) {
        double[] p = new double[FusedGru.parameterCount(1, 2) + FusedReadout.parameterCount(2, 0)];
        p[p.length - 3] = 1;
        Path model = folder.resolve("model.zip");
        new TrainedNetwork(new NetworkCard(1, "still", 2, 0, 0, 0.1, Integrator.HEUN, Scaling.HODGKIN_HUXLEY,
                new TrainedCurrents(-30, 170),
                new Provenance("none", teacher, 1, "none", 1, "test", "17")), p)
                .save(model);
        return model;
    }

    @Test
    void aNetworkThatIsAskedBeyondItsTrainingSaysSo() throws IOException {
        Path model = model();
        Path strong = file("strong.csv", "time_ms,current_uA_per_cm2\n0,0\n0.1,180\n0.2,-31\n");
        Run simulated = nagumo("simulate", "--model", model, "--current", strong, "--out", folder.resolve("t.csv"));
        assertThat(simulated.code()).as(simulated.err()).isZero();
        assertThat(simulated.onlyLine()).endsWith("model.zip was trained on currents from -30.0 to 170.0 uA/cm2; what it"
                + " does beyond them (here from -31.0 to 180.0) is not learned from the neuron");
        Run inside = nagumo("simulate", "--model", model, "--current", current(), "--out", folder.resolve("u.csv"));
        assertThat(inside.err()).doesNotContain("trained on currents");
        for (String[] command : new String[][] {{"portrait", "--current", "171"},
            {"bifurcation", "--from", "0", "--to", "171"}}) {
            Object[] words = Stream.concat(Stream.of(command), Stream.of("--model", model.toString())).toArray();
            assertThat(nagumo(words).err()).as(command[0]).contains("was trained on currents from -30.0 to 170.0");
        }
    }

    @Test
    void simulateAndSpikesWorkTogether() throws IOException {
        Path trace = folder.resolve("trace.csv");
        assertThat(nagumo("simulate", "--model", "hh", "--current", current(), "--out", trace).code()).isZero();
        Trace read = TraceFile.read(trace);
        assertThat(read.stateNames()).containsExactly("m", "h", "n");
        Run spikes = nagumo("spikes", trace, "--onset", 10, "--json");
        assertThat(spikes.code()).isZero();
        JsonNode json = new ObjectMapper().readTree(spikes.out());
        assertThat(json.get("spike_count").asInt()).isEqualTo(4);
        assertThat(json.get("first_spike_latency_ms").asDouble()).isBetween(1.89, 1.91);
        assertThat(nagumo("spikes", trace).out()).contains("4 spikes");
    }

    @Test
    void aFinerStepAndChangedParametersChangeTheTrace() throws IOException {
        String plain = nagumo("simulate", "--model", "hh", "--current", current()).out();
        String fine = nagumo("simulate", "--model", "hh", "--current", current(), "--dt", "0.05").out();
        String blocked = nagumo("simulate", "--model", "hh", "--set", "gNa=10", "--current", current()).out();
        assertThat(plain.lines().count()).isEqualTo(601);
        assertThat(fine.lines().count()).isEqualTo(1201);
        assertThat(blocked).isNotEqualTo(plain);
        assertThat(plain.lines().skip(301).findFirst().orElseThrow()).startsWith("30.0,10.0,");
    }

    @Test
    void generateWritesADataSet() throws IOException {
        Path protocol = file("p.yaml", "name: p\nsampling: {dt_ms: 0.1}\nsequences:\n  - {duration_ms: 5, count: 2,"
                + " stimulus: {kind: constant, amplitude: 1}}\n");
        Run run = nagumo("generate", protocol, "--out", folder.resolve("data"), "--format", "binary,csv");
        assertThat(run.code()).isZero();
        assertThat(folder.resolve("data/sequences.bin")).exists();
        assertThat(folder.resolve("data/manifest.json")).exists();
        assertThat(folder.resolve("data/csv/sequence-00001.csv")).exists();
        assertThat(run.err()).doesNotContain("\u001b", "\r");
    }

    @Test
    void generateResumesAndMakesADataSetAgainFromItsManifest() throws IOException {
        Path protocol = file("p.yaml", "name: p\nsampling: {dt_ms: 0.1}\nseed: 4\nsequences:\n  - {duration_ms: 5,"
                + " count: 3, stimulus: {kind: ornstein-uhlenbeck, mean: 1, sd: 2, tau_ms: 3}}\n");
        Path data = folder.resolve("data");
        assertThat(nagumo("generate", protocol, "--out", data, "--format", "csv,binary").out())
                .isEqualTo("3 sequences in " + data + "\n");
        assertThat(nagumo("generate", protocol, "--out", data, "--format", "csv,binary", "--resume").code()).isZero();
        Path again = folder.resolve("again");
        assertThat(nagumo("generate", data.resolve("manifest.json"), "--out", again).code()).isZero();
        for (String name : List.of("manifest.json", "sequences.bin", "csv/sequence-00002.csv")) {
            assertThat(again.resolve(name)).hasSameBinaryContentAs(data.resolve(name));
        }
        Files.writeString(protocol, Files.readString(protocol).replace("seed: 4", "seed: 5"));
        for (String option : List.of("--format=binary", "--resume")) {
            Run other = nagumo("generate", protocol, "--out", data, option, "--quiet");
            assertThat(other.code()).isEqualTo(2);
            assertThat(other.onlyLine()).contains("different in [formats, seed, protocol]").contains("--overwrite");
        }
        Run both = nagumo("generate", protocol, "--out", data, "--resume", "--overwrite", "--quiet");
        assertThat(both.code()).isEqualTo(2);
        assertThat(both.onlyLine()).isEqualTo("--resume with --overwrite; allowed: one of them");
        assertThat(nagumo("generate", protocol, "--out", again, "--overwrite").out())
                .isEqualTo("3 sequences in " + again + "\n");
        assertThat(again.resolve("csv/sequence-00002.csv")).doesNotExist();
        byte[] bytes = Files.readAllBytes(data.resolve("sequences.bin"));
        Files.write(data.resolve("sequences.bin"), java.util.Arrays.copyOf(bytes, bytes.length - 1));
        Files.writeString(protocol, Files.readString(protocol).replace("seed: 5", "seed: 4"));
        Run damaged = nagumo("generate", protocol, "--out", data, "--format", "csv,binary", "--resume", "--quiet");
        assertThat(damaged.code()).isEqualTo(2);
        assertThat(damaged.onlyLine()).startsWith(data.resolve("sequences.bin") + ": does not have the checksum");
    }

    @Test
    void aTraceBecomesADataSet() throws IOException {
        Path trace = folder.resolve("trace.csv");
        nagumo("simulate", "--model", "hh", "--current", current(), "--out", trace);
        Path data = folder.resolve("data");
        Run run = nagumo("generate", trace, "--out", data);
        assertThat(run.code()).as(run.err()).isZero();
        TrajectorySet set = TrajectorySet.read(data);
        Trace simulated = TraceFile.read(trace);
        assertThat(set.dtMs()).isEqualTo(0.1);
        assertThat(set.stateNames()).as("further columns").isEmpty();
        assertThat(set.voltage()[0][333]).isEqualTo((float) simulated.voltageMv()[333]);
        Run bad = nagumo("generate", current(), "--out", folder.resolve("bad"));
        assertThat(bad.code()).isEqualTo(2);
        assertThat(bad.onlyLine()).contains("current.csv: sweep 1 has no potential among the channels 'current'");
        assertThat(folder.resolve("bad")).doesNotExist();
    }

    private static final String PLAN = "name: mine\nmodel: {units: 2, readout_units: 0}\nstarts: 2\nstages:\n"
            + "  - {window_ms: 2, minibatch: 8, iterations: 20, first_rate: 1e-2, last_rate: 5e-3}\n";

    @Test
    void trainMakesItsDataAndANetworkAndGoesOnWhereItWas() throws IOException {
        file("p.yaml", "name: p\nsampling: {dt_ms: 0.1}\nseed: 4\nsequences:\n  - {duration_ms: 60, count: 3,"
                + " stimulus: {kind: ornstein-uhlenbeck, mean: 5, sd: 5, tau_ms: 3}}\n");
        Path plan = file("plan.yaml", PLAN + "data: {protocol: p.yaml}\n");
        Path out = folder.resolve("trained");
        Run run = nagumo("train", plan, "--out", out, "--seed", "3", "--set", "gNa=110", "--quiet");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("mine: 29 parameters, training loss 0.")
                .endsWith(out.resolve("model.zip") + "\n");
        Provenance provenance = TrainedNetwork.load(out.resolve("model.zip")).card().provenance();
        assertThat(provenance.command()).isEqualTo("./nagumo train " + plan + " --set gNa=110.0 --seed 3");
        assertThat(provenance.teacher()).isEqualTo("hh");
        assertThat(provenance.teacherParameters()).isEqualTo(Map.of("gNa", 110.0));
        assertThat(provenance.seed()).isEqualTo(3);
        assertThat(provenance.planSha256()).hasSize(64);
        assertThat(Files.readString(out.resolve("losses.csv")))
                .startsWith("stage,window_ms,start,training_loss\n1,2.0,0,");
        assertThat(Files.readString(out.resolve("plan.yaml"))).contains("seed: 3").contains("gNa: 110.0");
        byte[] network = Files.readAllBytes(out.resolve("model.zip"));
        Files.delete(out.resolve("losses.csv"));
        Run unasked = nagumo("train", plan, "--out", out, "--seed", "3", "--set", "gNa=110", "--quiet");
        assertThat(unasked.code()).isEqualTo(2);
        assertThat(unasked.onlyLine()).isEqualTo(out.resolve("model.zip") + ": is that of a training before, finished;"
                + " allowed: --resume to keep it, --overwrite to train anew, or another folder");
        Run kept = nagumo("train", plan, "--out", out, "--seed", "3", "--set", "gNa=110", "--resume");
        assertThat(kept.code()).as(kept.err()).isZero();
        assertThat(kept.out()).isEqualTo(run.out());
        assertThat(kept.err()).contains("training: was finished before");
        assertThat(out.resolve("losses.csv")).as("what only a training writes").doesNotExist();
        assertThat(nagumo("train", plan, "--out", out, "--seed", "4", "--set", "gNa=110", "--quiet", "--resume")
                .onlyLine()).startsWith(out.resolve("model.zip") + ": belongs to another plan");
        Files.delete(out.resolve("model.zip"));
        assertThat(nagumo("train", plan, "--out", out, "--quiet").onlyLine()).startsWith(
                out.resolve("checkpoint.bin") + ": is that of a training before, not finished; allowed: --resume");
        Run again = nagumo("train", plan, "--out", out, "--seed", "3", "--set", "gNa=110", "--quiet", "--resume");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(out.resolve("model.zip")).hasBinaryContent(network);
        Files.delete(out.resolve("model.zip"));
        Run other = nagumo("train", plan, "--out", out, "--seed", "4", "--set", "gNa=110", "--quiet", "--resume");
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.onlyLine()).startsWith(out.resolve("checkpoint.bin") + ": belongs to another plan");
        Run anew = nagumo("train", plan, "--out", out, "--seed", "3", "--set", "gNa=110", "--quiet", "--overwrite");
        assertThat(anew.code()).as(anew.err()).isZero();
        assertThat(out.resolve("model.zip")).hasBinaryContent(network);
        Run given = nagumo("train", plan, "--data", out.resolve("data"), "--out", folder.resolve("given"), "--quiet",
                "--seed", "3");
        assertThat(given.code()).as(given.err()).isZero();
        assertThat(TrainedNetwork.load(folder.resolve("given/model.zip")).parameters())
                .isEqualTo(TrainedNetwork.load(out.resolve("model.zip")).parameters());
    }

    @Test
    void trainDescribesEveryKeyOfAPlan() {
        Run run = nagumo("train", "--describe");
        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("name:\n    name of the network (required)\nmodel:\n");
    }

    @Test
    void benchmarkNamesWhatItCannotMeasure() {
        assertThat(nagumo("benchmark", "--include", "(").onlyLine()).contains("--include '('", "regular expression");
        assertThat(nagumo("benchmark", "--include", "nothing").onlyLine()).contains("'nothing'", "KernelBenchmark");
        assertThat(nagumo("benchmark", "--vector", "maybe").onlyLine()).contains("--vector", "maybe");
        assertThat(nagumo("benchmark", "--vector", "maybe").code()).isEqualTo(2);
    }

    @Test
    void aNetworkIsDrawnAndSimulatedFromItsFile() throws IOException {
        Path model = model();
        assertThat(nagumo("simulate", "--model", model, "--current", current()).out())
                .startsWith("time_ms,current_uA_per_cm2,voltage_mV,h1,h2\n0.0,0.0,-30.0,");
        Run portrait = nagumo("portrait", "--model", model, "--current", "0,5", "--json");
        JsonNode json = new ObjectMapper().readTree(portrait.out());
        assertThat(json.get("portraits")).hasSize(2);
        JsonNode rest = json.get("portraits").get(0).get("equilibria").get(0);
        assertThat(rest.get("stable").asBoolean()).isTrue();
        assertThat(rest.get("eigenvalues").get(0).get(0).asDouble()).isEqualTo(-0.5);
        assertThat(json.get("portraits").get(0).get("complete").asBoolean()).isTrue();
        assertThat(rest.get("certified").asBoolean()).isTrue();
        byte[] bytes = Files.readAllBytes(model);
        Files.write(model, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        Run damaged = nagumo("portrait", "--model", model, "--current", "0");
        assertThat(damaged.code()).isEqualTo(2);
        assertThat(damaged.onlyLine()).startsWith(model + ": is damaged").contains("allowed");
    }

    /** tau v' = -v + 2 sin t + I has a formula; XPPAUT's t starts at 0. */
    @Test
    void equationsThatDependOnTheTimeAreSimulatedAndRefusedElsewhereInOneLine() throws IOException {
        Path file = Files.writeString(folder.resolve("driven.ode"),
                "par tau=10, amp=2, iapp=0\nv'=(-v+amp*sin(t)+iapp)/tau\ninit v=0\ndone\n");
        Path current = Files.writeString(folder.resolve("zero.csv"),
                "time_ms,current_uA_per_cm2\n0,0\n1,0\n2,0\n3,0\n");
        Run run = nagumo("simulate", "--model", file, "--current", current, "--set", "amp=1");
        assertThat(run.code()).as(run.err()).isZero();
        double last = Double.parseDouble(run.out().strip().lines().reduce((a, b) -> b).orElseThrow().split(",")[2]);
        double expected = (Math.sin(3) - 10 * Math.cos(3) + 10 * Math.exp(-0.3)) / 101;
        assertThat(last).isCloseTo(expected, within(1e-8));
        for (String[] command : new String[][] {{"portrait", "--model", "", "--current", "0"},
            {"bifurcation", "--model", "", "--from", "0", "--to", "1"}, {"evaluate", ""}}) {
            Object[] arguments = java.util.Arrays.stream(command).map(each -> each.isEmpty() ? file : each).toArray();
            Run refused = nagumo(arguments);
            assertThat(refused.code()).isEqualTo(2);
            assertThat(refused.onlyLine()).startsWith(file + ": the equations depend on the time t; allowed");
        }
    }

    @Test
    void aDiagramNamesItsPointsAndDrawsThem() throws IOException {
        Path out = folder.resolve("diagram");
        Run run = nagumo("bifurcation", "--model", "fhn", "--from", "-0.2", "--to", "1", "--out", out, "--json");
        assertThat(run.code()).isZero();
        JsonNode json = new ObjectMapper().readTree(run.out());
        assertThat(json.get("complete").asBoolean()).isTrue();
        JsonNode points = json.get("points");
        assertThat(points).hasSize(2);
        assertThat(points.get(0).get("kind").asText()).isEqualTo("fold-of-cycles");
        assertThat(points.get(0).get("period").asDouble()).isGreaterThan(40);
        assertThat(points.get(1).get("kind").asText()).isEqualTo("hopf");
        assertThat(points.get(1).get("critical").asText()).isEqualTo("sub");
        assertThat(points.get(1).get("current").asDouble()).isCloseTo(0.331281, within(1e-6));
        assertThat(points.get(1).get("state")).hasSize(2);
        JsonNode rest = json.get("equilibrium_branches").get(0);
        assertThat(rest.get("current")).hasSameSizeAs(rest.get("voltage")).hasSameSizeAs(rest.get("stable"));
        JsonNode cycles = json.get("cycle_branches").get(0);
        assertThat(cycles.get("current")).hasSameSizeAs(cycles.get("period"))
                .hasSameSizeAs(cycles.get("voltage_max")).hasSameSizeAs(cycles.get("stable"));
        assertThat(out.resolve("bifurcation.png")).exists();
        assertThat(out.resolve("bifurcation-frequency.svg")).exists();
        assertThat(nagumo("bifurcation", "--model", "fhn", "--from", "-0.2", "--to", "1").out())
                .contains("fold-of-cycles").contains("subcritical").contains("ends with the range");
        Run portrait = nagumo("portrait", "--model", "fhn", "--current", "0.328", "--out", out);
        assertThat(portrait.out()).contains("all equilibria, proven").contains("stable focus at v = -0.970")
                .contains("unstable limit cycle: period 25.1").contains("  stable limit cycle: period 49.5");
        assertThat(out.resolve("portrait-0.328.png")).exists();
        assertThat(Files.readString(out.resolve("explorer.html"))).contains("explorer-data", "\"name\":\"fhn\"")
                .doesNotContain(" mV", "uA");
    }

    /** At 7 uA/cm2 the neuron rests, and fires when pushed over the unstable cycle. */
    @Test
    void aPortraitTellsEveryEquilibriumAndEveryCycleAndWritesWhatItDraws() throws IOException {
        Path out = folder.resolve("portrait");
        Run run = nagumo("portrait", "--model", "hh", "--current", "7", "--json", "--out", out);
        assertThat(run.code()).isZero();
        JsonNode portrait = new ObjectMapper().readTree(run.out()).get("portraits").get(0);
        assertThat(portrait.get("current").asDouble()).isEqualTo(7);
        JsonNode rest = portrait.get("equilibria").get(0);
        assertThat(rest.get("type").asText()).isEqualTo("stable-focus");
        assertThat(rest.get("stable").asBoolean()).isTrue();
        assertThat(rest.get("certified").asBoolean()).isTrue();
        assertThat(rest.get("state")).hasSize(4);
        assertThat(rest.get("eigenvalues")).hasSize(4).allSatisfy(e -> assertThat(e).hasSize(2));
        assertThat(rest.has("euler_map")).isFalse();
        JsonNode cycles = portrait.get("limit_cycles");
        assertThat(cycles).hasSize(2);
        for (JsonNode cycle : cycles) {
            boolean stable = cycle.get("stable").asBoolean();
            assertThat(cycle.get("period_ms").asDouble()).isCloseTo(stable ? 1000 / 58.327 : 25.18, within(2e-3));
            assertThat(cycle.get("voltage_max_mV").asDouble()).isGreaterThan(cycle.get("voltage_min_mV").asDouble());
            assertThat(cycle.get("multipliers")).hasSize(4).anySatisfy(m ->
                    assertThat(m.get(0).asDouble()).isCloseTo(1, within(1e-6)));
        }
        PortraitRecord saved = RecordFile.read(out.resolve("portrait-7.json"), PortraitRecord.class);
        assertThat(PortraitFigure.draw(saved).png()).isEqualTo(Files.readAllBytes(out.resolve("portrait-7.png")));
        assertThat(PortraitFigure.draw(saved).caption()).contains("an unstable limit cycle (dashed)");
        Files.writeString(out.resolve("portrait-7.json"), "{\"model\": 3,}");
        assertThatThrownBy(() -> RecordFile.read(out.resolve("portrait-7.json"), PortraitRecord.class))
                .isInstanceOf(InputException.class).hasMessageStartingWith(out.resolve("portrait-7.json") + ":1: ");
    }

    @Test
    void aNetworksDiagramIsLaidBesideItsTeachers() throws IOException {
        Path model = model();
        Path out = folder.resolve("comparison");
        Run run = nagumo("bifurcation", "--model", model, "--from", "-5", "--to", "12", "--out", out, "--json");
        assertThat(run.code()).isZero();
        JsonNode json = new ObjectMapper().readTree(run.out());
        assertThat(json.get("model").asText()).isEqualTo("still");
        assertThat(json.get("points")).isEmpty();
        assertThat(json.get("euler_map").get("dt_ms").asDouble()).isEqualTo(0.1);
        JsonNode points = json.get("teacher").get("points");
        assertThat(points.get(0).get("kind").asText()).isEqualTo("fold-of-cycles");
        assertThat(points.get(0).get("current").asDouble()).isCloseTo(6.2603, within(1e-3));
        assertThat(points.get(points.size() - 1).get("critical").asText()).isEqualTo("sub");
        for (String file : List.of("comparison.png", "comparison.svg", "comparison.json", "bifurcation.png",
                "bifurcation-frequency.svg")) {
            assertThat(out.resolve(file)).exists();
        }
        assertThat(nagumo("bifurcation", "--model", model, "--from", "-5", "--to", "12").out())
                .contains("| Hopf point, subcritical | 9.7754").contains("still from -5.0 to 12.0 uA/cm2");
        Path file = file("taken", "");
        Run refused = nagumo("bifurcation", "--model", "fhn", "--from", "0", "--to", "0.2", "--out", file);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.onlyLine()).contains("is a file, not a folder").contains("allowed");
        assertThat(refused.out()).isEmpty();
    }

    @Test
    void theCardsSayWhatEachStatisticIs() throws IOException {
        assertThat(nagumo("spikes", "--cards").out()).contains("half_width_ms (half-width), unit ms", "eFEL",
                "coincidence_factor", "Victor and Purpura 1996");
        JsonNode cards = new ObjectMapper().readTree(nagumo("spikes", "--cards", "--json").out()).get("cards");
        assertThat(cards).hasSizeGreaterThan(15).allSatisfy(card -> assertThat(card.fieldNames()).toIterable()
                .containsExactly("key", "name", "definition", "unit", "formula", "source"));
    }

    @Test
    void severalTracesGiveTheirStatisticsAndAnFiCurve() throws IOException {
        List<Object> arguments = new ArrayList<>(List.of("spikes"));
        for (double amplitude : new double[] {10, -3, 0, 7}) {
            StringBuilder text = new StringBuilder("time_ms,current_uA_per_cm2\n");
            for (int i = 0; i < 3000; i++) {
                text.append(1000 + i / 10.0).append(',').append(i >= 500 && i < 2500 ? amplitude : 0).append('\n');
            }
            Path trace = folder.resolve("step" + amplitude + ".csv");
            nagumo("simulate", "--model", "hh", "--current", file("current" + amplitude + ".csv", text.toString()),
                    "--out", trace);
            arguments.add(trace);
        }
        Run text = nagumo(arguments.toArray());
        assertThat(text.out()).contains("step10.0.csv:", "f-I curve:", "step from 0.000 to -3.000 uA/cm2, 1050.000 to"
                + " 1250.000 ms: input resistance 1.");
        arguments.add("--json");
        Run run = nagumo(arguments.toArray());
        assertThat(run.code()).isZero();
        JsonNode json = new ObjectMapper().readTree(run.out());
        assertThat(json.fieldNames()).toIterable().containsExactly("traces", "fi_curve");
        JsonNode curve = json.get("fi_curve");
        assertThat(curve).extracting(p -> p.get("current_uA_per_cm2").asDouble()).containsExactly(-3.0, 0.0, 7.0, 10.0);
        assertThat(curve.get(3).get("steady_rate_hz").asDouble()).isBetween(68.0, 68.7);
        assertThat(curve.get(3).get("first_spike_latency_ms").asDouble()).isBetween(1.89, 1.91);
        assertThat(curve.get(1).get("spike_count").asInt()).isZero();
        JsonNode traces = json.get("traces");
        assertThat(traces.get(0).get("trace").asText()).endsWith("step10.0.csv");
        assertThat(traces.get(0).get("spike_times_ms").get(0).asDouble()).isBetween(1051.89, 1051.91);
        assertThat(traces.get(0).get("step").get("onset_ms").asDouble()).isEqualTo(1050);
        assertThat(traces.get(0).get("ap_threshold_mV")).hasSize(traces.get(0).get("spike_count").asInt());
        assertThat(traces.get(1).get("input_resistance_kOhm_cm2").asDouble()).isBetween(1.0, 4.0);
        assertThat(traces.get(1).get("sag_ratio").asDouble()).isBetween(0.0, 0.9);
        assertThat(traces.get(2).get("step").isNull()).isTrue();
        assertThat(nagumo("spikes", arguments.get(1), "--onset", 1050, "--offset", 1250).out())
                .contains("latency 1.9");
        Run refused = nagumo("spikes", arguments.get(1), "--onset", 50, "--offset", 250);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.onlyLine()).contains("allowed: 1000.0 <= onset < offset <= 1300.0 ms, the times of the");
    }

    @Test
    void whatToDoubtOfSpikesIsTold() throws IOException {
        Path blunt = file("blunt.csv", "time_ms,voltage_mV\n0,-60\n0.1,-50\n0.2,-12\n0.3,-50\n0.4,-60\n");
        assertThat(nagumo("spikes", blunt).out()).startsWith("0 spikes").contains("note: no spike, but the largest"
                + " potential is -12.00 mV; --threshold sets the potential");
        assertThat(new ObjectMapper().readTree(nagumo("spikes", blunt, "--json").out()).get("notes").get(0).asText())
                .contains("--threshold");
        assertThat(nagumo("spikes", blunt, "--threshold", -30).out()).startsWith("1 spike").contains("narrower than 2"
                + " samples");
        assertThat(nagumo("spikes", blunt, "--threshold", -30, "--least-width", 0.2).out()).startsWith("0 spikes");
        Path ripple = file("ripple.csv", "time_ms,voltage_mV\n0,-60\n1,20\n2,-5\n3,5\n4,-5\n5,5\n6,-60\n7,-50\n");
        assertThat(nagumo("spikes", ripple).out()).startsWith("1 spike").contains("note: 2 further crossings of the"
                + " threshold without a fall to the re-arm level before, 10.0 mV from it");
        assertThat(nagumo("spikes", ripple, "--rearm", 4).out()).startsWith("3 spike").doesNotContain("re-arm");
        assertThat(nagumo("spikes", blunt, "--rearm", 0).onlyLine()).startsWith("--rearm is 0.0; allowed: a positive");
        Path volts = file("volts.csv", "time_ms,current_uA_per_cm2,voltage_mV\n0,0,-0.065\n0.1,0,0.03\n0.2,0,-0.07\n");
        assertThat(nagumo("spikes", volts, "--threshold", -20).code()).isEqualTo(2);
        Run generated = nagumo("generate", volts, "--out", folder.resolve("volts"));
        assertThat(generated.code()).isEqualTo(2);
        assertThat(generated.onlyLine()).contains("its largest value is 0.07 mV, which makes no sense; allowed: ");
        for (Run run : List.of(nagumo("spikes", volts), nagumo("evaluate", "hh", "--teacher", volts))) {
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.onlyLine()).startsWith(volts + ": voltage_mV runs to 0.07 mV, which no membrane does"
                    + " (volts?); allowed: ");
        }
        assertThat(nagumo("spikes", volts, "--threshold", 0.01).code()).as("a model without units").isZero();
    }

    @Test
    void twoTracesAreComparedSpikeBySpike() throws IOException {
        Path neuron = folder.resolve("hh.csv");
        Path model = folder.resolve("rinzel.csv");
        nagumo("simulate", "--model", "hh", "--current", current(), "--out", neuron);
        nagumo("simulate", "--model", "rinzel", "--current", current(), "--out", model);
        Run run = nagumo("spikes", model, "--beside", neuron, "--json");
        JsonNode json = new ObjectMapper().readTree(run.out()).get("beside");
        assertThat(json.fieldNames()).toIterable().containsExactly("coincidence_factor", "victor_purpura_distance",
                "van_rossum_distance", "isi_distance_ms", "voltage_rmse_mV");
        assertThat(json.get("coincidence_factor").asDouble()).isLessThan(0.9);
        assertThat(new ObjectMapper().readTree(nagumo("spikes", neuron, "--beside", neuron, "--json").out())
                .get("beside").get("coincidence_factor").asDouble()).isEqualTo(1);
        assertThat(nagumo("spikes", model, "--beside", neuron).out()).contains("coincidence factor 0.");
        Path shorter = file("shorter.csv", "time_ms,voltage_mV\n0,1\n0.1,2\n");
        Run refused = nagumo("spikes", model, "--beside", shorter);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.onlyLine()).startsWith(shorter + ": has 2 samples").contains("allowed: as many as");
        Path downward = folder.resolve("bvp.csv");
        Path pulse = file("pulse.csv", Files.readString(current()).replace(",10\n", ",-0.5\n"));
        nagumo("simulate", "--model", "bvp", "--current", pulse, "--out", downward);
        assertThat(nagumo("spikes", downward, "--downward").out()).contains("spikes, latency").doesNotStartWith("0 ");
        assertThat(nagumo("spikes", downward, "--downward", "--threshold", "-5").out()).startsWith("0 spikes");
    }

    @Test
    void anEvaluationIsWrittenReadBackAndHeldBesideAnother() throws IOException {
        Path out = folder.resolve("rinzel");
        Run run = nagumo("evaluate", "rinzel", "--teacher", "hh", "--trials", "1", "--out", out, "--json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(out.resolve("report.html")).exists();
        assertThat(nagumo("evaluate", out, "--json").out()).isEqualTo(run.out());
        assertThat(nagumo("evaluate", out.resolve("evaluation.json")).out()).contains("f-I points within one spike");
        Run both = nagumo("evaluate", model(), out, "--json", "--quiet");
        assertThat(both.code()).as(both.err()).isZero();
        JsonNode json = new ObjectMapper().readTree(both.out());
        assertThat(json.get("systems").get(0).get("label").asText()).isEqualTo("still");
        assertThat(json.get("systems").get(1).get("metrics").get("rebound_correct").asInt()).isEqualTo(6);
        assertThat(json.get("lines").get(0).get("nearer").asText()).isEqualTo("rinzel");
        Run again = nagumo("evaluate", out, out);
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.onlyLine()).contains("allowed: a name for each");
        Path copy = Files.createDirectory(folder.resolve("copy")).resolve("evaluation.json");
        Files.copy(out.resolve("evaluation.json"), copy);
        assertThat(nagumo("evaluate", out, copy).out().lines().skip(1)).allMatch(line -> line.endsWith("both"));
        Path front = folder.resolve("front");
        Run three = nagumo("evaluate", model(), out, copy, "--out", front, "--quiet");
        assertThat(three.code()).as(three.err()).isZero();
        assertThat(three.out().lines().skip(2)).satisfiesExactly(
                line -> assertThat(line).startsWith(model().toString()).contains(" 29 "),
                line -> assertThat(line).startsWith(out.toString()), line -> assertThat(line).startsWith(copy.toString()));
        assertThat(front.resolve("front.png")).exists();
        assertThat(front.resolve("front.svg")).exists();
        Run fewer = nagumo("evaluate", model(), out, "--trials", "2", "--quiet");
        assertThat(fewer.onlyLine()).contains("2 trials", "with 1", "allowed: the same number");
    }

    @Test
    void aRecordingAndAChangedNeuronAreTeachersToo() throws IOException {
        Path recording = folder.resolve("cell.csv");
        nagumo("simulate", "--model", "hh", "--current", current(), "--out", recording);
        Path out = folder.resolve("cell");
        Run run = nagumo("evaluate", model(), "--teacher", recording, "--out", out, "--json");
        assertThat(run.code()).as(run.err()).isZero();
        JsonNode json = new ObjectMapper().readTree(run.out());
        assertThat(json.get("coincidence_factor_by_noise").fieldNames()).toIterable().containsExactly("recording");
        assertThat(json.get("fi_count_mae").isNull()).isTrue();
        assertThat(json.has("baseline")).isFalse();
        assertThat(Files.readString(out.resolve("report.html"))).contains("beside the recording cell.csv");
        JsonNode saved = new ObjectMapper().readTree(out.resolve("evaluation.json").toFile());
        assertThat(saved.get("teacher_origin").get("provenance").get("sha256").asText()).hasSize(64);
        assertThat(saved.get("student_origin").get("provenance").get("teacher").asText()).isEqualTo("hh");
        Run remeasured = nagumo("evaluate", "hh", out);
        assertThat(remeasured.code()).isEqualTo(2);
        assertThat(remeasured.onlyLine()).contains("cell.csv", "allowed: its path after --teacher");
        Path changed = folder.resolve("changed");
        assertThat(nagumo("evaluate", model(), "--set", "gNa=100", "--trials", "1", "--out", changed, "--quiet").code())
                .isZero();
        assertThat(nagumo("evaluate", model(), "--set", "gNa=100", "--teacher", recording).onlyLine())
                .startsWith("--set with the recording");
        assertThat(nagumo("evaluate", model(), changed, "--set", "gNa=90").onlyLine()).startsWith("--set, where");
        JsonNode teacher = new ObjectMapper().readTree(changed.resolve("evaluation.json").toFile())
                .get("teacher_origin");
        assertThat(teacher.get("parameters").get("gNa").asDouble()).isEqualTo(100);
        assertThat(Files.readString(changed.resolve("report.html"))).contains("\"name\":\"gNa\",\"value\":100.0")
                .doesNotContain("\"name\":\"gNa\",\"value\":120.0");
    }

    @Test
    void aNetworkStandsBesideTheNeuronThatItWasTrainedOn() throws IOException {
        Path out = folder.resolve("fhn");
        Run run = nagumo("evaluate", model("fhn"), "--trials", "1", "--out", out, "--quiet");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("rest ").doesNotContain("rinzel", "mV", "uA/cm2");
        JsonNode saved = new ObjectMapper().readTree(out.resolve("evaluation.json").toFile());
        assertThat(saved.get("teacher_origin").get("name").asText()).isEqualTo("fhn");
        assertThat(saved.get("baseline").isNull()).isTrue();
        assertThat(Files.readString(out.resolve("report.html"))).doesNotContain(" mV")
                .contains("explorer-data", "dh1/dt");
        assertThat(out.resolve("figures/fi.png")).exists();
        assertThat(out.resolve("figures/comparison.png")).exists();
        assertThat(nagumo("evaluate", model("fhn"), "--teacher", "hh").onlyLine())
                .contains("has the units of fhn", "allowed");
        Run unknown = nagumo("evaluate", model("a recording"));
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.onlyLine()).contains("was trained on 'a recording'", "allowed: --teacher");
        assertThat(nagumo("evaluate", "fhn", "--trials", "1", "--quiet").out()).contains("100 %");
    }

    /** A neuron that is known from its file alone: the persistent sodium neuron, under names of the user's own. */
    private Path ownNeuron() throws IOException {
        return file("mine.ode", """
                # nagumo: scale w 1
                par iapp=0, gl=8
                minf=1/(1+exp((-20-v)/15))
                v'=iapp-gl*(v+80)-20*minf*(v-60)-10*w*(v+90)
                w'=1/(1+exp((-25-v)/5))-w
                init v=-65, w=0.001
                """);
    }

    @Test
    void aFileOfEquationsIsAModel() throws IOException {
        Path mine = ownNeuron();
        Run simulated = nagumo("simulate", "--model", mine, "--current", current());
        assertThat(simulated.onlyLine()).isEqualTo(mine + ": potential: state v (mV), by its usual name (unit assumed);"
                + " current: parameter iapp (uA/cm2), by its usual name (unit assumed); time: ms, assumed");
        assertThat(simulated.code()).isZero();
        assertThat(simulated.out()).startsWith("time_ms,current_uA_per_cm2,voltage_mV,w\n");
        assertThat(nagumo("simulate", "--model", mine, "--output", "w 1", "--current", current()).err())
                .contains("potential: state w (dimensionless), as you say");
        Run portrait = nagumo("portrait", "--model", mine, "--current", 30, "--set", "gl=8.5", "--quiet");
        assertThat(portrait.out()).contains("mine with gl = 8.5 at 30.0 uA/cm2", "stable limit cycle", " mV");
        assertThat(nagumo("simulate", "--model", "hh", "--input", "i", "--current", current()).onlyLine())
                .isEqualTo("--input with model 'hh'; allowed: with a file .ode");
        assertThat(nagumo("simulate", "--model", folder.resolve("none.ode"), "--current", current()).onlyLine())
                .contains("there is no such file");
        assertThat(nagumo("simulate", "--model", "nobody", "--current", current()).onlyLine())
                .startsWith("there is no model 'nobody'").endsWith("or a file .ode / model.zip");
    }

    @Test
    void aFileOfEquationsIsMeasuredOnItsOwnScale() throws IOException {
        Path out = folder.resolve("mine");
        Run run = nagumo("evaluate", ownNeuron(), "--trials", 1, "--out", out, "--set", "gl=8.2");
        assertThat(run.code()).as(run.err()).isZero();
        JsonNode saved = new ObjectMapper().readTree(out.resolve("evaluation.json").toFile());
        assertThat(saved.get("teacher_origin").get("provenance").get("equations").asText()).contains("minf");
        assertThat(saved.get("teacher").get("repetitive_onset_uA").asDouble()).isBetween(4.5, 4.9);
        assertThat(saved.get("teacher").get("fi").get(20).get("spikes").asInt()).isGreaterThan(20);
        assertThat(saved.get("battery").get("scale").get("amplitudes").get("pulse").asDouble()).isPositive();
    }

    @Test
    void dimensionlessNeuronsArePrintedWithoutUnits() {
        Run portrait = nagumo("portrait", "--model", "fhn", "--current", 0.5, "--quiet");
        assertThat(portrait.code()).as(portrait.err()).isZero();
        assertThat(portrait.out()).contains("fhn at 0.5, ").doesNotContain("mV", "uA/cm2", " ms");
        Run diagram = nagumo("bifurcation", "--model", "fhn", "--from", 0, "--to", 1, "--quiet");
        assertThat(diagram.out()).contains("| current").doesNotContain("mV", "uA/cm2", " ms");
    }

    @Test
    void everyMistakeIsOneLineAndExitCodeTwo() throws IOException {
        Path bad = file("bad.csv", "time_ms,current_uA_per_cm2\n0,1\n0.1,inf\n");
        Path current = current();
        Path protocol = file("p.yaml", "name: p\nsampling: {dt_ms: -1}\nsequences:\n  - {duration_ms: 5,"
                + " stimulus: {kind: constant, amplitude: 1}}\n");
        Path plan = file("plan.yaml", PLAN);
        Path badPlan = file("bad-plan.yaml", PLAN.replace("units: 2", "units: 200"));
        for (List<Object> mistake : List.<List<Object>>of(
                List.of("train"),
                List.of("train", plan),
                List.of("train", "gru-99", "--out", folder.resolve("out")),
                List.of("train", badPlan, "--out", folder.resolve("out")),
                List.of("train", plan, "--out", folder.resolve("out"), "--threads", "0"),
                List.of("train", plan, "--out", folder.resolve("out"), "--checkpoint", "0"),
                List.of("train", plan, "--out", folder.resolve("out"), "--resume", "--overwrite"),
                List.of("train", plan, "--out", folder.resolve("out"), "--model", "hx"),
                List.of("train", plan, "--out", folder.resolve("out"), "--set", "gna=1"),
                List.of("train", plan, "--out", folder.resolve("out"), "--data", folder.resolve("none")),
                List.of("train", plan, "--out", folder.resolve("out"), "--data", folder, "--model", "fhn"),
                List.of("reproduce", "--quick", "--config", "gru-2"),
                List.of("train", "fhn-2", "--out", folder.resolve("out"), "--model", "bvp"),
                List.of("reproduce", "--config", folder.resolve("none.yaml")),
                List.of("repoduce"),
                List.of(),
                List.of("spikes", "--frobnicate"),
                List.of("spikes", folder.resolve("none.csv")),
                List.of("spikes", bad),
                List.of("simulate", "--model", "hx", "--current", current),
                List.of("simulate", "--model", "hh", "--current", bad),
                List.of("simulate", "--model", "hh", "--current", current, "--dt", "-0.1"),
                List.of("simulate", "--model", "hh", "--current", current, "--dt", "0.03"),
                List.of("simulate", "--model", "hh", "--set", "gna=1", "--current", current),
                List.of("simulate", "--model", "hh"),
                List.of("generate", protocol, "--out", folder.resolve("out")),
                List.of("generate", current, "--out", folder.resolve("out"), "--format", "arrow"),
                List.of("generate", protocol, protocol, "--out", folder.resolve("out")),
                List.of("generate", protocol, "--out", folder.resolve("out"), "--threads", "0"),
                List.of("generate", folder.resolve("none.json"), "--out", folder.resolve("out")),
                List.of("evaluate", "fhn", "--teacher", "hh"),
                List.of("evaluate", "hh", "--teacher", "fhn"),
                List.of("evaluate", current),
                List.of("evaluate", "hh", "--trials", "0"),
                List.of("evaluate", "hh", "--teacher", "hx"),
                List.of("evaluate", "hh", "--teacher", current),
                List.of("evaluate", "hh", "--teacher", current, "--trials", "2"),
                List.of("evaluate", "hh", "--threshold", "-20"),
                List.of("evaluate"),
                List.of("evaluate", folder, "--out", folder.resolve("out")),
                List.of("evaluate", folder.resolve("none.json")),
                List.of("evaluate", folder),
                List.of("evaluate", folder, "--trials", "3"),
                List.of("spikes"),
                List.of("spikes", current, "--cards"),
                List.of("spikes", "--threshold", "x"),
                List.of("portrait", "--model", "hx", "--current", "1"),
                List.of("portrait", "--model", "hh", "--current", "inf"),
                List.of("bifurcation", "--model", "hh", "--from", "3", "--to", "3"),
                List.of("bifurcation", "--model", "hh", "--from", "3"),
                List.of("bifurcation", "--model", "hh", "--set", "gna=1", "--from", "0", "--to", "3"),
                List.of("portrait", "--model", "hh", "--current", "x"),
                List.of("reproduce", "--units", "0"),
                List.of("reproduce", "--seed", "one"))) {
            Run run = nagumo(mistake.toArray());
            assertThat(run.code()).as("%s", mistake).isEqualTo(2);
            assertThat(run.onlyLine()).as("%s", mistake).contains("allowed");
            assertThat(run.out()).isEmpty();
        }
        assertThat(folder.resolve("out")).doesNotExist();
        Path twice = file("twice.yaml", "name: p\nsampling: {dt_ms: -1}\nsequences: []\n");
        assertThat(nagumo("generate", twice, "--out", folder.resolve("out")).err().strip().lines())
                .as("a line for each mistake").hasSize(2).allMatch(line -> line.startsWith(twice + ":"));
        assertThat(nagumo("spikes", bad).err()).startsWith(bad + ":1: the header has no column 'voltage_mV'");
        assertThat(nagumo("simulate", "--model", "hh", "--current", bad).err())
                .startsWith(bad + ":3: current_uA_per_cm2 is 'inf'; allowed: finite numbers");
    }

    @Test
    void everyCommandHasHelp() {
        for (String command : List.of("reproduce", "generate", "train", "evaluate", "simulate", "spikes", "portrait",
                "bifurcation", "record", "export")) {
            Run run = nagumo(command, "--help");
            assertThat(run.code()).isZero();
            assertThat(run.out()).contains("Usage: nagumo " + command);
        }
    }
}

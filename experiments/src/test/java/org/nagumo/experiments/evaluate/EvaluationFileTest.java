package org.nagumo.experiments.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.NeuronSimulator;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.experiments.reproduce.Evaluations;

class EvaluationFileTest {

    private static final Battery BATTERY = new Battery(0.1, 1);
    private static Evaluation reduction;
    private static Evaluation itself;

    @TempDir
    private Path folder;

    @BeforeAll
    static void measure() {
        NeuronSimulator hh = new NeuronSimulator(Neurons.named("hh"), 2);
        itself = Evaluations.of(BATTERY, hh.neuron(), hh, 2, () -> { });
        reduction = Evaluation.of(BATTERY, itself.teacherOrigin(), Evaluations.origin(Neurons.named("rinzel")),
                itself.teacher(), itself.baseline(), null);
    }

    @Test
    void whatIsWrittenIsReadBackNumberForNumber() throws IOException {
        Path file = folder.resolve(EvaluationFile.NAME);
        EvaluationFile.write(file, itself);
        Evaluation read = EvaluationFile.read(file);
        assertThat(read).isEqualTo(itself.withoutTraces());
        assertThat(EvaluationFile.read(folder)).as("from the folder").isEqualTo(read);
        assertThat(read.toJson()).isEqualTo(itself.toJson());
        assertThat(ResultTable.text(read)).isEqualTo(ResultTable.text(itself));
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.get("format_version").asInt()).isEqualTo(1);
        assertThat(json.get("teacher").get("fi").get(10).get("spikes").asInt()).isEqualTo(35);
        assertThat(json.get("teacher").has("traces")).isFalse();
        assertThat(json.get("teacher_origin").get("parameters").get("gNa").asDouble()).isEqualTo(120);
        assertThat(json.get("metrics")).isEqualTo(new ObjectMapper().readTree(itself.metrics().toJson().toString()));
        byte[] bytes = Files.readAllBytes(file);
        EvaluationFile.write(file, read);
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }

    @Test
    void aDamagedFileIsRefusedByNamePlaceAndFault() throws IOException {
        Path file = folder.resolve("e.json");
        EvaluationFile.write(file, itself);
        String text = Files.readString(file);
        refused(text.substring(0, text.length() / 2), "e.json:");
        refused("[]", "format_version");
        refused(text.replaceFirst("\"format_version\" : 1", "\"format_version\" : 99"),
                "format_version 99; allowed: 1 to 1");
        refused(text.replaceFirst("\"rheobase_uA\"", "\"rheobase\""), "rheobase");
        ObjectNode lacking = (ObjectNode) new ObjectMapper().readTree(text);
        ((ObjectNode) lacking.get("student")).remove("rheobase_uA");
        refused(lacking.toString(), "student.rheobase_uA: is missing");
        refused(text.replaceFirst("\"spikes\" : 0", "\"spikes\" : null"), "null");
        refused(text.replaceFirst("\"time_unit_ms\" : 1.0", "\"time_unit_ms\" : -1.0"), "timeUnitMs is -1.0");
        ObjectNode without = (ObjectNode) new ObjectMapper().readTree(text);
        without.putNull("teacher");
        refused(without.toString(), "lacks teacher");
        assertThatThrownBy(() -> EvaluationFile.read(folder.resolve("none.json"))).isInstanceOf(InputException.class)
                .hasMessageContaining("none.json: there is no such file");
        assertThatThrownBy(() -> EvaluationFile.read(folder)).hasMessageContaining("evaluation.json");
    }

    private void refused(String text, String fault) throws IOException {
        Path file = Files.writeString(folder.resolve("e.json"), text);
        assertThatThrownBy(() -> EvaluationFile.read(file)).isInstanceOf(InputException.class)
                .hasMessageStartingWith(file.toString()).hasMessageContaining(fault).hasMessageContaining("allowed")
                .hasMessageNotContaining("\n");
    }

    @Test
    void twoSystemsStandBesideTheirTeacherAndTheNearerIsNamed() {
        Contest contest = contest("a", reduction, "b", itself);
        assertThat(contest.text().lines().filter(line -> line.startsWith("rheobase"))).singleElement().asString()
                .endsWith("  b");
        JsonNode json = contest.toJson();
        assertThat(json.get("teacher").get("name").asText()).isEqualTo("hh");
        assertThat(json.get("systems")).hasSize(2);
        assertThat(json.get("systems").get(0).get("metrics")).isEqualTo(reduction.metrics().toJson());
        for (JsonNode line : json.get("lines")) {
            boolean equal = line.get("values").get(0).equals(line.get("values").get(1));
            assertThat(line.get("nearer").isNull()).as("%s", line).isEqualTo(equal);
            if (!equal) {
                assertThat(line.get("nearer").asText()).isEqualTo("b");
            }
        }
        assertThat(contest("b", itself, "a", reduction).toJson().get("lines").get(2).get("nearer").asText())
                .isEqualTo("b");
    }

    private static Contest contest(String first, Evaluation one, String second, Evaluation other) {
        return new Contest(List.of(new Contest.Entry(first, one), new Contest.Entry(second, other)));
    }

    @Test
    void ofThreeSystemsEachIsALineBelowTheTeachersOwn() {
        Contest contest = new Contest(List.of(new Contest.Entry("a", reduction), new Contest.Entry("b", itself),
                new Contest.Entry("c", reduction)));
        List<String[]> rows = contest.text().lines().map(line -> line.trim().split("  +")).toList();
        assertThat(rows).hasSize(5);
        assertThat(rows.get(1)[0]).isEqualTo("hh");
        assertThat(rows.get(1)).contains("6.26");
        assertThat(rows.get(2)).startsWith("a", "-").contains("5/21");
        assertThat(rows.get(3)).startsWith("b", "-", "0.00", "21/21", "6.26").endsWith("1.000");
        assertThat(Arrays.copyOfRange(rows.get(4), 1, rows.get(4).length))
                .isEqualTo(Arrays.copyOfRange(rows.get(2), 1, rows.get(2).length));
        assertThat(contest.toJson().get("systems")).hasSize(3);
        assertThat(contest.toJson().has("lines")).isFalse();
        assertThatThrownBy(() -> new Contest(contest.entries().subList(0, 1)))
                .hasMessage("1 systems; allowed: at least two");
    }

    @Test
    void whatCannotBeComparedIsRefused() {
        assertThatThrownBy(() -> contest("a", itself, "a", reduction)).hasMessageContaining("allowed: a name for each");
        Evaluation other = Evaluation.of(BATTERY, Evaluations.origin(Neurons.named("hh").with(Map.of("gNa", 100.0))),
                itself.studentOrigin(), itself.teacher(), itself.student(), null);
        assertThatThrownBy(() -> contest("a", itself, "b", other)).hasMessageContaining("gNa=100.0")
                .hasMessageContaining("allowed: the same teacher");
        Evaluation more = Evaluation.of(new Battery(0.1, 3), itself.teacherOrigin(), itself.studentOrigin(),
                itself.teacher(), itself.student(), null);
        assertThatThrownBy(() -> contest("a", itself, "b", more)).hasMessageContaining("1 trials")
                .hasMessageContaining("with 3");
        assertThatThrownBy(() -> Metrics.compare(itself.teacher().withoutTraces(), itself.student()))
                .hasMessageContaining("traces");
        Response fhn = new Battery(0.32, 1, NeuronScale.of(Neurons.named("fhn")))
                .measure(new NeuronSimulator(Neurons.named("fhn"), 1),
                () -> { });
        assertThatThrownBy(() -> Metrics.compare(itself.teacher(), fhn)).hasMessageContaining("one battery");
    }

    @Test
    void aTeacherIsMeasuredOnceForAnyNumberOfStudents() {
        List<Integer> parts = new ArrayList<>();
        Evaluations.Measured measured = Evaluations.measure(BATTERY, Neurons.named("hh"), 2, () -> parts.add(1));
        assertThat(parts).hasSize(2 * BATTERY.parts());
        assertThat(measured.isOf(BATTERY, Neurons.named("hh"))).isTrue();
        assertThat(measured.isOf(new Battery(0.1, 3), Neurons.named("hh"))).isFalse();
        assertThat(measured.isOf(BATTERY, Neurons.named("hh").with(Map.of("gNa", 100.0)))).isFalse();
        Evaluation again = measured.beside(new NeuronSimulator(Neurons.named("rinzel"), 2), () -> parts.add(1));
        assertThat(parts).hasSize(3 * BATTERY.parts());
        assertThat(again.metrics()).isEqualTo(reduction.metrics());
        assertThat(measured.beside(new NeuronSimulator(Neurons.named("hh"), 2), () -> { }).withoutTraces())
                .isEqualTo(itself.withoutTraces());
    }

    /** With gK = 20 Hodgkin and Huxley's neuron rests at zero current, its reduction does not. */
    @Test
    void aReductionThatDoesNotRestIsLeftOut() {
        NeuronSimulator changed = new NeuronSimulator(Neurons.named("hh").with(Map.of("gK", 20.0)), 2);
        List<Integer> parts = new ArrayList<>();
        Evaluation evaluation = Evaluations.of(BATTERY, changed.neuron(), changed, 1, () -> parts.add(1));
        assertThat(evaluation.baseline()).isNull();
        assertThat(parts).hasSize((int) Evaluations.parts(BATTERY, changed.neuron()));
        assertThat(evaluation.metrics().fiCountMae()).isZero();
    }

    @Test
    void aRecordingIsATeacherUnderItsOwnCurrent() {
        double[] current = new double[6000];
        Arrays.fill(current, 500, 5500, 10);
        Trace trace = new NeuronSimulator(Neurons.named("hh"), 1)
                .respond(List.of(new CurrentTrace(0.1, current))).get(0);
        Recorded recorded = new Recorded(trace, NeuronScale.MEMBRANE);
        AtomicLong done = new AtomicLong();
        Evaluation same = Evaluations.of(recorded, "cell.csv", "0123", new NeuronSimulator(Neurons.named("hh"), 1),
                done::addAndGet);
        assertThat(done).hasValue(recorded.recording().current().length());
        assertThat(same.teacher().noiseSpikes()).isEqualTo(35);
        assertThat(same.metrics().coincidence()).isCloseTo(1, within(1e-12));
        assertThat(same.metrics().voltageRmseMv()).isZero();
        assertThat(same.metrics().peakErrorMv()).isZero();
        assertThat(same.metrics().fiCountMae()).isNaN();
        assertThat(same.metrics().toJson().get("rheobase_error_uA").isNull()).isTrue();
        assertThat(same.baseline()).isNull();
        Evaluation far = Evaluations.of(recorded, "cell.csv", "0123", new NeuronSimulator(Neurons.named("rinzel"), 1),
                done::addAndGet);
        assertThat(far.metrics().coincidence()).isLessThan(0.5);
        assertThat(ResultTable.text(far)).contains("spikes", "coincidence factor").doesNotContain("f-I", "NaN");
        Path file = folder.resolve("recorded.json");
        EvaluationFile.write(file, far);
        assertThat(EvaluationFile.read(file)).isEqualTo(far.withoutTraces());
        assertThat(contest("same", same, "far", far).text().lines().filter(l -> l.startsWith("coincidence")))
                .singleElement().asString().endsWith("same");
    }
}

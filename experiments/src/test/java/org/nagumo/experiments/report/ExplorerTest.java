package org.nagumo.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nagumo.core.gru.FusedGru;
import org.nagumo.core.gru.FusedReadout;
import org.nagumo.core.gru.Integrator;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.datagen.simulate.TraceFile;
import org.nagumo.experiments.cli.Simulate;
import org.nagumo.experiments.evaluate.Evaluation;
import org.nagumo.experiments.network.NetworkCard;
import org.nagumo.experiments.network.NetworkSystem;
import org.nagumo.experiments.network.Provenance;
import org.nagumo.experiments.network.Scaling;
import org.nagumo.experiments.network.ShippedNetworks;
import org.nagumo.experiments.network.TrainedCurrents;
import org.nagumo.experiments.network.TrainedNetwork;
import picocli.CommandLine;

/** The page in a browser, as a reader uses it. Its pictures are left in {@code target/explorer}. */
class ExplorerTest {

    private static final Path PICTURES = Path.of("target/explorer");

    /** Waits until the page has drawn what it was told. */
    private static final String DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() =>"
            + " requestAnimationFrame(done))))";

    @TempDir
    private static Path folder;
    private static Chromium browser;
    private static Path page;

    @BeforeAll
    static void open() throws Exception {
        browser = Chromium.shared().orElse(null);
        page = write("gru-2", page(ShippedNetworks.named("gru-2")));
    }

    /** A network beside hh; the page shows other numbers of the evaluation, but for the f-I curves. */
    private static String page(TrainedNetwork network) {
        Evaluation evaluation = Samples.evaluation();
        return ReportPage.html(evaluation, Explorer.of(evaluation, network).orElseThrow(), network.card(),
                Equations.of(network), List.of(), Map.of());
    }

    private static Path write(String name, String html) throws Exception {
        return Files.writeString(folder.resolve(name + ".html"), html);
    }

    @BeforeEach
    void load() throws Exception {
        assumeTrue(browser != null, "Chromium is not installed");
        browser.complaints().clear();
        browser.send("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", "prefers-reduced-motion",
                "value", "reduce"))));
        browser.resize(1440, 900);
        // Choosing a preset and its number leaves nothing of the test before, but for times and drawings.
        if (!browser.evaluate("location.href").asText().equals(page.toUri().toString())) {
            browser.open(page);
        }
        choose("step");
        slide(10);
    }

    private static void reload() throws Exception {
        browser.open(page);
    }

    /** The numbers beside a system in the table of readings: spikes, first spike, peak, rate. */
    private static List<String> readings(String system) throws Exception {
        browser.evaluate(DRAWN);
        JsonNode cells = browser.evaluate("[...document.querySelectorAll('#readings tr')].filter(row =>"
                + " row.cells[0].textContent === '" + system + "').flatMap(row => [...row.cells].slice(1).map(cell =>"
                + " cell.textContent))");
        return StreamSupport.stream(cells.spliterator(), false).map(JsonNode::asText).toList();
    }

    private static int spikes(String system) throws Exception {
        return Integer.parseInt(readings(system).get(0));
    }

    private static void choose(String preset) throws Exception {
        browser.evaluate("document.querySelector('#presets input[value=" + preset + "]').click()");
    }

    private static void slide(double value) throws Exception {
        browser.evaluate("{ const slider = document.getElementById('amount'); slider.value = " + value
                + "; slider.dispatchEvent(new Event('input', {bubbles: true})); }");
    }

    /** A number that changes when a canvas does. */
    private static int picture(String canvas) throws Exception {
        browser.evaluate(DRAWN);
        return browser.evaluate("document.getElementById('" + canvas + "').toDataURL()").asText().hashCode();
    }

    private static double[] place(String canvas, double x, double y) throws Exception {
        JsonNode box = browser.evaluate("{ const e = document.getElementById('" + canvas + "');"
                + " e.scrollIntoView({block: 'nearest'}); const b = e.getBoundingClientRect(); [b.x, b.y, b.width,"
                + " b.height]; }");
        return new double[] {box.get(0).asDouble() + x * box.get(2).asDouble(),
            box.get(1).asDouble() + y * box.get(3).asDouble()};
    }

    @Test
    void theFirstScreenHoldsTheResultAndTheExplorerAndNothingComplains() throws Exception {
        reload();
        assertThat(readings("gru-2")).hasSize(4);
        for (String element : List.of(".results", "#voltage", "#current", "#teacher-plane", "#student-plane", "#fi")) {
            JsonNode box = browser.evaluate("{ const b = document.querySelector('" + element
                    + "').getBoundingClientRect(); [b.top, b.bottom, b.width]; }");
            assertThat(box.get(0).asDouble()).as("top of %s", element).isBetween(0.0, 800.0);
            assertThat(box.get(1).asDouble()).as("bottom of %s", element).isLessThan(900);
            assertThat(box.get(2).asDouble()).as("width of %s", element).isGreaterThan(200);
        }
        browser.screenshot(PICTURES.resolve("desktop.png"));
        assertThat(ImageIO.read(new ByteArrayInputStream(Files.readAllBytes(PICTURES.resolve("desktop.png"))))
                .getWidth()).isEqualTo(1440);
        assertThat(browser.evaluate("document.getElementById('teacher-rest').textContent").asText())
                .as("the whole neuron at 0 and the network, each with one stability").isEqualTo(
                        "Equilibria at 0.0 \u00b5A/cm\u00b2: \u221265.0 mV, stable.");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theSliderMovesTheTraceAlsoByKeys() throws Exception {
        reload();
        assertThat(readings("hh")).startsWith("13", "1.90");
        int before = picture("voltage");
        int plane = picture("student-plane");
        slide(3);
        assertThat(spikes("hh")).isEqualTo(1);
        assertThat(spikes("gru-2")).isEqualTo(1);
        assertThat(picture("voltage")).isNotEqualTo(before);
        browser.evaluate("document.getElementById('amount').focus()");
        browser.press("End", 35);
        assertThat(browser.evaluate("document.getElementById('amount').value").asText()).isEqualTo("40");
        assertThat(spikes("hh")).isGreaterThan(15);
        browser.evaluate("document.getElementById('time').focus()");
        browser.press("End", 35);
        assertThat(picture("student-plane")).as("nullclines at another current").isNotEqualTo(plane);
        assertThat(browser.complaints()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"threshold, 6.9, 0", "threshold, 6.95, 1", "rebound, -2, 0", "rebound, -5, 1", "bistability, 5.5, 1",
        "bistability, 8, 13", "step, 2.2, 0", "step, 2.3, 1", "step, 10, 13"})
    void theNeuronDoesAtEachPresetWhatIsKnownOfIt(String preset, double value, int spikes) throws Exception {
        choose(preset);
        slide(value);
        int found = spikes("hh");
        if (preset.equals("bistability")) {
            assertThat(found >= 8).as("%d spikes, goes on firing", found).isEqualTo(spikes >= 8);
        } else {
            assertThat(found).isEqualTo(spikes);
        }
        browser.screenshot(PICTURES.resolve(preset + ".png"));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void noiseIsAnotherSampleOnDemand() throws Exception {
        choose("noise");
        int first = picture("current");
        assertThat(spikes("hh")).isPositive();
        browser.screenshot(PICTURES.resolve("noise.png"));
        browser.evaluate("document.getElementById('again').click()");
        assertThat(picture("current")).isNotEqualTo(first);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aCurrentIsDrawnWithTheMouseAndWithKeys() throws Exception {
        reload();
        slide(0);
        assertThat(spikes("hh")).isZero();
        browser.drag(place("current", 0.3, 0.5), place("current", 0.4, 0.3), place("current", 0.6, 0.3));
        assertThat(browser.evaluate("document.querySelector('#presets input:checked').value").asText())
                .isEqualTo("drawn");
        assertThat(spikes("hh")).isPositive();
        assertThat(spikes("gru-2")).isPositive();
        browser.screenshot(PICTURES.resolve("drawn.png"));
        reload();
        slide(0);
        browser.evaluate("document.getElementById('current').focus()");
        for (int i = 0; i < 5; i++) {
            browser.press("ArrowRight", 39);
        }
        for (int i = 0; i < 15; i++) {
            browser.press("ArrowUp", 38);
        }
        assertThat(spikes("hh")).isEqualTo(1);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void thePictureMovesWhenItPlays() throws Exception {
        reload();
        int still = picture("student-plane");
        assertThat(picture("student-plane")).as("at rest where less motion is wanted").isEqualTo(still);
        slide(10);
        browser.evaluate("document.getElementById('play').click()");
        browser.evaluate("new Promise(done => { const look = () => Number(document.getElementById('time').value) > 24"
                + " ? done() : requestAnimationFrame(look); look(); })");
        assertThat(picture("student-plane")).isNotEqualTo(still);
        reload();
    }

    @Test
    void everyControlHasANameForThoseWhoListen() throws Exception {
        int named = 0;
        for (JsonNode node : browser.send("Accessibility.getFullAXTree", Map.of()).get("nodes")) {
            String role = node.path("role").path("value").asText();
            if (List.of("slider", "radio", "button", "image", "application", "radiogroup", "table").contains(role)) {
                assertThat(node.path("name").path("value").asText()).as("name of a %s", role).isNotBlank();
                named++;
            }
        }
        assertThat(named).isGreaterThan(15);
        slide(12);
        browser.evaluate("new Promise(done => new MutationObserver(done).observe(document.getElementById('announce'),"
                + " {childList: true}))");
        assertThat(browser.evaluate("document.getElementById('announce').textContent").asText())
                .startsWith("Step to 12.0").contains("hh 13 spikes, gru-2 13 spikes");
    }

    @Test
    void aNarrowWindowNeedsNoScrollingSideways() throws Exception {
        browser.resize(400, 1700);
        browser.evaluate(DRAWN);
        assertThat(browser.evaluate("[...document.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right >"
                + " 400).map(e => e.outerHTML.slice(0, 80))")).as("what is too wide").isEmpty();
        browser.screenshot(PICTURES.resolve("narrow.png"));
        assertThat(browser.complaints()).isEmpty();
    }

    /** The page integrates neurons in fixed steps, for speed, and not with the method of simulate. */
    @ParameterizedTest
    @CsvSource({"gru-2, 1, 1e-4", "hh, 0, 0.02"})
    void itsNumbersAreThoseOfSimulate(String model, int system, double toleranceMv) throws Exception {
        for (Map.Entry<String, double[]> current : currents().entrySet()) {
            double[] here = simulated(model, current.getKey(), current.getValue());
            double[] there = simulatedByThePage(system, current.getValue());
            assertThat(there).hasSize(here.length);
            double worst = 0;
            for (int i = 0; i < here.length; i++) {
                worst = Math.max(worst, Math.abs(there[i] - here[i]));
            }
            assertThat(worst).as("%s under %s, mV", model, current.getKey()).isLessThan(toleranceMv);
        }
    }

    private static double[] simulatedByThePage(int system, double[] current) throws Exception {
        JsonNode voltage = browser.evaluate("import('nagumo/system').then(async ({ system }) => Array.from((await"
                + " system(JSON.parse(document.getElementById('explorer-data').textContent).systems[" + system
                + "])).simulate(" + new ObjectMapper().writeValueAsString(current) + ", 0.1).voltage))");
        return StreamSupport.stream(voltage.spliterator(), false).mapToDouble(JsonNode::asDouble).toArray();
    }

    /** 200 ms each. */
    private static Map<String, double[]> currents() {
        SplittableRandom random = new SplittableRandom(8);
        double[] step = new double[2000];
        double[] steps = new double[2000];
        double[] noise = new double[2000];
        double deviation = 0;
        for (int i = 0; i < step.length; i++) {
            step[i] = i < 200 ? 0 : 10;
            steps[i] = i % 250 == 0 ? random.nextDouble(-20, 40) : steps[i - 1];
            deviation += -0.02 * deviation + random.nextDouble(-1.7, 1.7);
            noise[i] = 5 + deviation;
        }
        return Map.of("a step", step, "random steps", steps, "noise", noise);
    }

    private static double[] simulated(String model, String name, double[] current) throws Exception {
        List<String> lines = new ArrayList<>(List.of("time_ms,current_uA_per_cm2"));
        for (int i = 0; i < current.length; i++) {
            lines.add(i / 10.0 + "," + current[i]);
        }
        Path file = Files.write(folder.resolve(name + ".csv"), lines, StandardCharsets.UTF_8);
        Path out = folder.resolve(name + "-" + model + ".csv");
        assertThat(new CommandLine(new Simulate()).execute("--model", model, "--current", file.toString(), "--out",
                out.toString())).isZero();
        Trace trace = TraceFile.read(out);
        return trace.voltageMv();
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "3, 4, 0", "8, 0, 0", "2, 6, 8", "3, 0, 1"})
    void networksOfOtherSizesAreExploredToo(int units, int readoutUnits, int features) throws Exception {
        SplittableRandom random = new SplittableRandom(units);
        double[] p = random.doubles(FusedGru.parameterCount(1, units, features)
                + FusedReadout.parameterCount(units, readoutUnits), -1, 1).toArray();
        TrainedNetwork network = new TrainedNetwork(new NetworkCard(NetworkCard.FORMAT_VERSION, "other", units,
                readoutUnits, features, 0.1, Integrator.HEUN, Scaling.HODGKIN_HUXLEY,
                new TrainedCurrents(-30, 170), new Provenance("none", "hh", 1, "none", 0.5, "test", "17")), p);
        browser.open(write("other-" + units + "-" + features, page(network)));
        int before = picture("voltage");
        slide(20);
        assertThat(picture("voltage")).isNotEqualTo(before);
        double here = new NetworkSystem(network).respond(List.of(new org.nagumo.datagen.simulate.CurrentTrace(0.1,
                currents().get("noise")))).get(0).voltageMv()[1999];
        double there = simulatedByThePage(1, currents().get("noise"))[1999];
        assertThat(there).isCloseTo(here, within(1e-4));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aStudentThatIsTheReductionIsExploredToo() throws Exception {
        Evaluation evaluation = Samples.evaluation();
        browser.open(write("rinzel", ReportPage.html(evaluation, Explorer.of(evaluation, Neurons.named("rinzel"))
                .orElseThrow(), null, null, List.of(), Map.of())));
        assertThat(readings("rinzel")).hasSize(4);
        assertThat(spikes("rinzel")).isGreaterThan(spikes("hh"));
        assertThat(browser.complaints()).isEmpty();
    }
}

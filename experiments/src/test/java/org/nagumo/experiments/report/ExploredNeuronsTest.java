package org.nagumo.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.hipparchus.complex.Complex;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nagumo.core.dynamics.Equilibria;
import org.nagumo.core.dynamics.Equilibrium;
import org.nagumo.core.dynamics.EquilibriumSearch;
import org.nagumo.core.dynamics.VectorField;
import org.nagumo.core.interval.Interval;
import org.nagumo.datagen.neuron.EquationNeuron;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.ode.OdeChoice;
import org.nagumo.experiments.evaluate.FiPoint;
import org.nagumo.experiments.evaluate.NeuronScale;
import org.nagumo.experiments.network.ShippedNetworks;
import org.nagumo.experiments.network.TrainedNetwork;

/** The equations that the explorer prints, run in a browser: all neurons and networks that ship, on one page. */
class ExploredNeuronsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double TOLERANCE = 1e-12;
    private static final int STATES = 20;
    private static final int MOST_PROVEN = 4;
    private static final int STARTS = 100;

    /** Half the width of the range of the potential in which equilibria are compared, in typical ranges. */
    private static final double REACH = 1.2;

    /** Depolarising currents; the others have the default. */
    private static final Map<String, Double> CURRENTS = Map.of("hh", 10.0, "rinzel", 10.0, "fhn", 0.6, "fhn-psi", 0.5,
            "bvp", -0.5, "morris-lecar-1", 50.0, "morris-lecar-2", 120.0, "morris-lecar-homoclinic", 40.0,
            "connor-stevens", 12.0);
    private static final double DEFAULT_CURRENT = 1.5;

    @TempDir
    private static Path folder;
    private static Chromium browser;
    private static Path page;
    private static List<String> all;

    @BeforeAll
    static void open() throws Exception {
        browser = Chromium.shared().orElse(null);
        assumeTrue(browser != null, "Chromium is not installed");
        List<ExploredSystem> systems = new ArrayList<>();
        neurons().forEach(name -> systems.add(ExploredSystem.of(neuron(name))));
        networks().forEach(name -> systems.add(ExploredSystem.of(ShippedNetworks.named(name))));
        all = Stream.concat(neurons(), networks()).toList();
        ObjectNode data = JSON.createObjectNode();
        for (int k = 0; k < systems.size(); k++) {
            data.set(all.get(k), systems.get(k).description().deepCopy().put("module", "nagumo/system-" + k));
        }
        page = Files.writeString(folder.resolve("all.html"), "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"/>"
                + "<title>all</title></head><body>" + Explorer.importMap(systems) + "<script type=\"module\">\n"
                + "import { system } from 'nagumo/system';\nimport * as equilibria from 'nagumo/equilibria';\n"
                + "import { portrait } from 'nagumo/plane';\nconst data = " + data + ";\nconst systems = {};\n"
                + "for (const [name, each] of Object.entries(data)) { systems[name] = await system(each); }\n"
                + "Object.assign(window, { systems, equilibria, portrait, ready: true });\n</script></body></html>");
        load();
    }

    private static void load() throws Exception {
        browser.complaints().clear();
        browser.open(page);
        browser.evaluate("new Promise(done => { const look = () => window.ready ? done() : setTimeout(look, 10);"
                + " look(); })");
    }

    @BeforeEach
    void quiet() {
        browser.complaints().clear();
    }

    static Stream<String> neurons() {
        return Neurons.names().stream().filter(name -> Neurons.equations(Neurons.named(name)).isPresent());
    }

    static Stream<String> networks() {
        return ShippedNetworks.names().stream();
    }

    private static EquationNeuron neuron(String name) {
        return Neurons.equations(Neurons.named(name)).orElseThrow();
    }

    private static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).mapToDouble(JsonNode::asDouble).toArray();
    }

    /** Random states around one, within half the typical ranges, and currents. */
    private static double[][] states(double[] around, double[] units, double current) {
        SplittableRandom random = new SplittableRandom(52);
        return IntStream.range(0, STATES).mapToObj(k -> IntStream.rangeClosed(0, around.length)
                .mapToDouble(i -> i < around.length ? around[i] + units[i] * random.nextDouble(-0.5, 0.5)
                        : current * random.nextDouble(-1, 2)).toArray()).toArray(double[][]::new);
    }

    private static void derivativesAgree(String name, VectorField field, double[][] points) throws Exception {
        int n = field.dimension();
        JsonNode there = browser.evaluate("{ const s = systems['" + name + "']; const n = s.dimension; " + JSON
                .writeValueAsString(points) + ".map(point => { const x = Float64Array.from(point.slice(0, n));"
                + " const f = new Float64Array(n); const j = new Float64Array(n * n); s.derivative(x, point[n], f);"
                + " s.jacobian(x, point[n], j); return [...f, ...j]; }); }");
        double[][] here = new double[points.length][n * (n + 1)];
        double[] size = new double[n * (n + 1)];
        for (int k = 0; k < points.length; k++) {
            double[] x = Arrays.copyOf(points[k], n);
            double[] f = new double[n];
            double[][] jacobian = new double[n][n];
            field.derivative(x, points[k][n], f);
            field.jacobian(x, points[k][n], jacobian);
            System.arraycopy(f, 0, here[k], 0, n);
            for (int i = 0; i < n; i++) {
                System.arraycopy(jacobian[i], 0, here[k], n * (i + 1), n);
            }
            for (int i = 0; i < size.length; i++) {
                size[i] = Math.max(size[i], Math.abs(here[k][i]));
            }
        }
        for (int k = 0; k < points.length; k++) {
            double[] browsers = numbers(there.get(k));
            for (int i = 0; i < size.length; i++) {
                assertThat(browsers[i]).as("%s, element %d at %s", name, i, Arrays.toString(points[k]))
                        .isCloseTo(here[k][i], within(TOLERANCE * size[i]));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("neurons")
    void aNeuronsDerivativeAndJacobianAreThoseOfJava(String name) throws Exception {
        EquationNeuron neuron = neuron(name);
        derivativesAgree(name, neuron, states(neuron.restState(), neuron.units(), current(name)));
        assertThat(browser.complaints()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void aNetworksDerivativeJacobianAndPotentialAreThoseOfJava(String name) throws Exception {
        TrainedNetwork network = ShippedNetworks.named(name);
        int n = network.card().units();
        double[] units = IntStream.range(0, n).mapToDouble(i -> 2).toArray();
        double[][] points = states(new double[n], units, network.card().scaling().currentUnitUaPerCm2());
        derivativesAgree(name, network.field(), points);
        double[] potentials = numbers(browser.evaluate(JSON.writeValueAsString(points) + ".map(point => systems['"
                + name + "'].voltage(Float64Array.from(point.slice(0, " + n + "))))"));
        for (int k = 0; k < points.length; k++) {
            double here = network.voltageMv(Arrays.copyOf(points[k], n));
            assertThat(potentials[k]).isCloseTo(here, within(TOLERANCE * Math.max(100, Math.abs(here))));
        }
        assertThat(browser.complaints()).isEmpty();
    }

    private static double current(String name) {
        return CURRENTS.getOrDefault(name, DEFAULT_CURRENT);
    }

    /** Without current, and at one at which most neurons fire. */
    @ParameterizedTest
    @MethodSource("neurons")
    void restAndStabilityAreThoseOfTheWholeNeuron(String name) throws Exception {
        EquationNeuron neuron = neuron(name);
        double[] rest = neuron.restState();
        double reach = REACH * neuron.units()[0];
        for (double current : new double[] {0, current(name)}) {
            EquilibriumSearch here = equilibria(neuron, current);
            List<Equilibrium> near = here.equilibria().stream().filter(e -> Math.abs(e.state()[0] - rest[0]) < reach)
                    .toList();
            JsonNode there = browser.evaluate("{ const s = systems['" + name + "']; const wide = (x, r) => [x - r,"
                    + " x + r]; portrait(s, " + current + ", { x: wide(" + rest[0] + ", " + reach + "), y: wide("
                    + "s.point(s.rest)[1], 3 * Math.max(...s.scales.slice(1))) }, [s.rest]).equilibria.map(e => ({"
                    + " state: [...e.state], stable: e.stable, unstable: e.unstable, values: e.values })); }");
            assertThat(here.certified()).isEqualTo(neuron.dimension() <= MOST_PROVEN);
            assertThat(there).as("%s at %s: %s", name, current, there).isNotEmpty().hasSize(near.size());
            for (int k = 0; k < near.size(); k++) {
                Equilibrium expected = near.get(k);
                double[] state = numbers(there.get(k).get("state"));
                for (int i = 0; i < state.length; i++) {
                    assertThat(state[i]).as("%s at %s", name, current).isCloseTo(expected.state()[i],
                            within(1e-9 * neuron.units()[i]));
                }
                assertThat(there.get(k).get("stable").asBoolean()).isEqualTo(expected.stable());
                assertThat(there.get(k).get("unstable").asInt()).isEqualTo((int) expected.eigenvalues().stream()
                        .filter(e -> e.getReal() > 0).count());
                eigenvaluesAgree(expected.eigenvalues(), there.get(k).get("values"));
            }
            if (current == 0) {
                assertThat(near).as("%s at rest", name).anyMatch(e -> e.stable() && Math.abs(e.state()[0] - rest[0])
                        < 1e-9 * neuron.units()[0]);
            }
        }
        assertThat(browser.complaints()).isEmpty();
    }

    /** Proven where a proof takes no longer than a moment, else from some starts. */
    private static EquilibriumSearch equilibria(EquationNeuron neuron, double current) {
        Interval[] region = neuron.equilibriumRegion(current, current);
        return neuron.dimension() <= MOST_PROVEN ? Equilibria.in(neuron, current, region)
                : Equilibria.multiStart(neuron, current, Arrays.stream(region).mapToDouble(Interval::low).toArray(),
                        Arrays.stream(region).mapToDouble(Interval::high).toArray(), STARTS, 1);
    }

    private static void eigenvaluesAgree(List<Complex> here, JsonNode there) {
        double size = here.stream().mapToDouble(Complex::norm).max().orElseThrow();
        assertThat(there).hasSize(here.size());
        for (JsonNode value : there) {
            Complex z = new Complex(value.get(0).asDouble(), value.get(1).asDouble());
            assertThat(here).as("%s among %s", z, here).anyMatch(e -> e.subtract(z).norm() < 1e-8 * size);
        }
    }

    /** Names and comments of a user's file mean nothing to the browser. */
    @Test
    void namesAndCommentsOfAFileAreTextAlone() throws Exception {
        String attack = "</script><script>window.hacked = 1</script><img src=x onerror=\"window.hacked = 1\">"
                + "*/ ${window.hacked = 1} ` ' \" \\ <!-- -->";
        EquationNeuron neuron = EquationNeuron.parse("n.ode", """
                # nagumo: name class
                # nagumo: input x 1, output return 1, time 1
                # nagumo: about new 1: %s
                # nagumo: about return: %s
                # nagumo: unit current 0.05, duration 3
                # nagumo: spike above 0, rearm 0.4
                par x=0, new=0.7, this=0.8, math=3, __proto__=12.5
                let=return-return^3/3
                u=new+return
                return'=let-var+x
                var'=(u-this*var)/__proto__*math/3
                init return=-1.2, var=-0.6
                done
                """.formatted(attack, attack), OdeChoice.NONE);
        NeuronScale scale = NeuronScale.of(neuron);
        Explorer explorer = Explorer.of(neuron, scale, List.of(new FiPoint(0, 0, Double.NaN, Double.NaN, Double.NaN,
                Double.NaN, Double.NaN), new FiPoint(1, 5, 1, 1, 1, 1, -1))).orElseThrow();
        browser.open(Files.writeString(folder.resolve("own.html"), explorer.page()));
        browser.evaluate("new Promise(done => { const look = () => document.querySelector('#readings tr') ? done()"
                + " : setTimeout(look, 10); look(); })");
        assertThat(browser.evaluate("typeof window.hacked").asText()).isEqualTo("undefined");
        assertThat(browser.evaluate("document.querySelector('h1').textContent").asText()).isEqualTo("class");
        assertThat(browser.evaluate("document.querySelector('#parameters').textContent").asText())
                .contains("this", "__proto__", attack.strip());
        assertThat(browser.evaluate("document.querySelectorAll('img').length").asInt()).isZero();
        assertThat(browser.evaluate("document.getElementById('teacher-rest').textContent").asText())
                .startsWith("Equilibria at ").contains("stable").doesNotContain("mV");
        assertThat(browser.complaints()).isEmpty();
        load();
    }
}

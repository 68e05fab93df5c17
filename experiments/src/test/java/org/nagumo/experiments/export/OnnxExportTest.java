package org.nagumo.experiments.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nagumo.core.equations.CompiledSystem;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.EquationNeuron;
import org.nagumo.datagen.ode.OdeChoice;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.experiments.report.Chromium;

class OnnxExportTest {

    @TempDir
    private Path folder;

    /** Outputs of a run, each as {@code [row][column]}. */
    private record Run(double[][] voltage, double[][] stateOut, double[][] stateRest) { }

    private OrtSession session(ExportedSystem system) throws OrtException {
        Path file = folder.resolve("model.onnx");
        assertThat(Exports.write(system, "onnx", file, true)).isEmpty();
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        return OrtEnvironment.getEnvironment().createSession(file.toString(), options);
    }

    private static Run run(OrtSession session, double[][] current, double[][] state) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OnnxTensor i = OnnxTensor.createTensor(environment, current);
                OnnxTensor x = OnnxTensor.createTensor(environment, state);
                OrtSession.Result result = session.run(Map.of("current", i, "state_in", x))) {
            return new Run((double[][]) result.get("voltage").orElseThrow().getValue(),
                    (double[][]) result.get("state_out").orElseThrow().getValue(),
                    (double[][]) result.get("state_rest").orElseThrow().getValue());
        }
    }

    /** A column of an array; a row of numbers as one. */
    private static double[][] column(double... values) {
        return Arrays.stream(values).mapToObj(each -> new double[] {each}).toArray(double[][]::new);
    }

    private static double[] column(double[][] values, int k) {
        return Arrays.stream(values).mapToDouble(row -> row[k]).toArray();
    }

    @ParameterizedTest
    @CsvSource({"gru-2, 1", "gru-3, 1", "gru-8, 1", "fhn-2, 0.07", "hh, 1", "wang-buzsaki, 0.5",
        "hindmarsh-rose, 0.4", "fhn, 0.07"})
    void theRuntimeGivesTheSameVoltageUnderNoise(String model, double factor) throws Exception {
        ExportedSystem exported = Models.exported(model);
        double dt = exported.stepping().sample();
        CurrentTrace current = Models.noise(dt, factor);
        try (OrtSession session = session(exported)) {
            Run run = run(session, column(current.currentUaPerCm2()), column(exported.initial()));
            double[] d = Models.differences(exported, dt, Models.sameMethod(model, current).voltageMv(),
                    column(run.voltage(), 0));
            System.out.printf("onnx: %s under noise: %.2g mV, %.0f spikes within %.2g ms%n", model, d[0], d[2], d[1]);
            assertThat(d[0]).isLessThan(0.01);
            assertThat(d[1]).isLessThan(0.02);
            assertThat(d[2]).isGreaterThan(2);
            assertThat(column(run.stateRest(), 0)).containsExactly(exported.initial());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gru-2", "fhn"})
    void aRunGoesOnFromItsStateAndCellsAreIndependent(String model) throws Exception {
        ExportedSystem exported = Models.exported(model);
        double[] noise = Models.noise(0.5, model.startsWith("fhn") ? 0.07 : 1).currentUaPerCm2();
        double[][] rest = column(exported.initial());
        try (OrtSession session = session(exported)) {
            Run whole = run(session, column(noise), rest);
            Run first = run(session, column(Arrays.copyOf(noise, 150)), rest);
            Run second = run(session, column(Arrays.copyOfRange(noise, 150, noise.length)), first.stateOut());
            assertThat(first.voltage()).isDeepEqualTo(Arrays.copyOf(whole.voltage(), 150));
            assertThat(second.voltage()).isDeepEqualTo(Arrays.copyOfRange(whole.voltage(), 150, noise.length));
            assertThat(second.stateOut()).isDeepEqualTo(whole.stateOut());

            // Samples one at a time, as in a loop that is closed elsewhere.
            double[][] state = rest;
            for (int k = 0; k < 20; k++) {
                Run step = run(session, new double[][] {{noise[k]}}, state);
                assertThat(step.voltage()[0]).containsExactly(whole.voltage()[k]);
                state = step.stateOut();
            }

            double[][] three = Arrays.stream(noise).mapToObj(each -> new double[] {0, each, 2 * each})
                    .toArray(double[][]::new);
            Run cells = run(session, three, rest);
            assertThat(column(cells.voltage(), 1)).containsExactly(column(whole.voltage(), 0), within(1e-9));
            double[][] onward = Arrays.stream(cells.stateOut()).map(row -> new double[] {row[1]})
                    .toArray(double[][]::new);
            assertThat(column(onward, 0)).containsExactly(column(whole.stateOut(), 0), within(1e-9));
            assertThat(column(cells.voltage(), 0)[noise.length - 1]).isNotCloseTo(
                    column(cells.voltage(), 2)[noise.length - 1], within(1e-3));
        }
    }

    /** One Runge-Kutta step of a system with all functions and operators, from states on all sides of conditions. */
    @Test
    void everyOperationMeansTheSame() throws Exception {
        String text = """
                par i=0, lambda=2, is=-3
                in=(v+40)/(1-exp(-(v+40)/10))
                v'=in+i+lambda^is+max(v,is)-min(v,lambda)*sign(v)+heav(v)+flr(v/7)+mod(v,3)+mod(-v,is)
                w'=if(v>is&w<2|v==w)then(not(w)+abs(v))else(sqrt(abs(v))^w-log10(3-is))+if(y)then(1)else(w/y)
                y'=sin(v)+cos(v)+tan(v)+sinh(y)+cosh(y)+tanh(y)+ln(lambda)-y^3-(-y)^2+1e-6*y^(-2)+exp(1)^y+(v>=w)-(v!=y)
                u'=3-lambda+if(lambda>1)then(2)else(v)
                done
                """;
        ExportedSystem exported = ExportedSystem.of(EquationNeuron.parse("all.ode", text, OdeChoice.NONE));
        double[][] states = {{-40, 0.3, 0.2, 1}, {-55.5, 1.5, -0.7, 0}, {12.25, 3, 0.5, 1}, {-100, -2, 1e-3, 1},
            {1.5, 1.5, -1e-3, 2}, {-39.9999, 0, 2, 3}};
        CompiledSystem system = exported.system().compile();
        double h = exported.stepping().sample();
        try (OrtSession session = session(exported)) {
            for (double[] state : states) {
                double[] expected = state.clone();
                double[] k = new double[state.length];
                for (int s = 0; s < 4; s++) {
                    double[] at = state.clone();
                    for (int j = 0; j < at.length; j++) {
                        at[j] += exported.stepping().inner().get(s) * h * k[j];
                    }
                    system.derivative(0, at, new double[] {1.5}, k);
                    for (int j = 0; j < at.length; j++) {
                        expected[j] += exported.stepping().weights().get(s) * h * k[j];
                    }
                }
                Run run = run(session, new double[][] {{1.5}}, column(state));
                double[] theirs = column(run.stateOut(), 0);
                for (int j = 0; j < state.length; j++) {
                    assertThat(theirs[j]).isCloseTo(expected[j], within(1e-13 * (1 + Math.abs(expected[j]))));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"asin(v)", "acos(v)", "atan(v)", "atan2(v,2)"})
    void functionsThatNoRuntimeComputesAreRefused(String formula) {
        ExportedSystem system = ExportedSystem.of(EquationNeuron.parse("arc.ode",
                "par i=0\nv'=i-" + formula + "\ndone\n", OdeChoice.NONE));
        Path file = folder.resolve("arc.onnx");
        assertThatThrownBy(() -> Exports.write(system, "onnx", file)).isInstanceOf(InputException.class)
                .hasMessageContaining("arc uses " + formula.replaceFirst("\\(.*", ""))
                .hasMessageContaining("allowed").hasMessageNotContaining("\n");
        assertThat(file).doesNotExist();
    }

    @Test
    void aPartThatIsNoNumberIsRefused() {
        ExportedSystem system = ExportedSystem.of(EquationNeuron.parse("nan.ode",
                "par i=0, a=-1\nv'=i-v+if(v<1e9)then(0)else(sqrt(a))\ndone\n", OdeChoice.NONE));
        assertThatThrownBy(() -> Exports.write(system, "onnx", folder.resolve("nan.onnx")))
                .isInstanceOf(InputException.class).hasMessageContaining("sqrt(a) is NaN; allowed");
    }

    /** The page, the runtime and the file come from a server here, because a page that is a file loads no modules. */
    @Test
    void aBrowserGivesTheSameVoltage() throws Exception {
        Path runtime = Programs.node("onnxruntime-web").resolve("dist");
        Chromium browser = Chromium.shared().orElse(null);
        assumeTrue(browser != null, "not installed: chromium (Debian package chromium); the comparison is skipped");
        ExportedSystem exported = Models.exported("gru-2");
        Exports.write(exported, "onnx", folder.resolve("model.onnx"));
        Files.writeString(folder.resolve("index.html"), "<!DOCTYPE html><title>ONNX</title>"
                + "<script src='ort.wasm.min.js'></script>");
        double dt = exported.stepping().sample();
        CurrentTrace current = Models.noise(dt);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> serve(exchange, runtime));
        server.start();
        try {
            browser.open(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/index.html"));
            JsonNode voltage = browser.evaluate("""
                    (async () => {
                      ort.env.wasm.numThreads = 1;
                      const session = await ort.InferenceSession.create('model.onnx');
                      const doubles = (values, shape) => new ort.Tensor('float64', Float64Array.from(values), shape);
                      const current = %s;
                      const zero = {current: doubles([0], [1, 1]), state_in: doubles([0, 0], [2, 1])};
                      const {state_rest} = await session.run(zero);
                      const {voltage} = await session.run({current: doubles(current, [current.length, 1]),
                        state_in: state_rest});
                      return Array.from(voltage.data);
                    })()""".formatted(Arrays.toString(current.currentUaPerCm2())));
            double[] theirs = StreamSupport.stream(voltage.spliterator(), false).mapToDouble(JsonNode::asDouble)
                    .toArray();
            double[] d = Models.differences(exported, dt, Models.sameMethod("gru-2", current).voltageMv(), theirs);
            System.out.printf("onnx in Chromium: gru-2 under noise: %.2g mV, %.0f spikes within %.2g ms%n", d[0], d[2],
                    d[1]);
            assertThat(d[0]).isLessThan(0.01);
            assertThat(d[1]).isLessThan(0.02);
            assertThat(d[2]).isGreaterThan(2);
        } finally {
            server.stop(0);
        }
    }

    private void serve(HttpExchange exchange, Path runtime) throws IOException {
        String name = exchange.getRequestURI().getPath().substring(1);
        Path file = Files.exists(folder.resolve(name)) ? folder.resolve(name) : runtime.resolve(name);
        boolean found = Files.isRegularFile(file);
        byte[] bytes = found ? Files.readAllBytes(file) : new byte[0];
        exchange.getResponseHeaders().set("Content-Type", name.endsWith("js") ? "text/javascript"
                : name.endsWith(".wasm") ? "application/wasm" : name.endsWith(".html") ? "text/html"
                        : "application/octet-stream");
        exchange.sendResponseHeaders(found ? 200 : 404, found ? bytes.length : -1);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }

    @Test
    void theFileSaysWhatItIsAndHowItRuns() throws Exception {
        ExportedSystem exported = Models.exported("gru-2");
        try (OrtSession session = session(exported)) {
            Map<String, String> properties = session.getMetadata().getCustomMetadata();
            assertThat(properties.get("description")).contains("imitates hh", "./nagumo train gru-2 --seed 1",
                    "SHA-256", "Licence: Apache License 2.0", "onnxruntime.InferenceSession(\"model.onnx\")", "dh1/dt = ");
            assertThat(properties).containsEntry("dt", "0.1").containsEntry("time_unit", "ms")
                    .containsEntry("potential_unit", "mV").containsEntry("states", "[\"h1\", \"h2\"]")
                    .containsEntry("state_rest", Arrays.toString(exported.initial()));
            assertThat(session.getMetadata().getProducerName()).isEqualTo("Nagumo");
        }
        byte[] once = Files.readAllBytes(folder.resolve("model.onnx"));
        Exports.write(exported, "onnx", folder.resolve("model.onnx"), true);
        assertThat(Files.readAllBytes(folder.resolve("model.onnx"))).isEqualTo(once);
    }
}

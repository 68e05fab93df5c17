package org.nagumo.experiments.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nagumo.core.gru.FusedGru;
import org.nagumo.core.gru.FusedReadout;
import org.nagumo.core.gru.Integrator;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.Trace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TrainedNetworkTest {

    private static TrainedNetwork random(int units, int readoutUnits) {
        return random(units, readoutUnits, 0);
    }

    private static TrainedNetwork random(int units, int readoutUnits, int features) {
        SplittableRandom random = new SplittableRandom(3);
        double[] p = random.doubles(FusedGru.parameterCount(1, units, features)
                + FusedReadout.parameterCount(units, readoutUnits), -1, 1).toArray();
        for (int j = 0; j < units; j++) {
            p[FusedGru.parameterCount(1, units, features) - 1 - j] = Math.log(0.3 + j);
        }
        return new TrainedNetwork(new NetworkCard(NetworkCard.FORMAT_VERSION, "test", units, readoutUnits, features, 0.1,
                Integrator.HEUN,
                Scaling.HODGKIN_HUXLEY,
                new TrainedCurrents(-30, 170),
                new Provenance("none", "hh", 1, "none", 0.5, "test", "17")), p);
    }

    private static CurrentTrace steps() {
        double[] current = new double[2500];
        for (int i = 0; i < current.length; i++) {
            current[i] = i < 300 ? 0 : i < 1200 ? 12 : i < 1500 ? -9 : 4;
        }
        return new CurrentTrace(0.1, current);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "4, 0", "0, 8", "4, 16"})
    void itsAnswersAreThoseOfTheDeeplearning4jNetworkStepByStep(int readoutUnits, int features) {
        TrainedNetwork network = random(2, readoutUnits, features);
        CurrentTrace current = steps();
        double[] voltage = new NetworkSystem(network).respond(List.of(current)).get(0).voltageMv();
        MultiLayerNetwork net = network.toDeeplearning4j();
        net.rnnTimeStep(Nd4j.zeros(1, 1, 10_000));
        for (int from = 0; from < 2000; from += 500) {
            INDArray x = Nd4j.create(1, 1, 500);
            for (int t = 0; t < 500; t++) {
                x.putScalar(0, 0, t, current.currentUaPerCm2()[from + t] / 40);
            }
            INDArray out = net.rnnTimeStep(x);
            for (int t = 0; t < 500; t++) {
                assertThat(voltage[from + t + 1]).isCloseTo(-30 + 100 * out.getDouble(0, 0, t), within(1e-3));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5})
    void aNetworkReadsBackFromItsFileAndTheFileHasAlwaysTheSameBytes(int features, @TempDir Path folder)
            throws IOException {
        TrainedNetwork network = random(2, 3, features);
        Path file = folder.resolve("model.zip");
        network.save(file);
        byte[] bytes = Files.readAllBytes(file);
        network.save(file);
        assertThat(Arrays.equals(Files.readAllBytes(file), bytes)).isTrue();
        TrainedNetwork read = TrainedNetwork.load(file);
        assertThat(read.parameters()).isEqualTo(network.parameters());
        assertThat(read.card()).isEqualTo(network.card());
        assertThat(ModelSerializer.restoreMultiLayerNetwork(file.toFile()).params())
                .isEqualTo(network.toDeeplearning4j().params());
        for (int length = 0; length < bytes.length; length += 1 + bytes.length / 20) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> TrainedNetwork.load(file)).isInstanceOf(InputException.class)
                    .hasMessageStartingWith(file.toString()).hasMessageContaining("allowed: a model.zip");
        }
        assertThatThrownBy(() -> TrainedNetwork.load(folder.resolve("none.zip"))).isInstanceOf(InputException.class)
                .hasMessageContaining("there is no such file");
    }

    /** Cards of versions 1 and 2 have no method and no range of currents: their networks make Euler steps. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aNetworkOfAnEarlierVersionRunsAsItDid(int version, @TempDir Path folder) throws IOException {
        NetworkCard card = new NetworkCard(version, "old", 2, 3, 0, 0.1, Integrator.EULER, Scaling.HODGKIN_HUXLEY, null,
                new Provenance("none", "hh", 1, "none", 0.5, "test", "17"));
        TrainedNetwork network = new TrainedNetwork(card, random(2, 3).parameters());
        Path file = folder.resolve("model.zip");
        network.save(file);
        Path old = folder.resolve("old.zip");
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(file));
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(old))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] bytes = in.readAllBytes();
                if (entry.getName().equals("nagumo.json")) {
                    ObjectNode json = (ObjectNode) new ObjectMapper().readTree(bytes);
                    json.remove(List.of("integrator", "trained"));
                    if (version == 1) {
                        json.remove("features");
                    }
                    bytes = new ObjectMapper().writeValueAsBytes(json);
                }
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(bytes);
            }
        }
        TrainedNetwork read = TrainedNetwork.load(old);
        assertThat(read.card()).isEqualTo(card);
        // Every step h' = h + dt f(h), written out by the flow.
        double[] h = {0, 0};
        double[] f = new double[2];
        for (int i = 0; i < 10_000; i++) {
            euler(read, h, f, 0);
        }
        Trace trace = new NetworkSystem(read).respond(List.of(steps())).get(0);
        for (int i = 0; i < 2500; i++) {
            assertThat(trace.voltageMv()[i]).isCloseTo(read.voltageMv(h), within(1e-9));
            euler(read, h, f, steps().currentUaPerCm2()[i]);
        }
    }

    private static void euler(TrainedNetwork network, double[] h, double[] f, double current) {
        network.field().derivative(h, current, f);
        for (int j = 0; j < h.length; j++) {
            h[j] += 0.1 * f[j];
        }
    }

    @Test
    void eachCurrentGetsItsOwnAnswerWhateverStandsBesideIt() {
        NetworkSystem system = new NetworkSystem(random(3, 2));
        CurrentTrace shorter = new CurrentTrace(0.05, new double[] {5, 5, -5, 0});
        List<Trace> both = system.respond(List.of(steps(), shorter, steps()));
        assertThat(both.get(0).voltageMv()).isEqualTo(both.get(2).voltageMv());
        assertThat(both.get(1).voltageMv()).isEqualTo(system.respond(List.of(shorter)).get(0).voltageMv());
        assertThat(both.get(0).stateNames()).containsExactly("h1", "h2", "h3");
        AtomicLong told = new AtomicLong();
        system.respond(List.of(steps(), shorter, steps()), told::addAndGet);
        assertThat(told).as("samples told").hasValue(2L * steps().length() + 4);
    }

    /** No step is longer than those of the training: held for two or three of them, a current means the same. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aCurrentThatIsSampledMoreCoarselyIsHeld(int steps) {
        NetworkSystem system = new NetworkSystem(random(2, 3, 4));
        double[] coarse = steps().currentUaPerCm2();
        double[] fine = IntStream.range(0, coarse.length * steps).mapToDouble(i -> coarse[i / steps]).toArray();
        Trace one = system.respond(List.of(new CurrentTrace(0.1 * steps, coarse))).get(0);
        Trace other = system.respond(List.of(new CurrentTrace(0.1, fine))).get(0);
        for (int i = 0; i < coarse.length; i++) {
            assertThat(one.voltageMv()[i]).isCloseTo(other.voltageMv()[i * steps], within(1e-9));
        }
    }

    @Test
    void theReadoutOfAStateIsTheVoltageOfTheTrace() {
        TrainedNetwork network = random(2, 4);
        Trace trace = new NetworkSystem(network).respond(List.of(steps())).get(0);
        for (int i = 0; i < 2500; i += 250) {
            double[] h = {trace.states()[0][i], trace.states()[1][i]};
            assertThat(network.voltageMv(h)).isCloseTo(trace.voltageMv()[i], within(1e-3));
        }
    }
}

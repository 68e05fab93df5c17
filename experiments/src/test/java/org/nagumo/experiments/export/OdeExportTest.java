package org.nagumo.experiments.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nagumo.core.equations.CompiledSystem;
import org.nagumo.core.equations.EquationSystem;
import org.nagumo.core.equations.State;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.EquationNeuron;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.ode.OdeChoice;
import org.nagumo.datagen.ode.OdeReader;
import org.nagumo.experiments.network.ShippedNetworks;

class OdeExportTest {

    @TempDir
    private Path folder;

    static Stream<String> models() {
        return Stream.concat(Neurons.names().stream()
                .filter(each -> Neurons.equations(Neurons.named(each)).isPresent()), ShippedNetworks.names().stream());
    }

    @ParameterizedTest
    @MethodSource("models")
    void theFileReadsBackAsTheSameSystemWithinTheLimitsOfXppaut(String model) throws Exception {
        ExportedSystem exported = Models.exported(model);
        Path file = folder.resolve("model.ode");
        assertThat(Exports.write(exported, "ode", file)).isEmpty();
        EquationSystem ours = exported.system();
        EquationSystem theirs = OdeReader.read(file).system();
        assertThat(theirs.states()).extracting(State::name)
                .containsExactlyElementsOf(ours.states().stream().map(State::name).toList());
        assertThat(theirs.states()).extracting(State::initial)
                .containsExactlyElementsOf(ours.states().stream().map(State::initial).toList());
        CompiledSystem a = ours.compile();
        CompiledSystem b = theirs.compile();
        SplittableRandom random = new SplittableRandom(25);
        int n = ours.states().size();
        for (int trial = 0; trial < 20; trial++) {
            double[] x = exported.initial();
            for (int k = 0; k < n; k++) {
                x[k] += 0.3 * exported.scales().get(k) * (2 * random.nextDouble() - 1);
            }
            double[] input = {20 * random.nextDouble() - 5};
            double[] left = new double[n];
            double[] right = new double[n];
            a.derivative(0, x, input, left);
            b.derivative(0, x, input, right);
            for (int k = 0; k < n; k++) {
                assertThat(right[k]).isCloseTo(left[k], within(1e-12 * (1 + Math.abs(left[k]))));
            }
        }
        String joined = Files.readString(file).replace("\\\n", "");
        assertThat(joined.lines().mapToInt(String::length).max().orElseThrow()).isLessThan(1000);
        assertThat(Files.readString(file).lines()).allMatch(line -> !line.startsWith("#") || !line.contains("\\"));
    }

    @ParameterizedTest
    @CsvSource({"hh", "fhn", "connor-stevens"})
    void aNeuronKeepsItsUnitsNamesAndTraits(String model) {
        EquationNeuron ours = (EquationNeuron) Neurons.named(model);
        Path file = folder.resolve("model.ode");
        Exports.write(ExportedSystem.of(ours), "ode", file);
        EquationNeuron theirs = EquationNeuron.read(file);
        assertThat(theirs.name()).isEqualTo(ours.name());
        assertThat(theirs.parameters()).isEqualTo(ours.parameters());
        assertThat(theirs.traits().units()).isEqualTo(ours.traits().units());
        assertThat(theirs.traits().scale()).isEqualTo(ours.traits().scale());
        assertThat(theirs.units()).containsExactly(ours.units());
        assertThat(theirs.restState()).containsExactly(ours.restState(), within(1e-9));
        assertThatThrownBy(() -> theirs.with(Map.of(model.equals("fhn") ? "phi" : "C", -1.0)))
                .hasMessageContaining("allowed");
    }

    /** A step of current, by XPPAUT's own method with error control. */
    @ParameterizedTest
    @CsvSource({"hh, 10", "morris-lecar-2, 100", "connor-stevens, 12", "gru-2, 10", "gru-8, 10"})
    void xppautFollowsTheSameVoltage(String model, double amplitude) throws Exception {
        Programs.assumeInstalled("xppaut", "xppaut");
        ExportedSystem exported = Models.exported(model);
        Path file = folder.resolve("model.ode");
        Exports.write(exported, "ode", file);
        String text = Files.readString(file);
        assertThat(text).contains("par i=0\n");
        Files.writeString(folder.resolve("step.ode"), text.replace("par i=0\n", "par i=" + amplitude + "\n")
                .replaceFirst("@ total=[^,]*, dt=[^,]*", "@ total=100, dt=0.05"));
        Programs.run(folder, "xppaut", "step.ode", "-silent", "-outfile", "out.dat", "-quiet", "1");
        double[][] rows = Programs.table(folder.resolve("out.dat"));
        assertThat(rows).hasNumberOfRows(2001);
        int column = exported.potentialIsState() ? 1 : 1 + exported.system().states().size();
        double[] theirs = Arrays.stream(rows).mapToDouble(row -> row[column]).toArray();
        double[] ours = Models.response(model, Models.step(amplitude, 0, 100, 0.05)).voltageMv();
        assertThat(Models.crossings(ours, 0.05, exported.spike().threshold())).isNotEmpty();
        double worst = Models.difference(ours, theirs);
        System.out.printf("ode: %s in XPPAUT under a step: %.2g mV%n", model, worst);
        assertThat(worst).isLessThan(0.1);
    }

    @Test
    void namesThatXppautDoesNotTakeAreChangedAndReported() {
        String text = """
                par iapp=0, thePeakConductance=2, thePeakConductor=3
                v'=thePeakConductance*(1-v)-thePeakConductor*v+iapp
                done
                """;
        ExportedSystem exported = ExportedSystem.of(EquationNeuron.parse("mine.ode", text, OdeChoice.NONE));
        Path file = folder.resolve("mine.ode");
        assertThat(Exports.write(exported, "ode", file)).containsExactly(
                "mine: 'thePeakConductance' is called 'thePeakCon' in the file, because XPPAUT allows 10 characters",
                "mine: 'thePeakConductor' is called 'thePeakCo_' in the file, because XPPAUT allows 10 characters");
        assertThat(EquationNeuron.read(file).parameters()).extracting(each -> each.name() + " " + each.value())
                .containsExactly("thePeakConductance 2.0", "thePeakConductor 3.0");
    }

    @Test
    void badInputIsRefusedInOneLine() throws Exception {
        ExportedSystem exported = Models.exported("fhn");
        assertThatThrownBy(() -> Exports.write(exported, "odd", folder.resolve("fhn.ode")))
                .isInstanceOf(InputException.class).hasMessageContaining("there is no dialect 'odd'; allowed: [")
                .hasMessageEndingWith("did you mean 'ode'?");
        assertThatThrownBy(() -> Exports.write(exported, "ode", folder.resolve("fhn.txt")))
                .isInstanceOf(InputException.class).hasMessageContaining("ends in .ode");
        Path kept = Files.writeString(folder.resolve("fhn.ode"), "mine");
        assertThatThrownBy(() -> Exports.write(exported, "ode", kept)).isInstanceOf(InputException.class)
                .hasMessageContaining("--overwrite");
        assertThat(kept).hasContent("mine");
        Exports.write(exported, "ode", kept, true);
        assertThat(Files.readString(kept)).contains("v'=");
        String many = "par i=0\n" + String.join("", IntStream.range(0, 400)
                .mapToObj(k -> "par p" + k + "=1\n").toList()) + "v'=i-v\n";
        ExportedSystem large = ExportedSystem.of(EquationNeuron.parse("large.ode", many, OdeChoice.NONE));
        assertThatThrownBy(() -> Exports.write(large, "ode", folder.resolve("large.ode")))
                .isInstanceOf(InputException.class).hasMessage("large has 401 parameters; allowed in XPPAUT: 400");
        assertThat(folder.resolve("large.ode")).doesNotExist();
    }
}

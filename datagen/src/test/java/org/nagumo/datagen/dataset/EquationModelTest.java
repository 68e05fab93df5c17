package org.nagumo.datagen.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nagumo.datagen.dataset.DatasetGenerator.Format;
import org.nagumo.datagen.io.Beginning;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.EquationNeuron;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.protocol.Protocol;

/** Data sets of a neuron that is a file of equations in the user's folder. */
class EquationModelTest {

    private static final String EQUATIONS = """
            # a "passive" membrane, with a \\ and a tab\t
            par iapp=0, g=0.1, e=-70
            v'=iapp-g*(v-e)
            init v=-70
            """;

    @TempDir
    private Path folder;
    private Path protocol;

    @BeforeEach
    void writes() throws Exception {
        Files.createDirectories(folder.resolve("cells"));
        Files.writeString(folder.resolve("cells/my-cell.ode"), EQUATIONS);
        protocol = write("{file: cells/my-cell.ode, input: iapp uA/cm2, parameters: {g: 0.2}}");
    }

    private Path write(String model) throws Exception {
        return Files.writeString(folder.resolve("protocol.yaml"), """
                name: mine
                model: %s
                sampling: {dt_ms: 0.5}
                sequences:
                  - {duration_ms: 100, stimulus: {kind: step, amplitude: 2, onset_ms: 0, duration_ms: 100}}
                """.formatted(model));
    }

    private static DatasetGenerator.Options options(Beginning beginning) {
        return new DatasetGenerator.Options(Set.of(Format.BINARY), 1, beginning, samples -> { });
    }

    @Test
    void theManifestKeepsTheEquations() throws Exception {
        Protocol read = Protocol.read(protocol);
        assertThat(read.neuron().name()).isEqualTo("my-cell");
        assertThat(read.columns()).containsExactly("time", "current", "voltage");
        Path out = folder.resolve("out");
        Manifest manifest = DatasetGenerator.generate(read, out, options(Beginning.NEW));
        assertThat(manifest.inputs()).hasSize(1);
        Neuron again = manifest.neuron();
        assertThat(again.name()).isEqualTo("my-cell");
        assertThat(again.parameters()).isEqualTo(read.neuron().parameters());
        assertThat(((EquationNeuron) again).file().text()).isEqualTo(EQUATIONS);
        assertThat(Neurons.changed(again)).isEqualTo(Map.of("g", 0.2));
        float[] voltage = SequenceFile.open(out.resolve(DatasetGenerator.SEQUENCES)).sequence(0)[2];
        assertThat((double) voltage[20]).isCloseTo(-60 - 10 * Math.exp(-0.2 * 10), within(1e-4));

        // Made again elsewhere, from what the data set keeps alone.
        Files.delete(folder.resolve("cells/my-cell.ode"));
        Manifest copy = DatasetGenerator.regenerate(out.resolve(Manifest.NAME), folder.resolve("copy"),
                options(Beginning.NEW));
        assertThat(copy.checksums()).isEqualTo(manifest.checksums());
        assertThat(copy.neuron().name()).isEqualTo("my-cell");
    }

    @Test
    void aChangedFileIsAnotherDataSet() throws Exception {
        Path out = folder.resolve("out");
        DatasetGenerator.generate(Protocol.read(protocol), out, options(Beginning.NEW));
        DatasetGenerator.generate(Protocol.read(protocol), out, options(Beginning.RESUME));
        Files.writeString(folder.resolve("cells/my-cell.ode"), EQUATIONS.replace("iapp-g", "2*iapp-g"));
        assertThatThrownBy(() -> DatasetGenerator.generate(Protocol.read(protocol), out, options(Beginning.RESUME)))
                .isInstanceOf(InputException.class).hasMessageContaining("different in [neuron, inputs]");
    }

    @Test
    void anotherProtocolTakesTheNeuronWithItsEquations() throws Exception {
        Neuron own = Protocol.read(protocol).neuron();
        Protocol other = Protocol.shipped("steps-and-noise").withNeuron(own);
        assertThat(other.neuron().parameters()).isEqualTo(own.parameters());
        assertThat(((EquationNeuron) other.neuron()).file().text()).isEqualTo(EQUATIONS);
        Protocol again = Protocol.parse("again", other.text(), name -> {
            throw new AssertionError("no file is needed: " + name);
        });
        assertThat(again.neuron().parameters()).isEqualTo(own.parameters());
    }

    @Test
    void shippedNeuronsAreWrittenByTheirNames() throws Exception {
        Protocol read = Protocol.read(write("{name: wang-buzsaki, parameters: {gNa: 36}}"));
        assertThat(read.neuron().name()).isEqualTo("wang-buzsaki");
        assertThat(read.withNeuron(read.neuron()).text()).contains("model: {name: wang-buzsaki, parameters: {C: 1.0,")
                .doesNotContain("equations");
    }

    @Test
    void faultsOfTheFileAndOfItsMention() throws Exception {
        Files.writeString(folder.resolve("cells/bad.ode"), "v'=-v+q\nwiener w\n");
        Path bad = write("{file: cells/bad.ode}");
        assertThatThrownBy(() -> Protocol.read(bad)).isInstanceOf(InputException.class).hasMessageMatching(
                "(?s).*bad.ode:1:7: unknown name 'q'.*\\n.*bad.ode:2:1: noise \\(wiener\\) is not supported.*");
        assertFault("{file: cells/none.ode}", "none.ode: there is no such file");
        assertFault("{file: cells/my-cell.ode, name: hh}", "protocol.yaml:2:8: names a neuron and a file; allowed:");
        assertFault("{parameters: {g: 1}}", "protocol.yaml:2:8: has neither 'name' nor 'file'; allowed:");
        assertFault("{name: hh, input: i}", "protocol.yaml:2:26: 'input' is for a file of equations; allowed:");
        assertFault("{file: cells/my-cell.ode, input: 1a}", "protocol.yaml:2:15: input is '1a'; allowed: a name,");
        assertFault("{file: cells/my-cell.ode, parameters: {h: 1}}", "unknown key 'h'; did you mean 'g'?");
    }

    private void assertFault(String model, String fault) throws Exception {
        Path path = write(model);
        assertThatThrownBy(() -> Protocol.read(path)).isInstanceOf(InputException.class).hasMessageContaining(fault);
    }
}

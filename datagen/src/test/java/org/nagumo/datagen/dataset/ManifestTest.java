package org.nagumo.datagen.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nagumo.datagen.dataset.DatasetGenerator.Format;
import org.nagumo.datagen.dataset.DatasetGenerator.Options;
import org.nagumo.datagen.io.Beginning;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.protocol.Protocol;

/** A data set is made again from its manifest. */
class ManifestTest {

    private static final Options BOTH = new Options(EnumSet.allOf(Format.class), 2, Beginning.NEW, n -> { });

    @TempDir
    private Path folder;
    private Path first;

    @BeforeEach
    void generate() throws IOException {
        Path currents = Files.createDirectories(folder.resolve("currents"));
        Files.writeString(currents.resolve("c.csv"), "time_ms,current_uA_per_cm2\n0,1\n0.1,9\n0.2,20\n");
        Files.createDirectories(folder.resolve("protocols"));
        Path protocol = Files.writeString(folder.resolve("protocols/p.yaml"), """
                name: with-a-file
                model: {name: hh, parameters: {gNa: 115}}
                sampling: {dt_ms: 0.1, columns: [voltage, current, n]}
                integration: {method: runge-kutta-4, step_ms: 0.02}
                seed: 9
                sequences:
                  - {duration_ms: 3, stimulus: {kind: csv, file: ../currents/c.csv}}
                  - {duration_ms: 3, stimulus: {kind: ornstein-uhlenbeck, mean: 8, sd: 3, tau_ms: 2}}
                """);
        first = folder.resolve("first");
        DatasetGenerator.generate(Protocol.read(protocol), first, BOTH);
    }

    @Test
    void itSaysAllThatTheDataSetWasMadeFrom() throws IOException {
        Manifest manifest = Manifest.read(first.resolve("manifest.json"));
        assertThat(Files.readString(first.resolve("manifest.json"))).contains("\"gNa\" : 115.0", "\"seed\" : 9",
                "\"nagumo_version\"", "Runge-Kutta 4, fixed step of at most 0.02 ms", "kind: csv");
        assertThat(manifest.checksums()).containsOnlyKeys("sequences.bin", "csv/sequence-00000.csv",
                "csv/sequence-00001.csv");
        for (String name : manifest.checksums().keySet()) {
            assertThat(manifest.checksums()).containsEntry(name, Checksums.of(first.resolve(name)));
        }
        assertThat(manifest.inputs()).hasSize(1);
        assertThat(SequenceFile.open(first.resolve("sequences.bin")).header().columns())
                .containsExactly("voltage_mV", "current_uA_per_cm2", "n");
        assertThat(Files.readString(first.resolve("csv/sequence-00000.csv")))
                .startsWith("time_ms,voltage_mV,current_uA_per_cm2,n\n0.0,-65.0");
    }

    @Test
    void theSameBytesComeFromItAlsoWhereTheFilesOfTheProtocolAreGone() throws IOException {
        Files.delete(folder.resolve("currents/c.csv"));
        Path second = folder.resolve("second");
        AtomicLong told = new AtomicLong();
        DatasetGenerator.regenerate(first.resolve("manifest.json"), second, new Options(BOTH.formats(), 2,
                Beginning.NEW, told::addAndGet));
        assertThat(told).as("all of it is told").hasValue(2 * 60)
                .hasValue(DatasetGenerator.work(first.resolve("manifest.json"), BOTH.formats()));
        for (String name : List.of("manifest.json", "sequences.bin", "csv/sequence-00001.csv")) {
            assertThat(Files.readAllBytes(second.resolve(name))).isEqualTo(Files.readAllBytes(first.resolve(name)));
        }
        byte[] before = Files.readAllBytes(first.resolve("sequences.bin"));
        Files.delete(first.resolve("sequences.bin"));
        DatasetGenerator.regenerate(first.resolve("manifest.json"), first, BOTH);
        assertThat(Files.readAllBytes(first.resolve("sequences.bin"))).isEqualTo(before);
    }

    @Test
    void changedInputsAndOtherResultsAreNoticed() throws IOException {
        Path manifest = first.resolve("manifest.json");
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(other.resolve("manifest.json"), Files.readString(manifest));
        assertThatThrownBy(() -> DatasetGenerator.regenerate(other.resolve("manifest.json"), folder.resolve("x"), BOTH))
                .isInstanceOf(InputException.class).hasMessageContaining("is missing or has changed");
        String checksum = Checksums.of(first.resolve("sequences.bin"));
        Files.writeString(manifest, Files.readString(manifest).replace(checksum, checksum.replace('a', 'b')));
        assertThatThrownBy(() -> DatasetGenerator.regenerate(manifest, folder.resolve("y"), BOTH))
                .isInstanceOf(InputException.class).hasMessageContaining("sequences.bin: is not what ");
    }

    @Test
    void whatIsNoManifestIsToldSo() throws IOException {
        Path file = Files.writeString(folder.resolve("m.json"), "{}");
        assertThatThrownBy(() -> Manifest.read(file)).hasMessageContaining("m.json: is not a manifest");
        Files.writeString(file, "{\"format_version\": 1}");
        assertThatThrownBy(() -> Manifest.read(file)).hasMessageContaining("has format version 1; allowed: 2");
        Files.writeString(file, "{\"format");
        assertThatThrownBy(() -> Manifest.read(file)).isInstanceOf(InputException.class)
                .hasMessageContaining("m.json: is not a manifest (");
        assertThatThrownBy(() -> Manifest.read(folder.resolve("none.json"))).hasMessageContaining("no such file");
    }
}

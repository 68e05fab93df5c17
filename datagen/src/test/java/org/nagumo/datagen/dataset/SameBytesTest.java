package org.nagumo.datagen.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nagumo.datagen.dataset.DatasetGenerator.Format;
import org.nagumo.datagen.dataset.DatasetGenerator.Options;
import org.nagumo.datagen.io.Beginning;
import org.nagumo.datagen.protocol.Protocol;

/**
 * One seed gives the same bytes: with any number of threads and in any batches, interpreted or compiled, with whatever
 * vector instructions, and, by checksums that are written down here, on every machine. Simulations use additions,
 * multiplications, divisions and square roots, which IEEE 754 and Java define to the last bit, and for all else
 * {@code StrictMath}.
 */
class SameBytesTest {

    private static final String PROTOCOL = """
            name: all-kinds
            model: {name: %s}
            sampling: {dt_ms: 0.1}
            seed: 7
            clip: [-25, 45]
            sequences:
              - {duration_ms: 8, count: 9, stimulus: {kind: ornstein-uhlenbeck, mean: {uniform: [-2, 10]}, sd: {uniform: [1, 8]}, tau_ms: {log-uniform: [1, 20]}}}
              - {duration_ms: 6, count: 3, stimulus: {kind: step, amplitude: {from: -20, to: 20, steps: 3}, onset_ms: 1, duration_ms: 4}}
              - {duration_ms: 7, count: 2, stimulus: {sum: [{kind: sine, amplitude: {normal: [5, 2]}, frequency_hz: 80}, {kind: steps, level: {uniform: [-3, 8]}, hold_ms: {uniform: [0.5, 3]}}]}}
              - {duration_ms: 5, stimulus: {then: [{for_ms: 2, stimulus: {kind: ramp, to: 9, duration_ms: 2}}, {for_ms: 3, stimulus: {kind: chirp, amplitude: 6, from_hz: 10, to_hz: 400, duration_ms: 3}}]}}
            """;

    /** Made by this test itself on an x86 processor with AVX-512. */
    private static final String HH = "8627d2566290088479a7eabdfb2362bf8e6bf29c18da9bffcc4a0d662368696d";
    private static final String FHN = "32c4550fcde3850e502fc84f3054171a226f57a48c41252ffe9b3fb97265f3aa";

    @TempDir
    private Path folder;

    private Path protocol(String neuron) throws IOException {
        return Files.writeString(folder.resolve(neuron + ".yaml"), String.format(PROTOCOL, neuron));
    }

    private String checksum(String neuron, int threads) throws IOException {
        return DatasetGenerator.generate(Protocol.read(protocol(neuron)), folder.resolve(neuron + threads),
                new Options(EnumSet.allOf(Format.class), threads, Beginning.NEW, n -> { })).checksums().toString();
    }

    @Test
    void theChecksumsAreThoseThatAreWrittenDown() throws IOException {
        assertThat(checksum("hh", 1)).contains("sequences.bin=" + HH);
        assertThat(checksum("fhn", 1)).contains("sequences.bin=" + FHN);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void theNumberOfThreadsDoesNotMatter(int threads) throws IOException {
        assertThat(checksum("hh", threads)).isEqualTo(checksum("hh", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xint", "-XX:UseAVX=0", "-XX:-UseFMA", "-XX:-InlineIntrinsics"})
    void howTheProgramIsRunDoesNotMatter(String flag) throws IOException, InterruptedException {
        Path out = folder.resolve("forked");
        Forked.await(Forked.start(List.of(flag), Forked.class, protocol("hh"), out, 2, Beginning.NEW));
        assertThat(Manifest.read(out.resolve(Manifest.NAME)).checksums()).hasToString(checksum("hh", 1));
    }
}

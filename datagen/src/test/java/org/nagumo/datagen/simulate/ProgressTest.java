package org.nagumo.datagen.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nagumo.datagen.neuron.Neurons;

/** What takes long says how far it is: every sample once, and none long after it is done. */
class ProgressTest {

    private final List<Long> told = Collections.synchronizedList(new ArrayList<>());

    private long sum() {
        return told.stream().mapToLong(n -> n).sum();
    }

    private static CurrentTrace current(int samples) {
        double[] current = new double[samples];
        Arrays.fill(current, samples / 4, samples, 7);
        return new CurrentTrace(0.1, current);
    }

    static Stream<ExcitableSystem> systems() {
        return Stream.of(new NeuronSimulator(Neurons.named("hh"), 1), new NeuronSimulator(Neurons.named("hh"), 3),
                new ReferenceSimulator(Neurons.named("hh")));
    }

    @ParameterizedTest
    @MethodSource("systems")
    void everySampleIsToldOnceAndInSmallPortions(ExcitableSystem system) {
        List<CurrentTrace> currents = List.of(current(6_000), current(1), current(2_000));
        List<Trace> traces = system.respond(currents, told::add);
        assertThat(sum()).isEqualTo(8_001);
        assertThat(told).allMatch(n -> n >= 0 && n <= 4100);
        assertThat(traces.get(2).voltageMv()).isEqualTo(system.respond(currents).get(2).voltageMv());
    }

    /** The step control of the reference first tries steps that end in NaN, and then shorter ones. */
    @Test
    void whatTheReferenceDoesAgainIsToldOnce() {
        double[] input = new double[20];
        Arrays.fill(input, 0, 12, -30);
        new ReferenceSimulator(Neurons.named("hh")).respond(List.of(new CurrentTrace(5, input)), told::add);
        assertThat(sum()).isEqualTo(20);
        assertThat(told).allMatch(n -> n >= 0);
    }

    @Test
    void aTraceIsWrittenAndACurrentReadWithProgress(@TempDir Path folder) throws IOException {
        Trace trace = new NeuronSimulator(Neurons.named("hh"), 1).respond(List.of(current(10_000))).get(0);
        Path file = folder.resolve("trace.csv");
        TraceFile.write(file, trace, told::add);
        assertThat(sum()).isEqualTo(10_000);
        assertThat(told).hasSizeGreaterThan(2);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TraceFile.write(bytes, trace, n -> { });
        assertThat(file).hasBinaryContent(bytes.toByteArray());
        told.clear();
        assertThat(CurrentFile.read(file, told::add).currentUaPerCm2()).isEqualTo(trace.current().currentUaPerCm2());
        assertThat(sum()).isEqualTo(Files.size(file));
        assertThat(told).hasSizeGreaterThan(10);
    }
}

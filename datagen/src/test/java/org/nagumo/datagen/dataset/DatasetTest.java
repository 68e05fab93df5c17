package org.nagumo.datagen.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.datavec.api.split.FileSplit;
import org.datavec.api.writable.FloatWritable;
import org.datavec.api.writable.Writable;
import org.deeplearning4j.datasets.datavec.RecordReaderMultiDataSetIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nagumo.datagen.dataset.DatasetGenerator.Format;
import org.nagumo.datagen.dataset.DatasetGenerator.Options;
import org.nagumo.datagen.io.Beginning;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.protocol.Protocol;
import org.nagumo.datagen.simulate.NeuronSimulator;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.datagen.simulate.TraceFile;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

class DatasetTest {

    @TempDir
    Path folder;

    private Protocol protocol() throws IOException {
        Path file = folder.resolve("p.yaml");
        Files.writeString(file, """
                name: small
                sampling: {dt_ms: 0.1}
                seed: 3
                sequences:
                  - {duration_ms: 20, count: 5, stimulus: {kind: ornstein-uhlenbeck, mean: 8, sd: 3, tau_ms: 2}}
                  - {duration_ms: 7, count: 2, stimulus: {kind: step, amplitude: [-5, 9], onset_ms: 1}}
                """);
        return Protocol.read(file);
    }

    private Path generate(String name, int threads) throws IOException {
        Path out = folder.resolve(name);
        DatasetGenerator.generate(protocol(), out, new Options(EnumSet.allOf(Format.class), threads,
                Beginning.NEW, n -> { }));
        return out;
    }

    @Test
    void aDataSetReadsBackAsItWasSimulated() throws IOException {
        Path out = generate("a", 2);
        TrajectorySet set = TrajectorySet.read(out);
        List<Trace> traces = new NeuronSimulator(protocol().neuron(), 1).respond(protocol().sequences());
        assertThat(set.size()).isEqualTo(7);
        assertThat(set.dtMs()).isEqualTo(0.1);
        assertThat(set.stateNames()).containsExactly("m", "h", "n");
        for (int k = 0; k < 7; k++) {
            Trace trace = traces.get(k);
            for (int i = 0; i < trace.length(); i++) {
                assertThat(set.current()[k][i]).isEqualTo((float) trace.current().currentUaPerCm2()[i]);
                assertThat(set.voltage()[k][i]).isEqualTo((float) trace.voltageMv()[i]);
                for (int s = 0; s < 3; s++) {
                    assertThat(set.states()[k][s][i]).isEqualTo((float) trace.states()[s][i]);
                }
            }
            Trace csv = TraceFile.read(out.resolve("csv/sequence-0000" + k + ".csv"));
            for (int i = 0; i < trace.length(); i++) {
                // The same float32 numbers as in the binary form.
                assertThat((float) csv.voltageMv()[i]).isEqualTo(set.voltage()[k][i]);
                assertThat((float) csv.states()[2][i]).isEqualTo(set.states()[k][2][i]);
            }
            assertThat(csv.dtMs()).isEqualTo(0.1);
        }
    }

    @Test
    void theSameProtocolGivesTheSameBytesWithAnyNumberOfThreads() throws IOException {
        byte[] one = Files.readAllBytes(generate("one", 1).resolve("sequences.bin"));
        for (int threads : new int[] {2, 3, 8}) {
            Path out = generate("t" + threads, threads);
            assertThat(Files.readAllBytes(out.resolve("sequences.bin"))).isEqualTo(one);
            assertThat(Files.readString(out.resolve("manifest.json")))
                    .isEqualTo(Files.readString(folder.resolve("one/manifest.json")))
                    .contains("nagumo_version", "\"gNa\" : 120.0", "\"seed\" : 3")
                    .contains(Checksums.of(out.resolve("sequences.bin")))
                    .contains(Checksums.of(out.resolve("csv/sequence-00006.csv")));
        }
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(f -> f.toString().endsWith(".part"))).isEmpty();
        }
    }

    @Test
    void theReaderIsADataVecSequenceReader() throws IOException, InterruptedException {
        Path out = generate("b", 1);
        BinarySequenceRecordReader reader = new BinarySequenceRecordReader();
        reader.initialize(new FileSplit(out.resolve("sequences.bin").toFile()));
        assertThat(reader.getLabels()).containsExactly("time_ms", "current_uA_per_cm2", "voltage_mV", "m", "h", "n");
        assertThat(reader.header().schema().getColumnNames()).isEqualTo(reader.getLabels());
        List<List<Writable>> first = reader.sequenceRecord();
        assertThat(first).hasSize(200).allMatch(step -> step.size() == 6);
        assertThat(first.get(10).get(0)).isEqualTo(new FloatWritable(1));
        var third = reader.nextSequence();
        var later = reader.nextSequence();
        assertThat(reader.loadSequenceFromMetaData(later.getMetaData()).getSequenceRecord())
                .isEqualTo(later.getSequenceRecord()).isNotEqualTo(third.getSequenceRecord());
        int count = 3;
        while (reader.hasNext()) {
            reader.sequenceRecord();
            count++;
        }
        assertThat(count).isEqualTo(7);
        reader.reset();
        assertThat(reader.sequenceRecord()).isEqualTo(first);
        reader.close();
    }

    @Test
    void sequencesWrittenAsWritablesReadBack() throws IOException {
        Path file = folder.resolve("w.bin");
        List<List<Writable>> sequence = List.of(List.of(new FloatWritable(1), new FloatWritable(2)),
                List.of(new FloatWritable(3), new FloatWritable(4)));
        try (BinarySequenceRecordWriter writer = new BinarySequenceRecordWriter(file,
                new SequenceHeader(0.5, List.of("a", "b")))) {
            assertThat(file).doesNotExist();
            writer.write(sequence);
            assertThatThrownBy(() -> writer.write(List.of(List.of(new FloatWritable(1)))))
                    .hasMessage("time step 0 has 1 values; allowed: 2, one for each of [a, b]");
            assertThatThrownBy(() -> writer.write(new float[][] {{Float.NaN}, {0}})).hasMessageContaining("NaN");
        }
        BinarySequenceRecordReader reader = new BinarySequenceRecordReader();
        reader.open(file);
        assertThat(reader.sequenceRecord()).isEqualTo(sequence);
        assertThat(reader.hasNext()).isFalse();
    }

    @Test
    void sequencesThatDoNotFitTheHeaderAreRefused() throws IOException {
        Path file = folder.resolve("ragged.bin");
        try (BinarySequenceRecordWriter writer = new BinarySequenceRecordWriter(file,
                new SequenceHeader(0.5, List.of("a", "b")))) {
            assertThatThrownBy(() -> writer.write(new float[1][3])).hasMessageContaining("has 1 columns; allowed: 2");
            assertThatThrownBy(() -> writer.write(new float[][] {{1, 2}, {1}}))
                    .hasMessageContaining("sequence 0 of ").hasMessageContaining("column 'b' has 1 samples");
            assertThatThrownBy(() -> writer.write(new float[2][0])).hasMessageContaining("has 0 samples");
            writer.write(new float[][] {{1}, {2}});
        }
        BinarySequenceRecordReader reader = new BinarySequenceRecordReader();
        reader.open(file);
        assertThat(reader.nextColumns()).isDeepEqualTo(new float[][] {{1}, {2}});
        assertThat(reader.hasNext()).isFalse();
    }

    @Test
    void aFileThatCannotBeMovedIntoPlaceLeavesNothingBehind() throws IOException {
        Path target = Files.createDirectories(folder.resolve("taken.bin/full"));
        BinarySequenceRecordWriter writer = new BinarySequenceRecordWriter(target.getParent(),
                new SequenceHeader(0.5, List.of("a")));
        assertThatThrownBy(writer::close).isInstanceOf(UncheckedIOException.class).hasMessageContaining("taken.bin");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(target.getParent());
        }
    }

    @Test
    void bytesAfterTheEndAreNoticed() throws IOException {
        Path file = generate("tail", 1).resolve("sequences.bin");
        Files.write(file, new byte[] {0}, StandardOpenOption.APPEND);
        assertThatThrownBy(() -> TrajectorySet.read(file)).isInstanceOf(InputException.class)
                .hasMessageContaining("the end is damaged");
    }

    @Test
    void deeplearning4jReadsTheSequencesAsMinibatches() throws IOException, InterruptedException {
        Path file = generate("iterator", 1).resolve("sequences.bin");
        BinarySequenceRecordReader inputs = new BinarySequenceRecordReader();
        inputs.initialize(new FileSplit(file.toFile()));
        // Columns 3 to 5, the gates, as labels of a regression on the columns before them.
        MultiDataSetIterator iterator = new RecordReaderMultiDataSetIterator.Builder(7)
                .addSequenceReader("file", inputs).addInput("file", 1, 2).addOutput("file", 3, 5)
                .sequenceAlignmentMode(RecordReaderMultiDataSetIterator.AlignmentMode.ALIGN_START).build();
        TrajectorySet set = TrajectorySet.read(file);
        MultiDataSet batch = iterator.next();
        assertThat(batch.getFeatures(0).shape()).containsExactly(7, 2, 200);
        assertThat(batch.getLabels(0).shape()).containsExactly(7, 3, 200);
        for (int k = 0; k < 7; k++) {
            int length = set.voltage()[k].length;
            assertThat(batch.getFeaturesMaskArray(0) == null ? 200 : batch.getFeaturesMaskArray(0).getRow(k)
                    .sumNumber().intValue()).isEqualTo(length);
            for (int t = 0; t < length; t += 13) {
                assertThat(batch.getFeatures(0).getFloat(k, 0, t)).isEqualTo(set.current()[k][t]);
                assertThat(batch.getFeatures(0).getFloat(k, 1, t)).isEqualTo(set.voltage()[k][t]);
                assertThat(batch.getLabels(0).getFloat(k, 2, t)).isEqualTo(set.states()[k][2][t]);
            }
        }
        assertThat(iterator.hasNext()).isFalse();
    }

    @Test
    void everyCutAndEveryFlippedByteIsNoticed() throws IOException {
        byte[] whole = Files.readAllBytes(generate("c", 1).resolve("sequences.bin"));
        Path file = folder.resolve("bad.bin");
        for (int length = 0; length < whole.length; length += 1 + whole.length / 97) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> TrajectorySet.read(file)).isInstanceOf(InputException.class)
                    .hasMessageStartingWith(file + ": ").hasMessageContaining("allowed");
        }
        for (int at = 0; at < whole.length; at += 1 + whole.length / 97) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x40;
            Files.write(file, damaged);
            assertThatThrownBy(() -> TrajectorySet.read(file)).as("byte %d", at).isInstanceOf(InputException.class);
        }
        assertThatThrownBy(() -> TrajectorySet.read(folder.resolve("none"))).hasMessageContaining("no such file");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamedAndNothingIsLeft() throws IOException {
        Path blocked = folder.resolve("file");
        Files.writeString(blocked, "in the way");
        Protocol protocol = protocol();
        assertThatThrownBy(() -> DatasetGenerator.generate(protocol, blocked.resolve("x"),
                new Options(EnumSet.of(Format.BINARY), 1, Beginning.NEW, n -> { })))
                .isInstanceOf(InputException.class).hasMessageContaining("cannot be written");
        assertThat(Files.readString(blocked)).isEqualTo("in the way");
    }

    @ParameterizedTest
    @CsvSource({"steps-and-noise,37,hh", "training-mix,1166,hh", "strength-duration,285,hh", "fitzhugh-nagumo,69,fhn"})
    void theProtocolsThatShipBecomeDataSets(String name, int sequences, String neuron) throws IOException {
        Protocol shipped = Protocol.shipped(name);
        assertThat(shipped.name()).isEqualTo(name);
        assertThat(shipped.neuron().name()).isEqualTo(neuron);
        Path out = folder.resolve(name);
        DatasetGenerator.generate(shipped, out, new Options(EnumSet.of(Format.BINARY), 2, Beginning.NEW, n -> { }));
        SequenceFile file = SequenceFile.open(out.resolve("sequences.bin"));
        assertThat(file.size()).isEqualTo(sequences);
        int voltage = file.header().columns().indexOf("voltage_mV");
        int spiking = 0;
        for (int k = 0; k < sequences; k++) {
            float[] v = file.sequence(k)[voltage];
            spiking += IntStream.range(0, v.length).anyMatch(t -> v[t] > 0) ? 1 : 0;
        }
        assertThat(spiking).isBetween(sequences / 4, sequences - 1);
    }

    /** Four times the heap is written and read again: what is in memory at a time does not grow with the data set. */
    @Test
    void aDataSetLargerThanTheHeapIsMadeAndRead() throws IOException, InterruptedException {
        Path file = folder.resolve("large.yaml");
        Files.writeString(file, """
                name: large
                model: {name: fhn}
                sampling: {dt_ms: 1, columns: [time, current, voltage, w]}
                integration: {method: runge-kutta-4, step_ms: 0.5}
                sequences:
                  - {duration_ms: 10000, count: 1000, stimulus: {kind: ornstein-uhlenbeck, mean: 0.4, sd: 0.1, tau_ms: 9}}
                """);
        String said = Forked.await(Forked.start(List.of("-Xmx40m", "-XX:+UseSerialGC"), Large.class, file,
                folder.resolve("large")));
        assertThat(Files.size(folder.resolve("large/sequences.bin"))).isGreaterThan(160_000_000);
        assertThat(said).contains("10000000 samples");
    }

    /** Generates, and reads all in minibatches. */
    static final class Large {

        private Large() {
        }

        public static void main(String[] args) {
            DatasetGenerator.generate(Protocol.read(Path.of(args[0])), Path.of(args[1]),
                    new Options(EnumSet.of(Format.BINARY), 2, Beginning.NEW, n -> { }));
            SequenceDataSetIterator windows = SequenceDataSetIterator.of(Path.of(args[1], "sequences.bin"))
                    .window(5000, 5000).minibatch(64).shuffle(1).build();
            long samples = 0;
            while (windows.hasNext()) {
                INDArray labels = windows.next().getLabels();
                samples += labels.size(0) * labels.size(2);
                labels.close();
            }
            System.out.println(samples + " samples");
        }
    }
}

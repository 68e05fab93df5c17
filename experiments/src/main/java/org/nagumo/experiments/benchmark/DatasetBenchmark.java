package org.nagumo.experiments.benchmark;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.nagumo.datagen.dataset.BinarySequenceRecordWriter;
import org.nagumo.datagen.dataset.SequenceDataSetIterator;
import org.nagumo.datagen.dataset.SequenceHeader;
import org.nd4j.linalg.dataset.DataSet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * All sequences of a file as shuffled minibatches of 32, half of the columns features, half labels: the file opened,
 * its checksums verified, ND4J's arrays filled. Size: columns, sequences, samples.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DatasetBenchmark {

    @Param("6x1000x2000")
    String size;

    private Path folder;
    private Path file;
    private List<String> columns;

    /** Writes the file. */
    @Setup
    public void prepare() throws IOException {
        Size s = Size.of(size);
        folder = Files.createTempDirectory("nagumo-benchmark");
        file = folder.resolve("sequences.bin");
        columns = IntStream.range(0, s.units()).mapToObj(k -> "c" + k).toList();
        try (BinarySequenceRecordWriter writer = new BinarySequenceRecordWriter(file,
                new SequenceHeader(0.1, columns))) {
            for (int k = 0; k < s.minibatch(); k++) {
                float[][] values = new float[s.units()][s.steps()];
                for (int c = 0; c < values.length; c++) {
                    for (int t = 0; t < s.steps(); t++) {
                        values[c][t] = k + 0.001f * t + c;
                    }
                }
                writer.write(values);
            }
        }
    }

    /** Reads all. */
    @Benchmark
    @Work("read a data set into minibatches")
    public double read() {
        int half = columns.size() / 2;
        SequenceDataSetIterator batches = SequenceDataSetIterator.of(file).minibatch(32).shuffle(1)
                .features(columns.subList(0, half).toArray(new String[0]))
                .labels(columns.subList(half, columns.size()).toArray(new String[0])).build();
        double last = 0;
        while (batches.hasNext()) {
            DataSet batch = batches.next();
            last += batch.getFeatures().getDouble(0, 0, 0) + batch.getLabels().getDouble(0, 0, 1);
            batch.getFeatures().close();
            batch.getLabels().close();
        }
        return last;
    }

    /** Removes the file. */
    @TearDown
    public void remove() throws IOException {
        remove(folder);
    }

    static void remove(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path each : files) {
                Files.delete(each);
            }
        }
        Files.delete(folder);
    }
}

package org.nagumo.datagen.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.datavec.api.records.reader.impl.csv.CSVSequenceRecordReader;
import org.datavec.api.records.reader.impl.transform.TransformProcessSequenceRecordReader;
import org.datavec.api.split.CollectionInputSplit;
import org.datavec.api.split.FileSplit;
import org.datavec.api.transform.MathOp;
import org.datavec.api.transform.TransformProcess;
import org.deeplearning4j.datasets.datavec.SequenceRecordReaderDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nagumo.datagen.io.InputException;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Sequences of 10, 7, 3 and 10 samples whose values say where they stand: 1000 column + 100 sequence + sample. */
class SequenceDataSetIteratorTest {

    private static final int[] LENGTHS = {10, 7, 3, 10};

    @TempDir
    private Path folder;
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("s.bin");
        try (BinarySequenceRecordWriter writer = new BinarySequenceRecordWriter(file,
                new SequenceHeader(0.5, List.of("a", "b", "c")))) {
            for (int k = 0; k < LENGTHS.length; k++) {
                float[][] columns = new float[3][LENGTHS[k]];
                for (int c = 0; c < 3; c++) {
                    for (int t = 0; t < LENGTHS[k]; t++) {
                        columns[c][t] = value(c, k, t);
                    }
                }
                writer.write(columns);
            }
        }
    }

    private static float value(int column, int sequence, int sample) {
        return 1000 * column + 100 * sequence + sample;
    }

    private SequenceDataSetIterator.Builder iterator() {
        return SequenceDataSetIterator.of(file).features("c", "a").labels("b");
    }

    @Test
    void wholeSequencesWithMasksForTheirEnds() {
        SequenceDataSetIterator all = iterator().minibatch(3).build();
        DataSet first = all.next();
        assertThat(first.getFeatures().shape()).containsExactly(3, 2, 10);
        assertThat(first.getLabels().shape()).containsExactly(3, 1, 10);
        assertThat(first.getFeatures().ordering()).isEqualTo('f');
        for (int k = 0; k < 3; k++) {
            for (int t = 0; t < 10; t++) {
                boolean there = t < LENGTHS[k];
                assertThat(first.getFeaturesMaskArray().getFloat(k, t)).isEqualTo(there ? 1 : 0);
                assertThat(first.getLabelsMaskArray().getFloat(k, t)).isEqualTo(there ? 1 : 0);
                assertThat(first.getFeatures().getFloat(k, 0, t)).isEqualTo(there ? value(2, k, t) : 0);
                assertThat(first.getFeatures().getFloat(k, 1, t)).isEqualTo(there ? value(0, k, t) : 0);
                assertThat(first.getLabels().getFloat(k, 0, t)).isEqualTo(there ? value(1, k, t) : 0);
            }
        }
        DataSet last = all.next();
        assertThat(last.numExamples()).isEqualTo(1);
        assertThat(last.getFeaturesMaskArray()).isNull();
        assertThat(all.hasNext()).isFalse();
        assertThatThrownBy(all::next).hasMessageContaining("allowed: reset()");
        assertThat(all.inputColumns()).isEqualTo(2);
        assertThat(all.totalOutcomes()).isEqualTo(1);
        assertThat(all.getLabels()).containsExactly("b");
    }

    @Test
    void windowsWithALookahead() {
        SequenceDataSetIterator windows = iterator().window(4, 3).lookahead(2).minibatch(100).build();
        // Of 10 samples 8 are followed by one two later: windows at 0, 3 and, shorter, 6; of 7: at 0 and 3; of 3: at 0.
        assertThat(windows.windows()).isEqualTo(9);
        DataSet all = windows.next();
        assertThat(all.getFeatures().getFloat(1, 1, 0)).isEqualTo(value(0, 0, 3));
        assertThat(all.getLabels().getFloat(1, 0, 0)).isEqualTo(value(1, 0, 5));
        assertThat(all.getLabels().getFloat(2, 0, 1)).isEqualTo(value(1, 0, 9));
        assertThat(all.getLabelsMaskArray().getRow(2).sumNumber().intValue()).isEqualTo(2);
        assertThat(all.getLabelsMaskArray().getRow(5).sumNumber().intValue()).isEqualTo(1);
        assertThat(iterator().window(4, 3).lookahead(2).shortestWindow(4).build().windows()).isEqualTo(6);
    }

    @Test
    void eachEpochHasAnOrderOfItsOwnThatTheSeedDecides() {
        SequenceDataSetIterator one = iterator().window(1, 1).minibatch(7).shuffle(4).build();
        SequenceDataSetIterator two = iterator().window(1, 1).minibatch(7).shuffle(4).build();
        List<Float> first = firstFeatures(one);
        assertThat(firstFeatures(two)).isEqualTo(first);
        assertThat(new HashSet<>(first)).as("each window once").hasSize(30);
        one.reset();
        two.reset();
        List<Float> second = firstFeatures(one);
        assertThat(second).isNotEqualTo(first).containsExactlyInAnyOrderElementsOf(first);
        assertThat(firstFeatures(two)).isEqualTo(second);
        assertThat(firstFeatures(iterator().window(1, 1).shuffle(5).build())).isNotEqualTo(first);
    }

    private static List<Float> firstFeatures(SequenceDataSetIterator iterator) {
        List<Float> values = new ArrayList<>();
        while (iterator.hasNext()) {
            INDArray features = iterator.next().getFeatures();
            for (int b = 0; b < features.size(0); b++) {
                values.add(features.getFloat(b, 1, 0));
            }
        }
        return values;
    }

    @Test
    void aNormaliserIsFittedAndSet() {
        SequenceDataSetIterator windows = iterator().window(5, 5).shuffle(1).minibatch(4).build();
        NormalizerStandardize normalizer = new NormalizerStandardize();
        normalizer.fitLabel(true);
        normalizer.fit(windows);
        windows.reset();
        windows.setPreProcessor(normalizer);
        double sum = 0;
        double squares = 0;
        double count = 0;
        while (windows.hasNext()) {
            DataSet batch = windows.next();
            for (int b = 0; b < batch.numExamples(); b++) {
                for (int t = 0; t < batch.getLabels().size(2); t++) {
                    if (batch.getLabelsMaskArray() == null || batch.getLabelsMaskArray().getFloat(b, t) == 1) {
                        double value = batch.getLabels().getDouble(b, 0, t);
                        sum += value;
                        squares += value * value;
                        count++;
                    }
                }
            }
        }
        assertThat(count).isEqualTo(30);
        assertThat(sum / count).isCloseTo(0, within(1e-3));
        assertThat(squares / count).isCloseTo(1, within(0.05));
    }

    @Test
    void aNetworkTrainsOnIt() {
        SequenceDataSetIterator windows = iterator().window(5, 5).lookahead(1).shuffle(1).minibatch(2).build();
        NormalizerStandardize normalizer = new NormalizerStandardize();
        normalizer.fitLabel(true);
        normalizer.fit(windows);
        windows.setPreProcessor(normalizer);
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder().seed(1)
                .updater(new Adam(0.02)).list()
                .layer(new SimpleRnn.Builder().nIn(2).nOut(4).build())
                .layer(new RnnOutputLayer.Builder(LossFunction.MSE).nIn(4).nOut(1).activation(Activation.IDENTITY)
                        .dataFormat(RNNFormat.NCW).build()).build());
        net.init();
        windows.reset();
        double before = net.score(windows.next());
        net.fit(windows, 40);
        windows.reset();
        assertThat(net.score(windows.next())).isLessThan(before / 4);
    }

    @Test
    void deeplearning4jsOwnIteratorReadsTheSameThroughTheRecordReader() throws IOException, InterruptedException {
        BinarySequenceRecordReader reader = new BinarySequenceRecordReader();
        reader.initialize(new FileSplit(file.toFile()));
        // One regression label, column b, from the two others.
        SequenceRecordReaderDataSetIterator theirs = new SequenceRecordReaderDataSetIterator(reader, 1, -1, 1, true);
        SequenceDataSetIterator ours = SequenceDataSetIterator.of(file).features("a", "c").labels("b").minibatch(1)
                .build();
        int count = 0;
        while (theirs.hasNext()) {
            DataSet their = theirs.next();
            DataSet our = ours.next();
            assertThat(our.getFeatures()).isEqualTo(their.getFeatures());
            assertThat(our.getLabels()).isEqualTo(their.getLabels());
            count++;
        }
        assertThat(count).isEqualTo(4);
        assertThat(ours.hasNext()).isFalse();
    }

    @Test
    void aTransformProcessWorksOnTheSchemaOfTheHeader() throws IOException, InterruptedException {
        TransformProcess process = new TransformProcess.Builder(SequenceFile.open(file).header().schema())
                .removeColumns("c").floatMathOp("a", MathOp.Multiply, 2).build();
        BinarySequenceRecordReader reader = new BinarySequenceRecordReader();
        // DataVec's transforming reader leaves it to its caller to initialise the reader behind it.
        reader.initialize(new FileSplit(file.toFile()));
        TransformProcessSequenceRecordReader transformed = new TransformProcessSequenceRecordReader(reader, process);
        var second = List.of(transformed.sequenceRecord(), transformed.sequenceRecord()).get(1);
        assertThat(second).hasSize(7);
        assertThat(second.get(3)).hasSize(2);
        assertThat(second.get(3).get(0).toFloat()).isEqualTo(2 * value(0, 1, 3));
        assertThat(second.get(3).get(1).toFloat()).isEqualTo(value(1, 1, 3));
    }

    @Test
    void datavecReadsTheCsvForm() throws IOException, InterruptedException {
        File csv = folder.resolve("sequence-00000.csv").toFile();
        SequenceCsv.write(csv.toPath(), new SequenceHeader(0.1, List.of("time_ms", "x")),
                new float[][] {{0, 0.1f, 0.2f, 0.3f}, {0.1f, -65.25f, 3e-9f, 7}});
        CSVSequenceRecordReader reader = new CSVSequenceRecordReader(1, ",");
        reader.initialize(new CollectionInputSplit(List.of(csv.toURI())));
        var sequence = reader.sequenceRecord();
        assertThat(sequence).hasSize(4);
        assertThat(sequence.get(3).get(0)).hasToString("0.3");
        assertThat(sequence.get(0).get(1)).hasToString("0.1");
        assertThat(sequence.get(2).get(1).toFloat()).isEqualTo(3e-9f);
    }

    @Test
    void aMapOfTheFileReadsAnyWindow() {
        SequenceFile sequences = SequenceFile.open(file);
        assertThat(sequences.size()).isEqualTo(4);
        assertThat(sequences.samples(2)).isEqualTo(3);
        float[] window = new float[4];
        sequences.read(3, 2, 6, window, 3);
        assertThat(window).containsExactly(value(2, 3, 6), value(2, 3, 7), value(2, 3, 8), 0);
    }

    @Test
    void mistakesAreNamed() {
        assertThatThrownBy(() -> iterator().labels("d").build()).isInstanceOf(InputException.class)
                .hasMessage(file + ": has no column 'd'; allowed: [a, b, c]");
        assertThatThrownBy(() -> iterator().window(0, 1)).hasMessageContaining("window is 0; allowed");
        assertThatThrownBy(() -> iterator().lookahead(-1)).hasMessageContaining("lookahead is -1; allowed");
        assertThatThrownBy(() -> iterator().lookahead(10).build()).hasMessageContaining("has no window");
        assertThatThrownBy(() -> iterator().minibatch(0).build()).hasMessageContaining("minibatch is 0; allowed");
    }
}

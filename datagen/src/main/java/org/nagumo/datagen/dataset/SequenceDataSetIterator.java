package org.nagumo.datagen.dataset;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.nagumo.datagen.io.InputException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Minibatches for Deeplearning4j straight from a file of sequences, of which only the pages that are read are in
 * memory.
 *
 * <p>Sequences are cut into windows. Features are {@code [minibatch, feature columns, time]}, labels
 * {@code [minibatch, label columns, time]}, float32 in 'f' order, which the recurrent layers take without a copy; the
 * label at a time step is {@code lookahead} samples later than the features. Windows at the end of a sequence may be
 * shorter: the rest is zero, and masks of shape {@code [minibatch, time]} say so. A normaliser such as
 * {@code NormalizerStandardize} is fitted on the iterator and set as its preprocessor.
 */
public final class SequenceDataSetIterator implements DataSetIterator {

    private static final long serialVersionUID = 1L;

    /** Time steps that are transposed together, so that the rows being written stay in the nearest cache. */
    private static final int TILE = 16;

    private final transient SequenceFile file;
    private final int[] features;
    private final int[] labels;
    private final int minibatch;
    private final int lookahead;
    private final Long seed;
    private final int[] sequenceOf;
    private final int[] from;
    private final int[] length;
    private final int[] order;
    private int epoch;
    private int next;
    private DataSetPreProcessor preProcessor;

    private SequenceDataSetIterator(Builder builder) {
        file = builder.file;
        features = columns(file, builder.features);
        labels = columns(file, builder.labels);
        minibatch = positive("minibatch", builder.minibatch);
        lookahead = builder.lookahead;
        seed = builder.seed;
        int window = builder.window;
        int stride = builder.stride;
        int[][] windows = IntStream.range(0, file.size()).boxed().flatMap(k -> {
            int usable = file.samples(k) - lookahead;
            int size = window == 0 ? Math.max(1, usable) : window;
            int step = window == 0 ? size : stride;
            return IntStream.iterate(0, at -> at < usable, at -> at + step)
                    .filter(at -> at == 0 || usable - at >= builder.shortest)
                    .mapToObj(at -> new int[] {k, at, Math.min(size, usable - at)});
        }).toArray(int[][]::new);
        if (windows.length == 0) {
            throw new IllegalArgumentException(file.path() + " has no window: its sequences are not longer than the"
                    + " lookahead of " + lookahead + " samples; allowed: a shorter one");
        }
        sequenceOf = Arrays.stream(windows).mapToInt(w -> w[0]).toArray();
        from = Arrays.stream(windows).mapToInt(w -> w[1]).toArray();
        length = Arrays.stream(windows).mapToInt(w -> w[2]).toArray();
        order = new int[windows.length];
        shuffle();
    }

    /** Begins with the choice of a file. */
    public static Builder of(Path file) {
        return new Builder(SequenceFile.open(file));
    }

    /** What an iterator is made from. All sequences whole, in their order, unless it is told otherwise. */
    public static final class Builder {

        private final SequenceFile file;
        private List<String> features;
        private List<String> labels = List.of("voltage_mV");
        private int minibatch = 32;
        private int window;
        private int stride;
        private int shortest = 1;
        private int lookahead;
        private Long seed;

        private Builder(SequenceFile file) {
            this.file = file;
            features = List.of(file.header().currentColumn().orElse("current_uA_per_cm2"));
        }

        /** Columns that are given, the current by default. */
        public Builder features(String... columns) {
            features = List.of(columns);
            return this;
        }

        /** Columns that are to be predicted, the voltage by default. */
        public Builder labels(String... columns) {
            labels = List.of(columns);
            return this;
        }

        /** Windows in a minibatch. */
        public Builder minibatch(int windows) {
            minibatch = windows;
            return this;
        }

        /**
         * Cuts windows.
         *
         * @param samples length of a window
         * @param step    from the beginning of a window to that of the next
         */
        public Builder window(int samples, int step) {
            window = positive("window", samples);
            stride = positive("stride", step);
            return this;
        }

        /** Windows at the end of a sequence that are shorter are left out; a sequence's first window is not. */
        public Builder shortestWindow(int samples) {
            shortest = positive("shortestWindow", samples);
            return this;
        }

        /** The labels are that many samples later than the features. */
        public Builder lookahead(int samples) {
            if (samples < 0) {
                throw new IllegalArgumentException("lookahead is " + samples + "; allowed: 0 and more");
            }
            lookahead = samples;
            return this;
        }

        /** Another order of the windows in each epoch, decided by a seed. */
        public Builder shuffle(long shuffleSeed) {
            seed = shuffleSeed;
            return this;
        }

        public SequenceDataSetIterator build() {
            return new SequenceDataSetIterator(this);
        }
    }

    private static int positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + "; allowed: at least 1");
        }
        return value;
    }

    private static int[] columns(SequenceFile file, List<String> names) {
        List<String> known = file.header().columns();
        return names.stream().mapToInt(name -> {
            if (!known.contains(name)) {
                throw new InputException(file.path() + ": has no column '" + name + "'; allowed: " + known);
            }
            return known.indexOf(name);
        }).toArray();
    }

    /** Fisher and Yates. */
    private void shuffle() {
        Arrays.setAll(order, i -> i);
        if (seed == null) {
            return;
        }
        SplittableRandom random = new SplittableRandom(seed + 0x9E3779B97F4A7C15L * epoch);
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }

    @Override
    public DataSet next(int windows) {
        if (!hasNext()) {
            throw new NoSuchElementException("no further minibatch; allowed: reset()");
        }
        int size = Math.min(windows, order.length - next);
        int[] chosen = Arrays.copyOfRange(order, next, next + size);
        next += size;
        int longest = Arrays.stream(chosen).map(w -> length[w]).max().orElseThrow();
        INDArray mask = mask(chosen, longest);
        DataSet batch = new DataSet(array(chosen, features, 0, longest), array(chosen, labels, lookahead, longest),
                mask, mask == null ? null : mask.dup());
        if (preProcessor != null) {
            preProcessor.preProcess(batch);
        }
        return batch;
    }

    private INDArray array(int[] windows, int[] columns, int delay, int longest) {
        int size = windows.length;
        float[] values = new float[size * columns.length * longest];
        float[][] rows = new float[size][longest];
        for (int c = 0; c < columns.length; c++) {
            for (int b = 0; b < size; b++) {
                int w = windows[b];
                file.read(sequenceOf[w], columns[c], from[w] + delay, rows[b], length[w]);
                Arrays.fill(rows[b], length[w], longest, 0);
            }
            transpose(rows, values, c * size, columns.length * size, longest);
        }
        return Nd4j.create(values, new long[] {size, columns.length, longest}, 'f');
    }

    private static void transpose(float[][] rows, float[] values, int first, int perStep, int longest) {
        for (int tile = 0; tile < longest; tile += TILE) {
            int end = Math.min(tile + TILE, longest);
            for (int b = 0; b < rows.length; b++) {
                float[] row = rows[b];
                for (int t = tile; t < end; t++) {
                    values[first + b + t * perStep] = row[t];
                }
            }
        }
    }

    /** Null when all windows are equally long. */
    private INDArray mask(int[] windows, int longest) {
        if (Arrays.stream(windows).allMatch(w -> length[w] == longest)) {
            return null;
        }
        float[] values = new float[windows.length * longest];
        for (int b = 0; b < windows.length; b++) {
            for (int t = 0; t < length[windows[b]]; t++) {
                values[b + t * windows.length] = 1;
            }
        }
        return Nd4j.create(values, new long[] {windows.length, longest}, 'f');
    }

    @Override
    public DataSet next() {
        return next(minibatch);
    }

    @Override
    public boolean hasNext() {
        return next < order.length;
    }

    /** Windows in an epoch. */
    public int windows() {
        return order.length;
    }

    @Override
    public int inputColumns() {
        return features.length;
    }

    @Override
    public int totalOutcomes() {
        return labels.length;
    }

    @Override
    public boolean resetSupported() {
        return true;
    }

    @Override
    public boolean asyncSupported() {
        return true;
    }

    @Override
    public void reset() {
        next = 0;
        epoch++;
        shuffle();
    }

    @Override
    public int batch() {
        return minibatch;
    }

    @Override
    public void setPreProcessor(DataSetPreProcessor changed) {
        preProcessor = changed;
    }

    @Override
    public DataSetPreProcessor getPreProcessor() {
        return preProcessor;
    }

    @Override
    public List<String> getLabels() {
        return Arrays.stream(labels).mapToObj(file.header().columns()::get).toList();
    }
}

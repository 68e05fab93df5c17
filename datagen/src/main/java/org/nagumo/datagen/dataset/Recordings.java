package org.nagumo.datagen.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.recording.set.PreparedRecordings;
import org.nagumo.datagen.recording.set.RecordedSequence;
import org.nagumo.datagen.recording.set.RecordingSet;

/**
 * Recordings as a data set: each used or held-out stretch of a sweep is a sequence with the columns {@code time_ms},
 * the current in the unit of the recording (such as {@code current_pA}), and {@code voltage_mV}. The manifest marks
 * each sequence ({@link Manifest#recorded}): its files, sweep and channels, whether it is held out, and which
 * sequences repeat one current.
 */
public final class Recordings {

    /** Prepared sequences are kept between check and writing as long as they fit into this part of the heap. */
    private static final long KEPT_PART_OF_HEAP = 4;

    private final RecordingSet set;
    private final PreparedRecordings prepared;
    private final Map<Path, String> names;
    private final long[] shares;
    private final List<float[][]> kept = new ArrayList<>();

    private Recordings(RecordingSet set, PreparedRecordings prepared, UnaryOperator<String> kept) {
        this.set = set;
        this.prepared = prepared;
        names = names(set, kept);
        shares = shares(bytes(set), prepared.sequences().size());
    }

    /**
     * How much there is to do, in the units of {@link DatasetProgress#accept}.
     *
     * @param set     the recordings
     * @param formats forms in which the sequences are written
     * @return bytes of the recordings, once for each form
     */
    public static long work(RecordingSet set, Set<DatasetGenerator.Format> formats) {
        return bytes(set) * DatasetProgress.rounds(formats);
    }

    private static long bytes(RecordingSet set) {
        return set.files().values().stream().flatMap(List::stream).distinct()
                .mapToLong(file -> file.toFile().length()).sum();
    }

    /** The amount of work that each sequence stands for; their sum is the whole. */
    private static long[] shares(long bytes, int sequences) {
        long[] shares = new long[sequences];
        for (int k = 0; k < sequences; k++) {
            shares[k] = bytes / sequences + (k < bytes % sequences ? 1 : 0);
        }
        return shares;
    }

    /**
     * Makes a data set of recordings. All of them are prepared and checked before anything is written.
     *
     * @param set     the recordings
     * @param folder  where the data set is put; made when missing
     * @param options how it is made
     * @return the manifest that was written
     * @throws InputException naming file, sweep, channel, fault and remedy
     */
    public static Manifest make(RecordingSet set, Path folder, DatasetGenerator.Options options) {
        return make(set, DatasetGenerator::kept, folder, options);
    }

    /**
     * As {@link #make(RecordingSet, Path, DatasetGenerator.Options)}.
     *
     * @param kept gives the name under which a file is kept in the data set, for the name that the text gives it
     */
    static Manifest make(RecordingSet set, UnaryOperator<String> kept, Path folder, DatasetGenerator.Options options) {
        try (PreparedRecordings prepared = PreparedRecordings.of(set)) {
            Recordings recordings = new Recordings(set, prepared, kept);
            recordings.check(options.progress());
            return DatasetGenerator.inFolder(folder, () -> recordings.write(folder, options));
        }
    }

    /** The names under which files are kept. */
    private static Map<Path, String> names(RecordingSet set, UnaryOperator<String> kept) {
        Map<Path, String> names = new LinkedHashMap<>();
        new TreeMap<>(set.files()).forEach((pattern, files) -> {
            int folder = pattern.lastIndexOf('/') + 1;
            for (Path file : files) {
                names.putIfAbsent(file, kept.apply(pattern.substring(0, folder) + file.getFileName()));
            }
        });
        return names;
    }

    private void check(DatasetProgress progress) {
        LongConsumer check = progress.check("the recordings", bytes(set));
        long[] room = {Runtime.getRuntime().maxMemory() / KEPT_PART_OF_HEAP};
        prepared.forEach(0, (index, columns) -> {
            room[0] -= (long) Float.BYTES * columns.length * columns[0].length;
            if (room[0] >= 0 && kept.size() == index) {
                kept.add(columns);
            }
            check.accept(shares[index]);
        });
    }

    private Manifest write(Path folder, DatasetGenerator.Options options) throws IOException {
        SequenceHeader header = new SequenceHeader(prepared.dtMs(), prepared.columns());
        Map<String, Path> inputs = new TreeMap<>();
        names.forEach((file, name) -> inputs.put(name, file));
        Manifest manifest = Manifest.of(set, prepared, options.formats(), names);
        int[] lengths = prepared.sequences().stream().mapToInt(RecordedSequence::samples).toArray();
        DatasetFolder target = new DatasetFolder(folder, manifest, header, inputs, lengths, options);
        int rounds = DatasetProgress.rounds(options.formats());
        try {
            for (int k = 0; k < target.finished(); k++) {
                options.progress().accept(rounds * shares[k]);
            }
            while (target.finished() < kept.size()) {
                write(target, target.finished(), kept.get(target.finished()), options.progress());
            }
            if (target.finished() < lengths.length) {
                prepared.forEach(target.finished(),
                        (index, columns) -> write(target, index, columns, options.progress()));
            }
            if (!target.complete()) {
                target.finish();
            }
        } finally {
            target.suspend();
        }
        return Manifest.read(folder.resolve(Manifest.NAME));
    }

    private void write(DatasetFolder target, int index, float[][] columns, DatasetProgress progress) {
        if (target.wantsCsv()) {
            target.writeCsv(index, columns);
            progress.accept(shares[index]);
        }
        try {
            target.add(columns);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (index < kept.size()) {
            kept.set(index, null);
        }
        progress.accept(shares[index]);
    }
}

package org.nagumo.datagen.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.nagumo.datagen.dataset.DatasetGenerator.Format;
import org.nagumo.datagen.dataset.DatasetGenerator.Options;
import org.nagumo.datagen.io.AtomicFile;
import org.nagumo.datagen.io.Beginning;
import org.nagumo.datagen.io.InputException;

/**
 * The folder of a data set that is being made. {@code unfinished.json} says what it will be; {@code sequences.bin.part}
 * grows; CSV files appear one by one; at the end {@code sequences.bin} and {@code manifest.json} appear. Whatever
 * moment the process ends at, what is there can be gone on with.
 */
final class DatasetFolder {

    private static final String UNFINISHED = "unfinished.json";
    private static final String INPUTS = "inputs";
    private static final String CSV = "csv";

    private final Path folder;
    private final Manifest manifest;
    private final SequenceHeader header;
    private final Set<Format> formats;
    private final int[] lengths;
    /** Checksums of the files that are finished, by their names in the folder. */
    private final Map<String, String> checksums = new ConcurrentHashMap<>();
    private BinarySequenceRecordWriter writer;
    private int finished;
    private boolean complete;

    /**
     * Begins a data set, or goes on with one.
     *
     * @param manifest what it is made from
     * @param inputs   files that are kept beside it, by their names there
     * @param lengths  samples of each sequence
     * @param options  forms to write, and what becomes of a data set that is there
     */
    DatasetFolder(Path folder, Manifest manifest, SequenceHeader header, Map<String, Path> inputs, int[] lengths,
            Options options) throws IOException {
        this.folder = folder;
        this.manifest = manifest;
        this.header = header;
        formats = options.formats();
        this.lengths = lengths;
        Files.createDirectories(folder);
        if (options.beginning() == Beginning.NEW) {
            refuseToLose();
        }
        boolean goOn = options.beginning() == Beginning.RESUME && continues(options.progress());
        if (complete) {
            finished = lengths.length;
            return;
        }
        if (!goOn) {
            keepInputs(inputs);
            // An older manifest would vouch for files that are about to change.
            Files.deleteIfExists(folder.resolve(Manifest.NAME));
            Files.deleteIfExists(BinarySequenceRecordWriter.partOf(folder.resolve(DatasetGenerator.SEQUENCES)));
            Files.deleteIfExists(folder.resolve(DatasetGenerator.SEQUENCES));
            removeCsv("sequence-*.csv");
            AtomicFile.write(folder.resolve(UNFINISHED), manifest.toJson());
        }
        removeCsv(".sequence-*.part");
        LongConsumer check = goOn ? checkThere(options.progress()) : null;
        openWriter(check);
        finished = formats.contains(Format.BINARY) ? writer.sequences() : lengths.length;
        if (formats.contains(Format.CSV)) {
            int whole = 0;
            while (goOn && whole < finished && isWholeCsv(whole, check)) {
                whole++;
            }
            if (writer != null && whole < writer.sequences()) {
                // Sequences whose CSV is lost are made again, in both forms.
                writer.abandon();
                writer = new BinarySequenceRecordWriter(folder.resolve(DatasetGenerator.SEQUENCES), header);
                whole = 0;
            }
            finished = whole;
        }
    }

    /** @param check told of the bytes that are read of what is there; null to begin anew */
    private void openWriter(LongConsumer check) throws IOException {
        if (!formats.contains(Format.BINARY)) {
            return;
        }
        Path target = folder.resolve(DatasetGenerator.SEQUENCES);
        Path part = BinarySequenceRecordWriter.partOf(target);
        if (check != null && !Files.exists(part) && Files.exists(target)) {
            // The process ended after the file was complete: its end is made again.
            Files.move(target, part);
        }
        writer = check != null ? BinarySequenceRecordWriter.resume(target, header, check)
                : new BinarySequenceRecordWriter(target, header);
    }

    /** Whether the same data set was begun here; sets {@link #complete} when it is finished. */
    private boolean continues(DatasetProgress progress) throws IOException {
        Path made = folder.resolve(Manifest.NAME);
        if (Files.exists(made)) {
            Manifest there = Manifest.read(made);
            refuseOther(made, there);
            there.requireChecksums(made);
            LongConsumer check = checkThere(progress);
            for (Map.Entry<String, String> file : there.checksums().entrySet()) {
                checkWhole(folder.resolve(file.getKey()), file.getValue(), made, check);
            }
            complete = true;
            return true;
        }
        Path begun = folder.resolve(UNFINISHED);
        if (Files.exists(begun)) {
            refuseOther(begun, Manifest.read(begun));
            return true;
        }
        return false;
    }

    /** To make the same again loses nothing. */
    private void refuseToLose() {
        for (String name : List.of(Manifest.NAME, UNFINISHED)) {
            Path file = folder.resolve(name);
            if (Files.exists(file)) {
                refuseOther(file, readOrHint(file));
            }
        }
    }

    /** What cannot be read may be replaced too, where that is said. */
    private static Manifest readOrHint(Path file) {
        try {
            return Manifest.read(file);
        } catch (InputException e) {
            throw new InputException(e.getMessage() + ", or --overwrite to replace the data set", e);
        }
    }

    private void refuseOther(Path file, Manifest there) {
        if (!manifest.describesTheSameAs(there)) {
            throw new InputException(file + ": tells of another data set, different in " + manifest.differences(there)
                    + "; allowed: --resume with what it was begun with, --overwrite to replace it, or another folder");
        }
    }

    /** Begins the check of the sequences that are there, finished or not. */
    private LongConsumer checkThere(DatasetProgress progress) {
        Path part = BinarySequenceRecordWriter.partOf(folder.resolve(DatasetGenerator.SEQUENCES));
        return progress.check(folder.toString(), part.toFile().length()
                + files(formats, lengths.length).stream().mapToLong(name -> folder.resolve(name).toFile().length())
                        .sum());
    }

    private static void checkWhole(Path file, String checksum, Path vouching, LongConsumer check)
            throws IOException {
        String fault;
        try {
            fault = Checksums.of(file, (bytes, n) -> check.accept(n)).equals(checksum) ? null
                    : "does not have the checksum that stands in ";
        } catch (NoSuchFileException e) {
            fault = "is missing, but stands in ";
        }
        if (fault != null) {
            throw new InputException(file + ": " + fault + vouching + "; allowed: the file as it was made, or a new"
                    + " start without --resume");
        }
    }

    /** Copies what the data set is made from, so that it can be made again. */
    private void keepInputs(Map<String, Path> inputs) throws IOException {
        for (Map.Entry<String, Path> input : inputs.entrySet()) {
            Path kept = folder.resolve(INPUTS).resolve(input.getKey());
            if (!Files.exists(kept) || !Files.isSameFile(kept, input.getValue())) {
                AtomicFile.write(kept, out -> Files.copy(input.getValue(), out));
            }
        }
    }

    /** Where a manifest's input is kept. */
    static Path input(Path folder, String name) {
        return folder.resolve(INPUTS).resolve(name);
    }

    private void removeCsv(String pattern) throws IOException {
        if (Files.isDirectory(folder.resolve(CSV))) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve(CSV), pattern)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Whether the CSV file of a sequence has all its lines; its checksum is taken at once. */
    private boolean isWholeCsv(int sequence, LongConsumer check) throws IOException {
        Path file = csv(sequence);
        if (!Files.exists(file)) {
            return false;
        }
        long[] lines = new long[1];
        checksums.put(csvName(sequence), Checksums.of(file, (bytes, n) -> {
            for (int k = 0; k < n; k++) {
                lines[0] += bytes[k] == '\n' ? 1 : 0;
            }
            check.accept(n);
        }));
        return lines[0] == 1L + lengths[sequence];
    }

    private Path csv(int sequence) {
        return folder.resolve(csvName(sequence));
    }

    private static String csvName(int sequence) {
        return String.format(Locale.ROOT, CSV + "/sequence-%05d.csv", sequence);
    }

    /** Names in its folder of the files that a data set is made of. */
    static List<String> files(Collection<Format> formats, int sequences) {
        List<String> names = new ArrayList<>();
        if (formats.contains(Format.BINARY)) {
            names.add(DatasetGenerator.SEQUENCES);
        }
        if (formats.contains(Format.CSV)) {
            IntStream.range(0, sequences).mapToObj(DatasetFolder::csvName).forEach(names::add);
        }
        return names;
    }

    /** Whether the data set was finished before. */
    boolean complete() {
        return complete;
    }

    /** Sequences that are there. */
    int finished() {
        return finished;
    }

    /**
     * Writes the CSV file of a sequence. May be called from several threads.
     *
     * @param columns {@code [column][sample]} in the order of the header
     */
    void writeCsv(int sequence, float[][] columns) {
        checksums.put(csvName(sequence), SequenceCsv.write(csv(sequence), header, columns));
    }

    /** Whether sequences are written as CSV too. */
    boolean wantsCsv() {
        return formats.contains(Format.CSV);
    }

    /** Where the bytes of the next sequence belong in the file. */
    long end() {
        return writer == null ? 0 : writer.end();
    }

    /** Writes sequences ahead of their turn. May be called from several threads. */
    void put(ByteBuffer encoded, long at) throws IOException {
        if (writer != null) {
            writer.put(encoded, at);
        }
    }

    /** Takes a sequence to be the next, whose bytes are in the file, in the form of {@link BinarySequences}. */
    void add(ByteBuffer encoded) {
        if (writer != null) {
            writer.addEncoded(encoded, lengths[finished]);
        }
        finished++;
    }

    /**
     * Adds the next sequence.
     *
     * @param columns {@code [column][sample]} in the order of the header
     */
    void add(float[][] columns) throws IOException {
        ByteBuffer encoded = ByteBuffer.wrap(BinarySequences.sequence(header, columns));
        put(encoded.duplicate(), end());
        add(encoded);
    }

    /** Ends the data set. */
    void finish() throws IOException {
        if (writer != null) {
            checksums.put(DatasetGenerator.SEQUENCES, writer.finish());
        }
        AtomicFile.write(folder.resolve(Manifest.NAME), manifest.with(checksums).toJson());
        Files.deleteIfExists(folder.resolve(UNFINISHED));
    }

    /** Stops; what is finished stays. */
    void suspend() {
        if (writer != null) {
            writer.suspend();
        }
    }
}

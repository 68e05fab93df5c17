package org.nagumo.datagen.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import org.datavec.api.conf.Configuration;
import org.datavec.api.records.writer.SequenceRecordWriter;
import org.datavec.api.split.partition.PartitionMetaData;
import org.datavec.api.writable.Writable;

/**
 * Writes sequences in the compact binary form that {@link BinarySequenceRecordReader} and {@link SequenceFile} read:
 * float32, checksummed, memory-mapped on reading. The file appears under its name when the writer is closed; until then
 * it grows beside it with the ending {@code .part}, from which {@link #resume} goes on after an interruption.
 */
public final class BinarySequenceRecordWriter implements SequenceRecordWriter {

    private static final int PIECE_BYTES = 1 << 23;

    private final SequenceHeader header;
    private final Path target;
    private final Path part;
    private final FileChannel out;
    private final MessageDigest digest = Checksums.sha256();
    private int[] samples = new int[16];
    private int sequences;
    private long end;
    private boolean open = true;
    private boolean complete = true;
    private Configuration configuration;

    /**
     * Begins a file.
     *
     * @param target file to write; replaced when it exists
     * @param header step and columns
     */
    public BinarySequenceRecordWriter(Path target, SequenceHeader header) throws IOException {
        this(target, header, null);
    }

    /** @param check told how many bytes of what is there were read; null to begin anew */
    private BinarySequenceRecordWriter(Path target, SequenceHeader header, LongConsumer check) throws IOException {
        this.header = header;
        this.target = target;
        this.part = partOf(target);
        Files.createDirectories(target.toAbsolutePath().getParent());
        long kept = check != null && Files.exists(part) ? keep(check) : 0;
        out = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE).truncate(kept);
        end = kept;
        if (kept == 0) {
            append(ByteBuffer.wrap(BinarySequences.head(header)));
        }
    }

    /**
     * Goes on with a file whose writing was interrupted: all sequences that are whole are kept, what follows them is
     * cut off. Begins anew where there is nothing to go on with.
     */
    public static BinarySequenceRecordWriter resume(Path target, SequenceHeader header) throws IOException {
        return resume(target, header, bytes -> { });
    }

    /** The same, where {@code check} is told how many more bytes of what is there have been read. */
    static BinarySequenceRecordWriter resume(Path target, SequenceHeader header, LongConsumer check)
            throws IOException {
        return new BinarySequenceRecordWriter(target, header, check);
    }

    /** Where a file grows until it is whole. */
    static Path partOf(Path target) {
        return target.resolveSibling(target.getFileName() + ".part");
    }

    /** Reads what there is; returns the length of what can be kept, 0 when not even the header can. */
    private long keep(LongConsumer check) throws IOException {
        byte[] head = BinarySequences.head(header);
        try (InputStream in = Files.newInputStream(part)) {
            if (!Arrays.equals(in.readNBytes(head.length), head)) {
                return 0;
            }
            digest.update(head);
            long kept = head.length;
            while (true) {
                byte[] start = in.readNBytes(BinarySequences.SEQUENCE_HEAD);
                ByteBuffer numbers = BinarySequences.little(BinarySequences.SEQUENCE_HEAD).put(start).rewind();
                int length = numbers.getInt();
                long bytes = 4L * length * header.columns().size();
                if (start.length < BinarySequences.SEQUENCE_HEAD || length < 1
                        || bytes > 4L * BinarySequences.MOST_VALUES) {
                    return kept;
                }
                byte[] values = in.readNBytes((int) bytes);
                if (values.length < bytes || BinarySequences.checksum(values, 0) != numbers.getInt()) {
                    return kept;
                }
                digest.update(start);
                digest.update(values);
                kept += start.length + bytes;
                check.accept(start.length + bytes);
                count(length);
            }
        }
    }

    /** Sequences that have been written, those before an interruption included. */
    public int sequences() {
        return sequences;
    }

    /** Writes one sequence, a list of time steps with one value for each column. */
    @Override
    public PartitionMetaData write(List<List<Writable>> sequence) throws IOException {
        float[][] columns = new float[header.columns().size()][sequence.size()];
        for (int t = 0; t < sequence.size(); t++) {
            List<Writable> step = sequence.get(t);
            if (step.size() != columns.length) {
                throw new IllegalArgumentException("time step " + t + " has " + step.size() + " values; allowed: "
                        + columns.length + ", one for each of " + header.columns());
            }
            for (int k = 0; k < columns.length; k++) {
                columns[k][t] = step.get(k).toFloat();
            }
        }
        write(columns);
        return new PartitionMetaData(1, BinarySequences.SEQUENCE_HEAD + 4L * columns.length * sequence.size());
    }

    /**
     * Writes one sequence.
     *
     * @param columns {@code [column][sample]} in the order of the header; not modified
     */
    public void write(float[][] columns) throws IOException {
        byte[] bytes;
        try {
            bytes = BinarySequences.sequence(header, columns);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("sequence " + sequences + " of " + target + ": " + e.getMessage(), e);
        }
        complete = false;
        append(ByteBuffer.wrap(bytes));
        complete = true;
        count(columns[0].length);
    }

    /**
     * Writes bytes of sequences ahead of their turn; {@link #addEncoded} counts them when it comes. Several threads may
     * do so at once. A gap ends what {@link #resume} keeps.
     *
     * @param at where they belong in the file
     */
    void put(ByteBuffer bytes, long at) throws IOException {
        long position = at;
        while (bytes.hasRemaining()) {
            // Java copies a piece from the heap to native memory of the same size.
            ByteBuffer piece = bytes.slice(bytes.position(), Math.min(bytes.remaining(), PIECE_BYTES));
            int written = out.write(piece, position);
            bytes.position(bytes.position() + written);
            position += written;
        }
    }

    /** Takes a sequence to be the next, whose bytes are in the file. */
    void addEncoded(ByteBuffer bytes, int length) {
        end += bytes.remaining();
        digest.update(bytes);
        count(length);
    }

    /** Where the next sequence begins. */
    long end() {
        return end;
    }

    private void append(ByteBuffer bytes) throws IOException {
        put(bytes.duplicate(), end);
        end += bytes.remaining();
        digest.update(bytes);
    }

    private void count(int length) {
        if (sequences == samples.length) {
            samples = Arrays.copyOf(samples, 2 * sequences);
        }
        samples[sequences++] = length;
    }

    /**
     * Ends the file and moves it into place.
     *
     * @throws UncheckedIOException when the file could not be completed, now or at an earlier write; nothing is left
     *     behind then
     */
    @Override
    public void close() {
        if (!open) {
            return;
        }
        try {
            finish();
        } catch (IOException e) {
            abandon();
            throw new UncheckedIOException(target + " could not be completed", e);
        }
    }

    /**
     * Ends the file and moves it into place; after a failure it can still be resumed.
     *
     * @return the SHA-256 checksum of the file, in hexadecimal digits
     */
    String finish() throws IOException {
        if (!complete) {
            throw new IOException("a write had failed");
        }
        append(ByteBuffer.wrap(BinarySequences.tail(Arrays.copyOf(samples, sequences))));
        out.close();
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        open = false;
        return Checksums.hex(digest);
    }

    /** Stops without ending the file; {@link #resume} goes on. */
    public void suspend() {
        if (open) {
            open = false;
            try {
                out.close();
            } catch (IOException e) {
                // What could not be written is made again.
            }
        }
    }

    /** Gives up: what was written is removed and no file appears. */
    public void abandon() {
        if (open) {
            suspend();
            part.toFile().delete();
        }
    }

    @Override
    public void setConf(Configuration conf) {
        configuration = conf;
    }

    @Override
    public Configuration getConf() {
        return configuration;
    }
}

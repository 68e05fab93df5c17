package org.nagumo.datagen.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.zip.CRC32;
import org.nagumo.datagen.io.InputException;

/**
 * A file of sequences that {@link BinarySequenceRecordWriter} wrote, mapped into memory: any sequence, or a window of
 * one, without reading the others, and without room on the heap. A sequence's checksum is verified when it is first
 * read. A file that is not of this form, of another version, damaged or truncated is refused with an
 * {@link InputException} that names the file and the place. May be read by several threads.
 */
public final class SequenceFile {

    /** Bytes that are mapped at once; a single sequence may take more. */
    private static final long SEGMENT = 1L << 29;

    private final Path file;
    private final SequenceHeader header;
    private final int[] samples;
    private final int[] segmentOf;
    private final int[] offset;
    private final MappedByteBuffer[] segments;
    private final BitSet verified = new BitSet();

    private SequenceFile(Path file, FileChannel channel) throws IOException {
        this.file = file;
        ByteBuffer start = read(channel, 0, BinarySequences.MAGIC.length + 8, "the header");
        byte[] magic = new byte[BinarySequences.MAGIC.length];
        start.get(magic);
        if (!Arrays.equals(magic, BinarySequences.MAGIC)) {
            throw new InputException(file + ": is not a file of sequences; allowed: files that 'generate' wrote");
        }
        int version = start.getInt();
        if (version != BinarySequences.VERSION) {
            throw new InputException(file + ": has format version " + version + "; allowed: "
                    + BinarySequences.VERSION);
        }
        int length = start.getInt();
        if (length < 0 || length > BinarySequences.LONGEST_HEADER) {
            throw damaged("the header");
        }
        ByteBuffer rest = read(channel, start.capacity(), length + 4, "the header");
        byte[] json = new byte[length];
        rest.get(json);
        if (rest.getInt() != BinarySequences.checksum(json, 0)) {
            throw damaged("the header");
        }
        try {
            header = SequenceHeader.fromJson(new String(json, StandardCharsets.UTF_8));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw damaged("the header");
        }
        samples = samples(channel);
        segmentOf = new int[samples.length];
        offset = new int[samples.length];
        segments = map(channel, start.capacity() + length + 4L);
    }

    /**
     * Opens a file.
     *
     * @throws InputException naming the file and its fault
     */
    public static SequenceFile open(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new SequenceFile(file, channel);
        } catch (NoSuchFileException e) {
            throw new InputException(file + ": there is no such file; allowed: a file that 'generate' wrote", e);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read (" + e + "); allowed: a file that 'generate' wrote", e);
        }
    }

    private int[] samples(FileChannel channel) throws IOException {
        long end = channel.size() - BinarySequences.TAIL;
        ByteBuffer tail = read(channel, Math.max(0, end), BinarySequences.TAIL, "the end");
        int count = tail.getInt();
        int checksum = tail.getInt();
        byte[] magic = new byte[BinarySequences.END.length];
        tail.get(magic);
        if (!Arrays.equals(magic, BinarySequences.END) || count < 0 || 4L * count > Math.min(end, 1 << 30)) {
            throw damaged("the end");
        }
        ByteBuffer list = read(channel, end - 4L * count, 4 * count, "the end");
        if (BinarySequences.checksum(list.array(), 0) != checksum) {
            throw damaged("the end");
        }
        int[] all = new int[count];
        list.asIntBuffer().get(all);
        return all;
    }

    /** Where each sequence stands, and as many maps as it takes. */
    private MappedByteBuffer[] map(FileChannel channel, long first) throws IOException {
        List<Long> begins = new ArrayList<>();
        long at = first;
        for (int k = 0; k < samples.length; k++) {
            if (samples[k] < 1 || (long) samples[k] * header.columns().size() > BinarySequences.MOST_VALUES) {
                throw damaged("the end");
            }
            long bytes = BinarySequences.SEQUENCE_HEAD + 4L * samples[k] * header.columns().size();
            if (begins.isEmpty() || at + bytes - begins.get(begins.size() - 1) > SEGMENT) {
                begins.add(at);
            }
            segmentOf[k] = begins.size() - 1;
            offset[k] = (int) (at - begins.get(begins.size() - 1));
            at += bytes;
        }
        if (at + 4L * samples.length + BinarySequences.TAIL != channel.size()) {
            throw damaged("the length");
        }
        MappedByteBuffer[] maps = new MappedByteBuffer[begins.size()];
        for (int s = 0; s < maps.length; s++) {
            long end = s + 1 < maps.length ? begins.get(s + 1) : at;
            maps[s] = channel.map(FileChannel.MapMode.READ_ONLY, begins.get(s), end - begins.get(s));
        }
        return maps;
    }

    private ByteBuffer read(FileChannel channel, long position, int bytes, String what) throws IOException {
        ByteBuffer buffer = BinarySequences.little(bytes);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw damaged(what);
            }
        }
        return buffer.flip();
    }

    private InputException damaged(String what) {
        return new InputException(file + ": " + what + " is damaged or cut off; allowed: the whole file as 'generate'"
                + " wrote it");
    }

    /** The file. */
    public Path path() {
        return file;
    }

    /** Step and columns. */
    public SequenceHeader header() {
        return header;
    }

    /** Number of sequences. */
    public int size() {
        return samples.length;
    }

    /** Samples of a sequence. */
    public int samples(int sequence) {
        return samples[sequence];
    }

    /** A sequence as {@code [column][sample]}. */
    public float[][] sequence(int sequence) {
        float[][] columns = new float[header.columns().size()][samples[sequence]];
        for (int k = 0; k < columns.length; k++) {
            read(sequence, k, 0, columns[k], samples[sequence]);
        }
        return columns;
    }

    /**
     * Reads part of a column.
     *
     * @param from   first sample
     * @param values receives the values, from its beginning
     * @param count  number of samples
     */
    public void read(int sequence, int column, int from, float[] values, int count) {
        verify(sequence);
        int at = offset[sequence] + BinarySequences.SEQUENCE_HEAD + 4 * (column * samples[sequence] + from);
        segments[segmentOf[sequence]].slice(at, 4 * count).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer()
                .get(values, 0, count);
    }

    private synchronized void verify(int sequence) {
        if (verified.get(sequence)) {
            return;
        }
        ByteBuffer bytes = segments[segmentOf[sequence]].slice(offset[sequence], BinarySequences.SEQUENCE_HEAD
                + 4 * samples[sequence] * header.columns().size()).order(ByteOrder.LITTLE_ENDIAN);
        int length = bytes.getInt();
        int checksum = bytes.getInt();
        CRC32 crc = new CRC32();
        crc.update(bytes);
        if (length != samples[sequence] || (int) crc.getValue() != checksum) {
            throw damaged("sequence " + sequence);
        }
        verified.set(sequence);
    }
}

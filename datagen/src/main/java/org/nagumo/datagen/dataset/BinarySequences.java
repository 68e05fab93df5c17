package org.nagumo.datagen.dataset;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The binary form of a file of sequences, version 2; integers and floats little-endian:
 * <pre>
 *   "NAGUMOSQ"  int version  int n, n bytes of JSON ({@link SequenceHeader})  int CRC-32 of them
 *   for each sequence:  int samples  int CRC-32  float[columns][samples]
 *   for each sequence:  int samples
 *   int number of sequences  int CRC-32 of the samples' list  "NAGUMOEN"
 * </pre>
 * A file without its last line is truncated. From the list of samples follows where each sequence stands, so that any
 * can be read without those before it.
 */
final class BinarySequences {

    static final byte[] MAGIC = "NAGUMOSQ".getBytes(StandardCharsets.US_ASCII);
    static final byte[] END = "NAGUMOEN".getBytes(StandardCharsets.US_ASCII);
    static final int VERSION = 2;

    /** Bytes before the values of a sequence. */
    static final int SEQUENCE_HEAD = 8;

    /** Bytes behind the list of samples. */
    static final int TAIL = 16;

    static final int LONGEST_HEADER = 1 << 24;

    /** Values in one sequence: its bytes are held in one array. */
    static final int MOST_VALUES = Integer.MAX_VALUE / 4 - 16;

    private BinarySequences() {
    }

    static byte[] head(SequenceHeader header) {
        byte[] json = header.toJson().getBytes(StandardCharsets.UTF_8);
        return little(json.length + 20).put(MAGIC).putInt(VERSION).putInt(json.length).put(json)
                .putInt(checksum(json, 0)).array();
    }

    /**
     * One sequence with its head.
     *
     * @param columns {@code [column][sample]}, as many as in the header; not modified
     * @throws IllegalArgumentException when it does not fit the header or holds a number that is not finite
     */
    static byte[] sequence(SequenceHeader header, float[][] columns) {
        int samples = checkedLength(header, columns);
        ByteBuffer bytes = little(SEQUENCE_HEAD + 4 * columns.length * samples);
        bytes.putInt(samples).putInt(0);
        for (int k = 0; k < columns.length; k++) {
            float sum = 0;
            for (float value : columns[k]) {
                // Adds up zeros, as long as the values are finite.
                sum += value * 0;
            }
            if (!(sum == 0)) {
                throw new IllegalArgumentException("column '" + header.columns().get(k)
                        + "' holds NaN or infinity; allowed: finite numbers");
            }
            bytes.asFloatBuffer().put(columns[k]);
            bytes.position(bytes.position() + 4 * samples);
        }
        bytes.putInt(4, checksum(bytes.array(), SEQUENCE_HEAD));
        return bytes.array();
    }

    private static int checkedLength(SequenceHeader header, float[][] columns) {
        if (columns.length != header.columns().size()) {
            throw new IllegalArgumentException("the sequence has " + columns.length + " columns; allowed: "
                    + header.columns().size() + ", one for each of " + header.columns());
        }
        int samples = columns[0].length;
        for (int k = 0; k < columns.length; k++) {
            if (columns[k].length != samples) {
                throw new IllegalArgumentException("column '" + header.columns().get(k) + "' has "
                        + columns[k].length + " samples; allowed: as many as '" + header.columns().get(0) + "', "
                        + samples);
            }
        }
        if (samples == 0 || (long) samples * columns.length > MOST_VALUES) {
            throw new IllegalArgumentException("the sequence has " + samples + " samples; allowed: 1 to "
                    + MOST_VALUES / columns.length);
        }
        return samples;
    }

    /** The list of samples and the last line. */
    static byte[] tail(int[] samples) {
        ByteBuffer bytes = little(4 * samples.length + TAIL);
        bytes.asIntBuffer().put(samples);
        CRC32 crc = new CRC32();
        crc.update(bytes.array(), 0, 4 * samples.length);
        return bytes.position(4 * samples.length).putInt(samples.length).putInt((int) crc.getValue()).put(END).array();
    }

    static int checksum(byte[] bytes, int from) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, bytes.length - from);
        return (int) crc.getValue();
    }

    static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}

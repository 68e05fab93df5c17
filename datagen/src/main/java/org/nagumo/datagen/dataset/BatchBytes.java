package org.nagumo.datagen.dataset;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Sequences of one batch in the form of {@link BinarySequences}, side by side and outside the heap: samples are put
 * where the file will have them. One thread at a time may change it; it is used again for the next batch.
 */
final class BatchBytes {

    private ByteBuffer bytes = ByteBuffer.allocateDirect(0);
    private int columns;
    private int[] samples = {};
    private int[] begins = {};

    /** Makes room for sequences of these lengths; what was there is lost. */
    void lay(int[] lengths, int columnCount) {
        columns = columnCount;
        samples = lengths;
        begins = new int[lengths.length + 1];
        for (int k = 0; k < lengths.length; k++) {
            begins[k + 1] = Math.addExact(begins[k], BinarySequences.SEQUENCE_HEAD + 4 * columns * lengths[k]);
        }
        if (bytes.capacity() < begins[lengths.length]) {
            bytes = ByteBuffer.allocateDirect(begins[lengths.length]).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    int size() {
        return samples.length;
    }

    /** Puts one value, as float32. */
    void put(int sequence, int column, int sample, double value) {
        bytes.putFloat(at(sequence, column) + 4 * sample, (float) value);
    }

    private int at(int sequence, int column) {
        return begins[sequence] + BinarySequences.SEQUENCE_HEAD + 4 * column * samples[sequence];
    }

    /** Writes the heads of all sequences, whose values are complete. */
    void seal() {
        for (int k = 0; k < samples.length; k++) {
            CRC32 crc = new CRC32();
            crc.update(sequence(k).position(BinarySequences.SEQUENCE_HEAD));
            bytes.putInt(begins[k], samples[k]);
            bytes.putInt(begins[k] + 4, (int) crc.getValue());
        }
    }

    /** The bytes of all sequences. */
    ByteBuffer all() {
        return bytes.slice(0, begins[samples.length]);
    }

    /** Bytes that sequences of these lengths take. */
    static long sizeOf(int[] lengths, int columnCount) {
        return Arrays.stream(lengths).mapToLong(n -> BinarySequences.SEQUENCE_HEAD + 4L * columnCount * n).sum();
    }

    /** The bytes of a sequence, with its head. */
    ByteBuffer sequence(int sequence) {
        return bytes.slice(begins[sequence], begins[sequence + 1] - begins[sequence]);
    }

    /** A sequence as {@code [column][sample]}. */
    float[][] columns(int sequence) {
        float[][] values = new float[columns][samples[sequence]];
        for (int c = 0; c < columns; c++) {
            bytes.slice(at(sequence, c), 4 * samples[sequence]).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer()
                    .get(values[c]);
        }
        return values;
    }
}

package org.nagumo.datagen.dataset;

import java.nio.charset.StandardCharsets;

/**
 * The binary form of a file of sequences, version 1; integers and floats little-endian:
 * <pre>
 *   "NAGUMOSQ"  int version  int n, n bytes of JSON ({@link SequenceHeader})  int CRC-32 of them
 *   for each sequence:  int samples  int CRC-32  float[columns][samples]
 *   int -1  int number of sequences
 * </pre>
 * A file without its last line is truncated.
 */
final class BinarySequences {

    static final byte[] MAGIC = "NAGUMOSQ".getBytes(StandardCharsets.US_ASCII);
    static final int VERSION = 1;
    static final int END = -1;

    /** Values in one sequence: its bytes are held in one array. */
    static final int MOST_VALUES = Integer.MAX_VALUE / 4 - 16;

    private BinarySequences() {
    }
}

package org.nagumo.datagen.dataset;

import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.stream.IntStream;
import org.nagumo.datagen.io.AtomicFile;

/**
 * A sequence as CSV, for people and for DataVec's {@code CSVSequenceRecordReader} (one line to skip): the time first,
 * then the other columns, with the digits that tell float32 numbers apart.
 */
final class SequenceCsv {

    private static final String TIME = "time_ms";

    private SequenceCsv() {
    }

    /** Writes the file; returns its SHA-256 checksum, in hexadecimal digits. */
    static String write(Path file, SequenceHeader header, float[][] columns) {
        MessageDigest digest = Checksums.sha256();
        int[] others = IntStream.range(0, columns.length)
                .filter(k -> !header.columns().get(k).equals(TIME)).toArray();
        AtomicFile.write(file, out -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(new DigestOutputStream(out, digest),
                    StandardCharsets.UTF_8), 1 << 16);
            writer.append(TIME);
            for (int k : others) {
                writer.append(',').append(header.columns().get(k));
            }
            writer.append('\n');
            for (int t = 0; t < columns[0].length; t++) {
                // Rounded to a picosecond, so that 3 * 0.1 ms reads 0.3.
                writer.append(Double.toString(Math.round(t * header.dtMs() * 1e9) / 1e9));
                for (int k : others) {
                    writer.append(',').append(Float.toString(columns[k][t]));
                }
                writer.append('\n');
            }
            writer.flush();
        });
        return Checksums.hex(digest);
    }
}

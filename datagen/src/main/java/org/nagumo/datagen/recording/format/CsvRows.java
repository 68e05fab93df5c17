package org.nagumo.datagen.recording.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.io.UniformTimes;
import org.nagumo.datagen.unit.Unit;

/**
 * The rows of a text table, in blocks: the lines that start within a range of bytes. A first pass through the file
 * checks the times and counts the rows of each block; then any block can be read by itself. Several blocks are read at
 * once, one by each processor.
 */
final class CsvRows {

    private static final int BLOCK_BYTES = 1 << 18;

    /** Blocks that are read at once, and blocks that are held. */
    private static final int BATCH = 4;
    private static final int HELD = 24;

    private final ByteFile file;
    private final CsvLayout layout;
    private final int blocks;
    private final UniformTimes times;
    /** Index of the first row of each block, and the number of rows. */
    private final int[] firstRow;
    /** Columns that have been asked for. */
    private final TreeSet<Integer> wanted = new TreeSet<>();
    private final Map<Integer, double[][]> held = new LinkedHashMap<>();
    private int recent;

    CsvRows(ByteFile file, CsvLayout layout) {
        this.file = file;
        this.layout = layout;
        blocks = Math.toIntExact((file.size() - layout.position() + BLOCK_BYTES - 1) / BLOCK_BYTES);
        firstRow = new int[blocks + 1];
        times = new UniformTimes(Unit.named(layout.time().unit()).orElseThrow().in(Unit.MS));
        index();
    }

    /** A number with the way it is written, for each row of a block. */
    private record Times(double[] values, int[] decimals, int[] digits, int count) {
    }

    private void index() {
        for (int from = 0; from < blocks; from += BATCH) {
            int first = from;
            Times[] batch = new Times[Math.min(BATCH, blocks - from)];
            IntStream.range(0, batch.length).parallel().forEach(k -> batch[k] = times(first + k));
            for (int k = 0; k < batch.length; k++) {
                add(first + k, batch[k]);
            }
        }
        if (times.count() < 2) {
            throw file.fault("has " + times.count() + " rows of numbers");
        }
    }

    private void add(int block, Times read) {
        for (int row = 0; row < read.count; row++) {
            if (!times.add(read.values[row], read.decimals[row], read.digits[row])) {
                throw notUniform(block, row, read.values[row]);
            }
        }
        if ((long) firstRow[block] + read.count > Integer.MAX_VALUE) {
            throw file.fault("has more than " + Integer.MAX_VALUE + " rows");
        }
        firstRow[block + 1] = firstRow[block] + read.count;
    }

    private InputException notUniform(int block, int row, double time) {
        CsvCursor rows = start(block);
        for (int k = 0; k <= row; k++) {
            rows.next();
        }
        return at(rows, layout.time().label() + " goes to " + time + ", which is no uniform step",
                "a uniform step; resample the recording to one");
    }

    private Times times(int block) {
        CsvCursor rows = start(block);
        CsvNumber number = new CsvNumber();
        int cell = layout.time().cell();
        int size = 1 << 12;
        Times read = new Times(new double[size], new int[size], new int[size], 0);
        int count = 0;
        while (nextIn(block, rows)) {
            if (count == read.values.length) {
                read = new Times(Arrays.copyOf(read.values, 2 * count), Arrays.copyOf(read.decimals, 2 * count),
                        Arrays.copyOf(read.digits, 2 * count), 0);
            }
            read.values[count] = rows.split(cell + 1) > cell ? rows.number(cell, number) : Double.NaN;
            if (!Double.isFinite(read.values[count])) {
                throw notANumber(rows, layout.time());
            }
            read.decimals[count] = number.decimals();
            read.digits[count] = number.digits();
            count++;
        }
        return new Times(read.values, read.decimals, read.digits, count);
    }

    private long position(int block) {
        return layout.position() + (long) block * BLOCK_BYTES;
    }

    /** A cursor before the first row that starts in a block. */
    private CsvCursor start(int block) {
        long skip = block == 0 ? 0 : 1;
        CsvCursor rows = new CsvCursor(file, layout.delimiter(), layout.terminator(), position(block) - skip, 0);
        if (block > 0) {
            // The line that the byte before belongs to is part of an earlier block.
            rows.nextLine();
        }
        return rows;
    }

    private boolean nextIn(int block, CsvCursor rows) {
        return rows.next() && rows.position() < position(block + 1);
    }

    private InputException at(CsvCursor row, String fault, String allowed) {
        // Blocks do not know their line: it is counted when it is asked for.
        CsvCursor lines = new CsvCursor(file, layout.delimiter(), layout.terminator(), layout.position(),
                layout.lineBefore());
        do {
            lines.nextLine();
        } while (lines.position() < row.position());
        return new InputException(file.path() + ":" + lines.line() + ": " + fault + "; allowed: " + allowed);
    }

    private InputException notANumber(CsvCursor row, CsvLayout.Column column) {
        int cells = row.split();
        return at(row, column.label() + " is '" + (column.cell() < cells ? row.text(column.cell()) : "") + "'",
                "finite numbers");
    }

    int length() {
        return times.count();
    }

    double stepMs() {
        return times.stepMs();
    }

    double startMs() {
        return times.startMs();
    }

    /** Reads values of a column, which is one of the layout's by its index. */
    synchronized void read(int column, int from, int count, double[] into, int at) {
        for (int done = 0; done < count;) {
            int row = from + done;
            int block = blockOf(row);
            int now = Math.min(firstRow[block + 1] - row, count - done);
            System.arraycopy(values(block, column), row - firstRow[block], into, at + done, now);
            done += now;
        }
    }

    private int blockOf(int row) {
        if (row < firstRow[recent]) {
            recent = 0;
        }
        while (row >= firstRow[recent + 1]) {
            recent++;
        }
        return recent;
    }

    /** The values of a column in a block. Columns that were never asked for are not read. */
    private double[] values(int block, int column) {
        double[][] values = held.get(block);
        if (values == null || values[column] == null) {
            wanted.add(column);
            List<Integer> missing = new ArrayList<>();
            for (int b = block; b < Math.min(blocks, block + BATCH); b++) {
                if (held.get(b) == null || held.get(b)[column] == null) {
                    missing.add(b);
                }
            }
            double[][][] read = new double[missing.size()][][];
            int[] columns = wanted.stream().mapToInt(c -> c).toArray();
            IntStream.range(0, read.length).parallel().forEach(k -> read[k] = parse(missing.get(k), columns));
            for (int k = 0; k < read.length; k++) {
                held.remove(missing.get(k));
                held.put(missing.get(k), read[k]);
            }
            while (held.size() > HELD) {
                held.remove(held.keySet().iterator().next());
            }
            values = held.get(block);
        }
        return values[column];
    }

    private double[][] parse(int block, int[] columns) {
        int count = firstRow[block + 1] - firstRow[block];
        double[][] values = new double[layout.columns().size()][];
        for (int c : columns) {
            values[c] = new double[count];
        }
        CsvNumber number = new CsvNumber();
        CsvCursor rows = start(block);
        for (int row = 0; row < count; row++) {
            if (!rows.next()) {
                throw file.fault("has become shorter while it was read");
            }
            int cells = rows.split();
            if (cells != layout.cells()) {
                throw at(rows, "has " + cells + " values", layout.cells() + ", as in the first row");
            }
            for (int c : columns) {
                double value = rows.number(layout.columns().get(c).cell(), number);
                if (!Double.isFinite(value)) {
                    throw notANumber(rows, layout.columns().get(c));
                }
                values[c][row] = value;
            }
        }
        return values;
    }
}

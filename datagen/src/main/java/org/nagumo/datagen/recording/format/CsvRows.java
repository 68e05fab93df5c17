package org.nagumo.datagen.recording.format;

import java.util.Arrays;
import java.util.List;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.io.UniformTimes;
import org.nagumo.datagen.unit.Unit;

/**
 * The rows of a text table. A first pass through the file checks the times and notes where every so many rows start;
 * then any block of rows can be read by itself. The numbers of all columns of a block are read together.
 */
final class CsvRows {

    private static final int BLOCK_ROWS = 1 << 13;
    private static final int BLOCKS_HELD = 4;

    private final ByteFile file;
    private final CsvLayout layout;
    private final List<CsvLayout.Column> columns;
    private final CsvNumber number = new CsvNumber();
    private final UniformTimes times;
    private long[] positions = new long[64];
    private int[] lines = new int[64];
    private final int[] heldBlock = new int[BLOCKS_HELD];
    private final double[][][] held = new double[BLOCKS_HELD][][];
    private int oldest;

    CsvRows(ByteFile file, CsvLayout layout) {
        this.file = file;
        this.layout = layout;
        columns = layout.columns();
        times = new UniformTimes(Unit.named(layout.time().unit()).orElseThrow().in(Unit.MS));
        Arrays.fill(heldBlock, -1);
        index();
    }

    private void index() {
        CsvCursor rows = cursor(layout.position(), layout.lineBefore());
        int timeCell = layout.time().cell();
        double before = Double.NaN;
        while (rows.next()) {
            int row = times.count();
            if (row % BLOCK_ROWS == 0) {
                int block = row / BLOCK_ROWS;
                if (block == positions.length) {
                    positions = Arrays.copyOf(positions, 2 * block);
                    lines = Arrays.copyOf(lines, 2 * block);
                }
                positions[block] = rows.position();
                lines[block] = rows.line() - 1;
            }
            double time = rows.split(timeCell + 1) > timeCell ? rows.number(timeCell, number) : Double.NaN;
            if (!Double.isFinite(time)) {
                throw notANumber(rows, layout.time());
            }
            if (!times.add(time, number.decimals(), number.digits())) {
                throw at(rows, layout.time().label() + " goes from " + before + " to " + time + ", which is no uniform"
                        + " step", "a uniform step; resample the recording to one");
            }
            before = time;
        }
        if (times.count() < 2) {
            throw file.fault("has " + times.count() + " rows of numbers");
        }
    }

    private CsvCursor cursor(long position, int lineBefore) {
        return new CsvCursor(file, layout.delimiter(), layout.terminator(), position, lineBefore);
    }

    private InputException at(CsvCursor row, String fault, String allowed) {
        return new InputException(file.path() + ":" + row.line() + ": " + fault + "; allowed: " + allowed);
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
    void read(int column, int from, int count, double[] into, int at) {
        for (int done = 0; done < count;) {
            int row = from + done;
            double[] block = block(row / BLOCK_ROWS, column);
            int start = row % BLOCK_ROWS;
            int now = Math.min(BLOCK_ROWS - start, count - done);
            System.arraycopy(block, start, into, at + done, now);
            done += now;
        }
    }

    /** The values of a column in a block. Columns that were never asked for are not read. */
    private double[] block(int block, int column) {
        int slot = 0;
        while (slot < BLOCKS_HELD && heldBlock[slot] != block) {
            slot++;
        }
        if (slot == BLOCKS_HELD || held[slot][column] == null) {
            boolean[] wanted = new boolean[columns.size()];
            for (double[][] other : held) {
                for (int c = 0; other != null && c < wanted.length; c++) {
                    wanted[c] |= other[c] != null;
                }
            }
            wanted[column] = true;
            if (slot == BLOCKS_HELD) {
                slot = oldest;
                oldest = (oldest + 1) % BLOCKS_HELD;
            }
            held[slot] = parse(block, wanted, held[slot]);
            heldBlock[slot] = block;
        }
        return held[slot][column];
    }

    private double[][] parse(int block, boolean[] wanted, double[][] room) {
        int count = Math.min(BLOCK_ROWS, length() - block * BLOCK_ROWS);
        double[][] values = room == null ? new double[columns.size()][] : room;
        for (int c = 0; c < wanted.length; c++) {
            values[c] = !wanted[c] ? null : values[c] == null ? new double[BLOCK_ROWS] : values[c];
        }
        CsvCursor rows = cursor(positions[block], lines[block]);
        for (int k = 0; k < count; k++) {
            if (!rows.next()) {
                throw file.fault("has become shorter while it was read");
            }
            int cells = rows.split();
            if (cells != layout.cells()) {
                throw at(rows, "has " + cells + " values", layout.cells() + ", as in the first row");
            }
            for (int c = 0; c < wanted.length; c++) {
                if (wanted[c]) {
                    double value = rows.number(columns.get(c).cell(), number);
                    if (!Double.isFinite(value)) {
                        throw notANumber(rows, columns.get(c));
                    }
                    values[c][k] = value;
                }
            }
        }
        return values;
    }
}

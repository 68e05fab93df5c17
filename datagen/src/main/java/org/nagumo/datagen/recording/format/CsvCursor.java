package org.nagumo.datagen.recording.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks through the rows of a text table: lines that are neither blank nor a comment. Of each row it gives the cells as
 * ranges of bytes.
 */
final class CsvCursor {

    private static final int BUFFER = 1 << 18;
    private static final int LONGEST_LINE = 1 << 26;

    private final ByteFile file;
    private final byte delimiter;
    private final byte terminator;
    private byte[] bytes = new byte[BUFFER];
    private ByteBuffer view = ByteBuffer.wrap(bytes);
    /** Position in the file of the first byte in the buffer. */
    private long origin;
    private int filled;
    private int lineStart;
    private int lineEnd;
    private int next;
    private int line;
    private int[] starts = new int[16];
    private int[] ends = new int[16];

    /**
     * @param delimiter  byte between cells; a blank stands for any number of blanks
     * @param terminator byte that ends a line
     * @param position   where in the file the first line starts
     * @param lineBefore number of the line before it, counted from 1
     */
    CsvCursor(ByteFile file, char delimiter, char terminator, long position, int lineBefore) {
        this.file = file;
        this.delimiter = (byte) delimiter;
        this.terminator = (byte) terminator;
        origin = position;
        line = lineBefore;
    }

    /** Goes to the next row; false after the last. */
    boolean next() {
        while (nextLine()) {
            int at = lineStart;
            while (at < lineEnd && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r')) {
                at++;
            }
            if (at < lineEnd && bytes[at] != '#') {
                return true;
            }
        }
        return false;
    }

    /** Goes to the next line, whatever it holds; false after the last. */
    boolean nextLine() {
        int at = endOfLine(bytes, next, filled, terminator);
        while (at == filled) {
            int before = at - next;
            if (!fill()) {
                if (before == 0) {
                    return false;
                }
                break;
            }
            at = endOfLine(bytes, next + before, filled, terminator);
        }
        lineStart = next;
        lineEnd = at > lineStart && terminator == '\n' && bytes[at - 1] == '\r' ? at - 1 : at;
        next = Math.min(at + 1, filled);
        line++;
        return true;
    }

    /** Loops over bytes are methods of their own on local variables, which is several times as fast. */
    private static int endOfLine(byte[] bytes, int from, int to, byte terminator) {
        for (int at = from; at < to; at++) {
            if (bytes[at] == terminator) {
                return at;
            }
        }
        return to;
    }

    /** Reads on; the bytes of the unfinished line move to the front. */
    private boolean fill() {
        long from = origin + filled;
        if (from >= file.size()) {
            return false;
        }
        int kept = filled - next;
        if (kept > bytes.length / 2) {
            if (bytes.length >= LONGEST_LINE) {
                throw file.fault("has a line of more than " + LONGEST_LINE + " bytes");
            }
            byte[] larger = new byte[2 * bytes.length];
            System.arraycopy(bytes, next, larger, 0, kept);
            bytes = larger;
            view = ByteBuffer.wrap(bytes);
        } else {
            System.arraycopy(bytes, next, bytes, 0, kept);
        }
        origin += next;
        next = 0;
        int more = (int) Math.min(bytes.length - kept, file.size() - from);
        view.limit(kept + more).position(kept);
        file.read(from, view.slice(), "its text");
        filled = kept + more;
        return true;
    }

    /** Number of the current line in the file, from 1. */
    int line() {
        return line;
    }

    /** Position of the current line in the file. */
    long position() {
        return origin + lineStart;
    }

    /** Splits the current line; returns its number of cells. */
    int split() {
        return split(Integer.MAX_VALUE);
    }

    /** Splits no further than to a number of cells. */
    int split(int most) {
        return delimiter == ' ' ? splitWithCare(most) : splitPlain(most);
    }

    private int splitPlain(int most) {
        byte[] local = bytes;
        byte end = delimiter;
        int last = lineEnd;
        int cells = 0;
        int at = lineStart;
        while (cells < most) {
            int start = at;
            if (at < last && local[at] == '"') {
                return splitWithCare(most);
            }
            while (at < last && local[at] != end) {
                at++;
            }
            put(cells++, start, at);
            at++;
            if (at > last) {
                break;
            }
        }
        return cells;
    }

    private void put(int cell, int start, int end) {
        if (cell == starts.length) {
            starts = Arrays.copyOf(starts, 2 * cell);
            ends = Arrays.copyOf(ends, 2 * cell);
        }
        starts[cell] = start;
        ends[cell] = end;
    }

    /** Delimiters between quotes do not count, and several blanks count as one. */
    private int splitWithCare(int most) {
        int cells = 0;
        int at = lineStart;
        boolean blanks = delimiter == ' ';
        while (cells < most) {
            while (blanks && at < lineEnd && bytes[at] == ' ') {
                at++;
            }
            int start = at;
            boolean quoted = at < lineEnd && bytes[at] == '"';
            if (quoted) {
                at++;
                while (at < lineEnd && bytes[at] != '"') {
                    at++;
                }
            }
            while (at < lineEnd && bytes[at] != delimiter) {
                at++;
            }
            put(cells++, start, at);
            at++;
            if (at > lineEnd || blanks && onlyBlanks(at)) {
                break;
            }
        }
        return cells;
    }

    private boolean onlyBlanks(int from) {
        for (int at = from; at < lineEnd; at++) {
            if (bytes[at] != ' ') {
                return false;
            }
        }
        return true;
    }

    /** The number in a cell of the row that was split last; NaN where there is none. */
    double number(int cell, CsvNumber reader) {
        return reader.read(bytes, starts[cell], ends[cell]);
    }

    /** The text of a cell without its quotes. */
    String text(int cell) {
        String text = new String(bytes, starts[cell], ends[cell] - starts[cell], StandardCharsets.UTF_8)
                .strip();
        boolean quoted = text.length() > 1 && (text.startsWith("\"") && text.endsWith("\"")
                || text.startsWith("'") && text.endsWith("'"));
        return quoted ? text.substring(1, text.length() - 1).strip() : text;
    }

    /** The current line. */
    String lineText() {
        return new String(bytes, lineStart, lineEnd - lineStart, StandardCharsets.UTF_8);
    }
}

package org.nagumo.datagen.ode;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a text into statement lines: joins lines that end in a backslash and expands arrays, {@code x[1..4]'=-x[j]}
 * and blocks from {@code %[1..4]} to {@code %}, in which {@code [j]}, {@code [j+1]}, {@code [j-1]} and {@code [j*2]}
 * stand for numbers.
 */
final class SourceLines {

    /** Array elements in one file; XPPAUT itself has room for fewer equations. */
    private static final int MOST_COPIES = 5000;

    private final String text;
    private final Faults faults;
    private final List<SourceLine> lines = new ArrayList<>();
    private int copies;

    private SourceLines(String text, Faults faults) {
        this.text = text;
        this.faults = faults;
    }

    /** The statement lines of a text, with arrays expanded; comments are among them. */
    static List<SourceLine> of(String text, Faults faults) {
        SourceLines source = new SourceLines(text, faults);
        source.expandAll(source.join());
        return source.lines;
    }

    private List<SourceLine> join() {
        List<SourceLine> joined = new ArrayList<>();
        SourceLine current = new SourceLine();
        int line = 1;
        int column = 1;
        boolean comment = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' || c == '\n') {
                joined.add(current);
                current = new SourceLine();
                i += c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n' ? 1 : 0;
                line++;
                column = 1;
                continue;
            }
            if (c == '#' && current.isBlank()) {
                comment = true;
            } else if (current.length() == 0) {
                comment = false;
            }
            int end = c == '\\' && !comment ? endOfContinued(i) : -1;
            if (end >= 0) {
                i = end;
                line++;
                column = 1;
                current.append(' ', new Place(line, column));
            } else {
                current.append(c, new Place(line, column++));
            }
        }
        joined.add(current);
        return joined;
    }

    /** The last character of the line break behind a backslash, or -1 when more than blanks is between. */
    private int endOfContinued(int backslash) {
        int i = backslash + 1;
        while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
            i++;
        }
        if (i == text.length()) {
            return i - 1;
        }
        if (text.charAt(i) == '\n') {
            return i;
        }
        if (text.charAt(i) == '\r') {
            return i + 1 < text.length() && text.charAt(i + 1) == '\n' ? i + 1 : i;
        }
        return -1;
    }

    private void expandAll(List<SourceLine> joined) {
        for (int k = 0; k < joined.size(); k++) {
            SourceLine line = joined.get(k);
            int start = line.firstNonBlank();
            char first = start < line.length() ? line.at(start) : '#';
            if (first == '#' || first == '"' || first == '@') {
                lines.add(line);
            } else if (first == '%') {
                k = startsBlock(line, start) ? expandBlock(joined, k) : k;
            } else if (isIntegral(line)) {
                lines.add(line);
            } else {
                expandLine(line);
                if (StatementReader.isEnd(line)) {
                    return;
                }
            }
        }
    }

    /** Whether a line has an integral, whose brackets are no indices. */
    static boolean isIntegral(SourceLine line) {
        return line.indexOf("int{", 0) >= 0 || line.indexOf("int[", 0) >= 0;
    }

    private static boolean startsBlock(SourceLine line, int start) {
        int next = start + 1;
        while (next < line.length() && Character.isWhitespace(line.at(next))) {
            next++;
        }
        return next < line.length() && line.at(next) == '[' && line.indexOf("..", next) >= 0;
    }

    /** Expands a block; returns the index of its last line. */
    private int expandBlock(List<SourceLine> joined, int from) {
        int to = from + 1;
        while (to < joined.size() && !joined.get(to).toString().stripLeading().startsWith("%")) {
            to++;
        }
        if (to == joined.size()) {
            faults.add(joined.get(from).place(0), "the block has no end; allowed: a line with '%' behind its"
                    + " statements");
            return to;
        }
        SourceLine head = joined.get(from);
        int open = head.indexOf("[", 0);
        Range range = range(head, open);
        for (int j = 0; range != null && j < range.count(); j++) {
            for (int k = from + 1; k < to && room(joined.get(k)); k++) {
                lines.add(substitute(joined.get(k), range.at(j), -1, -1));
            }
        }
        return to;
    }

    private void expandLine(SourceLine line) {
        int dots = line.indexOf("..", 0);
        int open = dots;
        while (open >= 0 && line.at(open) != '[') {
            open--;
        }
        if (dots < 0 || open < 0) {
            lines.add(line.indexOf("[", 0) < 0 ? line : substitute(line, null, -1, -1));
            return;
        }
        Range range = range(line, open);
        for (int j = 0; range != null && j < range.count() && room(line); j++) {
            lines.add(substitute(line, range.at(j), open, range.end()));
        }
    }

    private boolean room(SourceLine line) {
        copies++;
        if (copies == MOST_COPIES + 1) {
            faults.add(line.place(line.firstNonBlank()), "the arrays of the file expand to too many statements;"
                    + " allowed: " + MOST_COPIES);
        }
        return copies <= MOST_COPIES;
    }

    /** Indices from first to last, in either direction, written up to the character before {@code end}. */
    private record Range(int first, int last, int end) {

        int count() {
            return Math.abs(last - first) + 1;
        }

        int at(int k) {
            return first <= last ? first + k : first - k;
        }
    }

    /** The range that is written from an opening bracket on, or null after a fault. */
    private Range range(SourceLine line, int open) {
        int close = line.indexOf("]", open);
        int dots = line.indexOf("..", open);
        if (close > dots && dots > open) {
            Integer first = integer(line.between(open + 1, dots));
            Integer last = integer(line.between(dots + 2, close));
            if (first != null && last != null) {
                return new Range(first, last, close + 1);
            }
        }
        faults.add(line.place(open), "is no range of an array; allowed: [first..last] with two integers");
        return null;
    }

    private static Integer integer(String text) {
        String digits = text.strip();
        return digits.matches("[+-]?[0-9]{1,6}") ? Integer.valueOf(digits) : null;
    }

    /**
     * A line with its bracketed indices replaced by numbers.
     *
     * @param j    the index of the array element, null outside arrays
     * @param from where the range itself is written, replaced by j; -1 when it is not in this line
     * @param to   the end of the range
     */
    private SourceLine substitute(SourceLine line, Integer j, int from, int to) {
        SourceLine result = new SourceLine();
        for (int i = 0; i < line.length(); i++) {
            Place place = line.place(i);
            if (i == from) {
                result.append(j.toString(), place);
                i = to - 1;
            } else if (line.at(i) == '[') {
                int close = line.indexOf("]", i);
                String index = close < 0 ? null : index(line.between(i + 1, close).replace(" ", ""), j);
                if (index == null) {
                    faults.add(place, "is no index; allowed: [number], and in arrays [j], [j+number], [j-number],"
                            + " [j*number]");
                    return new SourceLine();
                }
                result.append(index, place);
                i = close;
            } else {
                result.append(line.at(i), place);
            }
        }
        return result;
    }

    private static String index(String written, Integer j) {
        Integer plain = integer(written);
        if (plain != null) {
            return plain.toString();
        }
        if (j == null || !written.matches("[jJ]([-+*][0-9]{1,6})?")) {
            return null;
        }
        if (written.length() == 1) {
            return j.toString();
        }
        int number = Integer.parseInt(written.substring(2));
        return Long.toString(switch (written.charAt(1)) {
            case '+' -> (long) j + number;
            case '-' -> (long) j - number;
            default -> (long) j * number;
        });
    }
}

package org.nagumo.datagen.recording.format;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nagumo.datagen.unit.Quantity;
import org.nagumo.datagen.unit.Unit;

/**
 * How a text table is laid out, found from its first lines.
 *
 * @param delimiter  byte between cells
 * @param terminator byte that ends a line
 * @param columns    columns with a name, in their order
 * @param time       the column of times
 * @param cells      cells in each row
 * @param position   where in the file the first row of numbers starts
 * @param lineBefore number of the line before it
 */
record CsvLayout(char delimiter, char terminator, List<Column> columns, Column time, int cells, long position,
        int lineBefore) {

    private static final Pattern IN_BRACKETS = Pattern.compile("(.*?)[\\s_]*[(\\[]([^)\\]]+)[)\\]]\\s*");
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9.,]+([eE][-+]?[0-9]+)?");
    private static final int FIRST_BYTES = 1 << 16;
    private static final int MOST_HEADER_LINES = 1000;

    /**
     * A column.
     *
     * @param cell number of its cell in a row, from 0
     * @param name its name without the unit
     * @param unit its unit as it is written, or empty
     */
    record Column(int cell, String name, String unit) {

        /** Splits {@code voltage_mV}, {@code Vm (mV)}, {@code Vm [mV]} and {@code Vm/mV} into name and unit. */
        static Column of(int cell, String header) {
            Matcher brackets = IN_BRACKETS.matcher(header);
            if (brackets.matches()) {
                return new Column(cell, brackets.group(1).strip(), brackets.group(2).strip());
            }
            for (int at = 1; at < header.length() - 1; at++) {
                char c = header.charAt(at);
                boolean separates = c == '_' || c == '/' || c == ' ' || c == '.';
                if (separates && Unit.named(header.substring(at + 1)).isPresent()) {
                    return new Column(cell, header.substring(0, at).strip(), header.substring(at + 1).strip());
                }
            }
            return new Column(cell, header, "");
        }

        boolean isTime() {
            return Unit.named(unit).filter(found -> found.quantity() == Quantity.TIME).isPresent();
        }

        private boolean isNamedTime() {
            String lower = name.toLowerCase(Locale.ROOT);
            return lower.equals("t") || lower.startsWith("time");
        }

        /** As messages show it. */
        String label() {
            return unit.isEmpty() ? name : name + " (" + unit + ")";
        }
    }

    static CsvLayout of(ByteFile file) {
        int bytes = (int) Math.min(FIRST_BYTES, file.size());
        byte[] first = file.read(0, bytes, ByteOrder.LITTLE_ENDIAN, "its first lines").array();
        int mark = bytes >= 3 && (first[0] & 0xFF) == 0xEF && (first[1] & 0xFF) == 0xBB && (first[2] & 0xFF) == 0xBF
                ? 3 : 0;
        boolean returns = false;
        boolean feeds = false;
        for (byte c : first) {
            if (c == 0) {
                throw file.fault("is not text in UTF-8 (it holds a zero byte)");
            }
            returns |= c == '\r';
            feeds |= c == '\n';
        }
        return of(file, returns && !feeds ? '\r' : '\n', mark);
    }

    private static CsvLayout of(ByteFile file, char terminator, int mark) {
        CsvCursor lines = new CsvCursor(file, ',', terminator, mark, 0);
        String header = null;
        int headerLine = 0;
        String comment = null;
        for (int k = 0; header == null && k < MOST_HEADER_LINES && lines.nextLine(); k++) {
            String text = lines.lineText();
            if (text.isBlank() || text.toLowerCase(Locale.ROOT).startsWith("sep=")) {
                continue;
            }
            if (text.startsWith("#")) {
                comment = text.substring(1).strip();
            } else {
                header = text;
                headerLine = lines.line();
            }
        }
        if (header == null) {
            throw file.fault("has no header");
        }
        long afterHeader = lines.nextLine() ? lines.position() : file.size();
        // Some programs write the header as a comment.
        boolean commented = comment != null && isRow(header);
        String names = commented ? comment : header;
        char delimiter = delimiter(names);
        if (commented) {
            return of(file, delimiter, terminator, split(names, delimiter), headerLine - 1, positionOf(file, terminator,
                    mark, headerLine));
        }
        if (isRow(header)) {
            throw file.fault("starts with numbers at line " + headerLine + ", without a header");
        }
        return of(file, delimiter, terminator, split(names, delimiter), headerLine, afterHeader);
    }

    private static long positionOf(ByteFile file, char terminator, int mark, int line) {
        CsvCursor lines = new CsvCursor(file, ',', terminator, mark, 0);
        while (lines.line() < line) {
            lines.nextLine();
        }
        return lines.position();
    }

    private static boolean isRow(String line) {
        for (String cell : split(line, delimiter(line))) {
            if (!cell.isEmpty() && !NUMBER.matcher(cell).matches()) {
                return false;
            }
        }
        return true;
    }

    private static char delimiter(String header) {
        String outside = header.replaceAll("\"[^\"]*\"", "quoted");
        return outside.indexOf('\t') >= 0 ? '\t' : outside.indexOf(';') >= 0 ? ';' : outside.indexOf(',') >= 0 ? ','
                : outside.strip().indexOf(' ') >= 0 ? ' ' : ',';
    }

    private static List<String> split(String line, char delimiter) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (char c : (delimiter == ' ' ? line.strip().replaceAll(" +", " ") : line).toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (c == delimiter && !quoted) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString().strip());
        return cells;
    }

    private static CsvLayout of(ByteFile file, char delimiter, char terminator, List<String> header, int lineBefore,
            long afterHeader) {
        List<String> names = new ArrayList<>(header);
        CsvCursor rows = new CsvCursor(file, delimiter, terminator, afterHeader, lineBefore);
        if (!rows.next()) {
            throw file.fault("has a header and no row");
        }
        int cells = rows.split();
        List<String> units = units(rows, cells);
        if (!units.isEmpty()) {
            for (int k = 0; k < Math.min(names.size(), units.size()); k++) {
                names.set(k, names.get(k).isEmpty() ? "" : names.get(k) + " (" + units.get(k) + ")");
            }
            if (!rows.next()) {
                throw file.fault("has a header and no row");
            }
            cells = rows.split();
        }
        boolean openEnd = rows.text(cells - 1).isEmpty();
        if (names.get(names.size() - 1).isEmpty()) {
            names.remove(names.size() - 1);
        }
        int filled = openEnd ? cells - 1 : cells;
        // Row names of R have no header.
        int shift = filled == names.size() + 1 ? 1 : 0;
        if (filled != names.size() + shift) {
            throw file.fault("has " + filled + " values in line " + rows.line() + " for the " + names.size()
                    + " columns " + names);
        }
        List<Column> columns = new ArrayList<>();
        for (int k = 0; k < names.size(); k++) {
            if (!names.get(k).isEmpty()) {
                columns.add(Column.of(k + shift, names.get(k)));
            }
        }
        return new CsvLayout(delimiter, terminator, List.copyOf(columns), time(file, columns), cells, rows.position(),
                rows.line() - 1);
    }

    /** The units in a row of their own under the header; empty when it is a row of numbers. */
    private static List<String> units(CsvCursor row, int cells) {
        List<String> units = new ArrayList<>();
        for (int k = 0; k < cells; k++) {
            String unit = row.text(k).replaceAll("[()\\[\\]]", "").strip();
            if (Unit.named(unit).isEmpty()) {
                return List.of();
            }
            units.add(unit);
        }
        return units;
    }

    private static Column time(ByteFile file, List<Column> columns) {
        List<Column> times = columns.stream().filter(Column::isTime).toList();
        List<Column> named = times.stream().filter(Column::isNamedTime).toList();
        List<Column> candidates = named.isEmpty() ? times : named;
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        List<String> labels = (candidates.isEmpty() ? columns : candidates).stream().map(Column::label).toList();
        Optional<Column> bare = columns.stream().filter(Column::isNamedTime).findFirst();
        throw file.fault(candidates.size() > 1 ? "has several columns of time, " + labels
                : bare.isPresent() ? "has no unit in the name of column '" + bare.get().name()
                + "' (such as time_ms, time_s or 'time (ms)')"
                : "has no column of time with its unit (such as time_ms or 'time (s)') among " + labels);
    }
}

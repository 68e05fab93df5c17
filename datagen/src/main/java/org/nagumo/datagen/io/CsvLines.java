package org.nagumo.datagen.io;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/** Reads the lines of a {@link CsvTable}. */
final class CsvLines {

    private static final char COMMENT = '#';
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final char[] SEPARATORS = {'\t', ';', ',', ' '};
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");

    private final Path file;
    private final BufferedReader reader;
    private final LongConsumer progress;
    private final int progressEvery;
    private int line;
    private long characters;
    private String comment;
    private char separator;
    private List<String> names;
    private double[][] columns;
    private int[] decimals;
    private int[] significant;
    private int[] lines = new int[1024];
    private int rows;

    /**
     * Wraps a reader.
     *
     * @param progress      receives the number of further characters read
     * @param progressEvery characters between two reports
     */
    CsvLines(Path file, BufferedReader reader, LongConsumer progress, int progressEvery) {
        this.file = file;
        this.reader = reader;
        this.progress = progress;
        this.progressEvery = progressEvery;
    }

    CsvTable table(List<String> required) throws IOException {
        String first = next();
        if (first == null) {
            throw new InputException(file + ":" + Math.max(1, line) + ": is empty; allowed: a header with " + required);
        }
        boolean behindComment = readHeader(first, required);
        if (behindComment) {
            addRow(first);
        }
        for (String text = next(); text != null; text = next()) {
            addRow(text);
        }
        progress.accept(characters);
        List<String> header = new ArrayList<>();
        List<double[]> values = new ArrayList<>();
        List<CsvTable.Precision> precisions = new ArrayList<>();
        for (int k = 0; k < columns.length; k++) {
            if (!names.get(k).isEmpty()) {
                header.add(names.get(k));
                values.add(Arrays.copyOf(columns[k], rows));
                precisions.add(new CsvTable.Precision(decimals[k], significant[k]));
            }
        }
        return new CsvTable(file, List.copyOf(header), values.toArray(new double[0][]), Arrays.copyOf(lines, rows),
                precisions.toArray(new CsvTable.Precision[0]));
    }

    /** The next line that is neither blank nor a comment; null at the end. */
    private String next() throws IOException {
        for (String text = reader.readLine(); text != null; text = reader.readLine()) {
            line++;
            characters += text.length() + 1L;
            if (characters > progressEvery) {
                progress.accept(characters);
                characters = 0;
            }
            if (line == 1 && text.startsWith(BYTE_ORDER_MARK)) {
                text = text.substring(1);
            }
            if (!text.isEmpty() && text.charAt(0) == COMMENT) {
                comment = text.substring(1);
            } else if (!text.isBlank()) {
                return text;
            }
        }
        return null;
    }

    /** Reads the header, which may be the comment before the first row; returns whether it is. */
    private boolean readHeader(String first, List<String> required) {
        separator = separator(first);
        List<String> cells = cells(first);
        boolean behindComment = false;
        if (cells.stream().allMatch(this::isNumber)) {
            List<String> above = comment == null ? List.of() : cells(comment);
            if (above.size() != cells.size() || above.stream().anyMatch(this::isNumber)) {
                throw new InputException(file + ":" + line + ": holds numbers instead of names; allowed: a header with "
                        + required);
            }
            cells = above;
            behindComment = true;
        }
        names = cells.stream().map(CsvLines::unquoted).toList();
        for (String name : required) {
            if (!names.contains(name)) {
                throw new InputException(file + ":" + line + ": the header has no column '" + name + "'"
                        + (names.size() == 1 ? " but '" + names.get(0) + "' alone" : "") + "; allowed: a header with "
                        + required + ", separated by commas, semicolons, tabs or blanks");
            }
        }
        List<String> named = names.stream().filter(name -> !name.isEmpty()).toList();
        if (new HashSet<>(named).size() != named.size()) {
            throw new InputException(file + ":" + line + ": a column stands twice in the header; allowed: each once");
        }
        columns = new double[names.size()][1024];
        decimals = new int[names.size()];
        significant = new int[names.size()];
        Arrays.fill(decimals, Integer.MIN_VALUE);
        return behindComment;
    }

    /** Tabs or semicolons before commas, which may be decimal; blanks where there is nothing else. */
    private static char separator(String header) {
        String outside = QUOTED.matcher(header.trim()).replaceAll("x");
        for (char candidate : SEPARATORS) {
            if (outside.indexOf(candidate) >= 0) {
                return candidate;
            }
        }
        return ',';
    }

    private List<String> cells(String line) {
        String text = separator == ' ' ? line.trim() : line;
        List<String> cells = new ArrayList<>();
        int from = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            if (c == separator && !quoted && (c != ' ' || i > from)) {
                cells.add(text.substring(from, i).trim());
                from = i + 1;
            } else if (c == separator && !quoted) {
                from = i + 1;
            }
        }
        cells.add(text.substring(from).trim());
        return cells;
    }

    private void addRow(String text) {
        List<String> cells = cells(text);
        int surplus = cells.size() - names.size();
        if (surplus == 1 && cells.get(names.size()).isEmpty()) {
            cells = cells.subList(0, names.size());
        } else if (surplus == 1 && cells.get(0).startsWith("\"")) {
            cells = cells.subList(1, cells.size());
        } else if (surplus == -1 && names.get(cells.size()).isEmpty()) {
            cells.add("");
        } else if (surplus != 0) {
            throw new InputException(file + ":" + line + ": has " + cells.size() + " values"
                    + (separator == ',' && cells.size() == 2 * names.size()
                            ? " (with decimal commas, columns have to be separated by semicolons or tabs)" : "")
                    + "; allowed: " + names.size() + ", one for each of " + names);
        }
        if (rows == lines.length) {
            lines = Arrays.copyOf(lines, 2 * rows);
            for (int k = 0; k < columns.length; k++) {
                columns[k] = Arrays.copyOf(columns[k], 2 * rows);
            }
        }
        for (int k = 0; k < columns.length; k++) {
            if (!names.get(k).isEmpty()) {
                columns[k][rows] = number(k, decimalPoint(unquoted(cells.get(k))));
            }
        }
        lines[rows++] = line;
    }

    private String decimalPoint(String cell) {
        return cell.replace(',', '.');
    }

    private static String unquoted(String cell) {
        return cell.length() >= 2 && cell.startsWith("\"") && cell.endsWith("\"")
                ? cell.substring(1, cell.length() - 1).trim() : cell;
    }

    private boolean isNumber(String cell) {
        try {
            Double.parseDouble(decimalPoint(unquoted(cell)));
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private double number(int column, String cell) {
        double value;
        try {
            value = Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            value = Double.NaN;
        }
        if (!Double.isFinite(value)) {
            throw new InputException(file + ":" + line + ": " + names.get(column) + " is '" + cell
                    + "'; allowed: finite numbers");
        }
        if (Math.abs(value) > Float.MAX_VALUE) {
            throw new InputException(file + ":" + line + ": " + names.get(column) + " is '" + cell
                    + "'; allowed: numbers up to " + Float.MAX_VALUE + ", which data sets can hold");
        }
        count(column, cell);
        return value;
    }

    /** Notes how many decimals and significant digits a number is printed with. */
    private void count(int column, String cell) {
        int digits = 0;
        int after = 0;
        boolean point = false;
        int exponent = 0;
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c >= '0' && c <= '9') {
                if (digits > 0 || c != '0') {
                    digits++;
                }
                if (point) {
                    after++;
                }
            } else if (c == '.') {
                point = true;
            } else if (c == 'e' || c == 'E') {
                exponent = Integer.parseInt(cell, i + 1, cell.length(), 10);
                break;
            }
        }
        decimals[column] = Math.max(decimals[column], after - exponent);
        significant[column] = Math.max(significant[column], digits);
    }
}

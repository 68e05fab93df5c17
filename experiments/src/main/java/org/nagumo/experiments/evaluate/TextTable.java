package org.nagumo.experiments.evaluate;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** How the tables of results are set: columns of text, and numbers with as many digits as matter. */
final class TextTable {

    private TextTable() {
    }

    /**
     * Columns of equal width, two spaces apart.
     *
     * @param rows      cells by row, the same number in each
     * @param lastRight the last column that is flush right; the first of all is flush left
     */
    static String layOut(List<String[]> rows, int lastRight) {
        int[] widths = IntStream.range(0, rows.get(0).length)
                .map(c -> rows.stream().mapToInt(row -> row[c].length()).max().orElse(0)).toArray();
        StringBuilder text = new StringBuilder();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < row.length; c++) {
                String space = " ".repeat(widths[c] - row[c].length());
                line.append(c == 0 ? row[c] + space : c <= lastRight ? "  " + space + row[c] : "  " + row[c]);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /** A number, where it is defined. */
    static String number(String format, double value) {
        return Double.isNaN(value) ? "none" : String.format(Locale.ROOT, format, value);
    }

    /** The format of a potential or current: dimensionless ones are small numbers. */
    static String fine(String format, NeuronScale scale) {
        return scale.dimensionless() ? "%." + (format.charAt(2) - '0' + 2) + "f" : format;
    }
}

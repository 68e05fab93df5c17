package org.nagumo.datagen.io;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * A table of finite numbers with named columns, read from comma-separated values with a header line.
 *
 * @param file    where it was read, for messages
 * @param header  names of the columns
 * @param columns {@code columns[k][row]}
 * @param lines   {@code lines[row]}: where the row stands in the file, from 1
 */
public record CsvTable(Path file, List<String> header, double[][] columns, int[] lines) {

    private static final double UNIFORMITY = 1e-3;

    /** Characters between two words of how far it is. */
    private static final int PROGRESS_EVERY = 1 << 16;

    /**
     * Reads a table.
     *
     * @param required columns that have to be there
     * @throws InputException naming file, line, fault and what is allowed
     */
    public static CsvTable read(Path file, List<String> required) {
        return read(file, required, characters -> { });
    }

    /**
     * As {@link #read(Path, List)}, for long files.
     *
     * @param progress told again and again how many more bytes have been read, about; in the end all
     */
    public static CsvTable read(Path file, List<String> required, LongConsumer progress) {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String first = reader.readLine();
            if (first == null) {
                throw new InputException(file + ":1: is empty; allowed: a header with " + required);
            }
            // Spreadsheets put a byte order mark before the first name.
            String names = first.startsWith("\uFEFF") ? first.substring(1) : first;
            List<String> header = Arrays.stream(names.split(",", -1)).map(String::trim).toList();
            for (String name : required) {
                if (!header.contains(name)) {
                    throw new InputException(file + ":1: the header has no column '" + name + "'; allowed: a header"
                            + " with " + required);
                }
            }
            if (new HashSet<>(header).size() != header.size()) {
                throw new InputException(file + ":1: a column stands twice in the header; allowed: each once");
            }
            // What lines are long in bytes, their ends included, is not known exactly.
            long[] left = {Files.size(file)};
            LongConsumer counted = characters -> {
                long bytes = Math.min(characters, left[0]);
                left[0] -= bytes;
                progress.accept(bytes);
            };
            counted.accept(first.length() + 1L);
            CsvTable table = rows(file, reader, header, counted);
            progress.accept(left[0]);
            return table;
        } catch (NoSuchFileException e) {
            throw new InputException(file + ": there is no such file; allowed: a CSV file with " + required, e);
        } catch (MalformedInputException e) {
            throw new InputException(file + ": is not text in UTF-8; allowed: a CSV file with " + required, e);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read (" + e + "); allowed: a CSV file with " + required, e);
        }
    }

    private static CsvTable rows(Path file, BufferedReader reader, List<String> header, LongConsumer progress)
            throws IOException {
        List<double[]> rows = new ArrayList<>();
        List<Integer> lines = new ArrayList<>();
        int line = 1;
        long characters = 0;
        for (String text = reader.readLine(); text != null; text = reader.readLine()) {
            line++;
            characters += text.length() + 1L;
            if (characters > PROGRESS_EVERY) {
                progress.accept(characters);
                characters = 0;
            }
            if (text.isBlank()) {
                continue;
            }
            String[] cells = text.split(",", -1);
            if (cells.length != header.size()) {
                throw new InputException(file + ":" + line + ": has " + cells.length + " values; allowed: "
                        + header.size() + ", one for each of " + header);
            }
            double[] row = new double[cells.length];
            for (int k = 0; k < cells.length; k++) {
                row[k] = number(file, line, header.get(k), cells[k].trim());
            }
            rows.add(row);
            lines.add(line);
        }
        progress.accept(characters);
        double[][] columns = new double[header.size()][rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            for (int k = 0; k < columns.length; k++) {
                columns[k][i] = rows.get(i)[k];
            }
        }
        return new CsvTable(file, header, columns, lines.stream().mapToInt(i -> i).toArray());
    }

    private static double number(Path file, int line, String column, String cell) {
        try {
            double value = Double.parseDouble(cell);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below, as for numbers that are not finite
        }
        throw new InputException(file + ":" + line + ": " + column + " is '" + cell + "'; allowed: finite numbers");
    }

    /** The median, which a gap does not move: what differs from it is the gap. */
    private static double usualDifference(double[] time) {
        double[] differences = new double[time.length - 1];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = time[i + 1] - time[i];
        }
        Arrays.sort(differences);
        return differences[differences.length / 2];
    }

    /** Values of a column that is known to be there. */
    public double[] column(String name) {
        return columns[header.indexOf(name)];
    }

    /**
     * The step of a column of times.
     *
     * @throws InputException when there are fewer than two rows, or the step changes by more than 0.1 %
     */
    public double uniformStep(String timeColumn) {
        double[] time = column(timeColumn);
        if (time.length < 2) {
            throw new InputException(file + ": has " + time.length + " rows; allowed: at least 2");
        }
        double usual = usualDifference(time);
        for (int i = 1; i < time.length; i++) {
            double difference = time[i] - time[i - 1];
            if (!(difference > 0) || Math.abs(difference - usual) > UNIFORMITY * usual + 1e-9) {
                throw new InputException(file + ":" + lines[i] + ": " + timeColumn + " goes from " + time[i - 1]
                        + " to " + time[i] + "; allowed: the uniform step of the file, " + (float) usual + " ms");
            }
        }
        double step = (time[time.length - 1] - time[0]) / (time.length - 1);
        // Ends of a grid that were written in decimals give the step itself back.
        return Math.round(step * 1e9) / 1e9;
    }
}

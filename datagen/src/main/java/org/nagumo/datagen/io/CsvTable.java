package org.nagumo.datagen.io;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * A table of finite numbers with named columns, read from text with a header line. The columns are separated by commas,
 * semicolons, tabs or blanks. Decimals may have a comma where commas do not separate, and in quotes. Names may be
 * quoted. Lines that start with {@code #}, blank lines, a byte-order mark, columns without a name (row numbers, a
 * separator at the end) and R's row names are skipped. A header behind {@code #}, as NumPy writes it, is taken where the
 * first row holds numbers.
 *
 * @param file       the file it was read from, for messages
 * @param header     names of the columns
 * @param columns    {@code columns[k][row]}
 * @param lines      {@code lines[row]}: line of the row in the file, from 1
 * @param precisions {@code precisions[k]}: how precisely column k is printed
 */
public record CsvTable(Path file, List<String> header, double[][] columns, int[] lines, Precision[] precisions) {

    /**
     * How precisely the numbers of a column are printed.
     *
     * @param decimals    largest number of digits after the point, negative for multiples of ten
     * @param significant largest number of significant digits
     */
    public record Precision(int decimals, int significant) {
    }

    /** Bytes between two reports of progress. */
    private static final int PROGRESS_EVERY = 1 << 16;

    /**
     * Reads a table.
     *
     * @param file     the file
     * @param required columns that have to be there
     * @return the table
     * @throws InputException naming file, line, fault and what is allowed
     */
    public static CsvTable read(Path file, List<String> required) {
        return read(file, required, characters -> { });
    }

    /**
     * As {@link #read(Path, List)}, for long files.
     *
     * @param file     the file
     * @param required columns that have to be there
     * @param progress receives the number of further bytes read, about; their sum is exact in the end
     * @return the table
     * @throws InputException naming file, line, fault and what is allowed
     */
    public static CsvTable read(Path file, List<String> required, LongConsumer progress) {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            // What lines are long in bytes, their ends included, is not known exactly.
            long[] left = {Files.size(file)};
            LongConsumer counted = characters -> {
                long bytes = Math.min(characters, left[0]);
                left[0] -= bytes;
                progress.accept(bytes);
            };
            CsvTable table = new CsvLines(file, reader, counted, PROGRESS_EVERY).table(required);
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

    /** Values of a column that is known to be there. */
    public double[] column(String name) {
        return columns[header.indexOf(name)];
    }

    /**
     * Checks a column of times and finds its start and step.
     *
     * @param timeColumn a column of times
     * @param unitMs     their unit in ms
     * @return all times of the column, which are uniform
     * @throws InputException when there are fewer than two rows, or the step is not uniform
     */
    public UniformTimes uniformTimes(String timeColumn, double unitMs) {
        double[] time = column(timeColumn);
        if (time.length < 2) {
            throw new InputException(file + ": has " + time.length + " rows; allowed: at least 2");
        }
        Precision precision = precisions[header.indexOf(timeColumn)];
        UniformTimes times = new UniformTimes(unitMs);
        for (int i = 0; i < time.length; i++) {
            if (!times.add(time[i], precision.decimals, precision.significant)) {
                double usual = usualStep(time);
                int gap = gap(time, i, usual);
                throw new InputException(file + ":" + lines[gap] + ": " + timeColumn + " goes from " + time[gap - 1]
                        + " to " + time[gap] + "; allowed: the uniform step of the file, " + (float) (usual * unitMs)
                        + " ms");
            }
        }
        return times;
    }

    /** The median difference of successive times, which gaps do not move. */
    private static double usualStep(double[] time) {
        double[] differences = new double[time.length - 1];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = time[i + 1] - time[i];
        }
        Arrays.sort(differences);
        return differences[differences.length / 2];
    }

    /**
     * The fault in times that are not uniform up to a row: the first step that is not positive, else the first of those
     * that differ most from the usual one. It can lie before that row, since a gap at the start shows only later.
     */
    private static int gap(double[] time, int row, double usual) {
        int gap = 1;
        for (int i = 1; i <= row; i++) {
            double difference = time[i] - time[i - 1];
            if (!(difference > 0)) {
                return i;
            }
            if (Math.abs(difference - usual) > Math.abs(time[gap] - time[gap - 1] - usual)) {
                gap = i;
            }
        }
        return gap;
    }
}

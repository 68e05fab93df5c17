package org.nagumo.datagen.simulate;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.nagumo.datagen.io.AtomicFile;
import org.nagumo.datagen.io.CsvTable;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.io.UniformTimes;
import org.nagumo.datagen.unit.Quantity;
import org.nagumo.datagen.unit.Unit;

/**
 * Responses as CSV: {@code time_ms,current_uA_per_cm2,voltage_mV}, or another unit of the current, and then the other
 * state variables by name. Numbers are written in full, so that reading gives the same bits back.
 */
public final class TraceFile {

    private static final String TIME = "time_ms";
    private static final String CURRENT = "current_";
    private static final String VOLTAGE = "voltage_mV";

    /** Samples between two words of how far it is. */
    private static final int PROGRESS_EVERY = 1 << 12;

    private TraceFile() {
    }

    /**
     * Writes a response to a file.
     *
     * @param progress told again and again how many more samples are written, in the end all
     */
    public static void write(Path file, Trace trace, LongConsumer progress) {
        write(file, trace, Unit.UA_PER_CM2, progress);
    }

    /**
     * Writes a response whose current has some unit to a file.
     *
     * @param file     the file
     * @param trace    the response
     * @param unit     unit of the current, for the name of its column
     * @param progress as for {@link #write(Path, Trace, LongConsumer)}
     */
    public static void write(Path file, Trace trace, Unit unit, LongConsumer progress) {
        AtomicFile.write(file, out -> write(out, trace, unit, progress));
    }

    /**
     * Writes a response to a stream, which stays open.
     *
     * @param progress as for a file
     */
    public static void write(OutputStream stream, Trace trace, LongConsumer progress) {
        write(stream, trace, Unit.UA_PER_CM2, progress);
    }

    /**
     * Writes a response whose current has some unit to a stream, which stays open.
     *
     * @param stream   the stream
     * @param trace    the response
     * @param unit     unit of the current, for the name of its column
     * @param progress as for {@link #write(Path, Trace, LongConsumer)}
     */
    public static void write(OutputStream stream, Trace trace, Unit unit, LongConsumer progress) {
        try {
            Writer out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
            out.append(TIME).append(',').append(CURRENT).append(unit.inName()).append(',').append(VOLTAGE);
            for (String name : trace.stateNames()) {
                out.append(',').append(name);
            }
            out.append('\n');
            for (int i = 0; i < trace.length(); i++) {
                out.append(time(i, trace)).append(',')
                        .append(Double.toString(trace.current().currentUaPerCm2()[i])).append(',')
                        .append(Double.toString(trace.voltageMv()[i]));
                for (double[] state : trace.states()) {
                    out.append(',').append(Double.toString(state[i]));
                }
                out.append('\n');
                if (i % PROGRESS_EVERY == PROGRESS_EVERY - 1) {
                    progress.accept(PROGRESS_EVERY);
                }
            }
            out.flush();
            progress.accept(trace.length() % PROGRESS_EVERY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Rounded to a picosecond, so that 3 * 0.1 ms reads 0.3. */
    private static String time(int sample, Trace trace) {
        return Double.toString(Math.round((trace.startMs() + sample * trace.dtMs()) * 1e9) / 1e9);
    }

    /**
     * Reads a response in mV; a missing current counts as zero.
     *
     * @param file the file
     * @return the response, on the clock of the file
     * @throws InputException naming file, line, fault and what is allowed
     */
    public static Trace read(Path file) {
        return read(file, characters -> { });
    }

    /**
     * As {@link #read(Path)}, for long files.
     *
     * @param file     the file
     * @param progress receives the number of further bytes read
     * @return the response, on the clock of the file
     * @throws InputException naming file, line, fault and what is allowed
     */
    public static Trace read(Path file, LongConsumer progress) {
        Trace trace = readAnyScale(file, progress);
        MembranePotential.check(file, VOLTAGE, trace.voltageMv());
        return trace;
    }

    /**
     * As {@link #read(Path, LongConsumer)}, for models without units too, whose potentials are taken as they are.
     *
     * @param file     the file
     * @param progress receives the number of further bytes read
     * @return the response, on the clock of the file
     * @throws InputException naming file, line, fault and what is allowed
     */
    public static Trace readAnyScale(Path file, LongConsumer progress) {
        CsvTable table = CsvTable.read(file, List.of(TIME, VOLTAGE), progress);
        UniformTimes times = table.uniformTimes(TIME, 1);
        double[] voltage = table.column(VOLTAGE);
        String ofCurrent = table.header().stream().filter(TraceFile::isCurrent).findFirst().orElse(null);
        double[] current = ofCurrent == null ? new double[voltage.length] : table.column(ofCurrent);
        List<String> names = new ArrayList<>(table.header());
        names.removeAll(List.of(TIME, VOLTAGE));
        names.remove(ofCurrent);
        double[][] states = names.stream().map(table::column).toArray(double[][]::new);
        return new Trace(new CurrentTrace(times.stepMs(), current, times.startMs()), voltage, names, states);
    }

    /** Whether a column holds a current: its name ends in a unit of one. */
    private static boolean isCurrent(String column) {
        return column.startsWith(CURRENT) && Unit.named(column.substring(CURRENT.length()))
                .filter(unit -> unit.quantity() == Quantity.CURRENT
                        || unit.quantity() == Quantity.CURRENT_DENSITY).isPresent();
    }
}

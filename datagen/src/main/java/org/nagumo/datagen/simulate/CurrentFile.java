package org.nagumo.datagen.simulate;

import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import org.nagumo.datagen.io.CsvTable;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.io.UniformTimes;
import org.nagumo.datagen.unit.Unit;

/**
 * Currents as CSV with the columns {@code time_ms,current_uA_per_cm2}, or another unit, as {@code current_pA}: each
 * value is held until the next row.
 */
public final class CurrentFile {

    private CurrentFile() {
    }

    /**
     * Reads a current.
     *
     * @param file     the file
     * @param progress receives the number of further bytes read
     * @return the current, on the clock of the file
     * @throws InputException naming file, line, fault and what is allowed
     */
    public static CurrentTrace read(Path file, LongConsumer progress) {
        return read(file, Unit.UA_PER_CM2, progress);
    }

    /**
     * Reads a current in some unit.
     *
     * @param file     the file
     * @param unit     unit of the current, which the name of its column ends in
     * @param progress receives the number of further bytes read
     * @return the current, on the clock of the file
     * @throws InputException naming file, line, fault and what is allowed
     */
    public static CurrentTrace read(Path file, Unit unit, LongConsumer progress) {
        String column = "current_" + unit.inName();
        CsvTable table = CsvTable.read(file, List.of("time_ms", column), progress);
        UniformTimes times = table.uniformTimes("time_ms", 1);
        return new CurrentTrace(times.stepMs(), table.column(column), times.startMs());
    }
}

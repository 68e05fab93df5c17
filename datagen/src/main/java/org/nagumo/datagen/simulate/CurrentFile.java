package org.nagumo.datagen.simulate;

import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import org.nagumo.datagen.io.CsvTable;
import org.nagumo.datagen.io.InputException;

/** Currents as CSV with the columns {@code time_ms,current_uA_per_cm2}: each value is held until the next row. */
public final class CurrentFile {

    private CurrentFile() {
    }

    /**
     * Reads a current.
     *
     * @param progress told how many more characters have been read
     * @throws InputException naming file, line, fault and what is allowed
     */
    public static CurrentTrace read(Path file, LongConsumer progress) {
        CsvTable table = CsvTable.read(file, List.of("time_ms", "current_uA_per_cm2"), progress);
        return new CurrentTrace(table.uniformStep("time_ms"), table.column("current_uA_per_cm2"));
    }
}

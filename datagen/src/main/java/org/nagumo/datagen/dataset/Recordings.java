package org.nagumo.datagen.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.nagumo.datagen.io.CsvTable;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.simulate.MembranePotential;

/**
 * Recordings as a data set: CSV files with a header, each one sequence. A column of time, one of current and one of
 * voltage have to be there, each with its unit in its name; they are converted to {@code time_ms},
 * {@code current_uA_per_cm2} and {@code voltage_mV}. Other columns are taken as they are. The step has to be uniform
 * and the same in all files, without gaps, and all numbers finite.
 */
public final class Recordings {

    /** One quantity: its name in a data set, and what each unit in a name is in that of the data set. */
    private record Quantity(String name, Map<String, Double> units) {

        String found(Path file, List<String> header) {
            List<String> candidates = header.stream().filter(units::containsKey).toList();
            if (candidates.size() != 1) {
                throw new InputException(file + ":1: has " + (candidates.isEmpty() ? "no column" : "the columns "
                        + candidates) + " for " + name + hint(header) + "; allowed: one of "
                        + new TreeMap<>(units).keySet());
            }
            return candidates.get(0);
        }

        /** A current without an area cannot be converted. */
        private String hint(List<String> header) {
            return header.stream().filter(column -> column.matches("current_[munp]?A")).findFirst()
                    .map(column -> " ('" + column + "' has to be divided by the membrane's area first)").orElse("");
        }
    }

    private static final Quantity TIME = new Quantity("time_ms", Map.of("time_ms", 1.0, "time_s", 1000.0, "time_us",
            0.001));
    private static final Quantity CURRENT = new Quantity("current_uA_per_cm2", Map.of("current_uA_per_cm2", 1.0,
            "current_nA_per_cm2", 0.001, "current_mA_per_cm2", 1000.0, "current_A_per_m2", 100.0,
            "current_pA_per_um2", 100.0));
    private static final Quantity VOLTAGE = new Quantity("voltage_mV", Map.of("voltage_mV", 1.0, "voltage_V", 1000.0,
            "voltage_uV", 0.001));

    private Recordings() {
    }

    /** How much there is to do, in the units of {@link DatasetProgress#accept}. */
    public static long work(List<Path> files, Set<DatasetGenerator.Format> formats) {
        return bytes(files) * DatasetProgress.rounds(formats);
    }

    private static long bytes(List<Path> files) {
        return files.stream().mapToLong(file -> file.toFile().length()).sum();
    }

    /**
     * Makes a data set of recordings.
     *
     * @param files one for each sequence
     * @throws InputException naming file, line, fault and what is allowed
     */
    public static Manifest make(List<Path> files, Path folder, DatasetGenerator.Options options) {
        Map<String, Path> inputs = new LinkedHashMap<>();
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (inputs.put(name, file) != null) {
                throw new InputException(file + ": another file has the name " + name + "; allowed: different names");
            }
        }
        List<Recording> checked = new ArrayList<>();
        // All are looked at before anything is written; the values are read again, one file at a time.
        LongConsumer check = options.progress().check("the recordings", bytes(files));
        for (Path file : files) {
            Recording recording = read(file, check);
            if (!checked.isEmpty() && !recording.header.equals(checked.get(0).header)) {
                throw new InputException(file + ": has " + recording.header + "; allowed: the same as in "
                        + files.get(0) + ", " + checked.get(0).header);
            }
            checked.add(recording.withoutValues());
        }
        SequenceHeader header = checked.get(0).header;
        return DatasetGenerator.inFolder(folder, () -> {
            Manifest manifest = Manifest.of(header.dtMs(), header.columns(), options.formats(), inputs);
            DatasetFolder target = new DatasetFolder(folder, manifest, header, inputs,
                    checked.stream().mapToInt(Recording::length).toArray(), options);
            try {
                options.progress().accept(work(files.subList(0, target.finished()), options.formats()));
                while (target.finished() < files.size()) {
                    Path file = files.get(target.finished());
                    float[][] columns = read(file, options.progress()::accept).columns;
                    if (target.wantsCsv()) {
                        target.writeCsv(target.finished(), columns);
                        options.progress().accept(file.toFile().length());
                    }
                    target.add(columns);
                }
                if (!target.complete()) {
                    target.finish();
                }
            } finally {
                target.suspend();
            }
            return Manifest.read(folder.resolve(Manifest.NAME));
        });
    }

    private record Recording(SequenceHeader header, int length, float[][] columns) {

        Recording withoutValues() {
            return new Recording(header, length, null);
        }
    }

    private static Recording read(Path file, LongConsumer progress) {
        CsvTable table = CsvTable.read(file, List.of(), progress);
        String time = TIME.found(file, table.header());
        String current = CURRENT.found(file, table.header());
        String voltage = VOLTAGE.found(file, table.header());
        double dt = table.timeGrid(time, TIME.units.get(time)).stepMs();
        List<String> names = new ArrayList<>(List.of(TIME.name, CURRENT.name, VOLTAGE.name));
        List<float[]> columns = new ArrayList<>();
        int length = table.column(time).length;
        float[] clock = new float[length];
        for (int t = 0; t < length; t++) {
            clock[t] = (float) (t * dt);
        }
        columns.add(clock);
        columns.add(converted(table, current, CURRENT.units.get(current)));
        columns.add(converted(table, voltage, VOLTAGE.units.get(voltage)));
        double unit = VOLTAGE.units.get(voltage);
        MembranePotential.check(file, voltage, Arrays.stream(table.column(voltage)).map(v -> v * unit).toArray());
        for (String name : table.header()) {
            if (!List.of(time, current, voltage).contains(name)) {
                names.add(name);
                columns.add(converted(table, name, 1));
            }
        }
        return new Recording(new SequenceHeader(dt, names), length,
                columns.toArray(new float[0][]));
    }

    private static float[] converted(CsvTable table, String column, double factor) {
        double[] values = table.column(column);
        float[] converted = new float[values.length];
        for (int t = 0; t < values.length; t++) {
            converted[t] = (float) (values[t] * factor);
            if (!Float.isFinite(converted[t])) {
                throw new InputException(table.file() + ":" + table.lines()[t] + ": " + column + " is " + values[t]
                        + "; allowed: numbers up to " + (float) (Float.MAX_VALUE / factor)
                        + ", which data sets can hold");
            }
        }
        return converted;
    }
}

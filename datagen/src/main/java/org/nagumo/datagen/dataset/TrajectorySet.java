package org.nagumo.datagen.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nagumo.datagen.io.InputException;

/**
 * A data set in memory.
 *
 * @param dtMs       sampling step in ms
 * @param stateNames the neuron's state variables beside the voltage
 * @param current    {@code [sequence][sample]} in uA/cm2
 * @param voltage    {@code [sequence][sample]} in mV
 * @param states     {@code [sequence][state][sample]}
 */
public record TrajectorySet(double dtMs, List<String> stateNames, float[][] current, float[][] voltage,
        float[][][] states) {

    /**
     * Reads a data set.
     *
     * @param path a folder that {@link DatasetGenerator} wrote, or its file of sequences
     * @throws InputException naming the file and the fault
     */
    public static TrajectorySet read(Path path) {
        Path file = Files.isDirectory(path) ? path.resolve(DatasetGenerator.SEQUENCES) : path;
        SequenceFile sequences = SequenceFile.open(file);
        List<String> columns = sequences.header().columns();
        int i = column(file, columns, "current_uA_per_cm2");
        int v = column(file, columns, "voltage_mV");
        List<String> names = new ArrayList<>(columns);
        names.removeAll(List.of("time_ms", "current_uA_per_cm2", "voltage_mV"));
        int size = sequences.size();
        if (size == 0) {
            throw new InputException(file + ": holds no sequence; allowed: at least one");
        }
        float[][] current = new float[size][];
        float[][] voltage = new float[size][];
        float[][][] states = new float[size][][];
        for (int k = 0; k < size; k++) {
            float[][] sequence = sequences.sequence(k);
            current[k] = sequence[i];
            voltage[k] = sequence[v];
            states[k] = names.stream().map(name -> sequence[columns.indexOf(name)]).toArray(float[][]::new);
        }
        return new TrajectorySet(sequences.header().dtMs(), List.copyOf(names), current, voltage, states);
    }

    private static int column(Path file, List<String> columns, String name) {
        int index = columns.indexOf(name);
        if (index < 0) {
            throw new InputException(file + ": has no column '" + name + "' among " + columns
                    + "; allowed: data sets with current and voltage");
        }
        return index;
    }

    /** Number of sequences. */
    public int size() {
        return current.length;
    }
}

package org.nagumo.datagen.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.unit.Unit;

/**
 * A data set in memory.
 *
 * @param dtMs        sampling step in ms
 * @param stateNames  the neuron's state variables beside the voltage; none of a recording
 * @param currentUnit unit of the current
 * @param current     {@code [sequence][sample]} in that unit
 * @param voltage     {@code [sequence][sample]} in mV
 * @param states      {@code [sequence][state][sample]}
 */
public record TrajectorySet(double dtMs, List<String> stateNames, Unit currentUnit, float[][] current,
        float[][] voltage, float[][][] states) {

    /** A data set of a neuron, whose currents are in uA/cm2. */
    public TrajectorySet(double dtMs, List<String> stateNames, float[][] current, float[][] voltage,
            float[][][] states) {
        this(dtMs, stateNames, Unit.UA_PER_CM2, current, voltage, states);
    }

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
        String currentName = sequences.header().currentColumn().orElseThrow(() -> new InputException(file
                + ": has no column of current with its unit among " + columns + "; allowed: data sets with current and"
                + " voltage"));
        int i = columns.indexOf(currentName);
        int v = column(file, columns, "voltage_mV");
        List<String> names = new ArrayList<>(columns);
        names.removeAll(List.of("time_ms", currentName, "voltage_mV"));
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
        return new TrajectorySet(sequences.header().dtMs(), List.copyOf(names),
                SequenceHeader.currentUnit(currentName).orElseThrow(), current, voltage, states);
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

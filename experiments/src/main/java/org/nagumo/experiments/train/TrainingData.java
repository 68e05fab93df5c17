package org.nagumo.experiments.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.nagumo.datagen.dataset.Checksums;
import org.nagumo.datagen.dataset.DatasetGenerator;
import org.nagumo.datagen.dataset.Manifest;
import org.nagumo.datagen.dataset.TrajectorySet;
import org.nagumo.datagen.io.Beginning;
import org.nagumo.datagen.neuron.EquationNeuron;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.protocol.Protocol;
import org.nagumo.experiments.network.TrainedCurrents;

/**
 * Trajectories with what is known of where they come from.
 *
 * @param trajectories      the trajectories
 * @param teacher           name of the neuron, {@code recording} for recordings
 * @param teacherParameters its parameters that are not the standard ones
 * @param teacherSha256     checksum of the neuron's file of equations; null for a neuron that ships and for recordings
 * @param sha256            checksum of the file of sequences
 */
public record TrainingData(TrajectorySet trajectories, String teacher, Map<String, Double> teacherParameters,
        String teacherSha256, String sha256) {

    /** The teacher of data sets that are no simulation. */
    public static final String RECORDING = "recording";

    public TrainingData {
        teacherParameters = Collections.unmodifiableMap(new LinkedHashMap<>(teacherParameters));
    }

    /** Of a neuron that ships, or of recordings. */
    TrainingData(TrajectorySet trajectories, String teacher, Map<String, Double> teacherParameters, String sha256) {
        this(trajectories, teacher, teacherParameters, null, sha256);
    }

    /**
     * Makes the data set of a protocol and reads it.
     *
     * @param beginning what becomes of a data set that is in the folder
     * @param progress  told how many more samples are done
     */
    public static TrainingData make(Protocol protocol, Path folder, int threads, Beginning beginning,
            LongConsumer progress) {
        DatasetGenerator.generate(protocol, folder, new DatasetGenerator.Options(
                EnumSet.of(DatasetGenerator.Format.BINARY), threads, beginning, progress::accept));
        return read(folder);
    }

    /**
     * Reads a data set that {@code generate} wrote.
     *
     * @throws org.nagumo.datagen.io.InputException naming the file and the fault
     */
    public static TrainingData read(Path folder) {
        TrajectorySet set = TrajectorySet.read(folder);
        Path manifest = folder.resolve(Manifest.NAME);
        Neuron neuron = Files.exists(manifest) ? Manifest.read(manifest).neuron() : null;
        try {
            return new TrainingData(set, neuron == null ? RECORDING : neuron.name(),
                    neuron == null ? Map.of() : Neurons.changed(neuron), fileSha256(neuron),
                    Checksums.of(folder.resolve(DatasetGenerator.SEQUENCES)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The currents of all trajectories. */
    TrainedCurrents currents() {
        float lowest = Float.POSITIVE_INFINITY;
        float highest = Float.NEGATIVE_INFINITY;
        for (float[] current : trajectories.current()) {
            for (float i : current) {
                lowest = Math.min(lowest, i);
                highest = Math.max(highest, i);
            }
        }
        return new TrainedCurrents(lowest, highest);
    }

    /** The checksum of a neuron's file; null when the neuron ships, or there is none. */
    private static String fileSha256(Neuron neuron) {
        return neuron instanceof EquationNeuron own && !own.ships()
                ? Checksums.of(own.file().text().getBytes(StandardCharsets.UTF_8)) : null;
    }
}

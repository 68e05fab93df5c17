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
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.EquationNeuron;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.protocol.Protocol;
import org.nagumo.datagen.recording.set.RecordedSequence.Role;
import org.nagumo.experiments.network.RecordedData;
import org.nagumo.experiments.network.TrainedCurrents;
import org.nagumo.experiments.recording.RecordedAnswers;
import org.nagumo.experiments.recording.RecordedCell;
import org.nagumo.experiments.recording.SpikeThreshold;
import org.nagumo.experiments.spikes.SpikeCriterion;

/**
 * Trajectories with what is known of where they come from.
 *
 * @param trajectories      the trajectories
 * @param teacher           name of the neuron, {@code recording} for recordings
 * @param teacherParameters its parameters that are not the standard ones
 * @param teacherSha256     checksum of the neuron's file of equations; null for a neuron that ships and for recordings
 * @param sha256            checksum of the file of sequences
 * @param cell              the recordings, those that are held out included; null of a simulated neuron
 * @param recorded          unit and spike threshold of the recordings; null of a simulated neuron
 */
public record TrainingData(TrajectorySet trajectories, String teacher, Map<String, Double> teacherParameters,
        String teacherSha256, String sha256, RecordedCell cell, RecordedData recorded) {

    /** The teacher of data sets that are no simulation. */
    public static final String RECORDING = "recording";

    private static final int LEAST_SPIKES = 10;

    public TrainingData {
        teacherParameters = Collections.unmodifiableMap(new LinkedHashMap<>(teacherParameters));
    }

    /**
     * Trajectories of a neuron that ships.
     *
     * @param trajectories      the trajectories
     * @param teacher           name of the neuron
     * @param teacherParameters its parameters that are not the standard ones
     * @param sha256            checksum of the file of sequences
     */
    public TrainingData(TrajectorySet trajectories, String teacher, Map<String, Double> teacherParameters,
            String sha256) {
        this(trajectories, teacher, teacherParameters, null, sha256, null, null);
    }

    /**
     * Recordings, of which the held-out stretches are not trained on.
     *
     * @param cell the recordings
     * @return what is trained on
     * @throws InputException when there are fewer than 10 spikes to learn from
     */
    public static TrainingData of(RecordedCell cell) {
        SpikeThreshold threshold = SpikeThreshold.of(cell);
        int spikes = threshold.spikes() == 0 ? 0
                : new RecordedAnswers(cell, Role.TRAIN, threshold.criterion()).spikes();
        if (spikes < LEAST_SPIKES) {
            throw new InputException(cell.name() + ": has " + spikes + " spikes to learn from"
                    + (threshold.spikes() == 0 ? "" : " above " + (float) threshold.thresholdMv() + " mV")
                    + "; allowed: at least " + LEAST_SPIKES + " in the stretches that are not held out; record stronger"
                    + " currents or use more sweeps");
        }
        SpikeCriterion criterion = threshold.criterion();
        return new TrainingData(cell.trajectories(Role.TRAIN), RECORDING, Map.of(), null, cell.sha256(), cell,
                new RecordedData(cell.currentUnit().symbol(), criterion.thresholdMv(), criterion.rearmMv()));
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
        if (RecordedCell.isOne(folder)) {
            return of(RecordedCell.read(folder));
        }
        TrajectorySet set = TrajectorySet.read(folder);
        Path manifest = folder.resolve(Manifest.NAME);
        Neuron neuron = Files.exists(manifest) ? Manifest.read(manifest).neuron() : null;
        try {
            return new TrainingData(set, neuron == null ? RECORDING : neuron.name(),
                    neuron == null ? Map.of() : Neurons.changed(neuron), fileSha256(neuron),
                    Checksums.of(folder.resolve(DatasetGenerator.SEQUENCES)), null, null);
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

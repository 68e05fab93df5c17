package org.nagumo.experiments.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nagumo.datagen.dataset.Checksums;
import org.nagumo.datagen.dataset.DatasetGenerator;
import org.nagumo.datagen.dataset.Manifest;
import org.nagumo.datagen.dataset.TrajectorySet;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.recording.set.RecordedSequence;
import org.nagumo.datagen.recording.set.RecordedSequence.Role;
import org.nagumo.datagen.unit.Unit;

/**
 * A cell as a data set of recordings shows it.
 *
 * @param name        name of the data set
 * @param dtMs        time between samples in ms
 * @param currentUnit unit of all currents
 * @param stimuli     the currents with the cell's answers; at least one
 * @param sha256      checksum of the file of sequences
 */
public record RecordedCell(String name, double dtMs, Unit currentUnit, List<RecordedStimulus> stimuli,
        String sha256) {

    private static final double SAME_TIME = 1e-3;

    public RecordedCell {
        stimuli = List.copyOf(stimuli);
        if (stimuli.isEmpty()) {
            throw new IllegalArgumentException("stimuli is empty; allowed: at least one");
        }
    }

    /**
     * Whether a folder holds a data set that was made from recordings.
     *
     * @param folder the folder
     * @return false where its manifest is missing or is that of a simulation
     */
    public static boolean isOne(Path folder) {
        Path manifest = folder.resolve(Manifest.NAME);
        return Files.exists(manifest) && !Manifest.read(manifest).recorded().isEmpty();
    }

    /**
     * Reads a data set that {@code generate} made from recordings.
     *
     * @param folder the data set
     * @return the cell
     * @throws InputException naming the file, the fault and the remedy
     */
    public static RecordedCell read(Path folder) {
        Manifest manifest = Manifest.read(folder.resolve(Manifest.NAME));
        List<RecordedSequence> marks = manifest.recorded();
        TrajectorySet set = TrajectorySet.read(folder);
        if (marks.size() != set.size()) {
            throw new InputException(folder.resolve(Manifest.NAME) + ": describes " + marks.size() + " recorded"
                    + " sequences where " + set.size() + " are stored; allowed: a data set of recordings as 'generate'"
                    + " wrote it");
        }
        try {
            return new RecordedCell(manifest.json().path("name").asText(), set.dtMs(), set.currentUnit(),
                    stimuli(marks, set), Checksums.of(folder.resolve(DatasetGenerator.SEQUENCES)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Joins stretches that follow each other in a sweep, and sweeps that repeat one current. */
    private static List<RecordedStimulus> stimuli(List<RecordedSequence> marks, TrajectorySet set) {
        Map<Integer, Map<Integer, List<Integer>>> sweeps = new TreeMap<>();
        for (int k = 0; k < marks.size(); k++) {
            sweeps.computeIfAbsent(marks.get(k).stimulus(), s -> new TreeMap<>())
                    .computeIfAbsent(marks.get(k).sweep(), s -> new ArrayList<>()).add(k);
        }
        List<RecordedStimulus> stimuli = new ArrayList<>();
        for (Map<Integer, List<Integer>> repetitions : sweeps.values()) {
            // Repetitions have the same stretches, but a held-out sweep has another role: it is another stimulus.
            Map<List<Object>, List<List<Integer>>> alike = new LinkedHashMap<>();
            for (List<Integer> sweep : repetitions.values()) {
                sweep.sort(Comparator.comparingDouble(k -> marks.get(k).fromMs()));
                for (List<Integer> run : runs(sweep, marks, set.dtMs())) {
                    List<Object> key = new ArrayList<>();
                    run.forEach(k -> key.add(List.of(marks.get(k).role(), marks.get(k).fromMs(),
                            marks.get(k).samples())));
                    alike.computeIfAbsent(key, s -> new ArrayList<>()).add(run);
                }
            }
            alike.values().forEach(runs -> stimuli.add(stimulus(runs, marks, set)));
        }
        return stimuli;
    }

    private static List<List<Integer>> runs(List<Integer> sweep, List<RecordedSequence> marks, double dtMs) {
        List<List<Integer>> runs = new ArrayList<>();
        double end = Double.NaN;
        for (int k : sweep) {
            if (!(Math.abs(marks.get(k).fromMs() - end) < SAME_TIME * dtMs)) {
                runs.add(new ArrayList<>());
            }
            runs.get(runs.size() - 1).add(k);
            end = marks.get(k).fromMs() + marks.get(k).samples() * dtMs;
        }
        return runs;
    }

    private static RecordedStimulus stimulus(List<List<Integer>> runs, List<RecordedSequence> marks,
            TrajectorySet set) {
        int length = runs.get(0).stream().mapToInt(k -> marks.get(k).samples()).sum();
        double[] current = new double[length];
        double[][] voltage = new double[runs.size()][length];
        double holding = 0;
        List<Stretch> stretches = new ArrayList<>();
        for (int r = 0; r < runs.size(); r++) {
            int at = 0;
            holding += marks.get(runs.get(r).get(0)).holdingCurrent() / runs.size();
            for (int k : runs.get(r)) {
                int samples = marks.get(k).samples();
                for (int i = 0; i < samples; i++) {
                    current[at + i] += set.current()[k][i] / (double) runs.size();
                    voltage[r][at + i] = set.voltage()[k][i];
                }
                if (r == 0) {
                    stretches.add(new Stretch(marks.get(k).role(), at, at + samples));
                }
                at += samples;
            }
        }
        return new RecordedStimulus(set.dtMs(), marks.get(runs.get(0).get(0)).fromMs(), current, holding, voltage,
                stretches);
    }

    /**
     * Whether any stretch has a role.
     *
     * @param role what a stretch is for
     * @return true when there is one
     */
    public boolean has(Role role) {
        return stimuli.stream().anyMatch(stimulus -> !stimulus.stretches(role).isEmpty());
    }

    /**
     * The stretches of a role as sequences: each repetition with the mean current of all.
     *
     * @param role what the stretches are for
     * @return the sequences, without states
     */
    public TrajectorySet trajectories(Role role) {
        List<float[]> current = new ArrayList<>();
        List<float[]> voltage = new ArrayList<>();
        for (RecordedStimulus stimulus : stimuli) {
            for (Stretch stretch : stimulus.stretches(role)) {
                float[] shared = floats(stretch.of(stimulus.current()));
                for (double[] potential : stimulus.voltageMv()) {
                    current.add(shared);
                    voltage.add(floats(stretch.of(potential)));
                }
            }
        }
        return new TrajectorySet(dtMs, List.of(), currentUnit, current.toArray(float[][]::new),
                voltage.toArray(float[][]::new), new float[current.size()][0][]);
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}

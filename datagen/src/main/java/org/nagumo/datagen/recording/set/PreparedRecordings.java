package org.nagumo.datagen.recording.set;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.recording.Channel;
import org.nagumo.datagen.recording.RecordingFile;
import org.nagumo.datagen.recording.Sweep;
import org.nagumo.datagen.recording.prepare.ElectrodeFit;
import org.nagumo.datagen.recording.prepare.ElectrodeKernel;
import org.nagumo.datagen.recording.prepare.Scaled;
import org.nagumo.datagen.recording.set.RecordedSequence.Role;
import org.nagumo.datagen.unit.Quantity;
import org.nagumo.datagen.unit.Unit;

/**
 * The recordings of a set as sequences of time, current and potential, all at one step. Opening reads what describes
 * the files; {@link #forEach} reads and prepares one sequence after the other.
 */
public final class PreparedRecordings implements AutoCloseable {

    private static final double SAME_STEP = 1e-9;
    private static final double GRID_SLACK = 1e-6;
    private static final double HOLDING_MS = 20;

    /** Repetitions may differ from the first by measuring noise: RMS difference over standard deviation. */
    private static final double LARGEST_DIFFERENCE = 0.5;

    /** Receives prepared sequences. */
    @FunctionalInterface
    public interface Receiver {

        /**
         * Receives a sequence.
         *
         * @param index   its index in {@link #sequences}
         * @param columns {@code [time, current, potential][sample]}: ms from its first sample, the unit of
         *                {@link #currentUnit}, mV
         */
        void accept(int index, float[][] columns);
    }

    /** A sweep: its files, where it is in them, and its sequences. */
    private record Planned(RecordingEntry entry, int file, int index, int first, int end) {
    }

    private final RecordingSet set;
    private final OpenFiles files = new OpenFiles();
    private final List<Planned> sweeps = new ArrayList<>();
    private final List<RecordedSequence> sequences = new ArrayList<>();
    private double dtMs;
    private Unit currentUnit;
    private ElectrodeKernel electrode;

    private PreparedRecordings(RecordingSet set) {
        this.set = set;
        dtMs = set.dtMs();
        currentUnit = set.currentUnit();
    }

    /**
     * Opens the files of a set, chooses their channels, and lays out the sequences.
     *
     * @param set the recordings
     * @return the open recordings
     * @throws InputException naming file, sweep, channel, fault and remedy
     */
    public static PreparedRecordings of(RecordingSet set) {
        PreparedRecordings prepared = new PreparedRecordings(set);
        try {
            prepared.lay();
            return prepared;
        } catch (InputException e) {
            prepared.close();
            throw e;
        }
    }

    private void lay() {
        int stimulus = 0;
        for (RecordingEntry entry : set.entries()) {
            stimulus++;
            for (int f = 0; f < entry.potentials().size(); f++) {
                RecordingFile potentials = files.of(entry.potentials().get(f));
                RecordingFile currents = files.of(entry.currents().get(f));
                for (int index : indices(entry, potentials, currents)) {
                    SweepSource source = SweepSource.of(entry, potentials, currents, index);
                    int first = sequences.size();
                    add(source, sweeps.size() + 1, stimulus);
                    sweeps.add(new Planned(entry, f, index, first, sequences.size()));
                    requireSameLengths(entry, source, stimulus, first);
                    stimulus += entry.repetition() ? 0 : 1;
                }
            }
        }
        TreeSet<Integer> unknown = new TreeSet<>(set.heldSweeps());
        unknown.removeIf(number -> number >= 1 && number <= sweeps.size());
        if (!unknown.isEmpty()) {
            throw new InputException(set.name() + ": hold_out names the sweeps " + unknown + "; allowed: 1 to "
                    + sweeps.size() + ", the sweeps of all recordings in their order");
        }
        if (sequences.stream().allMatch(sequence -> sequence.role() == Role.HOLD_OUT)) {
            throw new InputException(set.name() + ": everything is held out; allowed: at least one sweep or stretch to"
                    + " train on");
        }
    }

    private static List<Integer> indices(RecordingEntry entry, RecordingFile potentials, RecordingFile currents) {
        if (potentials.sweeps().size() != currents.sweeps().size()) {
            throw new InputException(currents.path() + ": has " + currents.sweeps().size() + " sweeps; allowed: as many"
                    + " as " + potentials.path() + " has, " + potentials.sweeps().size());
        }
        List<Integer> numbers = potentials.sweeps().stream().map(Sweep::number).toList();
        List<Integer> indices = new ArrayList<>();
        for (int number : entry.sweeps().isEmpty() ? numbers : entry.sweeps()) {
            if (!numbers.contains(number)) {
                throw new InputException(potentials.path() + ": has no sweep " + number + "; allowed: " + numbers);
            }
            indices.add(numbers.indexOf(number));
        }
        return indices;
    }

    /** Adds the sequences of a sweep. */
    private void add(SweepSource source, int sweep, int stimulus) {
        if (Double.isNaN(dtMs)) {
            dtMs = source.stepMs();
        } else if (Double.isNaN(set.dtMs()) && Math.abs(source.stepMs() - dtMs) > SAME_STEP * dtMs) {
            throw source.fault("has a step of " + source.stepMs() + " ms", "that of the first sweep, " + dtMs
                    + " ms; or resample all by sampling: {dt_ms: ...} in a recordings.yaml");
        }
        if (currentUnit == null) {
            currentUnit = set.corrections().areaUm2() > 0 ? Unit.UA_PER_CM2 : source.currentUnit();
        }
        PreparedSweep prepared = prepared(source);
        int length = prepared.length();
        double holding = (holding(source) + set.corrections().holdingCurrent()) * prepared.currentFactor();
        boolean held = set.heldSweeps().contains(sweep);
        int before = sequences.size();
        int[] use = samples(source, set.use(), length, "use");
        int[] out = set.holdOut() == null ? new int[] {use[1], use[1]}
                : samples(source, set.holdOut(), length, "hold_out");
        List<int[]> pieces = set.holdOut() == null ? List.of(use)
                : List.of(new int[] {use[0], Math.min(use[1], out[0])}, out,
                        new int[] {Math.max(use[0], out[1]), use[1]});
        for (int[] piece : pieces) {
            if (piece[1] - piece[0] >= 2) {
                sequences.add(new RecordedSequence(source.potentialFile().equals(source.currentFile())
                        ? List.of(source.potentialFile()) : List.of(source.potentialFile(), source.currentFile()),
                        sweep, source.sweep().number(), source.potential().name(), source.current().name(),
                        source.current().source() == Channel.Source.COMMAND, stimulus,
                        held || piece == out ? Role.HOLD_OUT : Role.TRAIN, piece[0] * dtMs, piece[1] - piece[0],
                        source.sweep().startMs(), holding));
            }
        }
        if (sequences.size() == before) {
            throw source.fault("has " + length + " samples at " + dtMs + " ms", "sweeps and stretches of at least 2");
        }
    }

    /** First sample of a stretch and the one after its last. */
    private int[] samples(SweepSource source, Span span, int length, String key) {
        double durationMs = length * dtMs;
        if (span.fromMs() >= durationMs || span.toMs() < Double.POSITIVE_INFINITY && span.toMs() > durationMs + dtMs) {
            throw source.fault("lasts " + (float) durationMs + " ms, but " + key + " goes from " + span.fromMs()
                    + " to " + span.toMs() + " ms", "stretches within the sweep; leave out shorter sweeps by sweeps");
        }
        int from = (int) Math.ceil(span.fromMs() / dtMs - GRID_SLACK);
        int to = (int) Math.min(length, Math.ceil(Math.min(span.toMs() / dtMs - GRID_SLACK, length)));
        return new int[] {from, to};
    }

    private static double holding(SweepSource source) {
        int count = Math.max(1, Math.min(source.length(), (int) Math.round(HOLDING_MS / source.stepMs())));
        double[] start = new double[count];
        source.current().signal().read(0, count, start, 0);
        Arrays.sort(start);
        return count % 2 == 1 ? start[count / 2] : (start[count / 2 - 1] + start[count / 2]) / 2;
    }

    private void requireSameLengths(RecordingEntry entry, SweepSource source, int stimulus, int first) {
        if (!entry.repetition()) {
            return;
        }
        RecordedSequence shown = sequences.stream().filter(sequence -> sequence.stimulus() == stimulus).findFirst()
                .orElseThrow();
        List<Integer> expected = lengths(shown.sweep());
        List<Integer> own = lengths(sequences.get(first).sweep());
        if (!own.equals(expected)) {
            double shortest = Math.min(total(expected), total(own)) * dtMs;
            throw source.fault("has " + total(own) + " samples at " + dtMs + " ms where the first repetition has "
                    + total(expected), "repetitions of one length; cut all by use: {to_ms: " + (float) shortest
                    + "}, or say repetitions: false");
        }
    }

    private List<Integer> lengths(int sweep) {
        return sequences.stream().filter(sequence -> sequence.sweep() == sweep).map(RecordedSequence::samples).toList();
    }

    private static int total(List<Integer> lengths) {
        return lengths.stream().mapToInt(i -> i).sum();
    }

    private PreparedSweep prepared(SweepSource source) {
        return new PreparedSweep(source, dtMs, currentUnit, set.corrections(), electrode());
    }

    /** The electrode's kernel, estimated when it is first needed; null where none is corrected. */
    private ElectrodeKernel electrode() {
        RecordingEntry entry = set.corrections().electrode();
        if (electrode == null && entry != null) {
            RecordingFile potentials = files.of(entry.potentials().get(0));
            RecordingFile currents = files.of(entry.currents().get(0));
            SweepSource source = SweepSource.of(entry, potentials, currents,
                    indices(entry, potentials, currents).get(0));
            if (source.currentUnit().quantity() != Quantity.CURRENT) {
                throw source.fault(source.current(), "is no current in amperes", "channels in pA, nA or A");
            }
            try {
                electrode = ElectrodeFit.of(
                        new Scaled(source.potential().signal(), source.potentialUnit().in(Unit.MV), 0),
                        new Scaled(source.current().signal(), source.currentUnit().factor(), 0));
            } catch (IllegalArgumentException e) {
                throw new InputException(source.potentialFile() + ": " + e.getMessage(), e);
            }
        }
        return electrode;
    }

    /**
     * The electrode that is taken off.
     *
     * @return its kernel, or null where the set names none
     */
    public ElectrodeKernel electrodeKernel() {
        return electrode;
    }

    /**
     * Step of all sequences.
     *
     * @return step in ms
     */
    public double dtMs() {
        return dtMs;
    }

    /**
     * Unit of all currents.
     *
     * @return the unit that the set states, or that of the first sweep
     */
    public Unit currentUnit() {
        return currentUnit;
    }

    /**
     * Names of the columns of a sequence.
     *
     * @return such as {@code time_ms, current_pA, voltage_mV}
     */
    public List<String> columns() {
        return List.of("time_ms", "current_" + currentUnit.inName(), "voltage_mV");
    }

    /**
     * The sequences: of each sweep the stretches that are used and held out, in the order of time.
     *
     * @return at least one sequence
     */
    public List<RecordedSequence> sequences() {
        return List.copyOf(sequences);
    }

    /**
     * Reads and prepares sequences in their order.
     *
     * @param from     index of the first sequence to read
     * @param receiver receives each of them
     * @throws InputException when a file is damaged, a sweep is flat or clipped, its values make no sense, or
     *                        repetitions do not repeat
     */
    public void forEach(int from, Receiver receiver) {
        Map<List<Object>, float[]> firsts = new HashMap<>();
        boolean flat = true;
        SweepSource last = null;
        for (Planned sweep : sweeps) {
            if (sweep.end <= from) {
                flat = false;
                continue;
            }
            RecordingEntry entry = sweep.entry;
            SweepSource source = SweepSource.of(entry, files.of(entry.potentials().get(sweep.file)),
                    files.of(entry.currents().get(sweep.file)), sweep.index);
            PreparedSweep prepared = prepared(source);
            for (int k = Math.max(from, sweep.first); k < sweep.end; k++) {
                RecordedSequence sequence = sequences.get(k);
                float[][] columns = prepared.columns((int) Math.round(sequence.fromMs() / dtMs), sequence.samples());
                if (entry.repetition()) {
                    compare(source, sequence, columns[1], firsts);
                }
                receiver.accept(k, columns);
            }
            flat &= prepared.hasFlatCurrent();
            last = source;
        }
        if (flat && last != null) {
            throw last.fault(last.current(), "is flat, as in all sweeps, so that no response to it can be learned",
                    "a recording with a changing current; name its channel by current_channel in a recordings.yaml");
        }
    }

    /** Compares the current of a repetition with that of the first. */
    private void compare(SweepSource source, RecordedSequence sequence, float[] current,
            Map<List<Object>, float[]> firsts) {
        float[] first = firsts.putIfAbsent(List.of(sequence.stimulus(), sequence.fromMs()), current);
        if (first == null) {
            return;
        }
        double sum = 0;
        double squares = 0;
        double differences = 0;
        for (int k = 0; k < first.length; k++) {
            sum += first[k];
            squares += (double) first[k] * first[k];
            differences += ((double) current[k] - first[k]) * ((double) current[k] - first[k]);
        }
        double variance = squares / first.length - sum / first.length * (sum / first.length);
        double relative = Math.sqrt(differences / first.length / variance);
        if (relative > LARGEST_DIFFERENCE) {
            throw source.fault(source.current(), "differs from the first repetition by " + (float) relative
                    + " of its standard deviation", "at most " + LARGEST_DIFFERENCE + ", repetitions of one current; or"
                    + " say repetitions: false");
        }
    }

    /**
     * The files that are read, those of the electrode included.
     *
     * @return their paths, each once
     */
    public List<Path> files() {
        return set.files().values().stream().flatMap(List::stream).distinct().sorted().toList();
    }

    @Override
    public void close() {
        files.close();
    }
}

package org.nagumo.datagen.recording.set;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.unit.Unit;

/**
 * Recordings as a person lists them in a {@code recordings.yaml}:
 *
 * <pre>
 *   name: cell3
 *   recordings:
 *     - {voltage: "cell3_ch2_*.ibw", current: "cell3_ch3_*.ibw", repetitions: true}
 *     - {file: "steps.abf", sweeps: [1, 2, 5], voltage_channel: "IN 0", current_channel: "Cmd 0"}
 *     - {file: "bare.csv", units: {voltage: mV, current: pA}}
 *   sampling: {dt_ms: 0.1, current_unit: pA}
 *   correct: {junction_potential_mV: 14, electrode: {voltage: elec_ch2.ibw, current: elec_ch3.ibw}}
 *   use: {from_ms: 0, to_ms: 11000}
 *   hold_out: {from_ms: 11000, to_ms: 14000, sweeps: [7, 8]}
 * </pre>
 *
 * <p>{@code name} and {@code recordings} have to be there. A file name may be a pattern with {@code *} and {@code ?};
 * its files are taken in the order of the numbers in their names. Sweeps of a file have its own numbers, or count from
 * 1; those of {@code hold_out} count from 1 through all recordings. Without {@code dt_ms} the step of the recordings
 * is kept. {@code correct} also takes {@code series_resistance_MOhm}, {@code holding_current} (in the unit of the
 * recorded current, added to it) and {@code area_um2} (divides the current). Times count from the first sample of each
 * sweep. What is held out is never part of what is used.
 *
 * @param name        name of the data set
 * @param text        the YAML text
 * @param entries     the files
 * @param files       the files that each name or pattern in the text stands for
 * @param dtMs        step to resample to in ms; NaN to keep the step of the recordings
 * @param currentUnit unit of the current in the data set; null for that of the recordings
 * @param corrections corrections of potential and current
 * @param use         the stretch of each sweep to train on
 * @param holdOut     the stretch of each sweep that is held out; null for none
 * @param heldSweeps  sweeps that are held out as a whole, by their number among all
 */
public record RecordingSet(String name, String text, List<RecordingEntry> entries, Map<String, List<Path>> files,
        double dtMs, Unit currentUnit, Corrections corrections, Span use, Span holdOut, Set<Integer> heldSweeps) {

    public RecordingSet {
        entries = List.copyOf(entries);
        files = Map.copyOf(files);
        heldSweeps = Set.copyOf(heldSweeps);
    }

    /**
     * Corrections that are made to every sweep.
     *
     * @param junctionPotentialMv  liquid junction potential in mV, subtracted from the potential
     * @param seriesResistanceMohm series resistance in MOhm, whose drop is subtracted
     * @param electrode            recording of a subthreshold noise that gives the electrode's kernel; null for none
     * @param holdingCurrent       current in the unit of the recording that its channel leaves out
     * @param areaUm2              membrane area in um2; NaN where it is unknown, so that the current stays a current
     */
    public record Corrections(double junctionPotentialMv, double seriesResistanceMohm, RecordingEntry electrode,
            double holdingCurrent, double areaUm2) {

        /** None. */
        public static final Corrections NONE = new Corrections(0, 0, null, 0, Double.NaN);
    }

    /**
     * Whether a text in YAML lists recordings rather than a protocol: it has the key {@code recordings}.
     *
     * @param text the text
     * @return true when one of its lines begins with that key
     */
    public static boolean isOne(String text) {
        return text.lines().anyMatch(line -> line.strip().startsWith("recordings:")
                || line.strip().startsWith("{") && line.contains("recordings:"));
    }

    /**
     * Reads a {@code recordings.yaml}; files are named from its folder.
     *
     * @param file the file
     * @return the recordings it lists
     * @throws InputException with one line for each fault: file, line, column, fault and what is allowed
     */
    public static RecordingSet read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file), new Glob(file.toAbsolutePath().getParent()));
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read (" + e + "); allowed: a text file in UTF-8", e);
        }
    }

    /**
     * Reads the text of a {@code recordings.yaml}.
     *
     * @param file  named in faults
     * @param text  the text
     * @param where finds the files that a name or pattern stands for
     * @return the recordings it lists
     * @throws InputException as for {@link #read(Path)}
     */
    public static RecordingSet parse(String file, String text, FileFinder where) {
        return new RecordingSetReader(file, text, where).read();
    }

    /**
     * Recordings without a file that lists them: all sweeps of each, at their own step.
     *
     * @param recordings the files
     * @param areaUm2    membrane area in um2, NaN where it is unknown
     * @return a set named {@code recordings}
     * @throws InputException as for {@link #read(Path)}
     */
    public static RecordingSet of(List<Path> recordings, double areaUm2) {
        String text = recordings.stream().map(file -> "  - {file: '" + file.toString().replace("'", "''") + "'}\n")
                .collect(Collectors.joining("", "name: recordings\nrecordings:\n", Double.isNaN(areaUm2) ? ""
                        : "correct: {area_um2: " + areaUm2 + "}\n"));
        // A name on the command line is a file, even where it holds a star.
        return parse("the recordings", text, name -> List.of(Path.of(name)));
    }
}

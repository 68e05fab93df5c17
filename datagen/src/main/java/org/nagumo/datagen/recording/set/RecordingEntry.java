package org.nagumo.datagen.recording.set;

import java.nio.file.Path;
import java.util.List;
import org.nagumo.datagen.unit.Unit;

/**
 * Files of one kind in a {@link RecordingSet}. The potential and the current of a sweep come from the same file, or
 * from two files that belong together.
 *
 * @param potentials files with potentials
 * @param currents   for each of them the file with its current, which may be the same
 * @param sweeps     numbers of the sweeps to take from each file; empty for all
 * @param potential  which channel is the potential
 * @param current    which channel is the current
 * @param repetition whether all sweeps are repetitions of one current
 */
public record RecordingEntry(List<Path> potentials, List<Path> currents, List<Integer> sweeps, ChannelChoice potential,
        ChannelChoice current, boolean repetition) {

    public RecordingEntry {
        potentials = List.copyOf(potentials);
        currents = List.copyOf(currents);
        sweeps = List.copyOf(sweeps);
        if (potentials.size() != currents.size()) {
            throw new IllegalArgumentException("there are " + potentials.size() + " files with potentials and "
                    + currents.size() + " with currents; allowed: as many of both");
        }
    }

    /**
     * Choice of a channel.
     *
     * @param name name of the channel, or its number from 1; null where its unit tells it
     * @param unit unit of its values where the file is silent or wrong; null for that of the file
     */
    public record ChannelChoice(String name, Unit unit) {

        /** The one channel whose unit fits. */
        public static final ChannelChoice BY_UNIT = new ChannelChoice(null, null);
    }
}

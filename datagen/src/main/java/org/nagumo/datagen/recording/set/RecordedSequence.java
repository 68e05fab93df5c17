package org.nagumo.datagen.recording.set;

import java.nio.file.Path;
import java.util.List;

/**
 * Where one sequence of a data set comes from.
 *
 * @param files          the recording's file, or the file of its potential and the file of its current
 * @param sweep          number of the sweep among all that the set lists, from 1
 * @param sweepInFile    number of the sweep in its file
 * @param voltageChannel name of the channel of the potential
 * @param currentChannel name of the channel of the current
 * @param command        whether that channel is the command of the stimulator rather than a measured current
 * @param stimulus       number of the current, from 1: sweeps with the same number are repetitions of one current
 * @param role           what the sequence is for
 * @param fromMs         time of its first sample after the start of the sweep, in ms
 * @param samples        number of samples
 * @param sweepStartMs   time of the first sample of the sweep in ms, as in the file
 * @param holdingCurrent median of the current in the first 20 ms of the sweep, in the unit of the data set: the state
 *                       at the start of the sweep is taken to be the rest under this current
 */
public record RecordedSequence(List<Path> files, int sweep, int sweepInFile, String voltageChannel,
        String currentChannel, boolean command, int stimulus, Role role, double fromMs, int samples,
        double sweepStartMs, double holdingCurrent) {

    /** What a sequence is for. */
    public enum Role {

        /** Training. */
        TRAIN,

        /** Held out: it is never trained on. */
        HOLD_OUT
    }

    public RecordedSequence {
        files = List.copyOf(files);
    }
}

package org.nagumo.experiments.recording;

import java.util.Arrays;
import org.nagumo.datagen.recording.set.RecordedSequence.Role;

/**
 * Part of a recorded stimulus.
 *
 * @param role what it is for
 * @param from index of its first sample in the stimulus
 * @param to   index after its last sample
 */
public record Stretch(Role role, int from, int to) {

    public Stretch {
        if (from < 0 || to <= from) {
            throw new IllegalArgumentException("the stretch has the samples " + from + " to " + to
                    + "; allowed: from 0 on, and an end after its start");
        }
    }

    /**
     * Number of samples.
     *
     * @return a positive number
     */
    public int length() {
        return to - from;
    }

    /**
     * Copies this part of the values of a stimulus.
     *
     * @param values one value a sample of the stimulus; not modified
     * @return those of the stretch
     */
    public double[] of(double[] values) {
        return Arrays.copyOfRange(values, from, to);
    }
}

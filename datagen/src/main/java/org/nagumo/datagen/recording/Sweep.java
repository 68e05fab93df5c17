package org.nagumo.datagen.recording;

import java.util.List;

/**
 * A continuous stretch of a recording.
 *
 * @param number   number in the file: its own where the file numbers its sweeps, otherwise from 1
 * @param startMs  time of the first sample in ms, as in the file
 * @param channels the channels in the order of the file; commands last
 */
public record Sweep(int number, double startMs, List<Channel> channels) {

    public Sweep {
        channels = List.copyOf(channels);
    }
}

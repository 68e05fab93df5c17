package org.nagumo.datagen.recording.set;

import org.nagumo.datagen.recording.Channel;
import org.nagumo.datagen.recording.Signal;

/**
 * Passes a signal on and watches it: the range of its values, and whether it is clipped. A signal is clipped where at
 * least three samples in a row lie at an end of the converter's range, or where it stays exactly at its largest or
 * smallest value for at least 0.2 ms and three samples although it arrives there and leaves by at least 10 mV/ms,
 * measured over two samples.
 */
final class TraceCheck implements Signal {

    private static final int LEAST_SAMPLES = 3;
    private static final double LEAST_MS = 0.2;
    private static final double CORNER_MV_PER_MS = 10;

    private final Signal input;
    private final double lowest;
    private final double highest;
    private final double cornerStep;
    private int next;
    private double least = Double.POSITIVE_INFINITY;
    private double most = Double.NEGATIVE_INFINITY;
    private double last = Double.NaN;
    private double beforeLast = Double.NaN;
    private double arrival;
    /** A plateau that has ended one sample ago: its value, arrival and start. */
    private double plateau;
    private double plateauArrival;
    private int plateauAt = -1;
    private int run;
    private int atLimit;
    private int clippedAt = -1;
    private int topAt = -1;
    private int bottomAt = -1;
    private int notFinite = -1;

    /**
     * @param channel    the channel to watch
     * @param toMv       size of its unit in mV; 0 where it is no potential, so that it has no corners
     */
    TraceCheck(Channel channel, double toMv) {
        input = channel.signal();
        lowest = channel.lowest();
        highest = channel.highest();
        cornerStep = toMv > 0 ? CORNER_MV_PER_MS * 2 * input.stepMs() / toMv : Double.POSITIVE_INFINITY;
    }

    @Override
    public int length() {
        return input.length();
    }

    @Override
    public double stepMs() {
        return input.stepMs();
    }

    @Override
    public void read(int from, int count, double[] into, int at) {
        input.read(from, count, into, at);
        if (from > next) {
            next = from;
            run = 0;
            plateauAt = -1;
            last = Double.NaN;
            beforeLast = Double.NaN;
        }
        // Readers overlap their pieces: each sample is watched once.
        for (int i = next; i < from + count; i++) {
            watch(i, into[at + i - from]);
        }
        next = Math.max(next, from + count);
    }

    private void watch(int i, double value) {
        if (plateauAt >= 0) {
            endPlateau(value);
        }
        if (value == last) {
            run++;
        } else {
            if (run * input.stepMs() >= LEAST_MS && run >= LEAST_SAMPLES && (last == most || last == least)) {
                plateau = last;
                plateauArrival = arrival;
                plateauAt = i - run;
            }
            arrival = value - beforeLast;
            run = 1;
            widen(i, value);
        }
        if (value >= highest || value <= lowest) {
            atLimit++;
            if (atLimit == LEAST_SAMPLES && clippedAt < 0) {
                clippedAt = i - LEAST_SAMPLES + 1;
            }
        } else {
            atLimit = 0;
        }
        beforeLast = last;
        last = value;
    }

    private void widen(int i, double value) {
        if (value > most) {
            most = value;
            topAt = -1;
        }
        if (value < least) {
            least = value;
            bottomAt = -1;
        }
        if (!(Math.abs(value) <= Double.MAX_VALUE) && notFinite < 0) {
            notFinite = i;
        }
    }

    /** Judges a plateau by the second sample after it. */
    private void endPlateau(double value) {
        if (plateau == most && plateauArrival >= cornerStep && plateau - value >= cornerStep) {
            topAt = topAt < 0 ? plateauAt : topAt;
        }
        if (plateau == least && -plateauArrival >= cornerStep && value - plateau >= cornerStep) {
            bottomAt = bottomAt < 0 ? plateauAt : bottomAt;
        }
        plateauAt = -1;
    }

    /** Largest absolute value. */
    double largest() {
        return Math.max(Math.abs(least), Math.abs(most));
    }

    /** Whether all values are the same. */
    boolean isFlat() {
        return !(most > least);
    }

    /** Smallest value. */
    double least() {
        return least;
    }

    /** Index of the first sample that is clipped, or -1. */
    int clippedAt() {
        return clippedAt >= 0 ? clippedAt : topAt >= 0 ? topAt : bottomAt;
    }

    /** Index of the first sample that is NaN or infinite, or -1. */
    int notFiniteAt() {
        return notFinite;
    }
}

package org.nagumo.datagen.recording;

/**
 * Passes a signal on and watches it: the range of its values, and whether it is clipped. A signal is clipped where at
 * least three samples in a row lie at an end of the converter's range, or where it stays exactly at its largest or
 * smallest value for at least 0.2 ms and three samples although it arrives there and leaves by at least 10 mV/ms.
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
    private double arrival;
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
        cornerStep = toMv > 0 ? CORNER_MV_PER_MS * input.stepMs() / toMv : Double.POSITIVE_INFINITY;
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
            last = Double.NaN;
        }
        // Readers overlap their pieces: each sample is watched once.
        for (int i = next; i < from + count; i++) {
            watch(i, into[at + i - from]);
        }
        next = Math.max(next, from + count);
    }

    private void watch(int i, double value) {
        if (value == last) {
            run++;
        } else {
            if (run * input.stepMs() >= LEAST_MS && run >= LEAST_SAMPLES) {
                endRun(i, value);
            }
            arrival = value - last;
            run = 1;
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
        if (value >= highest || value <= lowest) {
            atLimit++;
            if (atLimit == LEAST_SAMPLES && clippedAt < 0) {
                clippedAt = i - LEAST_SAMPLES + 1;
            }
        } else {
            atLimit = 0;
        }
        last = value;
    }

    private void endRun(int i, double value) {
        if (last == most && arrival >= cornerStep && last - value >= cornerStep) {
            topAt = topAt < 0 ? i - run : topAt;
        }
        if (last == least && -arrival >= cornerStep && value - last >= cornerStep) {
            bottomAt = bottomAt < 0 ? i - run : bottomAt;
        }
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

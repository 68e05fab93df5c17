package org.nagumo.datagen.recording;

/**
 * A uniformly sampled quantity that is read piece by piece: sample {@code i} was taken {@code i * stepMs()} after the
 * first. Files and the steps of the preparation are signals alike, so that they compose and a recording of any length
 * passes through in pieces.
 */
public interface Signal {

    /**
     * Number of samples.
     *
     * @return a positive number
     */
    int length();

    /**
     * Sampling interval.
     *
     * @return interval in ms, positive
     */
    double stepMs();

    /**
     * Reads consecutive samples.
     *
     * @param from  index of the first sample, from 0
     * @param count number of samples; {@code from + count} is at most {@link #length()}
     * @param into  receives the samples
     * @param at    index in {@code into} of the first sample
     * @throws org.nagumo.datagen.io.InputException when the file turns out to be damaged there
     */
    void read(int from, int count, double[] into, int at);

    /**
     * All samples.
     *
     * @return a new array
     */
    default double[] samples() {
        double[] all = new double[length()];
        read(0, all.length, all, 0);
        return all;
    }
}

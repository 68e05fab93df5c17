package org.nagumo.core.gru;

/**
 * An array {@code [minibatch, channel, time]} of ND4J in 'f' order, read and written in stretches of sequences: those of
 * one channel and time step lie side by side.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
interface Channels<A> {

    /** Copies channel values of {@code count} sequences from {@code first} on to the start of {@code row}. */
    void read(int t, int channel, int first, A row, int count);

    void write(int t, int channel, int first, A row, int count);
}

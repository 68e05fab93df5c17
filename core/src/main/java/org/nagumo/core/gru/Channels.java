package org.nagumo.core.gru;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An array {@code [minibatch, channel, time]} of ND4J in 'f' order, read and written in stretches of sequences: those of
 * one channel and time step lie side by side.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
abstract class Channels<A> {

    // The buffers through which the array is read and written do not keep its memory from being freed; this does.
    private final INDArray array;

    Channels(INDArray array) {
        this.array = array;
    }

    /** Copies channel values of {@code count} sequences from {@code first} on into {@code row}, from {@code at} on. */
    abstract void read(int t, int channel, int first, A row, int at, int count);

    /** The other way. */
    abstract void write(int t, int channel, int first, A row, int at, int count);

    /** From the start of {@code row} on. */
    final void read(int t, int channel, int first, A row, int count) {
        read(t, channel, first, row, 0, count);
    }

    /** From the start of {@code row} on. */
    final void write(int t, int channel, int first, A row, int count) {
        write(t, channel, first, row, 0, count);
    }

    @Override
    public String toString() {
        return array.shapeInfoToString();
    }
}

package org.nagumo.datagen.recording.prepare;

import org.nagumo.datagen.recording.Signal;

/** A signal that is made of an array. */
record Made(double stepMs, double... values) implements Signal {

    @Override
    public int length() {
        return values.length;
    }

    @Override
    public void read(int from, int count, double[] into, int at) {
        System.arraycopy(values, from, into, at, count);
    }
}

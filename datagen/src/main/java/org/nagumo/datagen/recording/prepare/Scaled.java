package org.nagumo.datagen.recording.prepare;

import org.nagumo.datagen.recording.Signal;

/**
 * A signal in another unit: {@code factor * x + offset}. With a factor of 1 it adds a constant, such as a holding
 * current that the channel leaves out.
 *
 * @param input  the signal x
 * @param factor size of its unit in the new one
 * @param offset added constant, in the new unit
 */
public record Scaled(Signal input, double factor, double offset) implements Signal {

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
        if (factor != 1 || offset != 0) {
            for (int k = at; k < at + count; k++) {
                into[k] = factor * into[k] + offset;
            }
        }
    }
}

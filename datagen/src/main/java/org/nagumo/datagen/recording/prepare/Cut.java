package org.nagumo.datagen.recording.prepare;

import java.util.Objects;
import org.nagumo.datagen.recording.Signal;

/**
 * A stretch of a signal.
 *
 * @param input  the whole signal
 * @param first  index of the first sample of the stretch
 * @param length number of samples
 */
public record Cut(Signal input, int first, int length) implements Signal {

    public Cut {
        Objects.checkFromIndexSize(first, length, input.length());
    }

    @Override
    public double stepMs() {
        return input.stepMs();
    }

    @Override
    public void read(int from, int count, double[] into, int at) {
        input.read(first + from, count, into, at);
    }
}

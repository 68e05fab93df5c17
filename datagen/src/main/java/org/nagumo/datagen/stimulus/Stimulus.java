package org.nagumo.datagen.stimulus;

import java.util.SplittableRandom;

/**
 * An injected current as a function of time. A new kind is one class that implements this interface and one line in
 * {@code StimulusKinds}, which says how it is written in a protocol.
 *
 * <p>Times are rounded to the nearest sample: something that begins at t begins with sample round(t / dt).
 */
@FunctionalInterface
public interface Stimulus {

    /**
     * Adds this current.
     *
     * @param currentUaPerCm2 one value a sample, in uA/cm2; added to
     * @param dtMs            sampling step in ms
     * @param random          the stream for whatever the stimulus draws
     */
    void addTo(double[] currentUaPerCm2, double dtMs, SplittableRandom random);

    /** The sample at a time, at most {@code length}. */
    static int sample(double timeMs, double dtMs, int length) {
        return (int) Math.max(0, Math.min(length, Math.round(timeMs / dtMs)));
    }

    /** Refuses a stretch of time that does not begin at 0 or later and last. */
    static void checkStretch(double onsetMs, double durationMs) {
        if (!(onsetMs >= 0)) {
            throw new IllegalArgumentException("onset_ms is " + onsetMs + "; allowed: 0 and more");
        }
        if (!(durationMs > 0)) {
            throw new IllegalArgumentException("duration_ms is " + durationMs + "; allowed: positive numbers");
        }
    }
}

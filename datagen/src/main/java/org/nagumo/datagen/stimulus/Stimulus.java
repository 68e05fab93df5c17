package org.nagumo.datagen.stimulus;

import java.util.SplittableRandom;

/**
 * An injected current as a function of time. A new kind is one class that implements this interface, and a
 * {@code StimulusKind} that says how it is written in a protocol.
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

    /**
     * Refuses a place where this stimulus would not do what it says: one that ends before the stimulus begins, or whose
     * samples are too coarse for it. The message begins with the key that is at fault.
     *
     * @param dtMs       sampling step in ms
     * @param durationMs length of the sequence, or of the part of it that the stimulus fills
     * @throws IllegalArgumentException naming the value and what is allowed
     */
    default void check(double dtMs, double durationMs) {
        // Nothing is known against it.
    }

    /** The largest current, up or down, that this stimulus may have, in uA/cm2; 0 when nothing is known. */
    default double largestUaPerCm2() {
        return 0;
    }

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

    /** Refuses a stretch of time that no sample of a sequence would show. */
    static void checkWithin(double onsetMs, double stretchMs, double dtMs, double durationMs) {
        if (Math.round(onsetMs / dtMs) >= Math.round(durationMs / dtMs)) {
            throw new IllegalArgumentException("onset_ms is " + onsetMs + ", after the end; allowed: less than "
                    + durationMs);
        }
        if (stretchMs < dtMs / 2) {
            throw new IllegalArgumentException("duration_ms is " + stretchMs + ", shorter than a sample; allowed: "
                    + dtMs + " and more");
        }
    }
}

package org.nagumo.datagen.recording.prepare;

import org.nagumo.datagen.recording.Signal;

/** Checks that two signals were sampled together. */
final class SameSamples {

    private static final double TOLERANCE = 1e-9;

    private SameSamples() {
    }

    static void require(Signal potential, Signal current) {
        if (!sameStep(potential.stepMs(), current.stepMs())) {
            throw new IllegalArgumentException("the current has a step of " + current.stepMs()
                    + " ms; allowed: that of the potential, " + potential.stepMs() + " ms");
        }
        if (current.length() < potential.length()) {
            throw new IllegalArgumentException("the current has " + current.length()
                    + " samples; allowed: as many as the potential, " + potential.length());
        }
    }

    static boolean sameStep(double one, double other) {
        return Math.abs(one - other) <= TOLERANCE * one;
    }
}

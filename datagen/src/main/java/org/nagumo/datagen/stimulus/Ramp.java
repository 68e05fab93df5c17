package org.nagumo.datagen.stimulus;

import java.util.SplittableRandom;

/**
 * A current that changes linearly from one value at the onset to another after the duration, and is zero outside.
 */
public record Ramp(double fromUaPerCm2, double toUaPerCm2, double onsetMs, double durationMs) implements Stimulus {

    public Ramp {
        Stimulus.checkStretch(onsetMs, durationMs);
    }

    @Override
    public void addTo(double[] current, double dtMs, SplittableRandom random) {
        int from = Stimulus.sample(onsetMs, dtMs, current.length);
        int to = Stimulus.sample(onsetMs + durationMs, dtMs, current.length);
        for (int i = from; i < to; i++) {
            current[i] += fromUaPerCm2 + (toUaPerCm2 - fromUaPerCm2) * (i * dtMs - onsetMs) / durationMs;
        }
    }

    @Override
    public void check(double dtMs, double sequenceMs) {
        Stimulus.checkWithin(onsetMs, durationMs, dtMs, sequenceMs);
    }

    @Override
    public double largestUaPerCm2() {
        return Math.max(Math.abs(fromUaPerCm2), Math.abs(toUaPerCm2));
    }
}

package org.nagumo.datagen.stimulus;

import java.util.SplittableRandom;

/**
 * A current that changes linearly from one value at the onset to another after the duration, and is zero outside.
 */
public record Ramp(double fromUaPerCm2, double toUaPerCm2, double onsetMs, double durationMs) implements Stimulus {

    public Ramp {
        if (!(onsetMs >= 0)) {
            throw new IllegalArgumentException("onset_ms is " + onsetMs + "; allowed: 0 and more");
        }
        if (!(durationMs > 0)) {
            throw new IllegalArgumentException("duration_ms is " + durationMs + "; allowed: positive numbers");
        }
    }

    @Override
    public void addTo(double[] current, double dtMs, SplittableRandom random) {
        int from = Stimulus.sample(onsetMs, dtMs, current.length);
        int to = Stimulus.sample(onsetMs + durationMs, dtMs, current.length);
        for (int i = from; i < to; i++) {
            current[i] += fromUaPerCm2 + (toUaPerCm2 - fromUaPerCm2) * (i * dtMs - onsetMs) / durationMs;
        }
    }
}

package org.nagumo.datagen.stimulus;

import java.util.SplittableRandom;

/**
 * {@code A sin(2 pi (f0 t + (f1 - f0) t^2 / (2 D)) + phase)} for D ms from the onset: a sine when both frequencies
 * are equal, else a linear chirp.
 *
 * @param phaseRad phase at the onset in radians
 */
public record Sine(double amplitudeUaPerCm2, double fromHz, double toHz, double phaseRad, double onsetMs,
        double durationMs) implements Stimulus {

    public Sine {
        if (!(fromHz >= 0 && toHz >= 0)) {
            throw new IllegalArgumentException("frequency is " + fromHz + " to " + toHz + " Hz; allowed: 0 and more");
        }
        Stimulus.checkStretch(onsetMs, durationMs);
    }

    @Override
    public void addTo(double[] current, double dtMs, SplittableRandom random) {
        int from = Stimulus.sample(onsetMs, dtMs, current.length);
        int to = Stimulus.sample(onsetMs + durationMs, dtMs, current.length);
        for (int i = from; i < to; i++) {
            double t = (i * dtMs - onsetMs) / 1000;
            double cycles = fromHz * t + (toHz - fromHz) * t * t / (2 * durationMs / 1000);
            current[i] += amplitudeUaPerCm2 * StrictMath.sin(2 * Math.PI * cycles + phaseRad);
        }
    }

    @Override
    public void check(double dtMs, double sequenceMs) {
        Stimulus.checkWithin(onsetMs, durationMs, dtMs, sequenceMs);
        double highest = 500 / dtMs;
        if (Math.max(fromHz, toHz) > highest) {
            throw new IllegalArgumentException((fromHz == toHz ? "frequency_hz is " + fromHz
                    : toHz > fromHz ? "to_hz is " + toHz : "from_hz is " + fromHz)
                    + ", too fast for samples every " + dtMs + " ms; allowed: at most " + highest);
        }
    }

    @Override
    public double largestUaPerCm2() {
        return Math.abs(amplitudeUaPerCm2);
    }
}

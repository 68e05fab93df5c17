package org.nagumo.datagen.stimulus;

import java.util.SplittableRandom;

/**
 * Rectangular pulses of one amplitude: {@code constant}, {@code step}, {@code pulse}, {@code paired-pulse} and
 * {@code pulse-train} of a protocol.
 *
 * @param amplitudeUaPerCm2 current of a pulse in uA/cm2
 * @param onsetMs           start of the first pulse
 * @param durationMs        length of a pulse
 * @param periodMs          from the start of one pulse to the start of the next; at least the duration
 * @param count             number of pulses
 */
public record Pulses(double amplitudeUaPerCm2, double onsetMs, double durationMs, double periodMs, int count)
        implements Stimulus {

    public Pulses {
        Stimulus.checkStretch(onsetMs, durationMs);
        if (count < 1) {
            throw new IllegalArgumentException("count is " + count + "; allowed: at least 1");
        }
        if (count > 1 && !(periodMs >= durationMs)) {
            throw new IllegalArgumentException("period_ms is " + periodMs + "; allowed: at least the pulses' duration, "
                    + durationMs);
        }
    }

    @Override
    public void addTo(double[] current, double dtMs, SplittableRandom random) {
        for (int k = 0; k < count; k++) {
            double start = onsetMs + k * periodMs;
            int from = Stimulus.sample(start, dtMs, current.length);
            if (from == current.length) {
                return;
            }
            int to = Stimulus.sample(start + durationMs, dtMs, current.length);
            for (int i = from; i < to; i++) {
                current[i] += amplitudeUaPerCm2;
            }
        }
    }

    @Override
    public void check(double dtMs, double sequenceMs) {
        Stimulus.checkWithin(onsetMs, durationMs, dtMs, sequenceMs);
    }

    @Override
    public double largestUaPerCm2() {
        return Math.abs(amplitudeUaPerCm2);
    }
}

package org.nagumo.datagen.extension;

import java.util.List;
import java.util.SplittableRandom;
import org.nagumo.datagen.protocol.StimulusFields;
import org.nagumo.datagen.protocol.StimulusKind;
import org.nagumo.datagen.stimulus.Stimulus;

/** A stimulus that somebody else added: rises to the amplitude in each period, then falls to zero. */
public record Sawtooth(double amplitudeUaPerCm2, double periodMs) implements Stimulus {

    public Sawtooth {
        if (!(periodMs > 0)) {
            throw new IllegalArgumentException("period_ms is " + periodMs + "; allowed: positive numbers");
        }
    }

    @Override
    public void addTo(double[] current, double dtMs, SplittableRandom random) {
        for (int i = 0; i < current.length; i++) {
            double periods = i * dtMs / periodMs;
            current[i] += amplitudeUaPerCm2 * (periods - Math.floor(periods));
        }
    }

    /** How it is written: {@code {kind: sawtooth, amplitude: 5, period_ms: 10}}. */
    public static final class Kind implements StimulusKind {

        @Override
        public String name() {
            return "sawtooth";
        }

        @Override
        public List<String> keys() {
            return List.of("amplitude", "period_ms");
        }

        @Override
        public Stimulus make(StimulusFields fields) {
            return new Sawtooth(fields.number("amplitude"), fields.number("period_ms"));
        }
    }
}

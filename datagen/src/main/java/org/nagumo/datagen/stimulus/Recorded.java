package org.nagumo.datagen.stimulus;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.nagumo.datagen.simulate.CurrentTrace;

/** A current read from a file; zero after its end. Its sampling step has to be that of the protocol. */
public record Recorded(CurrentTrace trace) implements Stimulus {

    @Override
    public void addTo(double[] current, double dtMs, SplittableRandom random) {
        for (int i = 0; i < Math.min(current.length, trace.length()); i++) {
            current[i] += trace.currentUaPerCm2()[i];
        }
    }

    @Override
    public void check(double dtMs, double sequenceMs) {
        if (Math.abs(trace.dtMs() - dtMs) > 1e-9 * dtMs) {
            throw new IllegalArgumentException("file has a step of " + trace.dtMs()
                    + " ms; allowed: the protocol's dt_ms, " + dtMs);
        }
    }

    @Override
    public double largestUaPerCm2() {
        return Arrays.stream(trace.currentUaPerCm2()).map(Math::abs).max().orElse(0);
    }
}

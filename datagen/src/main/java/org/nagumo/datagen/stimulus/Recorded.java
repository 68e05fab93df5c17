package org.nagumo.datagen.stimulus;

import java.util.SplittableRandom;
import org.nagumo.datagen.simulate.CurrentTrace;

/** A current read from a file; zero after its end. Its sampling step has to be that of the protocol. */
public record Recorded(CurrentTrace trace) implements Stimulus {

    @Override
    public void addTo(double[] current, double dtMs, SplittableRandom random) {
        if (Math.abs(trace.dtMs() - dtMs) > 1e-9 * dtMs) {
            throw new IllegalArgumentException("the recorded current has a step of " + trace.dtMs()
                    + " ms; allowed: the protocol's dt_ms, " + dtMs);
        }
        for (int i = 0; i < Math.min(current.length, trace.length()); i++) {
            current[i] += trace.currentUaPerCm2()[i];
        }
    }
}

package org.nagumo.datagen.stimulus;

import java.util.SplittableRandom;

/**
 * A sequence of random levels, each held for a random time.
 *
 * @param level  distribution of the levels in uA/cm2
 * @param holdMs distribution of the times in ms; a draw shorter than one sample counts as one sample
 */
public record RandomSteps(Distribution level, Distribution holdMs) implements Stimulus {

    @Override
    public void addTo(double[] current, double dtMs, SplittableRandom random) {
        int i = 0;
        while (i < current.length) {
            double value = level.draw(random);
            int end = i + Math.max(1, Stimulus.sample(holdMs.draw(random), dtMs, current.length));
            while (i < Math.min(end, current.length)) {
                current[i++] += value;
            }
        }
    }

    @Override
    public double largestUaPerCm2() {
        return level.largest();
    }
}

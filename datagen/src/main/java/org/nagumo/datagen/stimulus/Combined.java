package org.nagumo.datagen.stimulus;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Stimuli at the same time ({@code sum}) or one after the other ({@code then}). */
public final class Combined {

    private Combined() {
    }

    /** The sum of all parts. */
    public static Stimulus sum(List<Stimulus> parts) {
        List<Stimulus> all = List.copyOf(parts);
        return (current, dtMs, random) -> {
            for (Stimulus part : all) {
                part.addTo(current, dtMs, random.split());
            }
        };
    }

    /** Each part for its share of the time, the last one until the end; each part's clock starts with its share. */
    public static Stimulus then(List<Stimulus> parts, List<Double> durationsMs) {
        List<Stimulus> all = List.copyOf(parts);
        List<Double> shares = List.copyOf(durationsMs);
        return (current, dtMs, random) -> {
            double start = 0;
            for (int k = 0; k < all.size(); k++) {
                int from = Stimulus.sample(start, dtMs, current.length);
                start += shares.get(k);
                int to = k == all.size() - 1 ? current.length : Stimulus.sample(start, dtMs, current.length);
                double[] share = Arrays.copyOfRange(current, from, Math.max(from, to));
                all.get(k).addTo(share, dtMs, random.split());
                System.arraycopy(share, 0, current, from, share.length);
            }
        };
    }
}

package org.nagumo.datagen.stimulus;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Stimuli at the same time ({@code sum}) or one after the other ({@code then}). Each part is checked for itself. */
public final class Combined {

    private Combined() {
    }

    /** The sum of all parts. */
    public static Stimulus sum(List<Stimulus> parts) {
        return new Sum(List.copyOf(parts));
    }

    /** Each part for its share of the time, the last one until the end; each part's clock starts with its share. */
    public static Stimulus then(List<Stimulus> parts, List<Double> durationsMs) {
        return new Then(List.copyOf(parts), List.copyOf(durationsMs));
    }

    private record Sum(List<Stimulus> parts) implements Stimulus {

        @Override
        public void addTo(double[] current, double dtMs, SplittableRandom random) {
            for (Stimulus part : parts) {
                part.addTo(current, dtMs, random.split());
            }
        }

        @Override
        public double largestUaPerCm2() {
            return parts.stream().mapToDouble(Stimulus::largestUaPerCm2).sum();
        }
    }

    private record Then(List<Stimulus> parts, List<Double> durationsMs) implements Stimulus {

        @Override
        public void addTo(double[] current, double dtMs, SplittableRandom random) {
            double start = 0;
            for (int k = 0; k < parts.size(); k++) {
                int from = Stimulus.sample(start, dtMs, current.length);
                start += durationsMs.get(k);
                int to = k == parts.size() - 1 ? current.length : Stimulus.sample(start, dtMs, current.length);
                double[] share = Arrays.copyOfRange(current, from, Math.max(from, to));
                parts.get(k).addTo(share, dtMs, random.split());
                System.arraycopy(share, 0, current, from, share.length);
            }
        }

        @Override
        public double largestUaPerCm2() {
            return parts.stream().mapToDouble(Stimulus::largestUaPerCm2).max().orElse(0);
        }
    }
}

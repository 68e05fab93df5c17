package org.nagumo.experiments.evaluate;

import java.util.List;

/** One kind of Ornstein-Uhlenbeck current: mean and standard deviation in uA/cm2, correlation time in ms. */
public record NoiseKind(double meanUaPerCm2, double sdUaPerCm2, double tauMs) {

    /** Weak noise around the onset of firing, whose spikes are the hardest to hit. */
    public static final NoiseKind WEAK = new NoiseKind(7, 1, 5);

    /** The ten kinds of the battery, from strong and slow to weak. */
    public static final List<NoiseKind> ALL = List.of(new NoiseKind(5, 5, 5), new NoiseKind(3, 8, 2),
            new NoiseKind(8, 4, 10), WEAK, new NoiseKind(0, 6, 5), new NoiseKind(10, 3, 3),
            new NoiseKind(2, 4, 20), new NoiseKind(6, 6, 1), new NoiseKind(9, 2, 8), new NoiseKind(4, 7, 12));

    /** As a key: {@code mean7_sd1_tau5}. */
    public String key() {
        return "mean" + (int) meanUaPerCm2 + "_sd" + (int) sdUaPerCm2 + "_tau" + (int) tauMs;
    }
}

package org.nagumo.datagen.stimulus;

import java.util.SplittableRandom;

/**
 * Ornstein-Uhlenbeck noise from its stationary distribution, by the exact discretisation (Gillespie 1996, Phys. Rev. E
 * 54:2084, equation 1.9a): {@code I(t + dt) = mean + (I(t) - mean) e^(-dt / tau) + sd sqrt(1 - e^(-2 dt / tau)) N(0,
 * 1)}.
 *
 * @param sdUaPerCm2 stationary standard deviation
 * @param tauMs      correlation time
 */
public record OrnsteinUhlenbeck(double meanUaPerCm2, double sdUaPerCm2, double tauMs) implements Stimulus {

    public OrnsteinUhlenbeck {
        if (!(sdUaPerCm2 >= 0)) {
            throw new IllegalArgumentException("sd is " + sdUaPerCm2 + "; allowed: 0 and more");
        }
        if (!(tauMs > 0)) {
            throw new IllegalArgumentException("tau_ms is " + tauMs + "; allowed: positive numbers");
        }
    }

    @Override
    public void addTo(double[] current, double dtMs, SplittableRandom random) {
        double decay = StrictMath.exp(-dtMs / tauMs);
        double kick = sdUaPerCm2 * StrictMath.sqrt(1 - decay * decay);
        double deviation = sdUaPerCm2 * RandomStreams.gaussian(random);
        for (int i = 0; i < current.length; i++) {
            current[i] += meanUaPerCm2 + deviation;
            deviation = deviation * decay + kick * RandomStreams.gaussian(random);
        }
    }

    @Override
    public double largestUaPerCm2() {
        return new Distribution.Normal(meanUaPerCm2, sdUaPerCm2).largest();
    }
}

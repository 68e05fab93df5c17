package org.nagumo.datagen.simulate;

import java.util.Arrays;
import org.nagumo.datagen.neuron.Neuron;

/** Tells when a neuron's state can be followed no further, and words it. */
final class Divergence {

    private Divergence() {
    }

    /** @throws DivergenceException when a variable is not finite, naming the first such */
    static void check(Neuron neuron, double timeMs, double[] x) {
        for (int k = 0; k < x.length; k++) {
            if (!Double.isFinite(x[k])) {
                throw new DivergenceException(neuron.name() + " diverged at " + rounded(timeMs) + " ms: "
                        + neuron.stateNames().get(k) + " is " + x[k]);
            }
        }
    }

    /** The state is finite, but changes faster than steps can follow. */
    static DivergenceException tooFast(Neuron neuron, double timeMs, double[] x, double ratePerMs) {
        return new DivergenceException(neuron.name() + " diverged at " + rounded(timeMs)
                + " ms: a rate of " + ratePerMs + " per ms cannot be followed at " + neuron.stateNames() + " = "
                + Arrays.toString(x));
    }

    private static double rounded(double timeMs) {
        return Math.round(timeMs * 1e6) / 1e6;
    }
}

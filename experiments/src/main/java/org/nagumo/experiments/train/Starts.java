package org.nagumo.experiments.train;

import java.util.SplittableRandom;

/**
 * Random networks to start from, diverse on purpose: at two units the start decides which basin is reached.
 */
final class Starts {

    /** The readout's first unit begins nearly linear: tanh(s h) / s. */
    private static final double LINEAR_GAIN = 0.25;

    private Starts() {
    }

    /**
     * Draws one start. The first unit is the scaled voltage, v = h1, encoder and readout agreeing on it; the others
     * begin as random mixtures of the neuron's other states.
     *
     * @param dtMs  Euler step, the lower bound of a time constant
     * @param means mean of each of the neuron's other states over the data
     */
    static double[] draw(Architecture shape, double dtMs, double[] means, SplittableRandom random) {
        double[] theta = new double[shape.trainedParameters()];
        int units = shape.units();
        double gain = units <= 2 ? random.nextDouble(0.2, 1) : 0.3;
        for (int gate = 0; gate < 3; gate++) {
            for (int j = 0; j < units; j++) {
                theta[shape.inputWeight(gate, j)] = gain / 2 * gaussian(random);
                for (int k = 0; k < units; k++) {
                    theta[shape.recurrentWeight(gate, k, j)] = gain * gaussian(random)
                            + (gate == 2 && j == k ? 1.5 : 0);
                }
                theta[shape.bias(gate, j)] = gate == 2 ? 0
                        : units <= 2 ? random.nextDouble(-1, 2) : gate == 0 ? 0.5 : 1;
            }
        }
        double[] fast = {0.11, 0.2, 0.4};
        for (int j = 0; j < units; j++) {
            double tau = units > 2 ? (j % 2 == 0 ? 0.25 : 1)
                    : j == 0 ? fast[random.nextInt(fast.length)] : random.nextDouble(0.2, 3);
            theta[shape.logTau(j)] = Math.log(Math.max(tau, 1.02 * dtMs));
        }
        theta[shape.encoder(0, 1)] = 1;
        for (int j = 1; j < units; j++) {
            mixStates(theta, shape, j, means, random);
        }
        startReadout(theta, shape, random);
        return theta;
    }

    /** h_j = +-scale sum_s w_s (state_s - mean_s), the signs of w such that both kinds of gate would pull together. */
    private static void mixStates(double[] theta, Architecture shape, int unit, double[] means,
            SplittableRandom random) {
        double scale = random.nextDouble(0.5, 1.3) * (random.nextBoolean() ? 1 : -1);
        double share = random.nextDouble();
        double offset = 0;
        for (int s = 0; s < means.length; s++) {
            // In Hodgkin-Huxley's order m, h, n: m follows the voltage, h and n are the recovery.
            double w = switch (means.length == 3 ? s : 2) {
                case 0 -> 0;
                case 1 -> -2 * (1 - share);
                default -> 1.5 * (means.length == 3 ? share : 1);
            };
            theta[shape.encoder(unit, 2 + s)] = scale * w;
            offset += scale * w * means[s];
        }
        theta[shape.encoder(unit, 0)] = -offset;
    }

    private static void startReadout(double[] theta, Architecture shape, SplittableRandom random) {
        int at = shape.readout();
        int units = shape.units();
        int hidden = shape.readoutUnits();
        if (hidden == 0) {
            theta[at] = 1;
            return;
        }
        for (int k = 0; k < hidden; k++) {
            for (int j = 0; j < units; j++) {
                theta[at + k * units + j] = k == 0 ? (j == 0 ? LINEAR_GAIN : 0) : 2 * gaussian(random);
            }
            theta[at + hidden * units + k] = k == 0 ? 0 : random.nextDouble(-1, 1);
        }
        theta[at + hidden * (units + 1)] = 1 / LINEAR_GAIN;
    }

    /** A standard normal number by the polar method of Marsaglia, from this stream alone. */
    private static double gaussian(SplittableRandom random) {
        while (true) {
            double u = random.nextDouble(-1, 1);
            double v = random.nextDouble(-1, 1);
            double s = u * u + v * v;
            if (s > 0 && s < 1) {
                return u * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
            }
        }
    }
}

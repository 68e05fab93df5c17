package org.nagumo.experiments.train;

import java.util.SplittableRandom;
import org.nagumo.datagen.stimulus.RandomStreams;

/**
 * Random networks to start from, diverse on purpose: at two units the start decides which basin is reached. The ranges
 * are empirical and the same for all plans; times are in the unit of the data.
 */
final class Starts {

    /** s of {@link #widenReadout}. */
    private static final double LINEAR_GAIN = 0.25;

    private static final double[] FAST_TAU = {0.11, 0.2, 0.4};

    /** Steepness of the features at the start. */
    private static final double FEATURE_GAIN = 2;

    private Starts() {
    }

    /**
     * Draws one start, with a linear readout. The first unit is the scaled voltage, v = h1, encoder and readout
     * agreeing on it; the others begin as random mixtures of the neuron's other states.
     *
     * @param dtMs  Euler step, the lower bound of a time constant
     * @param means mean of each of the neuron's other states over the data
     * @param start sizes of those mixtures; null for sizes from 0.5 to 1.3, which gates read as they are
     */
    static double[] draw(Architecture shape, double dtMs, double[] means, Start start, SplittableRandom random) {
        double[] theta = new double[shape.trainedParameters()];
        int units = shape.units();
        double gain = units <= 2 ? random.nextDouble(0.2, 1) : 0.3;
        for (int gate = 0; gate < 3; gate++) {
            for (int j = 0; j < units; j++) {
                theta[shape.inputWeight(gate, j)] = gain / 2 * RandomStreams.gaussian(random);
                for (int k = 0; k < units; k++) {
                    theta[shape.recurrentWeight(gate, k, j)] = gain * RandomStreams.gaussian(random)
                            + (gate == 2 && j == k ? 1.5 : 0);
                }
                theta[shape.bias(gate, j)] = gate == 2 ? 0
                        : units <= 2 ? random.nextDouble(-1, 2) : gate == 0 ? 0.5 : 1;
            }
        }
        for (int j = 0; j < units; j++) {
            theta[shape.logTau(j)] = Math.log(Math.max(tau(j, units, start, random), 1.02 * dtMs));
        }
        theta[shape.encoder(0, 1)] = 1;
        for (int j = 1; j < units; j++) {
            double size = start == null ? random.nextDouble(0.5, 1.3)
                    : Math.exp(random.nextDouble(Math.log(start.leastSize()), Math.log(start.mostSize())));
            mixStates(theta, shape, j, means, size, start == null ? 0 : j - 1, start == null ? 1 : units - 1, random);
            if (start != null) {
                readAlike(theta, shape, j, size);
            }
        }
        theta[shape.readout()] = 1;
        for (int f = 0; f < shape.features(); f++) {
            drawFeature(theta, shape, f, random);
        }
        return theta;
    }

    /** Third units that begin as slow as the second become a third variable; fast ones mostly follow the others. */
    private static double tau(int unit, int units, Start start, SplittableRandom random) {
        if (units <= 2) {
            return unit == 0 ? FAST_TAU[random.nextInt(FAST_TAU.length)] : random.nextDouble(0.2, 3);
        }
        if (start == null) {
            return unit % 2 == 0 ? 0.25 : 1;
        }
        return unit == 0 ? 0.25 : Math.exp(random.nextDouble(Math.log(0.5), Math.log(4)));
    }

    /** u = tanh(a . ([x, h] - centre)), which no gate reads yet. */
    private static void drawFeature(double[] theta, Architecture shape, int feature, SplittableRandom random) {
        double bias = 0;
        for (int k = 0; k <= shape.units(); k++) {
            double weight = FEATURE_GAIN * RandomStreams.gaussian(random);
            theta[shape.featureWeight(feature, k)] = weight;
            bias -= weight * random.nextDouble(-0.5, 0.5);
        }
        theta[shape.featureBias(feature)] = bias;
    }

    /** Gates and candidates take as much from a state as from one of size 1, but for its own candidate. */
    private static void readAlike(double[] theta, Architecture shape, int unit, double size) {
        for (int gate = 0; gate < 3; gate++) {
            for (int j = 0; j < shape.units(); j++) {
                if (gate < 2 || j != unit) {
                    theta[shape.recurrentWeight(gate, unit, j)] /= size;
                }
            }
        }
    }

    /** h_j = +-size sum_s w_s (state_s - mean_s). */
    private static void mixStates(double[] theta, Architecture shape, int unit, double[] means, double size,
            int slot, int slots, SplittableRandom random) {
        double scale = random.nextBoolean() ? size : -size;
        double[] weights = mixture(means.length, slot, slots, random);
        double offset = 0;
        for (int s = 0; s < means.length; s++) {
            theta[shape.encoder(unit, 2 + s)] = scale * weights[s];
            offset += scale * weights[s] * means[s];
        }
        theta[shape.encoder(unit, 0)] = -offset;
    }

    /**
     * For Hodgkin-Huxley's m, h, n a mixture of the two recovery variables, which move in opposite directions; m follows
     * the voltage and adds nothing. n has one of several equal parts of all shares, by which mixtures are kept apart.
     * For other neurons any mixture.
     */
    private static double[] mixture(int states, int slot, int slots, SplittableRandom random) {
        if (states == 3) {
            double share = (slot + random.nextDouble()) / slots;
            return new double[] {0, -2 * (1 - share), 1.5 * share};
        }
        return random.doubles(states, -1, 1).toArray();
    }

    /**
     * The same network with more tanh units in its readout. The first unit takes over a linear readout,
     * {@code w . h = tanh(s w . h) / s} for small s; the new ones look in random directions and have no weight yet.
     */
    static double[] widenReadout(double[] theta, Architecture from, Architecture to, SplittableRandom random) {
        int units = from.units();
        int old = from.readoutUnits();
        int hidden = to.readoutUnits();
        double[] wide = new double[to.trainedParameters()];
        System.arraycopy(theta, 0, wide, 0, from.layerParameters());
        System.arraycopy(theta, from.networkParameters(), wide, to.networkParameters(),
                units * from.encoderFeatures());
        int at = to.readout();
        int outer = at + hidden * (units + 1);
        for (int k = 0; k < hidden; k++) {
            for (int j = 0; j < units; j++) {
                wide[at + k * units + j] = k < old ? theta[from.readout() + k * units + j]
                        : k == 0 ? LINEAR_GAIN * theta[from.readout() + j] : 2 * RandomStreams.gaussian(random);
            }
            wide[at + hidden * units + k] = k < old ? theta[from.readout() + old * units + k]
                    : k == 0 ? 0 : random.nextDouble(-1, 1);
            wide[outer + k] = k < old ? theta[from.readout() + old * (units + 1) + k] : k == 0 ? 1 / LINEAR_GAIN : 0;
        }
        wide[to.networkParameters() - 1] = theta[from.networkParameters() - 1];
        return wide;
    }
}

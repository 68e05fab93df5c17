package org.nagumo.experiments.train;

import java.util.SplittableRandom;
import org.nagumo.datagen.stimulus.RandomStreams;

/**
 * Random networks to start from, diverse on purpose: at two units the start decides which basin is reached. The ranges
 * are empirical and the same for all plans.
 */
final class Starts {

    /** s of {@link #widenReadout}. */
    private static final double LINEAR_GAIN = 0.25;

    private static final double[] FAST_TAU_IN_STEPS = {1.1, 2, 4};

    /** Time constants of the other units begin within the range of those of the traces, times this. */
    private static final double SLOW_TAU = 0.5;

    /** Steepness of the features at the start. */
    private static final double FEATURE_GAIN = 2;

    private Starts() {
    }

    /**
     * Draws one start, with a linear readout. The first unit is the scaled voltage, v = h1, encoder and readout
     * agreeing on it; the others begin as mixtures of two slow traces, each with shares from a part of its own of all.
     *
     * @param dtMs    step, the lower bound of a time constant
     * @param encoder what is seen of the past
     * @param start   sizes of those mixtures
     */
    static double[] draw(Architecture shape, double dtMs, Encoder encoder, Start start, SplittableRandom random) {
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
            double tau = j == 0 ? FAST_TAU_IN_STEPS[random.nextInt(FAST_TAU_IN_STEPS.length)] * dtMs
                    : logUniform(SLOW_TAU * encoder.shortestMs(), SLOW_TAU * encoder.longestMs(), random);
            theta[shape.logTau(j)] = Math.log(Math.max(tau, Candidate.LEAST_TAU_IN_STEPS * dtMs));
        }
        theta[shape.encoder(0, 1)] = 1;
        for (int j = 1; j < units; j++) {
            double size = logUniform(start.leastSize(), start.mostSize(), random);
            double slot = (j - 1 + random.nextDouble()) / (units - 1);
            mixTraces(theta, shape, j, encoder, random.nextBoolean() ? size : -size, slot);
            readAlike(theta, shape, j, size);
        }
        theta[shape.readout()] = 1;
        for (int f = 0; f < shape.features(); f++) {
            drawFeature(theta, shape, f, random);
        }
        return theta;
    }

    private static double logUniform(double least, double most, SplittableRandom random) {
        double share = random.nextDouble();
        return Math.exp((1 - share) * Math.log(least) + share * Math.log(most));
    }

    /** h_j = size ((1 - slot) y + slot y'), y the slowest trace of the potential and y' that of s(v) or of spikes. */
    private static void mixTraces(double[] theta, Architecture shape, int unit, Encoder encoder, double size,
            double slot) {
        theta[shape.encoder(unit, 1 + encoder.times())] = size * (1 - slot);
        theta[shape.encoder(unit, 1 + encoder.traces())] = size * slot;
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

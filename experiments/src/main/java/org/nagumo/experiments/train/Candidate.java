package org.nagumo.experiments.train;

import java.util.Arrays;
import java.util.SplittableRandom;

/** One network in training: its number among the starts, its trained vector and its optimiser. */
final class Candidate {

    /** The norm to which a minibatch's gradient is shortened. */
    private static final double CLIP = 0.1;

    /** A learned time constant stays above the Euler step by this factor. */
    private static final double LEAST_TAU_IN_STEPS = 1.02;

    private final int start;
    private Architecture shape;
    private double[] theta;
    private double[] gradient;
    private boolean[] frozen;
    private Adam adam;
    private double trainingLoss = Double.POSITIVE_INFINITY;

    Candidate(int start, Architecture shape, double[] theta) {
        this.start = start;
        this.shape = shape;
        this.theta = theta;
    }

    Architecture shape() {
        return shape;
    }

    int start() {
        return start;
    }

    double[] theta() {
        return theta;
    }

    /** Loss at the end of the last stage; infinite for a network that diverged. */
    double trainingLoss() {
        return trainingLoss;
    }

    /** Prepares for a stage: the stage's readout, a fresh optimiser, and what of the vector stays fixed. */
    void begin(Stage stage, SplittableRandom random) {
        if (stage.readoutUnits() > shape.readoutUnits()) {
            Architecture wider = new Architecture(shape.units(), stage.readoutUnits(), shape.features(),
                    shape.encoderFeatures());
            theta = Starts.widenReadout(theta, shape, wider, random);
            shape = wider;
        }
        gradient = new double[theta.length];
        frozen = new boolean[theta.length];
        adam = new Adam(theta.length);
        if (stage.freezeReadout()) {
            Arrays.fill(frozen, shape.readout(), shape.networkParameters(), true);
        }
        if (stage.freezeEncoder()) {
            Arrays.fill(frozen, shape.networkParameters(), theta.length, true);
        }
    }

    /** One step of the optimiser. */
    void step(WindowGradient window, Minibatch batch, Stage stage, double rate) {
        window.evaluate(theta, batch, stage.flankWeight(), stage.auxiliaryWeight(), gradient);
        clip(gradient);
        adam.update(theta, gradient, rate, frozen);
        double leastLogTau = Math.log(LEAST_TAU_IN_STEPS * batch.dtMs());
        for (int j = 0; j < shape.units(); j++) {
            theta[shape.logTau(j)] = Math.max(theta[shape.logTau(j)], leastLogTau);
        }
    }

    /** Measures the training loss on the given windows. */
    void measure(WindowGradient window, Minibatch[] measured, Stage stage) {
        double sum = 0;
        for (Minibatch batch : measured) {
            sum += window.loss(theta, batch, stage.flankWeight());
        }
        trainingLoss = Double.isFinite(sum) ? sum / measured.length : Double.POSITIVE_INFINITY;
    }

    private static void clip(double[] gradient) {
        double norm = 0;
        for (double g : gradient) {
            norm += g * g;
        }
        norm = Math.sqrt(norm);
        double scale = Double.isFinite(norm) ? Math.min(1, CLIP / norm) : 0;
        for (int p = 0; p < gradient.length; p++) {
            gradient[p] = scale == 0 ? 0 : gradient[p] * scale;
        }
    }
}

package org.nagumo.experiments.train;

import java.util.Arrays;
import java.util.SplittableRandom;

/** One network in training: its number among the starts, its trained vector and its optimiser. */
final class Candidate {

    /** A learned time constant stays above the step by this factor. */
    static final double LEAST_TAU_IN_STEPS = 1.02;

    private final int start;
    private Architecture shape;
    private double[] theta;
    private double[] gradient;
    private boolean[] frozen;
    private Optimiser optimiser;
    private Adam adam;
    private double[] average = new double[0];
    private int averageIterations;
    private int iteration = -1;
    private HeldOutBest heldOut = HeldOutBest.NONE;
    private double trainingLoss = Double.POSITIVE_INFINITY;
    private volatile CandidateState published;

    Candidate(int start, Architecture shape, double[] theta) {
        this.start = start;
        this.shape = shape;
        this.theta = theta;
        publish();
    }

    /** Goes on with a network, in the middle of a stage when its state is. */
    static Candidate of(CandidateState state, Architecture linear, Stage stage, Optimiser optimiser) {
        Candidate candidate = new Candidate(state.start(), linear.withReadoutUnits(state.readoutUnits())
                        .steppingBy(stage.integrator()),
                state.theta().clone());
        candidate.trainingLoss = state.trainingLoss();
        candidate.heldOut = state.heldOut();
        if (state.heldOut().ended()) {
            candidate.iteration = state.iteration();
        } else if (state.iteration() >= 0) {
            candidate.prepare(stage, optimiser);
            candidate.iteration = state.iteration();
            candidate.adam = new Adam(optimiser, candidate.frozen, state.mean(), state.moments(), state.iteration());
            candidate.average = state.average().clone();
        }
        candidate.publish();
        return candidate;
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

    /** Steps of the stage that are done, -1 before it begins. */
    int iteration() {
        return iteration;
    }

    /** What checks by held-out stretches have shown. */
    HeldOutBest heldOut() {
        return heldOut;
    }

    /**
     * Prepares for a stage, unless the training of this network has ended: the stage's readout, a fresh optimiser, and
     * what of the vector stays fixed.
     */
    void begin(Stage stage, int readoutUnits, Optimiser settings, SplittableRandom random) {
        if (heldOut.ended()) {
            iteration = stage.iterations();
            publish();
            return;
        }
        if (readoutUnits > shape.readoutUnits()) {
            Architecture wider = shape.withReadoutUnits(readoutUnits);
            theta = Starts.widenReadout(theta, shape, wider, random);
            shape = wider;
        }
        shape = shape.steppingBy(stage.integrator());
        prepare(stage, settings);
        publish();
    }

    private void prepare(Stage stage, Optimiser settings) {
        optimiser = settings;
        iteration = 0;
        gradient = new double[theta.length];
        frozen = new boolean[theta.length];
        averageIterations = stage.averageIterations();
        average = new double[averageIterations > 0 ? theta.length : 0];
        if (stage.freezeReadout()) {
            Arrays.fill(frozen, shape.readout(), shape.networkParameters(), true);
        }
        if (stage.freezeEncoder()) {
            Arrays.fill(frozen, shape.networkParameters(), theta.length, true);
        }
        adam = new Adam(settings, frozen);
    }

    /** One step of the optimiser. */
    void step(WindowGradient window, Minibatch batch, Stage stage, double rate) {
        window.evaluate(theta, batch, stage.flankWeight(), gradient);
        clip(gradient, optimiser.gradientClip());
        adam.update(theta, gradient, rate);
        double leastLogTau = Math.log(LEAST_TAU_IN_STEPS * batch.dtMs());
        for (int j = 0; j < shape.units(); j++) {
            theta[shape.logTau(j)] = Math.max(theta[shape.logTau(j)], leastLogTau);
        }
        for (int p = 0; p < average.length; p++) {
            average[p] += (theta[p] - average[p]) / stage.averageIterations();
        }
        iteration++;
    }

    /**
     * Checks the network as it would be if the stage ended now.
     *
     * @param checks   the checks
     * @param patience checks in a row without a lower score that end its training
     * @return steps of the stage that are left out because its training has ended
     */
    int check(Curriculum.Checks checks, Stage stage, int patience) {
        double[] now = averaged();
        heldOut = heldOut.after(checks.score(this, now), now, shape.readoutUnits(), patience);
        if (!heldOut.ended()) {
            return 0;
        }
        int left = stage.iterations() - iteration;
        iteration = stage.iterations();
        return left;
    }

    /** The weights with which the stage would end now. */
    private double[] averaged() {
        if (average.length == 0) {
            return theta.clone();
        }
        // The average begins at zero, whose share is what remains of (1 - 1 / n)^iterations.
        double share = 1 - Math.pow(1 - 1.0 / averageIterations, iteration);
        return Arrays.stream(average).map(weight -> weight / share).toArray();
    }

    /** Ends a stage: averages the weights where the stage wants it, and measures the training loss. */
    void end(WindowGradient window, Minibatch[] measured, Stage stage) {
        if (heldOut.ended()) {
            iteration = -1;
            adam = null;
            average = new double[0];
            return;
        }
        theta = averaged();
        double sum = 0;
        for (Minibatch batch : measured) {
            sum += window.loss(theta, batch, stage.flankWeight());
        }
        trainingLoss = Double.isFinite(sum) ? sum / measured.length : Double.POSITIVE_INFINITY;
        adam = null;
        average = new double[0];
        iteration = -1;
    }

    /**
     * Lets other threads see the network as it is, if it can go on from there bit for bit.
     *
     * @return whether it can
     */
    boolean publish() {
        boolean inside = iteration >= 0 && !heldOut.ended();
        if (inside && !adam.isFresh()) {
            return false;
        }
        published = new CandidateState(start, shape.readoutUnits(), trainingLoss, theta.clone(), iteration,
                inside ? adam.mean() : new double[0], inside ? adam.moments() : new double[0],
                average.clone(), heldOut);
        return true;
    }

    /** The network as it was last published. */
    CandidateState published() {
        return published;
    }

    private static void clip(double[] gradient, double longest) {
        double norm = 0;
        for (double g : gradient) {
            norm += g * g;
        }
        norm = Math.sqrt(norm);
        double scale = Double.isFinite(norm) ? Math.min(1, longest / norm) : 0;
        for (int p = 0; p < gradient.length; p++) {
            gradient[p] = scale == 0 ? 0 : gradient[p] * scale;
        }
    }
}

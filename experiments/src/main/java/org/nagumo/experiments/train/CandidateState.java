package org.nagumo.experiments.train;

/**
 * One network in training at a moment, all that is needed to go on with it.
 *
 * @param start        its number among the starts
 * @param readoutUnits tanh units of its readout
 * @param trainingLoss loss at the end of the last stage
 * @param theta        trained vector
 * @param iteration    steps of the stage that are done, -1 for a network that has not entered it
 * @param mean         Adam's means of the gradient; empty outside a stage
 * @param moments      Adam's means of its products or squares ({@link Adam#moments}); empty outside a stage
 * @param average      weighted sum of the trained vectors of the stage; empty where there is none
 * @param heldOut      what checks by held-out stretches have shown
 */
record CandidateState(int start, int readoutUnits, double trainingLoss, double[] theta, int iteration, double[] mean,
        double[] moments, double[] average, HeldOutBest heldOut) {
}

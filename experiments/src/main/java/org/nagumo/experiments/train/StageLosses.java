package org.nagumo.experiments.train;

/**
 * The training losses at the end of a stage.
 *
 * @param stage    number of the stage, from 0
 * @param windowMs its windows in ms
 * @param starts   numbers of the networks among the starts
 * @param losses   their losses; infinite for a network that diverged
 */
public record StageLosses(int stage, double windowMs, int[] starts, double[] losses) {
}

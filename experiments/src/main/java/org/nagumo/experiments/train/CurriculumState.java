package org.nagumo.experiments.train;

import java.util.List;

/**
 * A training at a moment.
 *
 * @param stage      number of the stage that is under way, or of stages when all are done
 * @param candidates the networks in it, in the order of their training; in a stage that has begun, at different
 *                   iterations
 * @param history    losses of the stages that are done
 */
record CurriculumState(int stage, List<CandidateState> candidates, List<StageLosses> history) {
}

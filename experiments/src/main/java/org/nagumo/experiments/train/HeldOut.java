package org.nagumo.experiments.train;

import org.nagumo.experiments.configuration.Described;
import org.nagumo.experiments.configuration.Range;

/**
 * How networks that are trained on recordings are chosen, and when their training ends: by what they answer to the
 * stretches that are held out ({@link HeldOutScore}). In the stages with long windows each network is checked at
 * intervals. Its weights at the check with the lowest score are kept. A network whose score has not fallen for some
 * checks ends its training, before it learns the noise of the recordings by heart. The network with the lowest score is
 * chosen.
 */
public record HeldOut(
        @Described("networks are checked in stages with windows of at least this many ms: positive")
        double fromWindowMs,
        @Described("steps of the optimiser between two checks: positive") int everyIterations,
        @Described("checks in a row without a lower score that end the training of a network: positive")
        int patience) {

    static final HeldOut STANDARD = new HeldOut(100, 100, 8);

    public HeldOut {
        Range.positive("fromWindowMs", fromWindowMs);
        Range.positive("everyIterations", everyIterations);
        Range.positive("patience", patience);
    }

    /**
     * Whether a network is checked after a step of a stage.
     *
     * @param stage     the stage
     * @param iteration steps that are done
     * @return true at every interval and at the end of the stage
     */
    boolean isDue(Stage stage, int iteration) {
        return stage.windowMs() >= fromWindowMs
                && (iteration % everyIterations == 0 || iteration == stage.iterations());
    }
}

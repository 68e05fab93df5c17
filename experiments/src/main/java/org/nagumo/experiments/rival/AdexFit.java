package org.nagumo.experiments.rival;

import java.util.Arrays;
import java.util.List;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.SimpleBounds;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.CMAESOptimizer;
import org.hipparchus.random.Well19937c;
import org.nagumo.datagen.recording.set.RecordedSequence.Role;
import org.nagumo.experiments.recording.RecordedAnswers;
import org.nagumo.experiments.recording.RecordedCell;
import org.nagumo.experiments.recording.RecordingScore;
import org.nagumo.experiments.spikes.SpikeCriterion;

/**
 * Fits an {@link AdexModel}: CMA-ES (Hansen 2016, arXiv:1604.00772) looks for the largest mean of the coincidence
 * factors at 2 and 4 ms less a hundredth of the potential's error in mV, from the membrane, reset and refractory time
 * that a {@link GifModel} has.
 */
public final class AdexFit {

    private static final int POPULATION = 12;
    private static final int GENERATIONS = 60;
    private static final long SEED = 1;
    private static final double WORST = 10;

    /** Weight of the potential's error in mV. */
    private static final double POTENTIAL = 0.01;

    private static final double SLOPE_MV = 2;
    private static final double TAU_W_MS = 100;

    private AdexFit() {
    }

    /**
     * Fits the model.
     *
     * @param cell      the cell
     * @param role      the stretches that are fitted
     * @param criterion what counts as a spike
     * @param gif       model of the same stretches, from which the search starts
     * @return the fitted model
     */
    public static AdexModel of(RecordedCell cell, Role role, SpikeCriterion criterion, GifModel gif) {
        RecordedAnswers answers = new RecordedAnswers(cell, role, criterion);
        ObjectiveFunction objective = new ObjectiveFunction(x -> {
            AdexModel model = model(x, gif);
            RecordingScore score = answers.score(stimulus -> List.of(model.simulate(stimulus.current(),
                    stimulus.dtMs(), stimulus.holding())));
            double value = POTENTIAL * score.rmseMv() - Arrays.stream(score.coincidence()).average().orElse(0);
            return Double.isFinite(value) ? value : WORST;
        });
        double[] zero = new double[8];
        double[] sigma = new double[zero.length];
        Arrays.fill(sigma, 0.5);
        CMAESOptimizer optimiser = new CMAESOptimizer(GENERATIONS, 0, true, 0, 0, new Well19937c(SEED), false, null);
        double[] found = optimiser.optimize(MaxEval.unlimited(), objective, GoalType.MINIMIZE, new InitialGuess(zero),
                SimpleBounds.unbounded(zero.length), new CMAESOptimizer.Sigma(sigma),
                new CMAESOptimizer.PopulationSize(POPULATION)).getPoint();
        return model(found, gif);
    }

    /** The model of a point of the search, whose coordinates are of size 1. */
    private static AdexModel model(double[] x, GifModel gif) {
        double tau = gif.tauMs() * Math.exp(0.3 * x[0]);
        return new AdexModel(tau, gif.restMv() + 3 * x[1], gif.perCurrent() * Math.exp(0.3 * x[2]),
                SLOPE_MV * Math.exp(0.5 * x[3]), gif.thresholdMv() - 3 + 4 * x[4], 0.1 / tau * x[5],
                TAU_W_MS * Math.exp(0.7 * x[6]), 0.3 * Math.exp(x[7]), gif.resetMv(), gif.refractoryMs(), gif.peakMv());
    }
}

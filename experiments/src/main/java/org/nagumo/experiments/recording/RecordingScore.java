package org.nagumo.experiments.recording;

import java.util.List;
import org.nagumo.datagen.recording.set.RecordedSequence.Role;
import org.nagumo.datagen.simulate.ExcitableSystem;
import org.nagumo.experiments.spikes.SpikeCriterion;

/**
 * How close a model comes to a recorded cell, with the cell's own repetitions as the yardstick. Coincidence factors are
 * means over all stretches in which the cell fires and over all repetitions in them. The potential is compared at
 * samples that are farther than 5 ms from any spike of model or cell.
 *
 * @param reliability coincidence factor of the repetitions among themselves, one value for each of
 *                    {@link #precisionsMs}; NaN without repetitions
 * @param coincidence coincidence factor of the model with the repetitions; NaN where it is undefined
 * @param rmseMv      root mean square difference of model and cell; NaN without such samples
 * @param explained   part of the variance of the cell's potential that the model explains, {@code 1 - sum (V_model -
 *                    V_cell)^2 / sum (V_cell - mean)^2}; negative where its mean would be closer
 * @param cellRmseMv  root mean square difference of each repetition from the mean of the others; NaN without
 *                    repetitions
 * @param peakMv      mean peak of the model's spikes; NaN without spikes
 * @param cellPeakMv  mean peak of the cell's spikes; NaN without spikes
 * @param spikes      number of the model's spikes
 * @param cellSpikes  number of the cell's spikes, mean over the repetitions
 */
public record RecordingScore(double[] reliability, double[] coincidence, double rmseMv, double explained,
        double cellRmseMv, double peakMv, double cellPeakMv, double spikes, double cellSpikes) {

    private static final double[] PRECISIONS_MS = {2, 4};

    /**
     * The precisions at which spikes are compared.
     *
     * @return 2 and 4 ms
     */
    public static double[] precisionsMs() {
        return PRECISIONS_MS.clone();
    }

    /**
     * Coincidence over reliability.
     *
     * @return one value for each precision; above 1 where the model predicts the repetitions better than they predict
     *         each other; NaN without repetitions
     */
    public double[] overReliability() {
        double[] over = new double[coincidence.length];
        for (int p = 0; p < over.length; p++) {
            over[p] = coincidence[p] / reliability[p];
        }
        return over;
    }

    /**
     * Error of the mean peak.
     *
     * @return model less cell in mV; NaN when either has no spike
     */
    public double peakErrorMv() {
        return peakMv - cellPeakMv;
    }

    /**
     * Compares a model with a cell.
     *
     * @param cell      the cell
     * @param role      which stretches are compared
     * @param criterion what counts as a spike
     * @param model     the model
     * @return the score
     */
    public static RecordingScore of(RecordedCell cell, Role role, SpikeCriterion criterion, ExcitableSystem model) {
        return new RecordedAnswers(cell, role, criterion).score(stimulus -> List.of(stimulus.answer(model)));
    }
}

package org.nagumo.experiments.train;

import java.util.Arrays;
import org.nagumo.experiments.recording.RecordingScore;

/**
 * How far a network is from a cell in the stretches that are held out.
 *
 * @param score   coincidence factors, potential between spikes and peaks in the held-out stretches
 * @param trained the same in the stretches that are trained on
 * @param unitMv  unit of scaled potentials in mV
 */
public record HeldOutScore(RecordingScore score, RecordingScore trained, double unitMv) {

    /** Weight of the held-out stretches; the others have the rest. */
    private static final double HELD_OUT = 2.0 / 3;

    /**
     * All in one number, the lower the better: {@code 1 - (2 c + d) / 3 + p / 2 + v}. c is the coincidence factor over
     * the reliability of the repetitions, or the factor itself without repetitions, mean of 2 and 4 ms, in the held-out
     * stretches, and d the same in the stretches that are trained on: a held-out stretch has few spikes, and of two
     * networks that miss one of them more or less the one that knows the cell better is wanted. p is the error of the
     * mean peak and v the root mean square error between spikes in the held-out stretches, both in scaled units.
     *
     * @return the number; infinite for a network that diverges or whose coincidence factor is undefined
     */
    public double total() {
        double peak = score.spikes() == 0 ? 1 : Math.abs(score.peakErrorMv()) / unitMv;
        double total = 1 - HELD_OUT * met(score) - (1 - HELD_OUT) * met(trained) + peak / 2 + score.rmseMv() / unitMv;
        return Double.isFinite(total) ? total : Double.POSITIVE_INFINITY;
    }

    private static double met(RecordingScore score) {
        double[] factors = Double.isNaN(score.reliability()[0]) ? score.coincidence() : score.overReliability();
        return Arrays.stream(factors).average().orElse(Double.NaN);
    }
}

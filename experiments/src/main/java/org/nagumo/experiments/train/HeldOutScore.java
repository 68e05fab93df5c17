package org.nagumo.experiments.train;

import org.nagumo.experiments.recording.RecordingScore;

/**
 * How far a network is from a cell in the stretches that are held out.
 *
 * @param score  coincidence factors, potential between spikes and peaks
 * @param unitMv unit of scaled potentials in mV
 */
public record HeldOutScore(RecordingScore score, double unitMv) {

    /**
     * All in one number, the lower the better: {@code (1 - c) + p / 2 + v}. c is the coincidence factor over the
     * reliability of the repetitions, or the factor itself without repetitions, mean of 2 and 4 ms; p is the error of the
     * mean peak and v the root mean square error between spikes, both in scaled units.
     *
     * @return the number; infinite for a network that diverges or whose coincidence factor is undefined
     */
    public double total() {
        double[] met = Double.isNaN(score.reliability()[0]) ? score.coincidence() : score.overReliability();
        double sum = 0;
        for (double factor : met) {
            sum += factor / met.length;
        }
        double peak = score.spikes() == 0 ? 1 : Math.abs(score.peakErrorMv()) / unitMv;
        double total = 1 - sum + peak / 2 + score.rmseMv() / unitMv;
        return Double.isFinite(total) ? total : Double.POSITIVE_INFINITY;
    }
}

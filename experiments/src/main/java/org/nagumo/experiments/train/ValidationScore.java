package org.nagumo.experiments.train;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.experiments.evaluate.FiringOnset;
import org.nagumo.experiments.spikes.Coincidence;
import org.nagumo.experiments.spikes.Spike;
import org.nagumo.experiments.spikes.SpikeCriterion;
import org.nagumo.experiments.spikes.SpikeDetector;
import org.nagumo.experiments.spikes.VoltageDistance;

/**
 * How far a network is from its neuron under the currents of a {@link Validation}. Voltages are scaled.
 *
 * @param coincidence mean coincidence factor with 2 ms precision over the trials of noise in which the neuron fires
 *                    below 250 Hz; NaN when it is undefined for the network in one of them
 * @param peak        mean error of the mean peak of a response
 * @param trough      mean error of its mean trough
 * @param halfWidth   mean error of its mean half-width, relative to the neuron's
 * @param voltage     root of the mean squared error of the voltage more than 5 ms away from all spikes
 * @param count       mean error of its number of spikes, over one more than the neuron's
 * @param onset       relative error of the current from which on steps make it fire repetitively
 * @param onsetRate   relative error of the rate there
 * @param restEnd     relative error of the current up to which it rests when the current rises slowly
 */
public record ValidationScore(double coincidence, double peak, double trough, double halfWidth, double voltage,
        double count, double onset, double onsetRate, double restEnd) {

    /** Error of a shape or an onset of which nothing is known, because there is no spike. */
    private static final double UNKNOWN = 1;

    /**
     * All in one, the lower the better:
     * {@code (1 - coincidence) + peak / 2 + trough / 2 + halfWidth / 5 + voltage + count / 10 + onset / 2 +
     * onsetRate / 2 + restEnd / 2}; infinite for a network that diverges or whose coincidence factor is undefined.
     */
    public double total() {
        double total = 1 - coincidence + 0.5 * peak + 0.5 * trough + 0.2 * halfWidth + voltage + 0.1 * count
                + 0.5 * onset + 0.5 * onsetRate + 0.5 * restEnd;
        return Double.isFinite(total) ? total : Double.POSITIVE_INFINITY;
    }

    /**
     * Compares answers.
     *
     * @param noise            the neuron's to noise
     * @param noiseStudent     the network's
     * @param responses        the neuron's to the other currents
     * @param responsesStudent the network's
     * @param criterion        what counts as a spike in all of them
     * @param onset            the neuron's onset of firing
     * @param onsetStudent     the network's
     */
    static ValidationScore of(List<Trace> noise, List<Trace> noiseStudent, List<Trace> responses,
            List<Trace> responsesStudent, SpikeCriterion criterion, FiringOnset onset, FiringOnset onsetStudent) {
        double count = 0;
        VoltageDistance away = VoltageDistance.NONE;
        List<List<Spike>> teacher = responses.stream().map(t -> SpikeDetector.detect(t, criterion)).toList();
        List<List<Spike>> student = responsesStudent.stream().map(t -> SpikeDetector.detect(t, criterion)).toList();
        for (int k = 0; k < responses.size(); k++) {
            int spikes = teacher.get(k).size();
            count += Math.abs(spikes - student.get(k).size()) / (1.0 + spikes) / responses.size();
            away = away.plus(VoltageDistance.of(responses.get(k), teacher.get(k), responsesStudent.get(k),
                    student.get(k), VoltageDistance.AWAY_MS));
        }
        return new ValidationScore(coincidence(noise, noiseStudent, criterion),
                error(teacher, student, Spike::peakMv, false), error(teacher, student, Spike::troughMv, false),
                error(teacher, student, Spike::halfWidthMs, true), away.rmseMv(), count,
                error(onset.current(), onsetStudent.current()), error(onset.rateHz(), onsetStudent.rateHz()),
                error(onset.restUpTo(), onsetStudent.restUpTo()));
    }

    /** Where the neuron itself fires too fast for the factor to be defined, no network can be compared by it. */
    private static double coincidence(List<Trace> noise, List<Trace> noiseStudent, SpikeCriterion criterion) {
        double sum = 0;
        int trials = 0;
        for (int k = 0; k < noise.size(); k++) {
            double[] data = times(noise.get(k), criterion);
            double durationMs = noise.get(k).length() * noise.get(k).dtMs();
            if (!Double.isNaN(Coincidence.factor(data, data, durationMs))) {
                sum += Coincidence.factor(data, times(noiseStudent.get(k), criterion), durationMs);
                trials++;
            }
        }
        return trials == 0 ? 1 : sum / trials;
    }

    /** Relative; a neuron that never fires repetitively asks for nothing. */
    private static double error(double teacher, double student) {
        return Double.isNaN(teacher) ? 0 : Double.isNaN(student) ? UNKNOWN : Math.abs(student / teacher - 1);
    }

    private static double[] times(Trace trace, SpikeCriterion criterion) {
        return SpikeDetector.detect(trace, criterion).stream().mapToDouble(Spike::timeMs).toArray();
    }

    /** Mean over the responses in which both have spikes. */
    private static double error(List<List<Spike>> teacher, List<List<Spike>> student, ToDoubleFunction<Spike> statistic,
            boolean relative) {
        double sum = 0;
        int responses = 0;
        for (int k = 0; k < teacher.size(); k++) {
            double t = mean(teacher.get(k), statistic);
            double s = mean(student.get(k), statistic);
            if (!Double.isNaN(t) && !Double.isNaN(s)) {
                sum += Math.abs(s - t) / (relative ? t : 1);
                responses++;
            }
        }
        return responses == 0 ? UNKNOWN : sum / responses;
    }

    private static double mean(List<Spike> spikes, ToDoubleFunction<Spike> statistic) {
        return spikes.stream().mapToDouble(statistic).filter(Double::isFinite).average()
                .orElse(Double.NaN);
    }
}

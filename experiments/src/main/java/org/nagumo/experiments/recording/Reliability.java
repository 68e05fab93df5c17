package org.nagumo.experiments.recording;

import java.util.List;
import org.nagumo.experiments.spikes.Coincidence;

/**
 * How well spike trains agree by the coincidence factor: those of repetitions among themselves, and a model's with each
 * of them. The factor is not symmetric, since its chance level is that of the model's rate; among repetitions each
 * takes the place of the model once.
 */
final class Reliability {

    private Reliability() {
    }

    /**
     * Mean over all ordered pairs of repetitions.
     *
     * @param trains     spike times in ms of each repetition
     * @param durationMs length of the stretch
     * @param precision  largest distance in ms of two spikes that coincide
     * @return the mean; NaN with fewer than two repetitions, without spikes, or where no factor is defined
     */
    static double among(List<double[]> trains, double durationMs, double precision) {
        double sum = 0;
        int pairs = 0;
        int spikes = trains.stream().mapToInt(train -> train.length).sum();
        for (int i = 0; i < trains.size(); i++) {
            for (int j = 0; j < trains.size(); j++) {
                double factor = i == j ? Double.NaN : Coincidence.factor(trains.get(i), trains.get(j), durationMs,
                        precision);
                if (!Double.isNaN(factor)) {
                    sum += factor;
                    pairs++;
                }
            }
        }
        return pairs == 0 || spikes == 0 ? Double.NaN : sum / pairs;
    }

    /**
     * Mean over all repetitions.
     *
     * @param trains     spike times in ms of each repetition
     * @param model      those of the model
     * @param durationMs length of the stretch
     * @param precision  largest distance in ms of two spikes that coincide
     * @return the mean; NaN where the model fires too fast for the factor to be defined
     */
    static double with(List<double[]> trains, double[] model, double durationMs, double precision) {
        double sum = 0;
        for (double[] train : trains) {
            sum += Coincidence.factor(train, model, durationMs, precision);
        }
        return sum / trains.size();
    }
}

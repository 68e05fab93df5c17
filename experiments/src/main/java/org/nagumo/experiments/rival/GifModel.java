package org.nagumo.experiments.rival;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.nagumo.datagen.stimulus.RandomStreams;
import org.nagumo.experiments.recording.RecordedStimulus;

/**
 * The generalized integrate-and-fire neuron (Mensi et al. 2012, J. Neurophysiol. 107:1756-1775; Pozzorini et al. 2015,
 * PLoS Comput. Biol. 11:e1004275, equations 1 to 5):
 * <pre>
 *   dV/dt = -(V - E) / tau + I / C - sum_k eta(t - t_k) / C
 *   rate of spikes = exp((V - theta) / width),  theta = theta_0 + sum_k gamma(t - t_k),  in 1/ms
 * </pre>
 * After a spike V stays at the reset for the refractory time. Each step is one of Euler.
 *
 * @param tauMs         membrane time constant
 * @param restMv        E
 * @param perCurrent    1 / C in mV / ms for one unit of current
 * @param resetMv       potential after a spike
 * @param refractoryMs  refractory time
 * @param eta           current after a spike over C, in mV / ms
 * @param thresholdMv   theta_0
 * @param widthMv       width of the threshold
 * @param gamma         movement of the threshold after a spike in mV
 * @param peakMv        potential at the sample of a spike
 */
public record GifModel(double tauMs, double restMv, double perCurrent, double resetMv, double refractoryMs, Kernel eta,
        double thresholdMv, double widthMv, Kernel gamma, double peakMv) implements Rival {

    /** Random answers to a stimulus. */
    private static final int TRIALS = 20;

    @Override
    public String name() {
        return "gif";
    }

    @Override
    public Map<String, Double> parameters() {
        Map<String, Double> all = new LinkedHashMap<>();
        all.put("tau_ms", tauMs);
        all.put("rest_mV", restMv);
        all.put("capacitance", 1 / perCurrent);
        all.put("reset_mV", resetMv);
        all.put("refractory_ms", refractoryMs);
        all.put("threshold_mV", thresholdMv);
        all.put("threshold_width_mV", widthMv);
        return all;
    }

    @Override
    public List<double[]> answers(RecordedStimulus stimulus) {
        List<double[]> answers = new ArrayList<>();
        for (int trial = 0; trial < TRIALS; trial++) {
            answers.add(simulate(stimulus.current(), stimulus.dtMs(), stimulus.holding(),
                    RandomStreams.named(1, "gif", trial)));
        }
        return answers;
    }

    /**
     * Simulates the neuron.
     *
     * @param current one value a sample
     * @param dtMs    time between samples
     * @param holding current before the first sample, under whose rest it begins
     * @param random  draws the spikes
     * @return potential in mV, the peak at the samples of spikes
     */
    double[] simulate(double[] current, double dtMs, double holding, SplittableRandom random) {
        double[] potential = new double[current.length];
        double[] after = new double[current.length];
        double[] moved = new double[current.length];
        int refractory = Math.max(1, (int) Math.round(refractoryMs / dtMs));
        double v = restMv + tauMs * perCurrent * holding;
        int free = 0;
        for (int i = 0; i < current.length; i++) {
            if (i < free) {
                v = resetMv;
                potential[i] = v;
                continue;
            }
            potential[i] = v;
            double rate = Math.exp((v - thresholdMv - moved[i]) / widthMv);
            if (random.nextDouble() < -Math.expm1(-rate * dtMs)) {
                potential[i] = peakMv;
                eta.addTo(after, i, dtMs);
                gamma.addTo(moved, i, dtMs);
                free = i + refractory;
                v = resetMv;
            } else {
                v += dtMs * ((restMv - v) / tauMs + perCurrent * current[i] - after[i]);
            }
        }
        return potential;
    }
}

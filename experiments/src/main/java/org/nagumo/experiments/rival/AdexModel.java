package org.nagumo.experiments.rival;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nagumo.experiments.recording.RecordedStimulus;

/**
 * The adaptive exponential integrate-and-fire neuron (Brette and Gerstner 2005, J. Neurophysiol. 94:3637-3642,
 * equations 1 to 3), divided by the capacitance:
 * <pre>
 *   dV/dt = (-(V - E) + slope exp((V - theta) / slope)) / tau + I / C - w
 *   tauW dw/dt = a (V - E) - w
 * </pre>
 * When V passes theta + 10 slope it is a spike: V stays at the reset for the refractory time, and w rises by b. Steps
 * are those of Euler, two in a sample.
 *
 * @param tauMs        membrane time constant
 * @param restMv       E
 * @param perCurrent   1 / C in mV / ms for one unit of current
 * @param slopeMv      slope of the exponential
 * @param thresholdMv  theta
 * @param a            subthreshold adaptation over C in 1 / ms
 * @param tauWMs       time constant of the adaptation
 * @param b            adaptation after a spike over C in mV / ms
 * @param resetMv      potential after a spike
 * @param refractoryMs refractory time
 * @param peakMv       potential at the sample of a spike
 */
public record AdexModel(double tauMs, double restMv, double perCurrent, double slopeMv, double thresholdMv, double a,
        double tauWMs, double b, double resetMv, double refractoryMs, double peakMv) implements Rival {

    private static final int SUBSTEPS = 2;
    private static final double CUTOFF = 10;

    @Override
    public String name() {
        return "adex";
    }

    @Override
    public Map<String, Double> parameters() {
        Map<String, Double> all = new LinkedHashMap<>();
        all.put("tau_ms", tauMs);
        all.put("rest_mV", restMv);
        all.put("capacitance", 1 / perCurrent);
        all.put("slope_mV", slopeMv);
        all.put("threshold_mV", thresholdMv);
        all.put("a_per_ms", a);
        all.put("tau_w_ms", tauWMs);
        all.put("b_mV_per_ms", b);
        all.put("reset_mV", resetMv);
        all.put("refractory_ms", refractoryMs);
        return all;
    }

    @Override
    public List<double[]> answers(RecordedStimulus stimulus) {
        return List.of(simulate(stimulus.current(), stimulus.dtMs(), stimulus.holding()));
    }

    /**
     * Simulates the neuron.
     *
     * @param current one value a sample
     * @param dtMs    time between samples
     * @param holding current before the first sample, under whose rest without the exponential it begins
     * @return potential in mV, the peak at the samples of spikes
     */
    double[] simulate(double[] current, double dtMs, double holding) {
        double[] potential = new double[current.length];
        int refractory = Math.max(1, (int) Math.round(refractoryMs / dtMs));
        double step = dtMs / SUBSTEPS;
        double cutoff = thresholdMv + CUTOFF * slopeMv;
        double v = restMv + perCurrent * holding * tauMs / (1 + a * tauMs);
        double w = a * (v - restMv);
        int free = 0;
        for (int i = 0; i < current.length; i++) {
            boolean held = i < free;
            potential[i] = held ? resetMv : v;
            for (int s = 0; s < SUBSTEPS; s++) {
                double change = step * ((restMv - v + slopeMv * Math.exp((v - thresholdMv) / slopeMv)) / tauMs
                        + perCurrent * current[i] - w);
                w += step * (a * (v - restMv) - w) / tauWMs;
                v = held ? resetMv : Math.min(v + change, cutoff);
            }
            if (v >= cutoff) {
                potential[i] = peakMv;
                v = resetMv;
                w += b;
                free = i + refractory;
            }
        }
        return potential;
    }
}

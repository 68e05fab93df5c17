package org.nagumo.experiments.spikes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.nagumo.datagen.simulate.Trace;

/**
 * What a hyperpolarising step without spikes shows of the membrane. Undefined numbers are NaN.
 *
 * @param inputResistanceKohmCm2 input resistance in kOhm cm2, that is mV per uA/cm2
 * @param timeConstantMs         membrane time constant in ms
 * @param sagRatio               sag ratio, 0 without sag
 */
public record PassiveProperties(double inputResistanceKohmCm2, double timeConstantMs, double sagRatio) {

    /** Card of {@link #inputResistanceKohmCm2}. */
    public static final StatisticCard INPUT_RESISTANCE = new StatisticCard("input_resistance_kOhm_cm2",
            "input resistance",
            "mean potential in the last tenth of a hyperpolarising step against that in the last tenth of the time"
                    + " before, over the same difference of the current; undefined with spikes in the step",
            "kOhm cm2", "(V_steady - V_base) / (I_steady - I_base)",
            "eFEL, ohmic_input_resistance_vb_ssse, with voltage_base and steady_state_voltage_stimend");

    /** Card of {@link #timeConstantMs}. */
    public static final StatisticCard TIME_CONSTANT = new StatisticCard("membrane_time_constant_ms",
            "membrane time constant",
            "time constant of the exponential with free amplitude and end that is closest, in least squares, to the"
                    + " potential from the onset of a hyperpolarising step to its lowest 1 ms mean; undefined with"
                    + " spikes or where the exponential is lost in noise",
            "ms", "argmin over tau of min over a, b of sum (V(t) - a - b exp(-(t - t_onset) / tau))^2",
            "Koch 1999, Biophysics of Computation, section 1.2; eFEL's time_constant starts where dV/dt < -0.005 V/s");

    /** Card of {@link #sagRatio}. */
    public static final StatisticCard SAG_RATIO = new StatisticCard("sag_ratio", "sag ratio",
            "part of the largest hyperpolarisation in a step that is lost by its last tenth; the largest is the lowest"
                    + " 1 ms mean; undefined with spikes in the step",
            "1", "(V_steady - V_min) / (V_base - V_min)",
            "eFEL, sag_ratio1, whose minimum_voltage is a single sample");

    /** Where the protocol has no such step. */
    public static final PassiveProperties NONE = new PassiveProperties(Double.NaN, Double.NaN, Double.NaN);

    private static final double PART = 0.1;
    private static final double AVERAGE_MS = 1;

    /**
     * Measures the answer to a step.
     *
     * @param trace  current and potential
     * @param step   the step in the current
     * @param spikes all spikes of the trace
     * @return the properties, undefined for a depolarising step or one with spikes
     */
    public static PassiveProperties of(Trace trace, CurrentStep step, List<Spike> spikes) {
        return of(trace, step, spikes, AVERAGE_MS);
    }

    /**
     * As {@link #of(Trace, CurrentStep, List)}, for other time scales.
     *
     * @param averageMs time in ms over which the lowest potential is averaged
     */
    static PassiveProperties of(Trace trace, CurrentStep step, List<Spike> spikes, double averageMs) {
        double[] v = trace.voltageMv();
        double[] c = trace.current().currentUaPerCm2();
        int onset = index(trace, step.onsetMs());
        int offset = index(trace, step.offsetMs());
        boolean fires = spikes.stream().anyMatch(s -> s.timeMs() >= step.onsetMs() && s.timeMs() < step.offsetMs());
        int base = onset - (int) Math.ceil(PART * onset);
        int steady = offset - (int) Math.ceil(PART * (offset - onset));
        if (fires || step.heightUaPerCm2() >= 0 || base == onset || steady <= onset) {
            return NONE;
        }
        double baseMv = mean(v, base, onset);
        double steadyMv = mean(v, steady, offset);
        int average = (int) Math.max(1, Math.min(offset - onset, Math.round(averageMs / trace.dtMs())));
        int lowest = lowest(v, onset, offset, average);
        double lowestMv = mean(v, lowest, lowest + average);
        double deflection = baseMv - lowestMv;
        return new PassiveProperties((steadyMv - baseMv) / (mean(c, steady, offset) - mean(c, base, onset)),
                ExponentialFit.timeConstant(v, onset + 1, lowest + average) * trace.dtMs(),
                deflection > 0 ? (steadyMv - lowestMv) / deflection : Double.NaN);
    }

    private static int index(Trace trace, double timeMs) {
        return (int) Math.max(0, Math.min(trace.length(), Math.round((timeMs - trace.startMs()) / trace.dtMs())));
    }

    private static double mean(double[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        return sum / (to - from);
    }

    /** Start of the window with the lowest mean. */
    private static int lowest(double[] v, int from, int to, int window) {
        double sum = 0;
        for (int i = from; i < from + window; i++) {
            sum += v[i];
        }
        double least = sum;
        int best = from;
        for (int i = from + 1; i + window <= to; i++) {
            sum += v[i + window - 1] - v[i - 1];
            if (sum < least) {
                least = sum;
                best = i;
            }
        }
        return best;
    }

    /**
     * Adds the statistics to a JSON object, by the keys of their cards; undefined numbers are null.
     *
     * @param json the object
     */
    public void addTo(ObjectNode json) {
        JsonNumber.put(json, INPUT_RESISTANCE.key(), inputResistanceKohmCm2);
        JsonNumber.put(json, TIME_CONSTANT.key(), timeConstantMs);
        JsonNumber.put(json, SAG_RATIO.key(), sagRatio);
    }
}

package org.nagumo.experiments.spikes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.nagumo.datagen.simulate.Trace;

/**
 * Slopes of action potentials and the potential at which they start. For spikes that go downward
 * ({@link SpikeCriterion}) slopes are those of the potential turned upside down.
 *
 * @param thresholdMv potential at which each spike starts, in mV; NaN where no slope before the peak is steep enough
 * @param riseMvPerMs largest slope of each rise in mV/ms
 * @param fallMvPerMs smallest, most negative slope of each fall in mV/ms
 */
public record SpikeSlopes(double[] thresholdMv, double[] riseMvPerMs, double[] fallMvPerMs) {

    /** Card of {@link #thresholdMv}. */
    public static final StatisticCard THRESHOLD = new StatisticCard("ap_threshold_mV", "action potential threshold",
            "potential where dV/dt last exceeds 20 mV/ms on the way to the steepest rise, at most 5 ms before the peak;"
                    + " dV/dt by least squares over 0.1 ms or one step, the longer; undefined where no rise is that"
                    + " steep",
            "mV", "V(t), t the last time before the steepest rise with dV/dt = 20 mV/ms",
            "AllenSDK, dv_cutoff = 20 mV/ms; eFEL's AP_begin_voltage takes 10 mV/ms over 5 samples");

    /** Card of {@link #riseMvPerMs}. */
    public static final StatisticCard RISE = new StatisticCard("max_rise_mV_per_ms", "maximal rise",
            "largest slope in the 5 ms before the peak, by least squares over 0.05 ms or one step, the longer", "mV/ms",
            "max b(t), V = a + b t closest over (t, t + h), h = 0.05 ms",
            "eFEL, AP_peak_upstroke, whose slopes are central differences over two steps");

    /** Card of {@link #fallMvPerMs}. */
    public static final StatisticCard FALL = new StatisticCard("max_fall_mV_per_ms", "maximal fall",
            "most negative slope between peak and trough, by least squares over 0.05 ms or one step, the longer",
            "mV/ms", "min b(t), V = a + b t closest over (t, t + h), h = 0.05 ms",
            "eFEL, AP_peak_downstroke, whose slopes are central differences over two steps");

    /**
     * Measures the spikes of a trace.
     *
     * @param trace     the trace
     * @param spikes    spikes of the trace, in order of time
     * @param criterion the criterion that found them
     * @param slopes    how slopes are measured
     * @return one number for each spike
     */
    public static SpikeSlopes of(Trace trace, List<Spike> spikes, SpikeCriterion criterion, SlopeCriterion slopes) {
        double[] v = criterion.aligned(trace.voltageMv());
        double dtMs = trace.dtMs();
        int window = (int) Math.max(1, Math.round(slopes.windowMs() / dtMs));
        int narrow = (int) Math.max(1, Math.round(slopes.steepestMs() / dtMs));
        int search = (int) Math.max(Math.max(window, narrow), Math.round(slopes.searchMs() / dtMs));
        SpikeSlopes result = new SpikeSlopes(new double[spikes.size()], new double[spikes.size()],
                new double[spikes.size()]);
        int before = 0;
        for (int k = 0; k < spikes.size(); k++) {
            Spike spike = spikes.get(k);
            int at = (int) Math.max(0, Math.ceil((spike.timeMs() - trace.startMs()) / dtMs - 1e-6));
            int peak = at;
            int end = at;
            while (end < v.length && v[end] > -criterion.rearmMv()) {
                if (v[end] > v[peak]) {
                    peak = end;
                }
                end++;
            }
            int from = Math.max(before, peak - search);
            result.riseMvPerMs[k] = slope(v, steepest(v, from, peak - narrow, narrow, 1), narrow) / dtMs;
            result.thresholdMv[k] = criterion.voltageMv(threshold(v, from,
                    steepest(v, from, peak - window, window, 1), window, slopes.onsetMvPerMs() * dtMs));
            double trough = criterion.downward() ? criterion.thresholdMv() - spike.troughMv()
                    : spike.troughMv() - criterion.thresholdMv();
            int limit = k + 1 < spikes.size()
                    ? (int) ((spikes.get(k + 1).timeMs() - trace.startMs()) / dtMs) : v.length - 1;
            int last = peak;
            while (last < limit && (last < end || v[last] > trough)) {
                last++;
            }
            result.fallMvPerMs[k] = slope(v, steepest(v, peak, last - narrow, narrow, -1), narrow) / dtMs;
            before = end;
        }
        return result;
    }

    /** Start of the steepest window among those that start from one sample to another; -1 without any. */
    private static int steepest(double[] v, int from, int to, int window, int sign) {
        int best = -1;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = from; i <= to; i++) {
            double slope = sign * slope(v, i, window);
            if (slope > most) {
                most = slope;
                best = i;
            }
        }
        return best;
    }

    /** Slope of the regression line through the samples of a window, in mV a sample; NaN without a window. */
    private static double slope(double[] v, int at, int window) {
        if (at < 0) {
            return Double.NaN;
        }
        double sum = 0;
        double squares = 0;
        for (int j = 0; j <= window; j++) {
            double x = j - window / 2.0;
            sum += x * v[at + j];
            squares += x * x;
        }
        return sum / squares;
    }

    /** The potential where the slope, in mV a sample, last reaches the onset's before the steepest window. */
    private static double threshold(double[] v, int from, int steepest, int window, double onset) {
        double high = slope(v, steepest, window);
        if (!(high >= onset)) {
            return Double.NaN;
        }
        for (int i = steepest - 1; i >= from; i--) {
            double low = slope(v, i, window);
            if (low < onset) {
                double place = i + (onset - low) / (high - low) + window / 2.0;
                int sample = (int) place;
                return v[sample] + (place - sample) * (v[sample + 1] - v[sample]);
            }
            high = low;
        }
        return Double.NaN;
    }

    /**
     * Adds the statistics to a JSON object, by the keys of their cards; undefined numbers are null.
     *
     * @param json the object
     */
    public void addTo(ObjectNode json) {
        JsonNumber.put(json, THRESHOLD.key(), thresholdMv);
        JsonNumber.put(json, RISE.key(), riseMvPerMs);
        JsonNumber.put(json, FALL.key(), fallMvPerMs);
    }
}

package org.nagumo.experiments.spikes;

import java.util.ArrayList;
import java.util.List;
import org.nagumo.datagen.simulate.Trace;

/**
 * Finds spikes in a voltage trace: a spike is an upward crossing of 0 mV with a later return below. A trace that ends
 * above 0 mV does not end with a spike, and oscillations that stay above or below 0 mV are none.
 */
public final class SpikeDetector {

    /** The membrane potential, in mV, whose crossing makes a spike. */
    public static final double THRESHOLD_MV = 0;

    /** A trough is looked for up to this long after a last spike, in ms. */
    private static final double LAST_TROUGH_MS = 15;

    private SpikeDetector() {
    }

    /** All spikes of a trace, in order of time. */
    public static List<Spike> detect(Trace trace) {
        return detect(trace.voltageMv(), trace.dtMs());
    }

    /**
     * All spikes of a voltage.
     *
     * @param voltageMv one value a sample; not modified
     * @param dtMs      sampling step
     */
    public static List<Spike> detect(double[] voltageMv, double dtMs) {
        List<Integer> crossings = new ArrayList<>();
        for (int i = 1; i < voltageMv.length; i++) {
            if (voltageMv[i - 1] < THRESHOLD_MV && voltageMv[i] >= THRESHOLD_MV) {
                crossings.add(i);
            }
        }
        List<Spike> spikes = new ArrayList<>();
        for (int k = 0; k < crossings.size(); k++) {
            int from = crossings.get(k);
            boolean last = k + 1 == crossings.size();
            int to = last ? Math.min(voltageMv.length, from + (int) Math.round(LAST_TROUGH_MS / dtMs))
                    : crossings.get(k + 1);
            if (!last || returns(voltageMv, from)) {
                spikes.add(measure(voltageMv, dtMs, k == 0 ? 0 : crossings.get(k - 1), from, to));
            }
        }
        return spikes;
    }

    private static boolean returns(double[] v, int from) {
        for (int i = from; i < v.length; i++) {
            if (v[i] < THRESHOLD_MV) {
                return true;
            }
        }
        return false;
    }

    /** Measures the spike that crosses at sample {@code at}; {@code to} is the end of its stretch. */
    private static Spike measure(double[] v, double dtMs, int from, int at, int to) {
        int peak = at;
        for (int i = at; i < to; i++) {
            if (v[i] > v[peak]) {
                peak = i;
            }
        }
        int trough = peak;
        for (int i = peak; i < to; i++) {
            if (v[i] < v[trough]) {
                trough = i;
            }
        }
        // At the edge of the stretch the voltage may still be falling: no trough was seen.
        boolean reached = v[trough] < THRESHOLD_MV && (trough + 1 < to || to < v.length);
        double troughMv = reached ? v[trough] : Double.NaN;
        double half = (v[peak] + troughMv) / 2;
        double rise = Double.NaN;
        for (int i = peak; i > from && Double.isNaN(rise); i--) {
            if (v[i - 1] < half && v[i] >= half) {
                rise = crossing(v, i, half);
            }
        }
        double fall = Double.NaN;
        for (int i = peak + 1; i < to && Double.isNaN(fall); i++) {
            if (v[i - 1] >= half && v[i] < half) {
                fall = crossing(v, i, half);
            }
        }
        return new Spike(crossing(v, at, THRESHOLD_MV) * dtMs, v[peak], troughMv, (fall - rise) * dtMs);
    }

    /** Place, in samples, where the line from sample i - 1 to sample i passes the level. */
    private static double crossing(double[] v, int i, double level) {
        return i - 1 + (level - v[i - 1]) / (v[i] - v[i - 1]);
    }
}

package org.nagumo.experiments.spikes;

import java.util.ArrayList;
import java.util.List;
import org.nagumo.datagen.simulate.Trace;

/**
 * Finds spikes in a voltage trace: a spike is an upward crossing of 0 mV, or of another threshold
 * ({@link SpikeCriterion}), with a later return. A trace that ends above the threshold does not end with a spike, one
 * that begins above it does not begin with one, and oscillations that stay on one side, as in a depolarisation block,
 * are none.
 */
public final class SpikeDetector {

    private SpikeDetector() {
    }

    /** All spikes of a trace, in order of time: upward crossings of 0 mV. */
    public static List<Spike> detect(Trace trace) {
        return detect(trace, SpikeCriterion.MEMBRANE);
    }

    /** All spikes of a trace by a criterion, in order of time. */
    public static List<Spike> detect(Trace trace, SpikeCriterion criterion) {
        double[] v = criterion.aligned(trace.voltageMv());
        double dtMs = trace.dtMs();
        List<Integer> crossings = new ArrayList<>();
        for (int i = 1; i < v.length; i++) {
            if (v[i - 1] < 0 && v[i] >= 0) {
                crossings.add(i);
            }
        }
        List<Spike> spikes = new ArrayList<>();
        for (int k = 0; k < crossings.size(); k++) {
            int from = crossings.get(k);
            boolean last = k + 1 == crossings.size();
            int to = last ? Math.min(v.length, from + (int) Math.round(criterion.lastTroughMs() / dtMs))
                    : crossings.get(k + 1);
            if (!last || returns(v, from)) {
                spikes.add(measure(v, dtMs, k == 0 ? 0 : crossings.get(k - 1), from, to, criterion));
            }
        }
        return spikes;
    }

    private static boolean returns(double[] v, int from) {
        for (int i = from; i < v.length; i++) {
            if (v[i] < 0) {
                return true;
            }
        }
        return false;
    }

    /** Measures the spike that crosses at sample {@code at}; {@code to} is the end of its stretch. */
    private static Spike measure(double[] v, double dtMs, int from, int at, int to, SpikeCriterion criterion) {
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
        boolean reached = v[trough] < 0 && (trough + 1 < to || to < v.length);
        double troughLevel = reached ? v[trough] : Double.NaN;
        double half = (v[peak] + troughLevel) / 2;
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
        return new Spike(crossing(v, at, 0) * dtMs, criterion.voltageMv(v[peak]), criterion.voltageMv(troughLevel),
                (fall - rise) * dtMs);
    }

    /** Place, in samples, where the line from sample i - 1 to sample i passes the level. */
    private static double crossing(double[] v, int i, double level) {
        return i - 1 + (level - v[i - 1]) / (v[i] - v[i - 1]);
    }
}

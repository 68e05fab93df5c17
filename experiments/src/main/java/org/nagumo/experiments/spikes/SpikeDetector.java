package org.nagumo.experiments.spikes;

import java.util.ArrayList;
import java.util.List;
import org.nagumo.datagen.simulate.Trace;

/**
 * Finds spikes in a voltage trace by a {@link SpikeCriterion}. A trace that ends above the threshold does not end with
 * a spike, one that starts above it does not start with one, and oscillations that stay on one side of the threshold or
 * of the re-arm level, as in a depolarisation block, are no spikes.
 */
public final class SpikeDetector {

    /** Where a spike lies: sample of its crossing, last sample at the re-arm level before it, first one after it. */
    private record Excursion(int at, int before, int after) {
    }

    private SpikeDetector() {
    }

    /**
     * Returns all spikes of a trace: upward crossings of 0 mV.
     *
     * @param trace a trace in mV and ms
     * @return the spikes in order of time
     */
    public static List<Spike> detect(Trace trace) {
        return detect(trace, SpikeCriterion.MEMBRANE);
    }

    /**
     * Returns all spikes of a trace.
     *
     * @param trace     a trace
     * @param criterion defines a spike
     * @return the spikes in order of time
     */
    public static List<Spike> detect(Trace trace, SpikeCriterion criterion) {
        return detect(trace, criterion, Double.POSITIVE_INFINITY);
    }

    /**
     * Returns all spikes of a trace; troughs of spikes before the offset are looked for up to the offset.
     *
     * @param trace     a trace
     * @param criterion defines a spike
     * @param offsetMs  end of the stimulus in ms, on the clock of the trace
     * @return the spikes in order of time
     */
    public static List<Spike> detect(Trace trace, SpikeCriterion criterion, double offsetMs) {
        double[] v = criterion.aligned(trace.voltageMv());
        List<Excursion> found = excursions(v, criterion, trace.dtMs());
        // A sample belongs to the stimulus when its time is before the offset; times are decimals, hence the margin.
        double samples = Math.ceil((offsetMs - trace.startMs()) / trace.dtMs() - 1e-6);
        int offset = (int) Math.max(0, Math.min(v.length, samples));
        List<Spike> spikes = new ArrayList<>();
        for (int k = 0; k < found.size(); k++) {
            Excursion spike = found.get(k);
            boolean last = k + 1 == found.size();
            if (last && !returns(v, spike)) {
                break;
            }
            int next = last ? v.length : found.get(k + 1).at;
            int close = spike.at < offset ? Math.min(next, offset) : next;
            spikes.add(measure(v, trace, k == 0 ? 0 : found.get(k - 1).at, spike, next, close, criterion));
        }
        return spikes;
    }

    private static List<Excursion> excursions(double[] v, SpikeCriterion criterion, double dtMs) {
        List<Excursion> found = new ArrayList<>();
        double rearm = -criterion.rearmMv();
        boolean armed = v[0] < 0;
        int low = v[0] <= rearm ? 0 : -1;
        int before = low;
        int at = -1;
        for (int i = 1; i < v.length; i++) {
            double value = v[i];
            if (value <= rearm) {
                low = i;
                if (!armed) {
                    armed = true;
                    if (at >= 0) {
                        addWideEnough(found, v, new Excursion(at, before, i), criterion, dtMs);
                        at = -1;
                    }
                }
            } else if (armed && value >= 0) {
                armed = false;
                at = i;
                before = low;
            }
        }
        if (at >= 0) {
            found.add(new Excursion(at, before, v.length));
        }
        return found;
    }

    private static void addWideEnough(List<Excursion> found, double[] v, Excursion spike, SpikeCriterion criterion,
            double dtMs) {
        if (criterion.leastWidthMs() == 0 || !(width(v, spike, -criterion.rearmMv()) * dtMs
                < criterion.leastWidthMs())) {
            found.add(spike);
        }
    }

    /** Time above the re-arm level, in samples; NaN where the trace starts or ends within. */
    private static double width(double[] v, Excursion spike, double rearm) {
        return spike.before < 0 || spike.after == v.length ? Double.NaN
                : crossing(v, spike.after, rearm) - crossing(v, spike.before + 1, rearm);
    }

    private static boolean returns(double[] v, Excursion spike) {
        if (spike.after < v.length) {
            return true;
        }
        for (int i = spike.at; i < v.length; i++) {
            if (v[i] < 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Measures a spike.
     *
     * @param from  crossing of the spike before
     * @param next  crossing of the next spike, or the length of the trace
     * @param close sample before which the trough has to be
     */
    private static Spike measure(double[] v, Trace trace, int from, Excursion spike, int next, int close,
            SpikeCriterion criterion) {
        double dtMs = trace.dtMs();
        int peak = spike.at;
        for (int i = spike.at; i < spike.after; i++) {
            if (v[i] > v[peak]) {
                peak = i;
            }
        }
        int average = (int) Math.floor(criterion.averageMs() / 2 / dtMs + 1e-6);
        double trough = trough(v, spike.after, close, close == next && next < v.length, average,
                criterion.troughRiseMv());
        double half = (v[peak] + trough) / 2;
        double rise = Double.NaN;
        for (int i = peak; i > from && Double.isNaN(rise); i--) {
            if (v[i - 1] < half && v[i] >= half) {
                rise = crossing(v, i, half);
            }
        }
        double fall = Double.NaN;
        for (int i = peak + 1; i < next && Double.isNaN(fall); i++) {
            if (v[i - 1] >= half && v[i] < half) {
                fall = crossing(v, i, half);
            }
        }
        return new Spike(trace.startMs() + crossing(v, spike.at, 0) * dtMs, criterion.voltageMv(v[peak]),
                criterion.voltageMv(trough), (fall - rise) * dtMs, width(v, spike, -criterion.rearmMv()) * dtMs);
    }

    /**
     * Returns the first minimum from a sample on, of samples that are averaged with their neighbours.
     *
     * @param from    first sample at the re-arm level after the peak
     * @param close   sample before which the minimum has to be
     * @param rises   whether the potential is known to rise afterwards, as a spike follows
     * @param average number of neighbours on each side over which each sample is averaged
     * @param rise    how far the potential must rise above a minimum to end the search
     */
    private static double trough(double[] v, int from, int close, boolean rises, int average, double rise) {
        double lowest = Double.POSITIVE_INFINITY;
        int where = -1;
        double sum = 0;
        int first = from;
        int past = from;
        for (int i = from; i < close; i++) {
            double mean = v[i];
            if (average > 0) {
                while (past < close && past <= i + average) {
                    sum += v[past++];
                }
                while (first < i - average) {
                    sum -= v[first++];
                }
                mean = sum / (past - first);
            }
            if (mean < lowest) {
                lowest = mean;
                where = i;
            } else if (mean >= lowest + rise) {
                return lowest;
            }
        }
        // At the end the potential may still be falling: no minimum was seen.
        return where >= 0 && (rises || where + 1 < close) ? lowest : Double.NaN;
    }

    /** Place, in samples, where the line from sample i - 1 to sample i passes the level. */
    private static double crossing(double[] v, int i, double level) {
        return i - 1 + (level - v[i - 1]) / (v[i] - v[i - 1]);
    }
}

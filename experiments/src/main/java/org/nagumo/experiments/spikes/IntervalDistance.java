package org.nagumo.experiments.spikes;

import java.util.Arrays;

/**
 * How far two histograms of inter-spike intervals are apart: the earth mover's distance (Rubner, Tomasi and Guibas
 * 2000, Int. J. Comput. Vision 40:99-121) in the limit of narrow bins, which is the area between the cumulative
 * histograms (Vallender 1974, Theory Probab. Appl. 18:784-786). It is the time by which intervals have to be lengthened
 * or shortened in the mean, and needs no width of a bin.
 */
public final class IntervalDistance {

    /** Card of {@link #distance}. */
    public static final StatisticCard DISTANCE = new StatisticCard("isi_distance_ms", "ISI-histogram distance",
            "earth mover's distance of the histograms of inter-spike intervals; 0 when neither has any, undefined when"
                    + " one has none",
            "ms", "integral |F(x) - G(x)| dx, F and G the cumulative histograms",
            "Rubner, Tomasi and Guibas 2000, Int. J. Comput. Vision 40:99-121");

    private IntervalDistance() {
    }

    /**
     * The distance of two sets of intervals.
     *
     * @param a intervals in ms, in any order; not modified
     * @param b intervals in ms, in any order; not modified
     * @return 0 when both are empty, NaN when one is
     */
    public static double distance(double[] a, double[] b) {
        if (a.length == 0 || b.length == 0) {
            return a.length == b.length ? 0 : Double.NaN;
        }
        double[] x = a.clone();
        double[] y = b.clone();
        Arrays.sort(x);
        Arrays.sort(y);
        double area = 0;
        double at = Math.min(x[0], y[0]);
        int i = 0;
        int j = 0;
        while (i < x.length || j < y.length) {
            double next = Math.min(i < x.length ? x[i] : Double.POSITIVE_INFINITY,
                    j < y.length ? y[j] : Double.POSITIVE_INFINITY);
            area += (next - at) * Math.abs((double) i / x.length - (double) j / y.length);
            at = next;
            while (i < x.length && x[i] == next) {
                i++;
            }
            while (j < y.length && y[j] == next) {
                j++;
            }
        }
        return area;
    }
}

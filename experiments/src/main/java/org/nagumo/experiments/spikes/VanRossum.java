package org.nagumo.experiments.spikes;

/**
 * The distance of two spike trains of which each spike has become an exponential: van Rossum (2001), Neural Computation
 * 13:751-763,
 * <pre>
 *   D^2 = 1/tau integral_0^inf (f(t) - g(t))^2 dt,   f(t) = sum_(t_i &lt; t) exp(-(t - t_i) / tau)
 * </pre>
 * computed in closed form. The tails after the trial count.
 */
public final class VanRossum {

    /** The usual time constant here: the precision of a coincidence. */
    public static final double TAU_MS = Coincidence.DELTA_MS;

    /** Card of {@link #distance}. */
    public static final StatisticCard DISTANCE = new StatisticCard("van_rossum_distance", "van Rossum distance",
            "root of the integrated square difference of both trains filtered by exponentials of tau = 2 ms; one spike"
                    + " alone is 0.71 from silence",
            "1", "D^2 = 1/tau int (f - g)^2 dt, f(t) = sum exp(-(t - t_i) / tau)",
            "van Rossum 2001, Neural Computation 13:751-763");

    private VanRossum() {
    }

    /**
     * The distance of two trains.
     *
     * @param a     spike times in ms, ascending
     * @param b     spike times in ms, ascending
     * @param tauMs time constant, positive
     * @return 0 for the same trains
     */
    public static double distance(double[] a, double[] b, double tauMs) {
        // 1/tau times the integral of two exponentials' product is exp(-|t - s| / tau) / 2.
        double square = (product(a, a, tauMs) + product(b, b, tauMs)) / 2 - product(a, b, tauMs);
        return Math.sqrt(Math.max(0, square));
    }

    private static double product(double[] a, double[] b, double tauMs) {
        double sum = 0;
        for (double t : a) {
            for (double s : b) {
                sum += Math.exp(-Math.abs(t - s) / tauMs);
            }
        }
        return sum;
    }
}

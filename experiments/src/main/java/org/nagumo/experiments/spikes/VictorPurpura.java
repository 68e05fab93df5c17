package org.nagumo.experiments.spikes;

/**
 * The least cost of turning one spike train into another: 1 for a spike that is deleted or inserted, q |dt| for one
 * that is shifted. Victor and Purpura (1996), J. Neurophysiol. 76:1310-1326, the metric D_spike[q].
 */
public final class VictorPurpura {

    /** Cost of shifting a spike by 1 ms: two spikes more than 2 / q = 2 ms apart are rather deleted and inserted. */
    public static final double COST_PER_MS = 1;

    /** Card of {@link #distance}. */
    public static final StatisticCard DISTANCE = new StatisticCard("victor_purpura_distance",
            "Victor-Purpura distance",
            "least cost of turning one train into the other by deleting and inserting spikes (1 each) and shifting them"
                    + " (q = 1 per ms)",
            "1", "G(i,j) = min(G(i-1,j) + 1, G(i,j-1) + 1, G(i-1,j-1) + q |t_i - s_j|)",
            "Victor and Purpura 1996, J. Neurophysiol. 76:1310-1326");

    private VictorPurpura() {
    }

    /**
     * The distance of two trains.
     *
     * @param a         spike times in ms, ascending
     * @param b         spike times in ms, ascending
     * @param costPerMs q, not negative
     * @return between the difference of the counts and their sum; 0 when both are silent
     */
    public static double distance(double[] a, double[] b, double costPerMs) {
        double[] row = new double[b.length + 1];
        for (int j = 0; j <= b.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length; i++) {
            double diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length; j++) {
                double shifted = diagonal + costPerMs * Math.abs(a[i - 1] - b[j - 1]);
                diagonal = row[j];
                row[j] = Math.min(shifted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length];
    }
}

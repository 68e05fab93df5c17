package org.nagumo.experiments.train;

/**
 * Which peak of the network answers a peak of the neuron. A loss sample by sample prefers spikes that are too low where
 * they come a little early or late; heights are therefore compared peak by peak, each at its own time.
 */
final class PeakHeights {

    /** How far from the neuron's peak the network's may be, in the unit of the data, as the filters of the loss. */
    static final double REACH_MS = 1;

    private PeakHeights() {
    }

    /** A voltage by time step. */
    interface Samples {

        /** The scaled voltage at a time step. */
        double at(int t);
    }

    /**
     * Where the network's spike has its peak.
     *
     * @param target    the neuron's scaled voltage
     * @param output    the network's
     * @param t         a time step, of whose like there are {@code steps}
     * @param reach     how far around it to look, in steps
     * @param steps     length of the window
     * @param threshold scaled voltage that a spike exceeds
     * @return the time step of the network's peak; -1 where t is no peak of the neuron, the network has no spike within
     *         the reach, or one whose peak may lie beyond
     */
    static int answering(Samples target, Samples output, int t, int reach, int steps, double threshold) {
        if (t < reach || t + reach >= steps || target.at(t) <= threshold) {
            return -1;
        }
        int highest = t - reach;
        for (int s = t - reach; s <= t + reach; s++) {
            if (s < t && target.at(s) >= target.at(t) || s > t && target.at(s) > target.at(t)) {
                return -1;
            }
            if (output.at(s) > output.at(highest)) {
                highest = s;
            }
        }
        boolean inside = highest > t - reach && highest < t + reach;
        return inside && output.at(highest) > threshold ? highest : -1;
    }
}

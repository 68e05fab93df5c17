package org.nagumo.experiments.network;

/**
 * The currents on which a network was trained. Beyond them nothing is known of what it does.
 *
 * @param lowest  lowest current, in the unit of the network's scaling
 * @param highest highest current
 */
public record TrainedCurrents(double lowest, double highest) {

    public TrainedCurrents {
        if (!(lowest <= highest) || Double.isInfinite(lowest) || Double.isInfinite(highest)) {
            throw new IllegalArgumentException("currents from " + lowest + " to " + highest
                    + "; allowed: finite numbers in ascending order");
        }
    }

    /** Whether all currents of a range are among them. */
    public boolean contain(double from, double to) {
        return lowest <= from && to <= highest;
    }
}

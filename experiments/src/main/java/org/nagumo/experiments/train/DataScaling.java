package org.nagumo.experiments.train;

import org.nagumo.datagen.dataset.TrajectorySet;
import org.nagumo.datagen.io.InputException;
import org.nagumo.experiments.network.Scaling;

/**
 * The scaling of a plan that states none, from the data: the largest current is 1 or -1, and the potential reaches from
 * -0.85 to 0.75, as Hodgkin and Huxley's neuron does in its own scaling, from -115 to 45 mV. So the marks of spikes and
 * the tolerated errors of a plan mean for any neuron what they mean for that one.
 */
final class DataScaling {

    private static final double LOWEST = -0.85;
    private static final double HIGHEST = 0.75;

    private DataScaling() {
    }

    static Scaling of(TrajectorySet data) {
        double current = 0;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < data.size(); k++) {
            for (int i = 0; i < data.current()[k].length; i++) {
                current = Math.max(current, Math.abs(data.current()[k][i]));
                low = Math.min(low, data.voltage()[k][i]);
                high = Math.max(high, data.voltage()[k][i]);
            }
        }
        if (!(current > 0) || !(high > low)) {
            throw new InputException("the data have currents up to " + current + " and potentials from " + low + " to "
                    + high + "; allowed: data in which both change, or a plan with a scaling");
        }
        double unit = (high - low) / (HIGHEST - LOWEST);
        return new Scaling(current, low - LOWEST * unit, unit);
    }
}

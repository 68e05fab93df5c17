package org.nagumo.experiments.reproduce;

import java.util.List;
import org.nagumo.core.dynamics.PhasePortrait;
import org.nagumo.core.dynamics.Region;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.ExcitableSystem;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.experiments.network.NetworkSystem;
import org.nagumo.experiments.network.TrainedNetwork;

/** Phase portraits of a trained network of two units, framed around the states that it visits. */
public final class Portraits {

    private static final double ORBIT_MS = 400;
    private static final double STEP_MS = 0.02;

    /** End of the hyperpolarisation in the run that gives the frame and the start of the orbit. */
    private static final double RELEASE_MS = 200;

    private static final double MARGIN = 0.15;

    private Portraits() {
    }

    /**
     * The portrait at a current, with the orbit that follows the release from -10 uA/cm2.
     *
     * @throws IllegalArgumentException for a network that has not two units
     */
    public static PhasePortrait of(TrainedNetwork network, double currentUaPerCm2) {
        if (network.card().units() != 2) {
            throw new IllegalArgumentException(network.card().name() + " has " + network.card().units()
                    + " units; allowed: 2 for a phase plane");
        }
        ExcitableSystem system = new NetworkSystem(network);
        double dt = network.card().dtMs();
        // One frame for all currents: from strong hyperpolarisation to fast firing.
        double[] current = new double[(int) Math.round(400 / dt)];
        for (int i = 0; i < current.length; i++) {
            double time = i * dt;
            current[i] = time < 100 ? 0 : time < RELEASE_MS ? -10 : time < 300 ? 10 : Math.max(10, currentUaPerCm2);
        }
        Trace trace = system.respond(List.of(new CurrentTrace(dt, current))).get(0);
        int release = (int) Math.round(RELEASE_MS / dt);
        double[] hyperpolarised = {trace.states()[0][release], trace.states()[1][release]};
        return PhasePortrait.of(network.field(), currentUaPerCm2, frame(trace), hyperpolarised, STEP_MS, ORBIT_MS);
    }

    private static Region frame(Trace trace) {
        double[] bounds = new double[4];
        for (int k = 0; k < 2; k++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (double value : trace.states()[k]) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
            double margin = MARGIN * (high - low) + 1e-3;
            bounds[2 * k] = low - margin;
            bounds[2 * k + 1] = high + margin;
        }
        return new Region(bounds[0], bounds[1], bounds[2], bounds[3]);
    }
}

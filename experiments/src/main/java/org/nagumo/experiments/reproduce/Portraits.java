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
    private static final double MARGIN = 0.15;

    private Portraits() {
    }

    /**
     * The portrait at a current, with the orbit that starts at rest.
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
            current[i] = i * dt < 100 ? 0 : i * dt < 200 ? -10 : i * dt < 300 ? 10 : Math.max(10, currentUaPerCm2);
        }
        Trace trace = system.respond(List.of(new CurrentTrace(dt, current))).get(0);
        double[] rest = {trace.states()[0][0], trace.states()[1][0]};
        return PhasePortrait.of(network.field(), currentUaPerCm2, frame(trace), rest, STEP_MS, ORBIT_MS);
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

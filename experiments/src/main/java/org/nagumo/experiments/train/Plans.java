package org.nagumo.experiments.train;

import java.util.List;
import org.nagumo.experiments.network.Scaling;

/**
 * The plans of the main job. Windows grow from 1 to 200 ms: on short windows the network learns the flow, on long ones
 * its timing. Two units reach the basin of a neuron-like phase portrait from about one random start in ten, visible
 * in the training loss at 30 ms; hence many starts, of which few go on. The readout begins as v = h1, becomes linear
 * at 30 ms, and is then widened by tanh units, which frees the shape of the spike from the shape of the orbit.
 */
public final class Plans {

    private static final TrajectoryLoss LOSS = new TrajectoryLoss(0.2, 0.3, 1, 0.1, 0.06);

    /** Tanh units of the readout, unless asked otherwise. */
    public static final int READOUT_UNITS = 5;

    /** At first the flanks of spikes count little, or they drown the rest; at last the spike's height is wanted. */
    private static final double FLANK_WEIGHT = 0.1;
    private static final double LAST_FLANK_WEIGHT = 0.3;
    private static final double LONG_WINDOW_MS = 100;

    private Plans() {
    }

    /** About five minutes on two cores at two units. */
    public static TrainingPlan full(int units, int readoutUnits, long seed) {
        return plan(units, readoutUnits, seed, 1, 48, 8, 4, 2);
    }

    /** About one minute on two cores at two units: fewer starts, shorter stages. */
    public static TrainingPlan quick(int units, int readoutUnits, long seed) {
        return plan(units, readoutUnits, seed, 0.25, 24, 6, 4, 2);
    }

    private static TrainingPlan plan(int units, int readoutUnits, long seed, double effort, int starts, int second,
            int third, int last) {
        int random = units <= 2 ? starts : 4;
        int kept = Math.min(random, second);
        int few = Math.min(random, third);
        return new TrainingPlan(units, 0, seed, Scaling.HODGKIN_HUXLEY, LOSS, List.of(
                stage(1, 256, effort * 1500, 10e-3, 5e-3, 0.3, true, true, 0, random),
                stage(5, 256, effort * 2000, 5e-3, 3e-3, 0.03, false, true, 0, random),
                stage(15, 256, effort * 3000, 3e-3, 2e-3, 0, false, true, 0, random),
                stage(30, 192, effort * 1500, 3e-3, 2e-3, 0, false, false, 0, random),
                stage(30, 192, effort * 4000, 3e-3, 1e-3, 0, false, false, readoutUnits, kept),
                stage(50, 128, effort * 6000, 2e-3, 0.5e-3, 0, false, false, readoutUnits, few),
                stage(100, 128, effort * 5000, 1e-3, 0.3e-3, 0, false, false, readoutUnits, last),
                stage(200, 64, effort * 4000, 0.6e-3, 0.03e-3, 0, false, false, readoutUnits, last)));
    }

    private static Stage stage(double windowMs, int minibatch, double iterations, double firstRate, double lastRate,
            double auxiliary, boolean freezeEncoder, boolean freezeReadout, int readoutUnits, int networks) {
        return new Stage(windowMs, minibatch, (int) Math.round(iterations), firstRate, lastRate, auxiliary,
                freezeEncoder, freezeReadout, readoutUnits,
                windowMs < LONG_WINDOW_MS ? FLANK_WEIGHT : LAST_FLANK_WEIGHT, networks);
    }
}

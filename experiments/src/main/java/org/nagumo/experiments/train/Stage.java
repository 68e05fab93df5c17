package org.nagumo.experiments.train;

import org.nagumo.core.gru.Integrator;
import org.nagumo.experiments.configuration.Described;
import org.nagumo.experiments.configuration.Range;

/**
 * One stage of the curriculum: windows of one length, a learning rate that falls geometrically, and how many of the
 * networks that enter it are trained.
 */
public record Stage(
        @Described(value = "length of the windows in ms: positive, shorter than the trajectories", required = true)
        double windowMs,
        @Described(value = "windows in a minibatch: positive", required = true) int minibatch,
        @Described(value = "steps of the optimiser: positive", required = true) int iterations,
        @Described(value = "learning rate at the start: positive", required = true) double firstRate,
        @Described(value = "learning rate at the end: positive, at most first_rate", required = true) double lastRate,
        @Described("whether the encoder, which sets the state where a window begins, stays as it is")
        boolean freezeEncoder,
        @Described("whether the readout stays as it is") boolean freezeReadout,
        @Described("whether the readout has its tanh units from this stage on; until then it is linear")
        boolean wideReadout,
        @Described("least weight of a sample in the loss, what the flanks of spikes are left with: positive, up to 1")
        double flankWeight,
        @Described("how many networks, the best of the stage before by training loss, take part; 0 for all of them")
        int networks,
        @Described("how the network steps from one sample to the next: euler, heun or runge-kutta-4; later it"
                + " runs as in the last stage") Integrator integrator,
        @Described("the stage ends with the exponential moving average of the weights over about this many of its last"
                + " iterations; 0 for the last weights themselves") int averageIterations) {

    static final Stage STANDARD = new Stage(30, 128, 1000, 1e-3, 1e-3, false, false, false, 0.1, 0, Integrator.HEUN, 0);

    public Stage {
        Range.positive("windowMs", windowMs);
        Range.positive("minibatch", minibatch);
        Range.positive("iterations", iterations);
        Range.positive("firstRate", firstRate);
        Range.check("lastRate", lastRate, lastRate > 0 && lastRate <= firstRate, "positive numbers up to firstRate");
        Range.check("flankWeight", flankWeight, flankWeight > 0 && flankWeight <= 1, "positive numbers up to 1");
        if (integrator == Integrator.EXPONENTIAL_EULER) {
            throw new IllegalArgumentException("integrator is exponential-euler, a method of first order; allowed:"
                    + " heun and runge-kutta-4, whose networks are differential equations, and euler");
        }
        Range.notNegative("networks", networks);
        Range.notNegative("averageIterations", averageIterations);
    }

    /** Evaluations of the gates in a step of the optimiser, over all windows and samples. */
    long work(double dtMs) {
        return (long) minibatch * Math.round(windowMs / dtMs) * integrator.stages();
    }
}

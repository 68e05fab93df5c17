package org.nagumo.datagen.simulate;

import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.NeuronBatch;

/**
 * {@code x + f(x) (1 - e^(-r h)) / r} with each variable's own rate of relaxation r: exact for a variable whose
 * equation is linear in itself while the others stand still, and stable at any step where r is positive.
 */
final class ExponentialEuler implements BatchStep {

    /** Makes 0 / 0 the limit 1 of (1 - e^-y) / y at y = 0, and changes no other digit. */
    private static final double TINY = 1e-40;

    private final NeuronBatch field;
    private final double[][] derivative;
    private final double[][] rate;

    ExponentialEuler(Neuron neuron, int lanes) {
        field = neuron.batch(lanes);
        derivative = new double[neuron.dimension()][lanes];
        rate = new double[neuron.dimension()][lanes];
    }

    @Override
    public void step(int lanes, double[][] x, double[] currents, double[] stepsMs, double[][] out) {
        field.derivatives(lanes, x, currents, derivative);
        field.relaxationRates(lanes, x, currents, rate);
        for (int k = 0; k < x.length; k++) {
            move(lanes, stepsMs, x[k], derivative[k], rate[k], out[k]);
        }
    }

    private static void move(int lanes, double[] stepMs, double[] x, double[] derivative, double[] rate,
            double[] out) {
        for (int i = 0; i < lanes; i++) {
            double y = rate[i] * stepMs[i];
            // 1 - e^-y from e^(-y / 64) - 1 = p by 1 - (1 + p)^2 = -p (2 + p), which keeps its digits at small y.
            double r = Math.max(-40, Math.min(40, y)) * (-1.0 / 64);
            double p = r * (1 + r * (1.0 / 2 + r * (1.0 / 6 + r * (1.0 / 24 + r * (1.0 / 120 + r * (1.0 / 720))))));
            p = p * (2 + p);
            p = p * (2 + p);
            p = p * (2 + p);
            p = p * (2 + p);
            p = p * (2 + p);
            p = p * (2 + p);
            out[i] = x[i] + stepMs[i] * derivative[i] * ((TINY - p * y) / (y * y + TINY));
        }
    }
}

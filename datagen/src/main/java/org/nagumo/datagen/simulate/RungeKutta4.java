package org.nagumo.datagen.simulate;

import org.nagumo.core.dynamics.VectorField;

/** One step of the classical Runge-Kutta method of order 4 (Kutta 1901) under a constant input. */
final class RungeKutta4 {

    private final VectorField field;
    private final double[] k1;
    private final double[] k2;
    private final double[] k3;
    private final double[] k4;
    private final double[] y;

    RungeKutta4(VectorField field) {
        this.field = field;
        int n = field.dimension();
        k1 = new double[n];
        k2 = new double[n];
        k3 = new double[n];
        k4 = new double[n];
        y = new double[n];
    }

    /** Advances {@code x} in place. */
    void step(double[] x, double input, double stepMs) {
        field.derivative(x, input, k1);
        shift(x, k1, stepMs / 2);
        field.derivative(y, input, k2);
        shift(x, k2, stepMs / 2);
        field.derivative(y, input, k3);
        shift(x, k3, stepMs);
        field.derivative(y, input, k4);
        for (int i = 0; i < x.length; i++) {
            x[i] += stepMs / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
        }
    }

    private void shift(double[] x, double[] k, double by) {
        for (int i = 0; i < x.length; i++) {
            y[i] = x[i] + by * k[i];
        }
    }
}

package org.nagumo.core.dynamics;

import java.util.Arrays;

/**
 * A solution of a field, sampled at every step of the classical Runge-Kutta method of order 4.
 *
 * @param stepMs time between points
 * @param points {@code [point][state variable]}; shorter than asked for when the solution ceased to be finite;
 *               not to be modified
 * @param finite whether it stayed finite
 */
public record Orbit(double stepMs, double[][] points, boolean finite) {

    /**
     * Follows the field.
     *
     * @param start  first point; not modified
     * @param stepMs length of a step
     * @param steps  number of steps
     * @throws IllegalArgumentException when the start does not match the field or is not finite, the step is not
     *     positive and finite or the number of steps negative
     */
    public static Orbit follow(VectorField field, double input, double[] start, double stepMs, int steps) {
        if (start.length != field.dimension() || !finite(start)) {
            throw new IllegalArgumentException("start is " + Arrays.toString(start) + "; allowed: "
                    + field.dimension() + " finite numbers, one for each state variable");
        }
        if (!(stepMs > 0) || Double.isInfinite(stepMs) || steps < 0) {
            throw new IllegalArgumentException("stepMs is " + stepMs + " and steps " + steps
                    + "; allowed: a positive, finite step and 0 or more steps");
        }
        double[][] points = new double[steps + 1][];
        points[0] = start.clone();
        for (int s = 0; s < steps; s++) {
            points[s + 1] = step(field, input, points[s], stepMs);
            if (!finite(points[s + 1])) {
                return new Orbit(stepMs, Arrays.copyOf(points, s + 1), false);
            }
        }
        return new Orbit(stepMs, points, true);
    }

    private static boolean finite(double[] x) {
        for (double value : x) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    static double[] step(VectorField field, double input, double[] x, double h) {
        int n = x.length;
        double[][] k = new double[4][n];
        double[] y = x.clone();
        double[] part = {0.5, 0.5, 1};
        for (int s = 0; s < 4; s++) {
            field.derivative(y, input, k[s]);
            for (int i = 0; s < 3 && i < n; i++) {
                y[i] = x[i] + h * part[s] * k[s][i];
            }
        }
        double[] next = new double[n];
        for (int i = 0; i < n; i++) {
            next[i] = x[i] + h / 6 * (k[0][i] + 2 * k[1][i] + 2 * k[2][i] + k[3][i]);
        }
        return next;
    }
}

package org.nagumo.core.dynamics;

/**
 * A solution of a field, sampled at every step of the classical Runge-Kutta method of order 4.
 *
 * @param stepMs time between points
 * @param points {@code [point][state variable]}; shorter than asked for when the solution ceased to be finite
 * @param finite whether it stayed finite
 */
public record Orbit(double stepMs, double[][] points, boolean finite) {

    /**
     * Follows the field.
     *
     * @param start first point; not modified
     * @param steps number of steps
     */
    public static Orbit follow(VectorField field, double input, double[] start, double stepMs, int steps) {
        double[][] points = new double[steps + 1][];
        points[0] = start.clone();
        for (int s = 0; s < steps; s++) {
            points[s + 1] = step(field, input, points[s], stepMs);
            for (double value : points[s + 1]) {
                if (!Double.isFinite(value)) {
                    return new Orbit(stepMs, java.util.Arrays.copyOf(points, s + 1), false);
                }
            }
        }
        return new Orbit(stepMs, points, true);
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

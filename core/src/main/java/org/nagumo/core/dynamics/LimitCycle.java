package org.nagumo.core.dynamics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A stable limit cycle, found by following an orbit until it returns to itself.
 *
 * @param periodMs     period
 * @param points       the cycle {@code [point][state variable]}, the first repeated at the end
 * @param closureError distance between the two ends, relative to the size of the cycle: a measure of its convergence
 * @param multiplier   for a planar field the Floquet multiplier across the cycle, exp of the integral of the
 *                     divergence over a period (below 1 for a stable one); NaN in more dimensions
 */
public record LimitCycle(double periodMs, double[][] points, double closureError, double multiplier) {

    private static final double CLOSED = 1e-6;

    /**
     * Looks for the cycle to which an orbit settles.
     *
     * @param start     where the orbit begins
     * @param stepMs    step of the integration
     * @param longestMs time within which it must have settled
     * @return the cycle, or nothing when the orbit comes to rest, leaves, or has not settled in time
     */
    public static Optional<LimitCycle> from(VectorField field, double input, double[] start, double stepMs,
            double longestMs) {
        int steps = (int) Math.ceil(longestMs / stepMs);
        int warm = steps / 2;
        Orbit orbit = Orbit.follow(field, input, start, stepMs, steps);
        if (!orbit.finite()) {
            return Optional.empty();
        }
        double[][] p = orbit.points();
        int n = field.dimension();
        double[] low = p[warm].clone();
        double[] high = p[warm].clone();
        for (int s = warm; s <= steps; s++) {
            for (int i = 0; i < n; i++) {
                low[i] = Math.min(low[i], p[s][i]);
                high[i] = Math.max(high[i], p[s][i]);
            }
        }
        // Section: the first variable passes the middle of its range upwards.
        double level = (low[0] + high[0]) / 2;
        double size = 0;
        for (int i = 0; i < n; i++) {
            size = Math.hypot(size, high[i] - low[i]);
        }
        if (size < 1e-6) {
            return Optional.empty();
        }
        List<double[]> crossings = new ArrayList<>();
        List<Double> times = new ArrayList<>();
        for (int s = steps - 1; s >= warm && crossings.size() < 2; s--) {
            if (p[s][0] < level && p[s + 1][0] >= level) {
                double fraction = section(field, input, p[s], stepMs, level);
                crossings.add(Orbit.step(field, input, p[s], fraction * stepMs));
                times.add((s + fraction) * stepMs);
            }
        }
        if (crossings.size() < 2) {
            return Optional.empty();
        }
        double closure = 0;
        for (int i = 0; i < n; i++) {
            closure = Math.hypot(closure, crossings.get(0)[i] - crossings.get(1)[i]);
        }
        closure /= size;
        if (closure > CLOSED) {
            return Optional.empty();
        }
        double period = times.get(0) - times.get(1);
        int around = (int) Math.max(400, Math.ceil(period / stepMs));
        Orbit cycle = Orbit.follow(field, input, crossings.get(1), period / around, around);
        return Optional.of(new LimitCycle(period, cycle.points(), closure, multiplier(field, input, cycle)));
    }

    /** The fraction of a step after which the first variable reaches a level. */
    private static double section(VectorField field, double input, double[] x, double stepMs, double level) {
        double low = 0;
        double high = 1;
        for (int i = 0; i < 50; i++) {
            double middle = (low + high) / 2;
            if (Orbit.step(field, input, x, middle * stepMs)[0] < level) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** exp of the integral of the divergence: Liouville's formula, by the trapezoidal rule on the closed cycle. */
    private static double multiplier(VectorField field, double input, Orbit cycle) {
        if (field.dimension() != 2) {
            return Double.NaN;
        }
        double sum = 0;
        double[][] jacobian = new double[2][2];
        for (int s = 0; s + 1 < cycle.points().length; s++) {
            field.jacobian(cycle.points()[s], input, jacobian);
            sum += jacobian[0][0] + jacobian[1][1];
        }
        return Math.exp(sum * cycle.stepMs());
    }

    /** Smallest and largest value of a state variable on the cycle. */
    public double[] range(int variable) {
        return new double[] {Arrays.stream(points).mapToDouble(p -> p[variable]).min().orElse(Double.NaN),
            Arrays.stream(points).mapToDouble(p -> p[variable]).max().orElse(Double.NaN)};
    }
}

package org.nagumo.core.dynamics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A stable limit cycle, found by following an orbit until it returns to itself. Its returns are taken on a Poincare
 * section: the first state variable passes the middle of its range upwards.
 *
 * @param periodMs     period
 * @param points       the cycle {@code [point][state variable]}, the first repeated at the end; not to be modified
 * @param closureError largest distance between the two ends in any state variable, relative to that variable's range:
 *                     a measure of its convergence
 * @param multiplier   for a planar field the Floquet multiplier across the cycle, exp of the integral of the
 *                     divergence over a period (below 1 for a stable one); NaN in more dimensions
 */
public record LimitCycle(double periodMs, double[][] points, double closureError, double multiplier) {

    private static final double CLOSED = 1e-6;

    /** A range this small, relative to 1 + |x|, is rest. */
    private static final double REST = 1e-7;

    /** Cycles that pass the section more often than this in a period are not recognised. */
    private static final int MOST_PASSAGES = 32;

    private static final int FEWEST_POINTS = 400;

    /** A multiplier this near to 1 cannot be told from 1. */
    private static final double NEUTRAL = 1e-6;

    /** The cycle to which an orbit settles, if {@link #search} finds one. */
    public static Optional<LimitCycle> from(VectorField field, double input, double[] start, double stepMs,
            double longestMs) {
        return search(field, input, start, stepMs, longestMs).cycle();
    }

    /**
     * Looks for the cycle to which an orbit settles. The orbit is followed for {@code longestMs}; from the first
     * passage in the second half of this time on, returns are computed one by one, each with its steps counted from
     * the section: the map from return to return then has a fixed point to rounding, where the steps of one long run
     * would meet each spike in another phase.
     *
     * @param start     where the orbit begins; not modified
     * @param stepMs    step of the integration
     * @param longestMs the orbit must come near the cycle in half of this time and close on it in the other half
     * @throws IllegalArgumentException as {@link Orbit#follow}
     */
    public static CycleSearch search(VectorField field, double input, double[] start, double stepMs,
            double longestMs) {
        int steps = (int) Math.ceil(longestMs / stepMs);
        Orbit orbit = Orbit.follow(field, input, start, stepMs, steps);
        if (!orbit.finite()) {
            return CycleSearch.none(CycleSearch.Outcome.LOST);
        }
        double[][] late = Arrays.copyOfRange(orbit.points(), steps / 2, steps + 1);
        double[] middle = new double[start.length];
        double[] range = new double[start.length];
        if (!measure(late, middle, range)) {
            return CycleSearch.none(CycleSearch.Outcome.REST);
        }
        List<Passage> passages = new Returns(field, input, stepMs, middle[0]).from(late[0], late.length - 1);
        for (int k = 1; k <= Math.min(MOST_PASSAGES, passages.size() - 1); k++) {
            Passage last = passages.get(passages.size() - 1);
            Passage before = passages.get(passages.size() - 1 - k);
            double closure = closure(last.state(), before.state(), range);
            if (closure <= CLOSED) {
                LimitCycle cycle = around(field, input, before.state(), last.timeMs() - before.timeMs(), stepMs,
                        closure);
                return cycle.multiplier() >= 1 - NEUTRAL ? CycleSearch.none(CycleSearch.Outcome.NEUTRAL)
                        : new CycleSearch(CycleSearch.Outcome.CYCLE, Optional.of(cycle));
            }
        }
        return CycleSearch.none(CycleSearch.Outcome.UNSETTLED);
    }

    /** A passage of the section. */
    private record Passage(double timeMs, double[] state) {
    }

    /** Fills in middle and range of each state variable; false when none of them moves. */
    private static boolean measure(double[][] points, double[] middle, double[] range) {
        boolean moves = false;
        for (int i = 0; i < middle.length; i++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (double[] point : points) {
                low = Math.min(low, point[i]);
                high = Math.max(high, point[i]);
            }
            middle[i] = low + (high - low) / 2;
            range[i] = high - low;
            moves |= range[i] > REST * (1 + Math.abs(middle[i]));
        }
        return moves;
    }

    /** The map from one passage of the section x_0 = level, upwards, to the next. */
    private record Returns(VectorField field, double input, double stepMs, double level) {

        /** All passages of an orbit within a number of steps. */
        List<Passage> from(double[] start, int steps) {
            List<Passage> passages = new ArrayList<>();
            double[] x = start;
            double timeMs = 0;
            for (int s = 0; s < steps; s++) {
                double[] next = Orbit.step(field, input, x, stepMs);
                if (x[0] < level && next[0] >= level) {
                    double fraction = fraction(x);
                    x = Orbit.step(field, input, x, fraction * stepMs);
                    timeMs += fraction * stepMs;
                    passages.add(new Passage(timeMs, x));
                } else {
                    x = next;
                    timeMs += stepMs;
                }
            }
            return passages;
        }

        /** The fraction of a step from x after which the first variable reaches the level. */
        private double fraction(double[] x) {
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
    }

    private static double closure(double[] a, double[] b, double[] range) {
        double closure = 0;
        for (int i = 0; i < range.length; i++) {
            if (a[i] != b[i]) {
                closure = Math.max(closure, Math.abs(a[i] - b[i]) / range[i]);
            }
        }
        return closure;
    }

    private static LimitCycle around(VectorField field, double input, double[] start, double period, double stepMs,
            double closure) {
        int steps = (int) Math.max(FEWEST_POINTS, Math.ceil(period / stepMs));
        Orbit cycle = Orbit.follow(field, input, start, period / steps, steps);
        return new LimitCycle(period, cycle.points(), closure, multiplier(field, input, cycle));
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

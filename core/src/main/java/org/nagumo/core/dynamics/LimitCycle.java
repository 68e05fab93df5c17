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
     * Looks for the cycle to which an orbit settles.
     *
     * @param start     where the orbit begins; not modified
     * @param stepMs    step of the integration
     * @param longestMs the orbit is followed for this long and must have settled within half of it
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
        List<Passage> passages = passages(field, input, late, stepMs, middle[0]);
        for (int k = 1; k < passages.size(); k++) {
            double closure = closure(passages.get(0).state(), passages.get(k).state(), range);
            if (closure <= CLOSED) {
                double period = passages.get(0).timeMs() - passages.get(k).timeMs();
                LimitCycle cycle = around(field, input, passages.get(k).state(), period, stepMs, closure);
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

    /** The last passages, the latest first. */
    private static List<Passage> passages(VectorField field, double input, double[][] points, double stepMs,
            double level) {
        List<Passage> passages = new ArrayList<>();
        for (int s = points.length - 2; s >= 0 && passages.size() <= MOST_PASSAGES; s--) {
            if (points[s][0] < level && points[s + 1][0] >= level) {
                double fraction = section(field, input, points[s], stepMs, level);
                passages.add(new Passage((s + fraction) * stepMs,
                        Orbit.step(field, input, points[s], fraction * stepMs)));
            }
        }
        return passages;
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

package org.nagumo.core.dynamics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A stable limit cycle, found by following an orbit until it returns to itself. Its returns are taken on a Poincare
 * section: the first state variable passes the middle of its range upwards.
 *
 * @param periodMs     period
 * @param timesMs      when the points are reached, from 0 to the period; not to be modified
 * @param points       the cycle {@code [point][state variable]}, the first repeated at the end; not to be modified
 * @param ranges       {@code [state variable][lowest, highest]} value on the cycle, between the points as well; not to
 *                     be modified
 * @param closureError largest distance between the two ends in any state variable, relative to that variable's range:
 *                     a measure of its convergence
 * @param multiplier   for a planar field the Floquet multiplier across the cycle, exp of the integral of the
 *                     divergence over a period (below 1 for a stable one); NaN in more dimensions
 */
public record LimitCycle(double periodMs, double[] timesMs, double[][] points, double[][] ranges,
        double closureError, double multiplier) {

    /** Closure errors of a cycle after the whole search, and before. */
    private static final double CLOSED = 1e-6;
    private static final double CLOSED_EARLY = 1e-8;

    /** Rounds whose closure error is smaller than this many times what is asked for may be the whole cycle. */
    private static final double DISTINCT = 1e4;

    /** Stretches of the search, each examined for a cycle. */
    private static final double[] STRETCHES = {0.0625, 0.0625, 0.125, 0.25, 0.5};

    /** A range this small, relative to 1 + |x|, is rest; so is a stable equilibrium this near. */
    private static final double REST = 1e-7;

    /** Cycles that pass the section more often than this in a period are not recognised. */
    private static final int MOST_PASSAGES = 32;

    /** A multiplier this near to 1 cannot be told from 1. */
    private static final double NEUTRAL = 1e-6;

    private static final int BISECTIONS = 50;

    /**
     * The cycle to which an orbit settles, if {@link #search} finds one.
     *
     * @param field     the field
     * @param input     the constant input
     * @param start     where the orbit starts; not modified
     * @param longestMs how long the orbit is followed at most
     * @return the cycle
     * @throws IllegalArgumentException as {@link AdaptiveSolver#solve}
     */
    public static Optional<LimitCycle> from(VectorField field, double input, double[] start, double longestMs) {
        return search(field, input, start, longestMs).cycle();
    }

    /**
     * Looks for the cycle to which an orbit settles. The orbit is followed in stretches, and no longer than needed: it
     * is at rest when Newton's method finds a stable equilibrium beside its end, and on a cycle when two of its returns
     * in a stretch coincide.
     *
     * @param field     the field
     * @param input     the constant input
     * @param start     where the orbit starts; not modified
     * @param longestMs how long the orbit is followed at most; the last stretch, half of it, must hold two returns
     * @return what the orbit does
     * @throws IllegalArgumentException as {@link AdaptiveSolver#solve}
     */
    public static CycleSearch search(VectorField field, double input, double[] start, double longestMs) {
        double[] x = start;
        for (int k = 0; k < STRETCHES.length; k++) {
            boolean last = k == STRETCHES.length - 1;
            Stretch stretch = new Stretch(field, input);
            AdaptiveSolver.Ending ending = AdaptiveSolver.solve(field, input, x, STRETCHES[k] * longestMs,
                    stretch::add);
            if (ending != AdaptiveSolver.Ending.COMPLETE) {
                return CycleSearch.none(ending == AdaptiveSolver.Ending.DIVERGED ? CycleSearch.Outcome.LOST
                        : CycleSearch.Outcome.UNSETTLED);
            }
            if (last && !stretch.moves() || settles(field, input, stretch.end())) {
                return CycleSearch.none(CycleSearch.Outcome.REST);
            }
            Optional<LimitCycle> cycle = stretch.cycle(last ? CLOSED : CLOSED_EARLY);
            if (cycle.isPresent()) {
                return cycle.get().multiplier() >= 1 - NEUTRAL ? CycleSearch.none(CycleSearch.Outcome.NEUTRAL)
                        : new CycleSearch(CycleSearch.Outcome.CYCLE, cycle);
            }
            x = stretch.end();
        }
        return CycleSearch.none(CycleSearch.Outcome.UNSETTLED);
    }

    /** Whether a stable equilibrium is so near that the linearised flow decides. */
    private static boolean settles(VectorField field, double input, double[] x) {
        Equilibrium near = Equilibria.near(field, input, x).orElse(null);
        if (near == null || !near.stable()) {
            return false;
        }
        for (int i = 0; i < x.length; i++) {
            if (Math.abs(x[i] - near.state()[i]) > REST * (1 + Math.abs(x[i]))) {
                return false;
            }
        }
        return true;
    }

    /** A passage of the section. */
    private record Passage(double timeMs, double[] state) {
    }

    /** A part of an orbit. */
    private static final class Stretch {

        private final VectorField field;
        private final double input;
        private final List<AdaptiveSolver.Step> steps = new ArrayList<>();
        private final List<double[]> samples = new ArrayList<>();
        private final double[] low;
        private final double[] high;

        Stretch(VectorField field, double input) {
            this.field = field;
            this.input = input;
            low = new double[field.dimension()];
            high = new double[field.dimension()];
        }

        boolean add(AdaptiveSolver.Step step) {
            if (steps.isEmpty()) {
                include(step.state(step.fromMs()), true);
            }
            steps.add(step);
            for (int k = 1; k <= Orbit.PARTS; k++) {
                include(step.state(Orbit.part(step, k)), false);
            }
            return true;
        }

        private void include(double[] state, boolean first) {
            samples.add(state);
            for (int i = 0; i < state.length; i++) {
                low[i] = first ? state[i] : Math.min(low[i], state[i]);
                high[i] = first ? state[i] : Math.max(high[i], state[i]);
            }
        }

        double[] end() {
            return samples.get(samples.size() - 1);
        }

        /** Whether any state variable moves. */
        boolean moves() {
            for (int i = 0; i < low.length; i++) {
                if (high[i] - low[i] > REST * (1 + Math.abs(low[i] / 2 + high[i] / 2))) {
                    return true;
                }
            }
            return false;
        }

        /** The upward passages of the middle of the first state variable's range. */
        private List<Passage> passages() {
            double level = low[0] + (high[0] - low[0]) / 2;
            List<Passage> passages = new ArrayList<>();
            for (int k = 1; k < samples.size(); k++) {
                if (samples.get(k - 1)[0] < level && samples.get(k)[0] >= level) {
                    AdaptiveSolver.Step step = steps.get((k - 1) / Orbit.PARTS);
                    int part = (k - 1) % Orbit.PARTS;
                    double below = part == 0 ? step.fromMs() : Orbit.part(step, part);
                    double above = Orbit.part(step, part + 1);
                    for (int i = 0; i < BISECTIONS; i++) {
                        double middle = below / 2 + above / 2;
                        if (step.state(middle)[0] < level) {
                            below = middle;
                        } else {
                            above = middle;
                        }
                    }
                    passages.add(new Passage(above, step.state(above)));
                }
            }
            return passages;
        }

        /** The cycle between the last passage and an earlier one that coincides with it. */
        Optional<LimitCycle> cycle(double closed) {
            if (!moves()) {
                return Optional.empty();
            }
            List<Passage> passages = passages();
            for (int k = 1; k <= Math.min(MOST_PASSAGES, passages.size() - 1); k++) {
                Passage last = passages.get(passages.size() - 1);
                Passage before = passages.get(passages.size() - 1 - k);
                double closure = closure(last.state(), before.state());
                // One round may still close, where neighbours approach a cycle from both sides in turn.
                if (closure > closed && closure < DISTINCT * closed && closed < CLOSED) {
                    return Optional.empty();
                }
                if (closure <= closed) {
                    return Optional.of(around(field, input, last.state(), last.timeMs() - before.timeMs(), closure));
                }
            }
            return Optional.empty();
        }

        private double closure(double[] a, double[] b) {
            double closure = 0;
            for (int i = 0; i < a.length; i++) {
                if (a[i] != b[i]) {
                    closure = Math.max(closure, Math.abs(a[i] - b[i]) / (high[i] - low[i]));
                }
            }
            return closure;
        }
    }

    private static LimitCycle around(VectorField field, double input, double[] start, double period, double closure) {
        Turn turn = new Turn(field, input, start);
        AdaptiveSolver.solve(field, input, start, period, turn::add);
        return new LimitCycle(period, turn.times.stream().mapToDouble(t -> t).toArray(),
                turn.points.toArray(double[][]::new), turn.ranges, closure,
                field.dimension() == 2 ? Math.exp(turn.divergence) : Double.NaN);
    }

    /** One turn of a cycle. */
    private static final class Turn {

        private final VectorField field;
        private final double input;
        private final List<Double> times = new ArrayList<>();
        private final List<double[]> points = new ArrayList<>();
        private final double[][] ranges;

        /** Integral of the divergence of a planar field. */
        private double divergence;

        Turn(VectorField field, double input, double[] start) {
            this.field = field;
            this.input = input;
            times.add(0.0);
            points.add(start.clone());
            ranges = new double[start.length][];
            for (int i = 0; i < start.length; i++) {
                ranges[i] = new double[] {start[i], start[i]};
            }
        }

        boolean add(AdaptiveSolver.Step step) {
            int first = points.size() - 1;
            double[] slope = slope(points.get(first));
            for (int k = 1; k <= Orbit.PARTS; k++) {
                double from = times.get(times.size() - 1);
                double to = Orbit.part(step, k);
                double[] state = step.state(to);
                double[] next = slope(state);
                for (int i = 0; i < state.length; i++) {
                    include(i, state[i]);
                    if (slope[i] > 0 != next[i] > 0) {
                        include(i, extreme(step, i, from, to, slope[i] > 0));
                    }
                }
                times.add(to);
                points.add(state);
                slope = next;
            }
            if (ranges.length == 2) {
                divergence += divergence(first, step.toMs() - step.fromMs());
            }
            return true;
        }

        private double[] slope(double[] state) {
            double[] slope = new double[state.length];
            field.derivative(state, input, slope);
            return slope;
        }

        private void include(int variable, double value) {
            ranges[variable][0] = Math.min(ranges[variable][0], value);
            ranges[variable][1] = Math.max(ranges[variable][1], value);
        }

        /** The extreme value of a variable whose slope changes its sign. */
        private double extreme(AdaptiveSolver.Step step, int variable, double from, double to, boolean rises) {
            double before = from;
            double after = to;
            for (int k = 0; k < BISECTIONS; k++) {
                double middle = before / 2 + after / 2;
                if (slope(step.state(middle))[variable] > 0 == rises) {
                    before = middle;
                } else {
                    after = middle;
                }
            }
            return step.state(after)[variable];
        }

        /** The divergence over a step, whose points start at one of the list, by Simpson's rule. */
        private double divergence(int first, double widthMs) {
            double sum = 0;
            double[][] jacobian = new double[2][2];
            for (int k = 0; k <= Orbit.PARTS; k++) {
                field.jacobian(points.get(first + k), input, jacobian);
                int weight = k == 0 || k == Orbit.PARTS ? 1 : k % 2 == 0 ? 2 : 4;
                sum += weight * (jacobian[0][0] + jacobian[1][1]);
            }
            return sum * widthMs / Orbit.PARTS / 3;
        }
    }

    /**
     * Smallest and largest value of a state variable on the cycle.
     *
     * @param variable number of the variable
     * @return both, a new array
     */
    public double[] range(int variable) {
        return ranges[variable].clone();
    }
}

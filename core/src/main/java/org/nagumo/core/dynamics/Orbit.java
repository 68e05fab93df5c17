package org.nagumo.core.dynamics;

import java.util.ArrayList;
import java.util.List;

/**
 * A solution of a field at a constant input, by {@link AdaptiveSolver}.
 *
 * @param timesMs when the points are reached, from 0 on; ascending, or descending for an orbit backwards in time; not
 *                to be modified
 * @param points  {@code [point][state variable]}, the start first, all finite; not to be modified
 * @param ending  how the orbit ends
 */
public record Orbit(double[] timesMs, double[][] points, AdaptiveSolver.Ending ending) {

    /** Points of each step of the solver. */
    static final int PARTS = 8;

    /** Part of a sample's distance by which rounding may miss the end. */
    private static final double AT = 1e-6;

    /**
     * Follows the field. Each step of the solver gives {@value #PARTS} points.
     *
     * @param field      the field
     * @param input      the constant input
     * @param start      first point; not modified
     * @param durationMs how long; negative to follow it backwards in time
     * @return the orbit; shorter than asked for when it does not end complete
     * @throws IllegalArgumentException as {@link AdaptiveSolver#solve}
     */
    public static Orbit follow(VectorField field, double input, double[] start, double durationMs) {
        return follow(field, input, start, durationMs, state -> true);
    }

    /** What a state fulfils. */
    @FunctionalInterface
    interface Condition {
        boolean holds(double[] state);
    }

    /** As the public one; the orbit stops before the first point that does not fulfil a condition. */
    static Orbit follow(VectorField field, double input, double[] start, double durationMs, Condition goesOn) {
        List<Double> times = new ArrayList<>(List.of(0.0));
        List<double[]> points = new ArrayList<>();
        points.add(start.clone());
        AdaptiveSolver.Ending ending = AdaptiveSolver.solve(field, input, start, durationMs, step -> {
            for (int k = 1; k <= PARTS; k++) {
                double time = part(step, k);
                double[] state = step.state(time);
                if (!goesOn.holds(state)) {
                    return false;
                }
                times.add(time);
                points.add(state);
            }
            return true;
        });
        return new Orbit(times.stream().mapToDouble(t -> t).toArray(), points.toArray(double[][]::new), ending);
    }

    /** The end of a part of a step. */
    static double part(AdaptiveSolver.Step step, int part) {
        return part == PARTS ? step.toMs() : step.fromMs() + (step.toMs() - step.fromMs()) * part / PARTS;
    }

    /**
     * Follows the field at equal distances of time.
     *
     * @param field  the field
     * @param input  the constant input
     * @param start  first point; not modified
     * @param stepMs time between points, positive
     * @param steps  number of points after the first
     * @return the orbit; shorter than asked for when it does not end complete
     * @throws IllegalArgumentException when the start does not match the field or is not finite, the step is not
     *     positive and finite or the number of steps negative
     */
    public static Orbit sampled(VectorField field, double input, double[] start, double stepMs, int steps) {
        AdaptiveSolver.checkStart(field, start);
        if (!(stepMs > 0) || Double.isInfinite(stepMs) || steps < 0) {
            throw new IllegalArgumentException("stepMs is " + stepMs + " and steps " + steps
                    + "; allowed: a positive, finite step and 0 or more steps");
        }
        List<double[]> points = new ArrayList<>();
        points.add(start.clone());
        AdaptiveSolver.Ending ending = steps == 0 ? AdaptiveSolver.Ending.COMPLETE
                : AdaptiveSolver.solve(field, input, start, stepMs * steps, step -> {
                    while (points.size() <= steps && points.size() * stepMs <= step.toMs() + AT * stepMs) {
                        points.add(step.state(Math.min(points.size() * stepMs, step.toMs())));
                    }
                    return true;
                });
        double[] times = new double[points.size()];
        for (int k = 0; k < times.length; k++) {
            times[k] = k * stepMs;
        }
        return new Orbit(times, points.toArray(double[][]::new), ending);
    }

    /**
     * Whether all that was asked for is there.
     *
     * @return false when the orbit diverges or takes too many evaluations of the field
     */
    public boolean complete() {
        return ending == AdaptiveSolver.Ending.COMPLETE;
    }

    /**
     * The end of the orbit.
     *
     * @return the last point; not to be modified
     */
    public double[] last() {
        return points[points.length - 1];
    }
}

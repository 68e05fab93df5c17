package org.nagumo.core.dynamics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nagumo.core.interval.Interval;

/**
 * What a planar field looks like under one constant input.
 *
 * @param stateNames  names of x and y
 * @param input       the input
 * @param region      the part of the plane
 * @param xNullcline  branches on which dx/dt = 0, each {@code [point][2]}
 * @param yNullcline  branches on which dy/dt = 0
 * @param found       the equilibria in the region, proven complete for a field that can enclose itself
 * @param separatrices the separatrices of its saddles
 * @param orbit       an orbit from the given start
 * @param search      what the orbit settles to
 * @param flow        the field on a coarse grid, {@code [point][x, y, dx/dt, dy/dt]}, where it is finite; not to be
 *                    modified
 */
public record PhasePortrait(List<String> stateNames, double input, Region region, List<double[][]> xNullcline,
        List<double[][]> yNullcline, EquilibriumSearch found, List<Separatrices> separatrices, Orbit orbit,
        CycleSearch search, double[][] flow) {

    private static final int CELLS = 400;
    private static final int FLOW_POINTS = 17;
    private static final int SETTLING = 10;

    public PhasePortrait {
        stateNames = List.copyOf(stateNames);
        xNullcline = List.copyOf(xNullcline);
        yNullcline = List.copyOf(yNullcline);
        separatrices = List.copyOf(separatrices);
    }

    /**
     * Computes a portrait.
     *
     * @param field      a field of two state variables
     * @param input      the constant input
     * @param region     the part of the plane
     * @param start      where the orbit begins
     * @param durationMs length of the orbit; what it settles to is looked for over {@value #SETTLING} times as long,
     *                   because near a bifurcation it takes its time
     * @throws IllegalArgumentException for a field that has not two state variables, or as {@link Orbit#follow}
     */
    public static PhasePortrait of(VectorField field, double input, Region region, double[] start,
            double durationMs) {
        Orbit orbit = Orbit.follow(field, input, start, durationMs);
        EquilibriumSearch found = equilibria(field, input, region);
        return new PhasePortrait(field.stateNames(), input, region,
                Nullclines.trace(field, input, 0, region, CELLS), Nullclines.trace(field, input, 1, region, CELLS),
                found, Separatrices.of(field, input, found.equilibria(), region, durationMs), orbit,
                LimitCycle.search(field, input, start, SETTLING * durationMs), flow(field, input, region));
    }

    private static EquilibriumSearch equilibria(VectorField field, double input, Region region) {
        return field instanceof EnclosedField ? Equilibria.in(field, input, new Interval(region.xMin(), region.xMax()),
                new Interval(region.yMin(), region.yMax())) : Equilibria.onGrid(field, input, region, CELLS);
    }

    /** The equilibria in the region, from left to right. */
    public List<Equilibrium> equilibria() {
        return found.equilibria();
    }

    /** The stable limit cycle that the orbit settles to, if it does. */
    public Optional<LimitCycle> cycle() {
        return search.cycle();
    }

    private static double[][] flow(VectorField field, double input, Region region) {
        List<double[]> flow = new ArrayList<>();
        double[] derivative = new double[2];
        for (int i = 0; i < FLOW_POINTS; i++) {
            for (int j = 0; j < FLOW_POINTS; j++) {
                double x = region.xMin() + (region.xMax() - region.xMin()) * (i + 0.5) / FLOW_POINTS;
                double y = region.yMin() + (region.yMax() - region.yMin()) * (j + 0.5) / FLOW_POINTS;
                field.derivative(new double[] {x, y}, input, derivative);
                if (Double.isFinite(derivative[0]) && Double.isFinite(derivative[1])) {
                    flow.add(new double[] {x, y, derivative[0], derivative[1]});
                }
            }
        }
        return flow.toArray(double[][]::new);
    }
}

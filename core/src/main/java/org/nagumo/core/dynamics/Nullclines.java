package org.nagumo.core.dynamics;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Nullclines of a planar field: the contours on which one component of dx/dt is zero, all branches within a region,
 * by marching squares (Lorensen and Cline 1987 in two dimensions). Crossings on the edges of the grid are refined by
 * bisection to {@value #EDGE_PRECISION} of an edge, so that the points lie on the contour whatever the grid; the grid
 * only decides which branches are seen. Cells with a corner where the field is not finite are left out, and so are
 * changes of sign across a pole or a jump, where the component is not zero.
 */
public final class Nullclines {

    private static final double EDGE_PRECISION = 1e-9;

    /** So near to a zero a continuous component has fallen below this part of its value at the ends of the edge. */
    private static final double CONTINUOUS = 0.1;

    private final VectorField field;
    private final double input;
    private final int component;
    private final Region region;
    private final int cells;
    private final double[][] values;

    // Places of crossings on edges, and to which edges each one is linked.
    private final Map<Long, double[]> points = new HashMap<>();
    private final Map<Long, List<Long>> links = new HashMap<>();

    private Nullclines(VectorField field, double input, int component, Region region, int cells) {
        this.field = field;
        this.input = input;
        this.component = component;
        this.region = region;
        this.cells = cells;
        this.values = new double[cells + 1][cells + 1];
    }

    /**
     * Traces a nullcline.
     *
     * @param field     a field of two state variables
     * @param input     the constant input
     * @param component 0 for dx/dt = 0, 1 for dy/dt = 0
     * @param region    where to look
     * @param cells     cells of the grid along each side
     * @return the branches, each {@code [point][2]}; a closed one ends where it begins; none when there is no contour
     */
    public static List<double[][]> trace(VectorField field, double input, int component, Region region, int cells) {
        if (field.dimension() != 2) {
            throw new IllegalArgumentException("the field has " + field.dimension()
                    + " state variables; allowed: 2 for a nullcline in the plane");
        }
        if (cells < 1 || component < 0 || component > 1) {
            throw new IllegalArgumentException("cells is " + cells + " and component " + component
                    + "; allowed: at least one cell, component 0 or 1");
        }
        Nullclines tracer = new Nullclines(field, input, component, region, cells);
        tracer.evaluate();
        tracer.march();
        return tracer.link();
    }

    private double x(double i) {
        return region.xMin() + (region.xMax() - region.xMin()) * i / cells;
    }

    private double y(double j) {
        return region.yMin() + (region.yMax() - region.yMin()) * j / cells;
    }

    private double value(double i, double j) {
        double[] derivative = new double[2];
        field.derivative(new double[] {x(i), y(j)}, input, derivative);
        return derivative[component];
    }

    private void evaluate() {
        for (int i = 0; i <= cells; i++) {
            for (int j = 0; j <= cells; j++) {
                values[i][j] = value(i, j);
            }
        }
    }

    private void march() {
        for (int i = 0; i < cells; i++) {
            for (int j = 0; j < cells; j++) {
                if (Double.isFinite(values[i][j] + values[i + 1][j] + values[i][j + 1] + values[i + 1][j + 1])) {
                    marchCell(i, j);
                }
            }
        }
    }

    private void marchCell(int i, int j) {
        // Edges in turn: below, right, above, left.
        List<Long> crossed = new ArrayList<>(4);
        cross(crossed, i, j, true);
        cross(crossed, i + 1, j, false);
        cross(crossed, i, j + 1, true);
        cross(crossed, i, j, false);
        if (crossed.size() == 2) {
            join(crossed.get(0), crossed.get(1));
        } else if (crossed.size() == 4) {
            // A saddle of the component: the value in the middle tells which corners belong together.
            boolean middle = value(i + 0.5, j + 0.5) > 0;
            int shift = middle == values[i][j] > 0 ? 0 : 1;
            join(crossed.get(0), crossed.get(shift == 0 ? 1 : 3));
            join(crossed.get(2), crossed.get(shift == 0 ? 3 : 1));
        }
    }

    /** Finds the crossing on the edge from corner (i, j) to the right or upwards. */
    private void cross(List<Long> crossed, int i, int j, boolean horizontal) {
        double a = values[i][j];
        double b = horizontal ? values[i + 1][j] : values[i][j + 1];
        if (a > 0 == b > 0) {
            return;
        }
        long edge = 2L * ((long) i * (cells + 1) + j) + (horizontal ? 0 : 1);
        if (!points.containsKey(edge)) {
            points.put(edge, zero(i, j, horizontal, a, b));
        }
        if (points.get(edge) != null) {
            crossed.add(edge);
        }
    }

    /** The zero between two corners with values a and b; null when the sign changes without one. */
    private double[] zero(int i, int j, boolean horizontal, double a, double b) {
        double low = 0;
        double high = 1;
        while (high - low > EDGE_PRECISION) {
            double middle = (low + high) / 2;
            if (along(i, j, horizontal, middle) > 0 == a > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double largest = Math.max(Math.abs(a), Math.abs(b));
        if (!(Math.abs(along(i, j, horizontal, high)) <= CONTINUOUS * largest)
                || !(Math.abs(along(i, j, horizontal, low)) <= CONTINUOUS * largest)) {
            return null;
        }
        return horizontal ? new double[] {x(i + high), y(j)} : new double[] {x(i), y(j + high)};
    }

    private double along(int i, int j, boolean horizontal, double part) {
        return horizontal ? value(i + part, j) : value(i, j + part);
    }

    private void join(long a, long b) {
        links.computeIfAbsent(a, key -> new ArrayList<>(2)).add(b);
        links.computeIfAbsent(b, key -> new ArrayList<>(2)).add(a);
    }

    private List<double[][]> link() {
        List<double[][]> branches = new ArrayList<>();
        List<Long> edges = links.keySet().stream().sorted().toList();
        for (long start : edges) {
            if (!links.get(start).isEmpty()) {
                Deque<Long> branch = new ArrayDeque<>();
                branch.add(start);
                follow(branch, true);
                follow(branch, false);
                branches.add(branch.stream().map(points::get).toArray(double[][]::new));
            }
        }
        return branches;
    }

    /** Follows the links from one end of a branch, using each link up. */
    private void follow(Deque<Long> branch, boolean forward) {
        while (true) {
            long end = forward ? branch.getLast() : branch.getFirst();
            List<Long> next = links.get(end);
            if (next.isEmpty()) {
                return;
            }
            long to = next.remove(0);
            links.get(to).remove((Long) end);
            if (forward) {
                branch.addLast(to);
            } else {
                branch.addFirst(to);
            }
        }
    }
}

package org.nagumo.core.dynamics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.nagumo.core.interval.Interval;

/**
 * Finds equilibria by Newton's method from many starts. What is found is an equilibrium to rounding; that none was
 * missed is likely with many starts and proven with none.
 */
public final class Equilibria {

    /** Solutions closer than this, relative to the region's sides, are one; at a fold Newton's method reaches 1e-8. */
    private static final double SAME = 1e-7;

    /**
     * At a fold the component touches zero without a change of sign. Within a cell of the touching point a parabola is
     * nearer to zero than this part of its range over the cell and its neighbours.
     */
    private static final double TOUCHING = 0.25;

    /** Boxes multiply with the dimension: beyond this one a proof may take minutes. */
    private static final int MOST_PROVEN = 4;

    /** Boxes after which a proof is given up. */
    private static final int MOST_BOXES = 20_000;
    private static final int STARTS = 500;

    private Equilibria() {
    }

    /**
     * The equilibria in a box. For a field of up to {@value #MOST_PROVEN} state variables that encloses itself the list
     * is proven. For any other field, or when the proof leaves parts of the box undecided, the box is searched from
     * {@value #STARTS} starts as well, and the longer list is returned; its {@link EquilibriumSearch#certificate} says
     * which.
     *
     * @param field  the field
     * @param input  the constant input
     * @param region one interval for each state variable, finite; not modified
     * @return the equilibria, by ascending first state variable
     * @throws IllegalArgumentException when the box does not match the field or is not finite
     */
    public static EquilibriumSearch in(VectorField field, double input, Interval... region) {
        EquilibriumSearch proven = field instanceof EnclosedField enclosed && field.dimension() <= MOST_PROVEN
                ? CertifiedEquilibria.in(enclosed, input, MOST_BOXES, region) : null;
        if (proven != null && proven.complete()) {
            return proven;
        }
        EquilibriumSearch searched = multiStart(field, input, Arrays.stream(region).mapToDouble(Interval::low)
                .toArray(), Arrays.stream(region).mapToDouble(Interval::high).toArray(), STARTS, 1);
        return proven == null || searched.equilibria().size() > proven.equilibria().size() ? searched : proven;
    }

    /** The equilibrium to which Newton's method leads from a state. */
    public static Optional<Equilibrium> near(VectorField field, double input, double[] state) {
        return Optional.ofNullable(new Newton(field, input).solve(state)).map(x -> Equilibrium.at(field, x, input));
    }

    /**
     * The equilibria of a planar field, as {@link #onGrid} finds them.
     *
     * @return the equilibria in the region, from left to right
     */
    public static List<Equilibrium> find(VectorField field, double input, Region region, int cells) {
        return onGrid(field, input, region, cells).equilibria();
    }

    /**
     * Searches a region of the plane from every cell of a grid around which both components change sign or nearly do.
     *
     * @param field  a field of two state variables
     * @param input  the constant input
     * @param region where to look
     * @param cells  cells of the grid along each side, at least 1
     * @return the equilibria in the region, from left to right
     * @throws IllegalArgumentException for a field of another dimension or a grid without cells
     */
    public static EquilibriumSearch onGrid(VectorField field, double input, Region region, int cells) {
        if (field.dimension() != 2) {
            throw new IllegalArgumentException("the field has " + field.dimension()
                    + " state variables; allowed: 2 for a grid in the plane");
        }
        if (cells < 1) {
            throw new IllegalArgumentException("cells is " + cells + "; allowed: at least 1");
        }
        double width = region.xMax() - region.xMin();
        double height = region.yMax() - region.yMin();
        double[][][] grid = new double[cells + 1][cells + 1][2];
        for (int i = 0; i <= cells; i++) {
            for (int j = 0; j <= cells; j++) {
                field.derivative(new double[] {region.xMin() + width * i / cells, region.yMin() + height * j / cells},
                        input, grid[i][j]);
            }
        }
        Collector found = new Collector(field, input, new double[] {region.xMin(), region.yMin()},
                new double[] {region.xMax(), region.yMax()});
        for (int i = 0; i < cells; i++) {
            for (int j = 0; j < cells; j++) {
                if (mayHold(grid, i, j, cells, 0) && mayHold(grid, i, j, cells, 1)) {
                    found.start(new double[] {region.xMin() + width * (i + 0.5) / cells,
                        region.yMin() + height * (j + 0.5) / cells});
                }
            }
        }
        return found.result(EquilibriumSearch.Method.GRID);
    }

    /**
     * Searches a box of any dimension from random points, drawn uniformly.
     *
     * @param lower  lower bounds of the state variables; not modified
     * @param upper  upper bounds; not modified
     * @param starts number of points
     * @param seed   the same seed gives the same points
     * @return the equilibria in the box, by ascending first state variable
     * @throws IllegalArgumentException when the bounds do not match the field or are not finite with lower &lt; upper
     */
    public static EquilibriumSearch multiStart(VectorField field, double input, double[] lower, double[] upper,
            int starts, long seed) {
        int n = field.dimension();
        if (lower.length != n || upper.length != n) {
            throw new IllegalArgumentException("lower and upper have length " + lower.length + " and " + upper.length
                    + "; allowed: " + n + ", one bound for each state variable");
        }
        for (int i = 0; i < n; i++) {
            if (!(lower[i] < upper[i]) || !Double.isFinite(upper[i] - lower[i])) {
                throw new IllegalArgumentException("bounds of " + field.stateNames().get(i) + " are " + lower[i]
                        + " and " + upper[i] + "; allowed: finite numbers with lower < upper");
            }
        }
        if (starts < 1) {
            throw new IllegalArgumentException("starts is " + starts + "; allowed: at least 1");
        }
        SplittableRandom random = new SplittableRandom(seed);
        Collector found = new Collector(field, input, lower, upper);
        double[] start = new double[n];
        for (int s = 0; s < starts; s++) {
            for (int i = 0; i < n; i++) {
                start[i] = random.nextDouble(lower[i], upper[i]);
            }
            found.start(start);
        }
        return found.result(EquilibriumSearch.Method.MULTI_START);
    }

    /** Whether a component changes sign over the cell or its neighbours, or comes so near zero that it may touch it. */
    private static boolean mayHold(double[][][] grid, int i, int j, int cells, int component) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int a = Math.max(0, i - 1); a <= Math.min(cells, i + 2); a++) {
            for (int b = Math.max(0, j - 1); b <= Math.min(cells, j + 2); b++) {
                double value = grid[a][b][component];
                if (Double.isFinite(value)) {
                    low = Math.min(low, value);
                    high = Math.max(high, value);
                }
            }
        }
        double margin = TOUCHING * (high - low);
        return low <= margin && high >= -margin;
    }

    /** Runs Newton's method and keeps each equilibrium of the box once. */
    private static final class Collector {

        private final VectorField field;
        private final double input;
        private final double[] lower;
        private final double[] upper;
        private final Newton newton;
        private final List<double[]> points = new ArrayList<>();
        private int starts;
        private int converged;

        Collector(VectorField field, double input, double[] lower, double[] upper) {
            this.field = field;
            this.input = input;
            this.lower = lower;
            this.upper = upper;
            this.newton = new Newton(field, input);
        }

        void start(double[] start) {
            starts++;
            double[] x = newton.solve(start);
            if (x != null && inBox(x)) {
                converged++;
                if (points.stream().noneMatch(p -> same(p, x))) {
                    points.add(x);
                }
            }
        }

        private boolean inBox(double[] x) {
            for (int i = 0; i < x.length; i++) {
                if (!(x[i] >= lower[i] && x[i] <= upper[i])) {
                    return false;
                }
            }
            return true;
        }

        private boolean same(double[] p, double[] x) {
            for (int i = 0; i < x.length; i++) {
                if (!(Math.abs(p[i] - x[i]) < SAME * (upper[i] - lower[i]))) {
                    return false;
                }
            }
            return true;
        }

        EquilibriumSearch result(EquilibriumSearch.Method method) {
            return EquilibriumSearch.unproven(points.stream().sorted(Comparator.comparingDouble(p -> p[0]))
                    .map(p -> Equilibrium.at(field, p, input)).toList(), method, starts, converged,
                    IntStream.range(0, lower.length).mapToObj(i -> new Interval(lower[i], upper[i])).toList());
        }
    }
}

package org.nagumo.core.dynamics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds equilibria of a planar field: Newton's method from every cell of a grid in which both components change sign
 * or nearly do. What it finds are equilibria to rounding; that none was missed is likely on a fine grid and proven on
 * none.
 */
public final class Equilibria {

    private static final int MAX_ITERATIONS = 60;
    private static final int MAX_HALVINGS = 30;

    private Equilibria() {
    }

    /**
     * @param field  a field of two state variables
     * @param input  the constant input
     * @param region where to look
     * @param cells  cells of the grid along each side
     * @return the equilibria in the region, from left to right
     */
    public static List<Equilibrium> find(VectorField field, double input, Region region, int cells) {
        double width = region.xMax() - region.xMin();
        double height = region.yMax() - region.yMin();
        double[][][] grid = new double[cells + 1][cells + 1][2];
        for (int i = 0; i <= cells; i++) {
            for (int j = 0; j <= cells; j++) {
                field.derivative(new double[] {region.xMin() + width * i / cells, region.yMin() + height * j / cells},
                        input, grid[i][j]);
            }
        }
        List<double[]> found = new ArrayList<>();
        for (int i = 0; i < cells; i++) {
            for (int j = 0; j < cells; j++) {
                if (mayHold(grid, i, j, cells, 0) && mayHold(grid, i, j, cells, 1)) {
                    double[] x = newton(field, input, new double[] {region.xMin() + width * (i + 0.5) / cells,
                        region.yMin() + height * (j + 0.5) / cells});
                    if (x != null && region.contains(x[0], x[1]) && found.stream().noneMatch(
                            p -> Math.abs(p[0] - x[0]) < 1e-7 * width && Math.abs(p[1] - x[1]) < 1e-7 * height)) {
                        found.add(x);
                    }
                }
            }
        }
        return found.stream().sorted(Comparator.comparingDouble(p -> p[0]))
                .map(p -> Equilibrium.at(field, p, input)).toList();
    }

    /** Whether a component changes sign over the cell or its neighbours. */
    private static boolean mayHold(double[][][] grid, int i, int j, int cells, int component) {
        boolean positive = false;
        boolean negative = false;
        for (int a = Math.max(0, i - 1); a <= Math.min(cells, i + 2); a++) {
            for (int b = Math.max(0, j - 1); b <= Math.min(cells, j + 2); b++) {
                positive |= grid[a][b][component] >= 0;
                negative |= grid[a][b][component] <= 0;
            }
        }
        return positive && negative;
    }

    /** Damped Newton iteration; null when it does not converge. */
    private static double[] newton(VectorField field, double input, double[] start) {
        double[] x = start.clone();
        double[] f = new double[2];
        double[][] j = new double[2][2];
        field.derivative(x, input, f);
        for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
            field.jacobian(x, input, j);
            double determinant = j[0][0] * j[1][1] - j[0][1] * j[1][0];
            double dx = (j[1][1] * f[0] - j[0][1] * f[1]) / determinant;
            double dy = (j[0][0] * f[1] - j[1][0] * f[0]) / determinant;
            if (!Double.isFinite(dx) || !Double.isFinite(dy)) {
                return null;
            }
            double size = Math.hypot(f[0], f[1]);
            if (Math.abs(dx) <= 1e-13 * (1 + Math.abs(x[0])) && Math.abs(dy) <= 1e-13 * (1 + Math.abs(x[1]))) {
                return x;
            }
            double scale = 1;
            double[] next = {x[0] - dx, x[1] - dy};
            field.derivative(next, input, f);
            for (int h = 0; h < MAX_HALVINGS && !(Math.hypot(f[0], f[1]) < size) && size > 1e-12; h++) {
                scale /= 2;
                next = new double[] {x[0] - scale * dx, x[1] - scale * dy};
                field.derivative(next, input, f);
            }
            x = next;
        }
        return Math.hypot(f[0], f[1]) < 1e-12 ? x : null;
    }
}

package org.nagumo.core.bifurcation;

import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.nagumo.core.dynamics.VectorField;

/**
 * Periodic orbits as boundary value problems: on each interval of a mesh over one period, a polynomial of degree
 * {@value #STAGES} that satisfies the differential equation at the Gauss-Legendre points (Ascher, Mattheij and Russell
 * 1995, Numerical Solution of Boundary Value Problems, SIAM, chapter 5; Doedel, Keller and Kernevez 1991, Int. J.
 * Bifurcation and Chaos 1:745-772). At the mesh points it is of order {@value #ORDER}.
 *
 * <p>One Newton step condenses every interval to a linear relation between its ends, and joins the relations by
 * orthogonal elimination (Wright 1992, SIAM J. Sci. Stat. Comput. 13:742-764): what grows and what decays along the orbit
 * stay apart, where a product of matrices would lose the one in the other.
 */
final class Collocation {

    static final int STAGES = 4;
    static final int ORDER = 8;

    private static final double[] NODES = new double[STAGES];
    private static final double[][] A = new double[STAGES][STAGES];
    private static final double[] B = new double[STAGES];

    static {
        // Roots of the Legendre polynomial of degree 4, moved to [0, 1].
        double inner = Math.sqrt(3.0 / 7 - 2.0 / 7 * Math.sqrt(6.0 / 5));
        double outer = Math.sqrt(3.0 / 7 + 2.0 / 7 * Math.sqrt(6.0 / 5));
        double[] roots = {-outer, -inner, inner, outer};
        for (int j = 0; j < STAGES; j++) {
            NODES[j] = (1 + roots[j]) / 2;
        }
        for (int l = 0; l < STAGES; l++) {
            double[] lagrange = lagrange(l);
            for (int j = 0; j < STAGES; j++) {
                A[j][l] = integral(lagrange, NODES[j]);
            }
            B[l] = integral(lagrange, 1);
        }
    }

    private final VectorField field;
    private final int n;

    Collocation(VectorField field) {
        this.field = field;
        this.n = field.dimension();
    }

    /** Coefficients, by ascending power, of the polynomial that is 1 at node l and 0 at the others. */
    private static double[] lagrange(int l) {
        double[] p = {1};
        for (int k = 0; k < STAGES; k++) {
            if (k != l) {
                double[] next = new double[p.length + 1];
                double scale = 1 / (NODES[l] - NODES[k]);
                for (int i = 0; i < p.length; i++) {
                    next[i] -= p[i] * NODES[k] * scale;
                    next[i + 1] += p[i] * scale;
                }
                p = next;
            }
        }
        return p;
    }

    private static double integral(double[] polynomial, double to) {
        double sum = 0;
        for (int i = polynomial.length - 1; i >= 0; i--) {
            sum = sum * to + polynomial[i] / (i + 1);
        }
        return sum * to;
    }

    /** Slopes at the collocation points as the field has them on the chord's cubic: a start for Newton's method. */
    double[][][] slopes(PeriodicOrbit.Mesh mesh, double[][] points, double periodMs, double input) {
        int intervals = mesh.intervals();
        double[][][] slopes = new double[intervals][STAGES][n];
        double[] state = new double[n];
        for (int i = 0; i < intervals; i++) {
            double span = periodMs * mesh.width(i);
            double[] from = derivative(points[i], input);
            double[] to = derivative(points[i + 1], input);
            for (int j = 0; j < STAGES; j++) {
                for (int c = 0; c < n; c++) {
                    state[c] = Hermite.value(NODES[j], points[i][c], points[i + 1][c], span * from[c], span * to[c]);
                }
                field.derivative(state, input, slopes[i][j]);
            }
        }
        return slopes;
    }

    double[] derivative(double[] state, double input) {
        double[] derivative = new double[n];
        field.derivative(state, input, derivative);
        return derivative;
    }

    /** Derivative of the field by the input, by central differences; exact where the input enters linearly. */
    static double[] byInput(VectorField field, double[] state, double input) {
        double h = 1e-5 * Math.max(1, Math.abs(input));
        double[] up = new double[field.dimension()];
        double[] down = new double[field.dimension()];
        field.derivative(state, input + h, up);
        field.derivative(state, input - h, down);
        for (int i = 0; i < up.length; i++) {
            up[i] = (up[i] - down[i]) / (2 * h);
        }
        return up;
    }

    /**
     * The equations, linearised around an approximation. Columns are the changes of the state at the start (n) and at
     * the end (n) of the period, of the period, of the input, and a last one for what is there without any change.
     *
     * @param changes        change of the state at each mesh point, {@code [point][state variable][column]}
     * @param ends           n relations between the columns, whose sum over all but the last equals the last
     * @param stageSolutions changes of each interval's slopes by its start (n), the period, the input, and the rest
     */
    record Linearised(double[][][] changes, double[][] ends, RealMatrix[] stageSolutions) {
    }

    /** Linearises the equations of all intervals; null where the field is not finite or an interval cannot be solved. */
    Linearised linearise(PeriodicOrbit.Mesh mesh, double[][] points, double[][][] slopes, double periodMs,
            double input) {
        int intervals = mesh.intervals();
        RealMatrix[] solutions = new RealMatrix[intervals];
        // For each inner point: the point by (itself | start | next point | period | input | rest), triangular in itself.
        double[][][] eliminated = new double[intervals][][];
        double[][] joined = null;
        for (int i = 0; i < intervals; i++) {
            solutions[i] = stages(points[i], slopes[i], mesh.width(i), periodMs, input);
            if (solutions[i] == null) {
                return null;
            }
            double[][] relation = relation(solutions[i], slopes[i], points[i], points[i + 1], mesh.width(i), periodMs);
            if (joined == null) {
                joined = relation;
            } else {
                double[][] both = stacked(joined, relation);
                Householder.triangularise(both, n);
                eliminated[i] = Arrays.copyOf(both, n);
                joined = new double[n][2 * n + 3];
                for (int c = 0; c < n; c++) {
                    System.arraycopy(both[n + c], n, joined[c], 0, 2 * n + 3);
                }
            }
        }
        return new Linearised(substituted(eliminated), joined, solutions);
    }

    /** One interval: a relation between (its start | its end | period | input | rest). */
    private double[][] relation(RealMatrix solution, double[][] slopes, double[] start, double[] end, double width,
            double periodMs) {
        double[][] relation = new double[n][2 * n + 3];
        for (int c = 0; c < n; c++) {
            double slope = 0;
            double[] added = new double[n + 3];
            for (int j = 0; j < STAGES; j++) {
                slope += B[j] * slopes[j][c];
                for (int k = 0; k < n + 3; k++) {
                    added[k] += periodMs * width * B[j] * solution.getEntry(j * n + c, k);
                }
            }
            for (int k = 0; k < n; k++) {
                relation[c][k] = -added[k];
            }
            relation[c][c] -= 1;
            relation[c][n + c] = 1;
            relation[c][2 * n] = -added[n] - width * slope;
            relation[c][2 * n + 1] = -added[n + 1];
            relation[c][2 * n + 2] = added[n + 2] + start[c] + periodMs * width * slope - end[c];
        }
        return relation;
    }

    /** Two relations that share a point, with that point's columns first: (point | start | next | period | input | rest). */
    private double[][] stacked(double[][] joined, double[][] relation) {
        double[][] both = new double[2 * n][3 * n + 3];
        for (int c = 0; c < n; c++) {
            System.arraycopy(joined[c], n, both[c], 0, n);
            System.arraycopy(joined[c], 0, both[c], n, n);
            System.arraycopy(joined[c], 2 * n, both[c], 3 * n, 3);
            System.arraycopy(relation[c], 0, both[n + c], 0, n);
            System.arraycopy(relation[c], n, both[n + c], 2 * n, n + 3);
        }
        return both;
    }

    /** Every point by the ends of the period, from the last one backwards. */
    private double[][][] substituted(double[][][] eliminated) {
        int intervals = eliminated.length;
        double[][][] changes = new double[intervals + 1][n][2 * n + 3];
        for (int c = 0; c < n; c++) {
            changes[0][c][c] = 1;
            changes[intervals][c][n + c] = 1;
        }
        for (int i = intervals - 1; i > 0; i--) {
            double[][] rows = eliminated[i];
            for (int c = n - 1; c >= 0; c--) {
                for (int k = 0; k < 2 * n + 3; k++) {
                    // The last column stands on the other side.
                    double sum = k < n ? -rows[c][n + k] : k < 2 * n ? 0 : k < 2 * n + 2 ? -rows[c][n + k]
                            : rows[c][n + k];
                    for (int l = 0; l < n; l++) {
                        sum -= rows[c][2 * n + l] * changes[i + 1][l][k];
                    }
                    for (int l = c + 1; l < n; l++) {
                        sum -= rows[c][l] * changes[i][l][k];
                    }
                    changes[i][c][k] = sum / rows[c][c];
                }
            }
        }
        return changes;
    }

    /** Changes of the slopes of one interval by (start of the interval | period | input | rest). */
    private RealMatrix stages(double[] start, double[][] slopes, double width, double periodMs, double input) {
        double span = periodMs * width;
        double[][] system = new double[STAGES * n][STAGES * n];
        double[][] right = new double[STAGES * n][n + 3];
        double[] state = new double[n];
        double[] inner = new double[n];
        double[] f = new double[n];
        double[][] jacobian = new double[n][n];
        for (int j = 0; j < STAGES; j++) {
            for (int c = 0; c < n; c++) {
                inner[c] = 0;
                for (int l = 0; l < STAGES; l++) {
                    inner[c] += A[j][l] * slopes[l][c];
                }
                state[c] = start[c] + span * inner[c];
            }
            field.derivative(state, input, f);
            field.jacobian(state, input, jacobian);
            double[] byInput = byInput(field, state, input);
            for (int c = 0; c < n; c++) {
                int row = j * n + c;
                double period = 0;
                for (int k = 0; k < n; k++) {
                    right[row][k] = jacobian[c][k];
                    period += jacobian[c][k] * width * inner[k];
                    for (int l = 0; l < STAGES; l++) {
                        system[row][l * n + k] = -span * A[j][l] * jacobian[c][k];
                    }
                }
                system[row][row] += 1;
                right[row][n] = period;
                right[row][n + 1] = byInput[c];
                right[row][n + 2] = f[c] - slopes[j][c];
                if (!Double.isFinite(period + right[row][n + 2] + byInput[c])) {
                    return null;
                }
            }
        }
        DecompositionSolver solver = new LUDecomposition(new Array2DRowRealMatrix(system, false), Double.MIN_NORMAL)
                .getSolver();
        return solver.isNonSingular() ? solver.solve(new Array2DRowRealMatrix(right, false)) : null;
    }
}

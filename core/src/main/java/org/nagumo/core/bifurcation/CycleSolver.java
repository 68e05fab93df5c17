package org.nagumo.core.bifurcation;

import java.util.Arrays;
import java.util.List;
import org.hipparchus.complex.Complex;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.nagumo.core.dynamics.Eigenvalues;
import org.nagumo.core.dynamics.VectorField;

/**
 * Newton's method for periodic orbits: the equations of {@link Collocation}, periodicity, the integral phase condition
 * against a reference orbit, and either a fixed input or a plane across the branch.
 */
final class CycleSolver {

    private static final int MAX_ITERATIONS = 14;
    private static final double CONVERGED = 1e-10;
    private static final double RUNAWAY = 10;

    /** No multiplier is expected at minus this number. */
    private static final double SHIFT = 3.7;

    private final VectorField field;
    private final Collocation collocation;
    private final int n;

    /** Units of the state variables and of the input, in which distances along a branch are measured. */
    private final double[] stateUnits;
    private final double inputUnit;

    CycleSolver(VectorField field, double[] stateUnits, double inputUnit) {
        this.field = field;
        this.collocation = new Collocation(field);
        this.n = field.dimension();
        this.stateUnits = stateUnits.clone();
        this.inputUnit = inputUnit;
    }

    /** An orbit, or an approximation of one. */
    record Approximation(PeriodicOrbit.Mesh mesh, double[][] points, double periodMs, double input) {
    }

    /** A direction in the space of orbits, periods and inputs, of length 1 in the solver's units. */
    record Direction(double[][] points, double periodMs, double input) {

        Direction reversed() {
            double[][] p = new double[points.length][];
            for (int i = 0; i < p.length; i++) {
                p[i] = Arrays.stream(points[i]).map(x -> -x).toArray();
            }
            return new Direction(p, -periodMs, -input);
        }
    }

    /** An orbit with what its linearised equations tell. */
    record Solved(Approximation orbit, Direction tangent, List<Complex> multipliers, int iterations) {
    }

    Approximation ahead(Approximation from, Direction direction, double distance) {
        double[][] points = new double[from.points.length][n];
        for (int i = 0; i < points.length; i++) {
            for (int c = 0; c < n; c++) {
                points[i][c] = from.points[i][c] + distance * direction.points[i][c];
            }
        }
        return new Approximation(from.mesh, points, from.periodMs + distance * direction.periodMs,
                from.input + distance * direction.input);
    }

    /** Inner product of two directions at an orbit. */
    double product(Approximation at, Direction a, Direction b) {
        double sum = a.periodMs * b.periodMs / square(at.periodMs) + a.input * b.input / square(inputUnit);
        for (int i = 0; i < a.points.length; i++) {
            for (int c = 0; c < n; c++) {
                sum += weight(at, i, c) * a.points[i][c] * b.points[i][c];
            }
        }
        return sum;
    }

    Direction normalised(Approximation at, Direction d) {
        double length = Math.sqrt(product(at, d, d));
        double[][] points = new double[d.points.length][n];
        for (int i = 0; i < points.length; i++) {
            for (int c = 0; c < n; c++) {
                points[i][c] = d.points[i][c] / length;
            }
        }
        return new Direction(points, d.periodMs / length, d.input / length);
    }

    /** The direction in which the input alone changes. */
    Direction alongInput(Approximation at) {
        return new Direction(new double[at.points.length][n], 0, inputUnit);
    }

    /**
     * Solves for an orbit.
     *
     * @param start     where Newton's method begins; also the reference of the phase and the foot of the plane
     * @param across    the plane's normal; null to keep the input
     * @param direction towards which the tangent is to point
     * @return null when the method does not converge, or the field is not finite
     */
    Solved solve(Approximation start, Direction across, Direction direction) {
        double[][] points = copy(start.points);
        double period = start.periodMs;
        double input = start.input;
        double[][][] slopes = collocation.slopes(start.mesh, points, period, input);
        for (int iteration = 1; iteration <= MAX_ITERATIONS; iteration++) {
            Collocation.Linearised linear = collocation.linearise(start.mesh, points, slopes, period, input);
            Approximation now = new Approximation(start.mesh, points, period, input);
            double[] change = linear == null ? null : newton(start, now, linear, across);
            if (change == null) {
                return null;
            }
            double size = apply(start.mesh, points, slopes, linear, change);
            period += change[2 * n];
            input += change[2 * n + 1];
            size = Math.max(size, Math.max(Math.abs(change[2 * n]) / start.periodMs,
                    Math.abs(change[2 * n + 1]) / inputUnit));
            if (!(size < RUNAWAY) || !(period > 0)) {
                return null;
            }
            if (size < CONVERGED) {
                return solved(start, new Approximation(start.mesh, points, period, input), slopes, direction,
                        iteration);
            }
        }
        return null;
    }

    private static double[][] copy(double[][] points) {
        return Arrays.stream(points).map(double[]::clone).toArray(double[][]::new);
    }

    /** Changes of the start (n numbers), the end (n), the period and the input. */
    private double[] newton(Approximation reference, Approximation now, Collocation.Linearised linear,
            Direction across) {
        double[] right = new double[2 * n + 2];
        int end = reference.mesh.intervals();
        int rest = 2 * n + 2;
        for (int c = 0; c < n; c++) {
            right[c] = linear.ends()[c][rest];
            right[n + c] = now.points[0][c] - now.points[end][c];
        }
        for (int i = 0; i <= end; i++) {
            double[] flow = collocation.derivative(reference.points[i], reference.input);
            for (int c = 0; c < n; c++) {
                double away = weight(reference, i, c)
                        * (now.points[i][c] - reference.points[i][c] + linear.changes()[i][c][rest]);
                right[2 * n] -= flow[c] * reference.periodMs * away;
                right[2 * n + 1] -= across == null ? 0 : across.points[i][c] * away;
            }
        }
        if (across != null) {
            right[2 * n + 1] -= across.periodMs * (now.periodMs - reference.periodMs) / square(reference.periodMs)
                    + across.input * (now.input - reference.input) / square(inputUnit);
        }
        return solveLinear(matrix(reference, linear, across), right);
    }

    /** The field's equations, periodicity, phase, and plane or fixed input, by start, end, period and input. */
    private double[][] matrix(Approximation reference, Collocation.Linearised linear, Direction across) {
        double[][] matrix = new double[2 * n + 2][2 * n + 2];
        for (int c = 0; c < n; c++) {
            System.arraycopy(linear.ends()[c], 0, matrix[c], 0, 2 * n + 2);
            matrix[n + c][c] = -1;
            matrix[n + c][n + c] = 1;
        }
        for (int i = 0; i <= reference.mesh.intervals(); i++) {
            double[] flow = collocation.derivative(reference.points[i], reference.input);
            for (int c = 0; c < n; c++) {
                double weight = weight(reference, i, c);
                add(matrix[2 * n], weight * flow[c] * reference.periodMs, linear.changes()[i][c]);
                if (across != null) {
                    add(matrix[2 * n + 1], weight * across.points[i][c], linear.changes()[i][c]);
                }
            }
        }
        matrix[2 * n + 1][2 * n] += across == null ? 0 : across.periodMs / square(reference.periodMs);
        matrix[2 * n + 1][2 * n + 1] += across == null ? 1 : across.input / square(inputUnit);
        return matrix;
    }

    private static void add(double[] row, double factor, double[] columns) {
        for (int k = 0; k < row.length; k++) {
            row[k] += factor * columns[k];
        }
    }

    private double weight(Approximation at, int point, int variable) {
        return at.mesh.weight(point) / square(stateUnits[variable]);
    }

    private static double square(double x) {
        return x * x;
    }

    private static double[] solveLinear(double[][] system, double[] right) {
        for (double[] row : system) {
            for (double entry : row) {
                if (!Double.isFinite(entry)) {
                    return null;
                }
            }
        }
        DecompositionSolver solver = new LUDecomposition(new Array2DRowRealMatrix(system, false), Double.MIN_NORMAL)
                .getSolver();
        return solver.isNonSingular() ? solver.solve(new ArrayRealVector(right, false)).toArray() : null;
    }

    /** Applies a change to all points and slopes; the largest change of a point in its units. */
    private double apply(PeriodicOrbit.Mesh mesh, double[][] points, double[][][] slopes,
            Collocation.Linearised linear, double[] change) {
        double largest = 0;
        double[][] changes = expanded(linear, change, 1);
        for (int i = 0; i <= mesh.intervals(); i++) {
            for (int row = 0; i < mesh.intervals() && row < Collocation.STAGES * n; row++) {
                double[] solution = linear.stageSolutions()[i].getRow(row);
                double sum = solution[n] * change[2 * n] + solution[n + 1] * change[2 * n + 1] + solution[n + 2];
                for (int k = 0; k < n; k++) {
                    sum += solution[k] * changes[i][k];
                }
                slopes[i][row / n][row % n] += sum;
            }
            for (int c = 0; c < n; c++) {
                points[i][c] += changes[i][c];
                largest = Math.max(largest, Math.abs(changes[i][c]) / stateUnits[c]);
            }
        }
        return largest;
    }

    /** The changes at all mesh points; {@code rest} is 1 with the equations' residual, 0 without. */
    private double[][] expanded(Collocation.Linearised linear, double[] change, double rest) {
        double[][] changes = new double[linear.changes().length][n];
        for (int i = 0; i < changes.length; i++) {
            for (int c = 0; c < n; c++) {
                double[] columns = linear.changes()[i][c];
                double sum = rest * columns[2 * n + 2];
                for (int k = 0; k < 2 * n + 2; k++) {
                    sum += columns[k] * change[k];
                }
                changes[i][c] = sum;
            }
        }
        return changes;
    }

    private Solved solved(Approximation reference, Approximation orbit, double[][][] slopes, Direction direction,
            int iterations) {
        Collocation.Linearised linear = collocation.linearise(orbit.mesh, orbit.points, slopes, orbit.periodMs,
                orbit.input);
        if (linear == null) {
            return null;
        }
        Direction tangent = direction == null ? null : tangent(reference, orbit, linear, direction);
        if (direction != null && tangent == null) {
            return null;
        }
        List<Complex> multipliers = multipliers(linear);
        return multipliers == null ? null : new Solved(orbit, tangent, multipliers, iterations);
    }

    /**
     * The multipliers mu, with {@code end = mu start} in the relations {@code G start + H end = 0}. The eigenvalues of
     * {@code -(G - s H)^-1 H} are 1 / (mu + s), so that large and small ones are found alike.
     */
    private List<Complex> multipliers(Collocation.Linearised linear) {
        double[][] shifted = new double[n][n];
        double[][] ofEnd = new double[n][n];
        for (int r = 0; r < n; r++) {
            for (int c = 0; c < n; c++) {
                ofEnd[r][c] = -linear.ends()[r][n + c];
                shifted[r][c] = linear.ends()[r][c] - SHIFT * linear.ends()[r][n + c];
            }
        }
        try {
            RealMatrix matrix = new LUDecomposition(new Array2DRowRealMatrix(shifted, false), Double.MIN_NORMAL)
                    .getSolver().solve(new Array2DRowRealMatrix(ofEnd, false));
            return PeriodicOrbit.sorted(Eigenvalues.of(matrix.getData()).stream()
                    .map(e -> e.reciprocal().subtract(SHIFT)).toList());
        } catch (MathRuntimeException | ArithmeticException e) {
            return null;
        }
    }

    /** The direction of the branch at an orbit, on the side of another direction. */
    private Direction tangent(Approximation reference, Approximation orbit, Collocation.Linearised linear,
            Direction towards) {
        double[] right = new double[2 * n + 2];
        right[2 * n + 1] = 1;
        double[] change = solveLinear(matrix(reference, linear, towards), right);
        return change == null ? null
                : normalised(orbit, new Direction(expanded(linear, change, 0), change[2 * n], change[2 * n + 1]));
    }

    private static int interval(PeriodicOrbit.Mesh mesh, double time) {
        int found = Arrays.binarySearch(mesh.times(), time);
        return Math.min(mesh.intervals() - 1, found >= 0 ? found : -found - 2);
    }

    /** The states of an orbit at times within its period, which goes from 0 to 1. */
    double[][] at(Approximation orbit, double[] times) {
        double[][] states = new double[times.length][n];
        for (int k = 0; k < times.length; k++) {
            int i = interval(orbit.mesh, times[k]);
            double s = (times[k] - orbit.mesh.times()[i]) / orbit.mesh.width(i);
            double span = orbit.periodMs * orbit.mesh.width(i);
            double[] from = collocation.derivative(orbit.points[i], orbit.input);
            double[] to = collocation.derivative(orbit.points[i + 1], orbit.input);
            for (int c = 0; c < n; c++) {
                states[k][c] = Hermite.value(s, orbit.points[i][c], orbit.points[i + 1][c], span * from[c],
                        span * to[c]);
            }
        }
        return states;
    }

    /** An orbit on another mesh, with the direction of its branch. */
    Solved remeshed(Solved solved, PeriodicOrbit.Mesh mesh) {
        Approximation old = solved.orbit;
        double[][] direction = new double[mesh.times().length][n];
        for (int k = 0; k < direction.length; k++) {
            int i = interval(old.mesh, mesh.times()[k]);
            double s = (mesh.times()[k] - old.mesh.times()[i]) / old.mesh.width(i);
            for (int c = 0; c < n; c++) {
                direction[k][c] = (1 - s) * solved.tangent.points()[i][c] + s * solved.tangent.points()[i + 1][c];
            }
        }
        Approximation orbit = new Approximation(mesh, at(old, mesh.times()), old.periodMs, old.input);
        return new Solved(orbit, normalised(orbit, new Direction(direction, solved.tangent.periodMs(),
                solved.tangent.input())), solved.multipliers, solved.iterations);
    }

    /**
     * A mesh on which an orbit bends and moves by the same amount in every interval (de Boor's equidistribution): half
     * of the points by the distance travelled, a quarter by the time and a quarter by the turns.
     */
    PeriodicOrbit.Mesh adapted(Approximation orbit, int wantedIntervals) {
        int intervals = orbit.mesh.intervals();
        double[] distance = new double[intervals];
        double[] turn = new double[intervals];
        double allDistance = 0;
        double allTurns = 0;
        for (int i = 0; i < intervals; i++) {
            double[] from = collocation.derivative(orbit.points[i], orbit.input);
            double[] to = collocation.derivative(orbit.points[i + 1], orbit.input);
            double moved = 0;
            double turned = 0;
            for (int c = 0; c < n; c++) {
                moved += Math.pow((orbit.points[i + 1][c] - orbit.points[i][c]) / stateUnits[c], 2);
                turned += Math.pow((to[c] - from[c]) * orbit.periodMs * orbit.mesh.width(i) / stateUnits[c], 2);
            }
            distance[i] = Math.sqrt(moved);
            turn[i] = Math.pow(turned, 0.25);
            allDistance += distance[i];
            allTurns += turn[i];
        }
        double[] load = new double[intervals + 1];
        for (int i = 0; i < intervals; i++) {
            load[i + 1] = load[i] + 0.25 * orbit.mesh.width(i) + 0.5 * distance[i] / Math.max(allDistance, 1e-300)
                    + 0.25 * turn[i] / Math.max(allTurns, 1e-300);
        }
        double[] times = new double[wantedIntervals + 1];
        int i = 0;
        for (int k = 1; k < wantedIntervals; k++) {
            double wanted = load[intervals] * k / wantedIntervals;
            while (load[i + 1] < wanted) {
                i++;
            }
            times[k] = orbit.mesh.times()[i] + orbit.mesh.width(i) * (wanted - load[i]) / (load[i + 1] - load[i]);
        }
        times[wantedIntervals] = 1;
        return new PeriodicOrbit.Mesh(times);
    }
}

package org.nagumo.core.bifurcation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;
import org.hipparchus.complex.Complex;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.LUDecomposition;
import org.nagumo.core.dynamics.Equilibrium;
import org.nagumo.core.dynamics.VectorField;

/**
 * Follows a curve of equilibria by pseudo-arclength continuation (Keller 1977; Kuznetsov 2004, Elements of Applied
 * Bifurcation Theory, section 10.2): the state and the input are unknowns alike, so that the curve may turn round.
 */
final class EquilibriumContinuation {

    private static final int MAX_ITERATIONS = 12;
    private static final double CONVERGED = 1e-12;
    private static final double LONGEST = 0.02;
    private static final double SHORTEST = 1e-8;
    private static final int MOST_STEPS = 20_000;

    /** Steps are shortened where the curve turns by more than this, in radians. */
    private static final double MOST_TURN = 0.15;

    private final VectorField field;
    private final int n;
    private final double from;
    private final double to;

    /** Units of the state variables and, last, of the input. */
    private final double[] units;

    EquilibriumContinuation(VectorField field, double[] stateUnits, double from, double to) {
        this.field = field;
        this.n = field.dimension();
        this.from = from;
        this.to = to;
        this.units = Arrays.copyOf(stateUnits, n + 1);
        this.units[n] = to - from;
    }

    /** A point of the curve: state and input in their units, and the curve's direction there. */
    private record Place(double[] z, double[] tangent) {
    }

    /** The branch through an equilibrium, in both directions, as far as the input is in the range. */
    EquilibriumBranch through(double[] state, double input) {
        double[] z = new double[n + 1];
        for (int i = 0; i < n; i++) {
            z[i] = state[i] / units[i];
        }
        z[n] = input / units[n];
        double[] upwards = new double[n + 1];
        upwards[n] = 1;
        Place start = corrected(z, upwards);
        if (start == null) {
            return new EquilibriumBranch(List.of(), List.of(), List.of());
        }
        List<Place> places = new ArrayList<>();
        List<BifurcationPoint> points = new ArrayList<>();
        double[] downwards = start.tangent.clone();
        for (int i = 0; i <= n; i++) {
            downwards[i] = -downwards[i];
        }
        follow(new Place(start.z, downwards), places, points);
        Collections.reverse(places);
        Collections.reverse(points);
        places.add(start);
        follow(start, places, points);
        List<Double> inputs = places.stream().map(p -> p.z[n] * units[n]).toList();
        List<Equilibrium> equilibria = places.stream().map(this::equilibrium).toList();
        return new EquilibriumBranch(inputs, equilibria, points);
    }

    private double[] state(Place place) {
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = place.z[i] * units[i];
        }
        return x;
    }

    private Equilibrium equilibrium(Place place) {
        return Equilibrium.at(field, state(place), place.z[n] * units[n]);
    }

    private void follow(Place start, List<Place> places, List<BifurcationPoint> points) {
        Place last = start;
        double length = LONGEST / 4;
        for (int step = 0; step < MOST_STEPS && length > SHORTEST; step++) {
            Place next = ahead(last, length);
            if (next == null || turn(last, next) > MOST_TURN) {
                length /= 2;
                continue;
            }
            double input = next.z[n] * units[n];
            if (input < from || input > to) {
                Place edge = atEdge(last, length, input < from ? from : to);
                if (edge != null) {
                    detect(last, edge, places, points);
                    places.add(edge);
                }
                return;
            }
            detect(last, next, places, points);
            places.add(next);
            if (closed(start, next, step)) {
                return;
            }
            last = next;
            length = Math.min(LONGEST, length * 1.5);
        }
    }

    private boolean closed(Place start, Place now, int step) {
        double distance = 0;
        for (int i = 0; i <= n; i++) {
            distance = Math.hypot(distance, now.z[i] - start.z[i]);
        }
        return step > 10 && distance < LONGEST / 2 && turn(start, now) < MOST_TURN;
    }

    private static double turn(Place a, Place b) {
        double product = 0;
        for (int i = 0; i < a.tangent.length; i++) {
            product += a.tangent[i] * b.tangent[i];
        }
        return Math.acos(Math.max(-1, Math.min(1, product)));
    }

    private Place ahead(Place from, double length) {
        double[] z = from.z.clone();
        for (int i = 0; i <= n; i++) {
            z[i] += length * from.tangent[i];
        }
        return corrected(z, from.tangent);
    }

    /** The point where a step passes an end of the range. */
    private Place atEdge(Place last, double length, double edge) {
        return located(last, length, place -> place.z[n] - edge / units[n]);
    }

    /** A quantity that changes its sign along the curve. */
    private interface Test {
        double of(Place place);
    }

    /** The place within a step where a test is zero; null when it cannot be found. */
    private Place located(Place last, double length, Test test) {
        DoubleUnaryOperator along = s -> {
            Place place = s == 0 ? last : ahead(last, s);
            return place == null ? Double.NaN : test.of(place);
        };
        try {
            double s = new BracketingNthOrderBrentSolver(1e-14, 1e-14, 1e-15, 5).solve(200, along::applyAsDouble, 0,
                    length);
            return s == 0 ? last : ahead(last, s);
        } catch (MathRuntimeException e) {
            return null;
        }
    }

    /** Folds and Hopf points between two places; they become places of the curve. */
    private void detect(Place last, Place next, List<Place> places, List<BifurcationPoint> points) {
        double length = 0;
        for (int i = 0; i <= n; i++) {
            length += (next.z[i] - last.z[i]) * last.tangent[i];
        }
        if (last.tangent[n] > 0 != next.tangent[n] > 0) {
            Place fold = located(last, length, place -> place.tangent[n]);
            if (fold != null) {
                places.add(fold);
                points.add(new BifurcationPoint(BifurcationPoint.Kind.FOLD, fold.z[n] * units[n], state(fold),
                        Double.NaN, BifurcationPoint.Criticality.NONE));
            }
        }
        if (pairs(last) > 0 != pairs(next) > 0) {
            Place place = located(last, length, this::pairs);
            if (place != null) {
                places.add(place);
                addIfHopf(place, points);
            }
        }
    }

    /** The product of the sums of all pairs of eigenvalues: zero for a pair +-iw, and for +-x. */
    private double pairs(Place place) {
        List<Complex> e = equilibrium(place).eigenvalues();
        Complex product = Complex.ONE;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                product = product.multiply(e.get(i).add(e.get(j)));
            }
        }
        return product.getReal();
    }

    private void addIfHopf(Place place, List<BifurcationPoint> points) {
        // Of the complex pairs the one nearest to the axis, if any sums to zero.
        Complex nearest = equilibrium(place).eigenvalues().stream().filter(e -> e.getImaginary() > 0)
                .min((a, b) -> Double.compare(Math.abs(a.getReal()), Math.abs(b.getReal()))).orElse(null);
        if (nearest == null || Math.abs(nearest.getReal()) > 1e-6 * nearest.getImaginary()) {
            return;
        }
        double w = nearest.getImaginary();
        double input = place.z[n] * units[n];
        Hopf hopf = Hopf.at(field, state(place), input, w, units);
        points.add(new BifurcationPoint(BifurcationPoint.Kind.HOPF, input, state(place), 2 * Math.PI / w,
                hopf.criticality()));
    }

    /** The point of the curve in the plane through z across a direction, with the tangent on that side. */
    private Place corrected(double[] start, double[] across) {
        double[] z = start.clone();
        for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
            double[] x = new double[n];
            for (int i = 0; i < n; i++) {
                x[i] = z[i] * units[i];
            }
            double input = z[n] * units[n];
            double[] f = new double[n];
            double[][] jacobian = new double[n][n];
            field.derivative(x, input, f);
            field.jacobian(x, input, jacobian);
            double[] byInput = Collocation.byInput(field, x, input);
            double[][] system = new double[n + 1][n + 1];
            double[] right = new double[n + 1];
            double[] tangentRight = new double[n + 1];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    system[i][j] = jacobian[i][j] * units[j] / units[i];
                }
                system[i][n] = byInput[i] * units[n] / units[i];
                right[i] = -f[i] / units[i];
            }
            for (int j = 0; j <= n; j++) {
                system[n][j] = across[j];
                right[n] -= across[j] * (z[j] - start[j]);
            }
            tangentRight[n] = 1;
            double[] change = solve(system, right);
            if (change == null) {
                return null;
            }
            double size = 0;
            for (int j = 0; j <= n; j++) {
                z[j] += change[j];
                size = Math.max(size, Math.abs(change[j]));
            }
            if (!(size < 1)) {
                return null;
            }
            if (size < CONVERGED) {
                double[] tangent = solve(system, tangentRight);
                double length = 0;
                for (double t : tangent) {
                    length = Math.hypot(length, t);
                }
                for (int j = 0; j <= n; j++) {
                    tangent[j] /= length;
                }
                return new Place(z, tangent);
            }
        }
        return null;
    }

    private static double[] solve(double[][] system, double[] right) {
        for (double[] row : system) {
            for (double entry : row) {
                if (!Double.isFinite(entry)) {
                    return null;
                }
            }
        }
        DecompositionSolver solver = new LUDecomposition(new Array2DRowRealMatrix(system, true), Double.MIN_NORMAL)
                .getSolver();
        return solver.isNonSingular() ? solver.solve(new ArrayRealVector(right, false)).toArray() : null;
    }
}

package org.nagumo.core.dynamics;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.LUDecomposition;

/**
 * Newton's method for f(x, u) = 0 with halved steps where a whole one does not lower the norm of f
 * (Dennis and Schnabel 1983, Numerical Methods for Unconstrained Optimization and Nonlinear Equations, section 6.5).
 */
final class Newton {

    private static final int MAX_ITERATIONS = 60;
    private static final int MAX_HALVINGS = 30;

    /** A last whole step shorter than this, relative to 1 + |x|, ends the iteration. */
    private static final double STEP_TOLERANCE = 1e-13;

    /** At a fold steps go on being halved until rounding stops them; at a state that is merely slow they are long. */
    private static final double LAST_STEP_TOLERANCE = 1e-7;

    /** Below this norm of f, per ms, rounding decides whether a step lowers it. */
    private static final double RESIDUAL_TOLERANCE = 1e-12;

    private final VectorField field;
    private final double input;
    private final double[] f;
    private final double[][] jacobian;

    Newton(VectorField field, double input) {
        this.field = field;
        this.input = input;
        this.f = new double[field.dimension()];
        this.jacobian = new double[field.dimension()][field.dimension()];
    }

    /** The zero to which the iteration converges; null when it does not, or where the field is not finite. */
    double[] solve(double[] start) {
        double[] x = start.clone();
        field.derivative(x, input, f);
        for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
            double[] step = step(x);
            if (step == null) {
                return null;
            }
            if (isWithin(STEP_TOLERANCE, step, x)) {
                return x;
            }
            x = damped(x, step);
        }
        double[] last = step(x);
        return last != null && isWithin(LAST_STEP_TOLERANCE, last, x) && norm(f) < RESIDUAL_TOLERANCE ? x : null;
    }

    /** The whole step from x, where f is known; null where there is none. */
    private double[] step(double[] x) {
        field.jacobian(x, input, jacobian);
        for (int i = 0; i < f.length; i++) {
            double sum = f[i];
            for (double entry : jacobian[i]) {
                sum += entry;
            }
            if (!Double.isFinite(sum)) {
                return null;
            }
        }
        DecompositionSolver solver = new LUDecomposition(new Array2DRowRealMatrix(jacobian), Double.MIN_NORMAL)
                .getSolver();
        return solver.isNonSingular() ? solver.solve(new ArrayRealVector(f, false)).toArray() : null;
    }

    private double[] damped(double[] x, double[] step) {
        double size = norm(f);
        double scale = 1;
        double[] next = minus(x, step, scale);
        field.derivative(next, input, f);
        for (int h = 0; h < MAX_HALVINGS && !(norm(f) < size) && size > RESIDUAL_TOLERANCE; h++) {
            scale /= 2;
            next = minus(x, step, scale);
            field.derivative(next, input, f);
        }
        return next;
    }

    private static boolean isWithin(double tolerance, double[] step, double[] x) {
        for (int i = 0; i < x.length; i++) {
            if (!(Math.abs(step[i]) <= tolerance * (1 + Math.abs(x[i])))) {
                return false;
            }
        }
        return true;
    }

    private static double[] minus(double[] x, double[] step, double scale) {
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = x[i] - scale * step[i];
        }
        return y;
    }

    private static double norm(double[] f) {
        double norm = 0;
        for (double value : f) {
            norm = Math.hypot(norm, value);
        }
        return norm;
    }
}

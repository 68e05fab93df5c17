package org.nagumo.core.bifurcation;

import org.hipparchus.complex.Complex;
import org.hipparchus.complex.ComplexField;
import org.hipparchus.linear.Array2DRowFieldMatrix;
import org.hipparchus.linear.ArrayFieldVector;
import org.hipparchus.linear.FieldLUDecomposition;
import org.hipparchus.linear.FieldMatrix;
import org.hipparchus.linear.FieldVector;
import org.nagumo.core.dynamics.VectorField;

/**
 * The cycles that are born at a Hopf point: their frequency, their plane and whether they attract. The first Lyapunov
 * coefficient by Kuznetsov 2004, Elements of Applied Bifurcation Theory, equation 5.39,
 * <pre>
 *   l1 = 1/(2 w) Re[ p* C(q, q, q~) - 2 p* B(q, A^-1 B(q, q~)) + p* B(q~, (2iw - A)^-1 B(q, q)) ],
 *   A q = iw q,  A^T p = -iw p,  p* q = 1,
 * </pre>
 * with the second and third derivatives B and C by differences of the Jacobian.
 *
 * @param frequency w, in radians per ms
 * @param plane     q, in units of the state variables, of length 1 in them; not to be modified
 * @param lyapunov  l1 in those units, per ms
 */
record Hopf(double frequency, Complex[] plane, double lyapunov) {

    /** Step of the differences in units of the state variables: errors of rounding and truncation near 1e-6. */
    private static final double STEP = 1e-3;

    private static final int INVERSE_ITERATIONS = 4;

    static Hopf at(VectorField field, double[] state, double input, double frequency, double[] stateUnits) {
        return new Derivatives(field, state, input, stateUnits).hopf(frequency);
    }

    BifurcationPoint.Criticality criticality() {
        if (Math.abs(lyapunov) < 1e-7 * frequency) {
            return BifurcationPoint.Criticality.NONE;
        }
        return lyapunov < 0 ? BifurcationPoint.Criticality.SUPER : BifurcationPoint.Criticality.SUB;
    }

    /** The field's derivatives at a point, with the state in its units. */
    private record Derivatives(VectorField field, double[] state, double input, double[] units) {

        private FieldMatrix<Complex> jacobian(FieldVector<Complex> along, double step) {
            int n = state.length;
            double[] x = state.clone();
            for (int i = 0; i < n && along != null; i++) {
                x[i] += step * units[i] * along.getEntry(i).getReal();
            }
            double[][] j = new double[n][n];
            field.jacobian(x, input, j);
            FieldMatrix<Complex> matrix = new Array2DRowFieldMatrix<>(ComplexField.getInstance(), n, n);
            for (int r = 0; r < n; r++) {
                for (int c = 0; c < n; c++) {
                    matrix.setEntry(r, c, new Complex(j[r][c] * units[c] / units[r]));
                }
            }
            return matrix;
        }

        /** B(x, y) for a real y. */
        private FieldVector<Complex> second(FieldVector<Complex> x, FieldVector<Complex> y) {
            return jacobian(y, STEP).subtract(jacobian(y, -STEP)).operate(x).mapMultiply(new Complex(0.5 / STEP));
        }

        /** C(x, y, y) for a real y. */
        private FieldVector<Complex> third(FieldVector<Complex> x, FieldVector<Complex> y) {
            FieldMatrix<Complex> middle = jacobian(null, 0);
            return jacobian(y, STEP).add(jacobian(y, -STEP)).subtract(middle).subtract(middle).operate(x)
                    .mapMultiply(new Complex(1 / (STEP * STEP)));
        }

        private static FieldVector<Complex> part(FieldVector<Complex> x, boolean imaginary) {
            FieldVector<Complex> part = x.copy();
            for (int i = 0; i < x.getDimension(); i++) {
                part.setEntry(i, new Complex(imaginary ? x.getEntry(i).getImaginary() : x.getEntry(i).getReal()));
            }
            return part;
        }

        private static FieldVector<Complex> conjugate(FieldVector<Complex> x) {
            FieldVector<Complex> result = x.copy();
            for (int i = 0; i < x.getDimension(); i++) {
                result.setEntry(i, x.getEntry(i).conjugate());
            }
            return result;
        }

        /** B(x, y) for complex y. */
        private FieldVector<Complex> bilinear(FieldVector<Complex> x, FieldVector<Complex> y) {
            return second(x, part(y, false)).add(second(x, part(y, true)).mapMultiply(Complex.I));
        }

        /** The eigenvector of a matrix to an eigenvalue, by inverse iteration. */
        private static FieldVector<Complex> eigenvector(FieldMatrix<Complex> matrix, Complex value) {
            int n = matrix.getRowDimension();
            FieldMatrix<Complex> shifted = matrix.copy();
            // Not quite singular.
            Complex shift = value.multiply(1 + 1e-9);
            for (int i = 0; i < n; i++) {
                shifted.setEntry(i, i, shifted.getEntry(i, i).subtract(shift));
            }
            FieldVector<Complex> x = new ArrayFieldVector<>(ComplexField.getInstance(), n);
            for (int i = 0; i < n; i++) {
                x.setEntry(i, new Complex(1, 0.1 * i));
            }
            for (int k = 0; k < INVERSE_ITERATIONS; k++) {
                x = new FieldLUDecomposition<>(shifted).getSolver().solve(x);
                x.mapMultiplyToSelf(new Complex(1 / norm(x)));
            }
            return x;
        }

        private static double norm(FieldVector<Complex> x) {
            double sum = 0;
            for (int i = 0; i < x.getDimension(); i++) {
                sum = Math.hypot(sum, x.getEntry(i).norm());
            }
            return sum;
        }

        Hopf hopf(double w) {
            FieldMatrix<Complex> a = jacobian(null, 0);
            FieldVector<Complex> q = eigenvector(a, new Complex(0, w));
            FieldVector<Complex> p = eigenvector(a.transpose(), new Complex(0, -w));
            p = p.mapMultiply(conjugate(p).dotProduct(q).conjugate().reciprocal());
            FieldVector<Complex> star = conjugate(p);
            FieldVector<Complex> re = part(q, false);
            FieldVector<Complex> im = part(q, true);
            // C(q, q, q~) = C(a, a, a) + C(a, b, b) + i (C(b, a, a) + C(b, b, b)) for q = a + ib.
            Complex cubic = star.dotProduct(third(re, re).add(third(re, im))
                    .add(third(im, re).add(third(im, im)).mapMultiply(Complex.I)));
            FieldVector<Complex> mean = new FieldLUDecomposition<>(a).getSolver().solve(bilinear(q, conjugate(q)));
            FieldMatrix<Complex> doubled = a.scalarMultiply(Complex.MINUS_ONE);
            for (int i = 0; i < q.getDimension(); i++) {
                doubled.setEntry(i, i, doubled.getEntry(i, i).add(new Complex(0, 2 * w)));
            }
            FieldVector<Complex> second = new FieldLUDecomposition<>(doubled).getSolver().solve(bilinear(q, q));
            Complex sum = cubic.subtract(star.dotProduct(bilinear(q, mean)).multiply(2))
                    .add(star.dotProduct(bilinear(conjugate(q), second)));
            return new Hopf(w, q.toArray(), sum.getReal() / (2 * w));
        }
    }
}

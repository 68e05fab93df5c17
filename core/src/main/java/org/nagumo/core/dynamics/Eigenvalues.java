package org.nagumo.core.dynamics;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.Complex_F64;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.hipparchus.complex.Complex;

/**
 * Eigenvalues of real matrices. Hipparchus 4.0.3 is not used for them: beside an off-diagonal element of some 1e-12 it
 * takes two real ones for a complex pair.
 */
public final class Eigenvalues {

    private Eigenvalues() {
    }

    /**
     * All eigenvalues, in no particular order; complex ones in pairs.
     *
     * @param matrix square; not modified
     * @throws ArithmeticException when an element is not finite, or the iteration does not converge
     */
    public static List<Complex> of(double[][] matrix) {
        for (double[] row : matrix) {
            for (double element : row) {
                if (!Double.isFinite(element)) {
                    throw new ArithmeticException("a matrix has the element " + element
                            + "; allowed for eigenvalues: finite numbers");
                }
            }
        }
        return matrix.length == 2 ? ofTwo(matrix[0][0], matrix[0][1], matrix[1][0], matrix[1][1]) : ofMany(matrix);
    }

    /** Half the trace plus and minus the root of half the difference squared plus the product beside the diagonal. */
    private static List<Complex> ofTwo(double a, double b, double c, double d) {
        double middle = (a + d) / 2;
        double half = (a - d) / 2;
        double discriminant = half * half + b * c;
        if (discriminant < 0) {
            double frequency = Math.sqrt(-discriminant);
            return List.of(new Complex(middle, frequency), new Complex(middle, -frequency));
        }
        // The one of larger modulus first; the other by the product of both, without cancellation where b c is small.
        double root = Math.sqrt(discriminant);
        double large = middle >= 0 ? middle + root : middle - root;
        double small = large == 0 ? 0 : (a * d - b * c) / large;
        return List.of(new Complex(large), new Complex(small));
    }

    private static List<Complex> ofMany(double[][] matrix) {
        EigenDecomposition_F64<DMatrixRMaj> decomposition = DecompositionFactory_DDRM.eig(matrix.length, false);
        if (!decomposition.decompose(new DMatrixRMaj(matrix))) {
            throw new ArithmeticException("the eigenvalues of a matrix of order " + matrix.length
                    + " were not found; allowed: matrices for which the QR iteration converges");
        }
        List<Complex> values = new ArrayList<>();
        for (int k = 0; k < matrix.length; k++) {
            Complex_F64 value = decomposition.getEigenvalue(k);
            values.add(new Complex(value.getReal(), value.getImaginary()));
        }
        return values;
    }
}

package org.nagumo.core.bifurcation;

/** Orthogonal elimination (Golub and Van Loan 2013, Matrix Computations, section 5.2). */
final class Householder {

    private Householder() {
    }

    /** Makes the first columns of a matrix triangular by reflections of all its rows. */
    static void triangularise(double[][] matrix, int columns) {
        int rows = matrix.length;
        for (int k = 0; k < columns; k++) {
            double norm = 0;
            for (int r = k; r < rows; r++) {
                norm = Math.hypot(norm, matrix[r][k]);
            }
            if (norm == 0) {
                continue;
            }
            // v = x + sign(x_1) |x| e_1, with v v' / (|x| (|x| + |x_1|)) as the reflection's rank-one part.
            double first = matrix[k][k];
            double alpha = first >= 0 ? -norm : norm;
            double[] v = new double[rows];
            for (int r = k; r < rows; r++) {
                v[r] = matrix[r][k];
            }
            v[k] -= alpha;
            double scale = 1 / (norm * (norm + Math.abs(first)));
            for (int c = k; c < matrix[k].length; c++) {
                double product = 0;
                for (int r = k; r < rows; r++) {
                    product += v[r] * matrix[r][c];
                }
                product *= scale;
                for (int r = k; r < rows; r++) {
                    matrix[r][c] -= product * v[r];
                }
            }
        }
    }
}

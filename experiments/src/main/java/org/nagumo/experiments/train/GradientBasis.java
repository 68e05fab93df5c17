package org.nagumo.experiments.train;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;

/**
 * The second moment C of a gradient, a running mean of g g^T, and an orthonormal basis: the parameters' own until it is
 * first turned to the eigenvectors of C.
 */
final class GradientBasis {

    private final double[][] moments;   // lower triangle
    private double[][] rows;            // [k][p]: element p of basis vector k
    private double[][] columns;         // [p][k]

    GradientBasis(int parameters) {
        moments = new double[parameters][];
        rows = new double[parameters][parameters];
        for (int p = 0; p < parameters; p++) {
            moments[p] = new double[p + 1];
            rows[p][p] = 1;
        }
        columns = rows;
    }

    /** C += share (g g^T - C). */
    void add(double[] g, double share) {
        for (int p = 0; p < moments.length; p++) {
            double[] row = moments[p];
            double scaled = share * g[p];
            for (int q = 0; q <= p; q++) {
                row[q] = Math.fma(scaled, g[q], (1 - share) * row[q]);
            }
        }
    }

    /** Turns the basis to the eigenvectors of C, and gives their eigenvalues, the means of the squares along them. */
    void turn(double[] eigenvalues) {
        int n = moments.length;
        double[][] full = new double[n][n];
        for (int p = 0; p < n; p++) {
            for (int q = 0; q <= p; q++) {
                full[p][q] = moments[p][q];
                full[q][p] = moments[p][q];
            }
        }
        EigenDecompositionSymmetric decomposition = new EigenDecompositionSymmetric(
                new Array2DRowRealMatrix(full, false));
        rows = decomposition.getVT().getData();
        columns = decomposition.getV().getData();
        for (int k = 0; k < n; k++) {
            eigenvalues[k] = Math.max(0, decomposition.getEigenvalue(k));   // below zero by rounding alone
        }
    }

    /** Q^T x. */
    double[] coordinates(double[] x) {
        return weightedSum(x, columns);
    }

    /** Q c. */
    double[] vector(double[] c) {
        return weightedSum(c, rows);
    }

    /** Row by row, so that the loop over a row becomes vector instructions. */
    private static double[] weightedSum(double[] weights, double[][] rows) {
        double[] sum = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            double weight = weights[i];
            double[] row = rows[i];
            for (int j = 0; j < sum.length; j++) {
                sum[j] = Math.fma(weight, row[j], sum[j]);
            }
        }
        return sum;
    }

    /** C, its lower triangle row by row. */
    double[] moments() {
        double[] packed = new double[moments.length * (moments.length + 1) / 2];
        for (int p = 0, at = 0; p < moments.length; at += ++p) {
            System.arraycopy(moments[p], 0, packed, at, p + 1);
        }
        return packed;
    }

    void restore(double[] packed) {
        for (int p = 0, at = 0; p < moments.length; at += ++p) {
            System.arraycopy(packed, at, moments[p], 0, p + 1);
        }
    }
}

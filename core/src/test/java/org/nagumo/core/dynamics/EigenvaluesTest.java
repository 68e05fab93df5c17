package org.nagumo.core.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.hipparchus.complex.Complex;
import org.junit.jupiter.api.Test;

/** Eigenvalues of matrices whose eigenvalues are known. */
class EigenvaluesTest {

    private static List<Complex> sorted(double[][] matrix) {
        return Eigenvalues.of(matrix).stream().sorted(Comparator.comparingDouble(Complex::getReal)
                .thenComparingDouble(Complex::getImaginary)).toList();
    }

    @Test
    void realOnesStayRealBesideTinyElements() {
        // The Jacobian of a network at one of its equilibria.
        List<Complex> values = sorted(new double[][] {{-0.99885754621459, -5.048476104195607E-12},
            {-1.3283024364690794E-12, 1.258556327776273}});
        assertThat(values.get(0).getReal()).isCloseTo(-0.99885754621459, within(1e-15));
        assertThat(values.get(1).getReal()).isCloseTo(1.258556327776273, within(1e-15));
        assertThat(values).allSatisfy(v -> assertThat(v.getImaginary()).isZero());
        List<Complex> three = sorted(new double[][] {{-1, -5e-12, 0}, {-1.3e-12, 1.26, 1e-13}, {1e-12, 0, 2}});
        assertThat(three).extracting(Complex::getReal).satisfiesExactly(a -> assertThat(a).isCloseTo(-1, within(1e-12)),
                b -> assertThat(b).isCloseTo(1.26, within(1e-12)), c -> assertThat(c).isCloseTo(2, within(1e-12)));
    }

    @Test
    void pairsOfAllKinds() {
        assertThat(sorted(new double[][] {{0, -2}, {2, 0}})).containsExactly(new Complex(0, -2), new Complex(0, 2));
        assertThat(sorted(new double[][] {{3, 1}, {0, 3}})).containsExactly(new Complex(3), new Complex(3));
        assertThat(sorted(new double[2][2])).allSatisfy(v -> assertThat(v.norm()).isZero());
        // Widely apart: the small one by the product of both.
        List<Complex> apart = sorted(new double[][] {{1e8, 1}, {1, 1e-8 + 1e-9}});
        assertThat(apart.get(0).getReal()).isCloseTo(1e-9, within(1e-23));
    }

    /** A similarity transformation of blocks on the diagonal. */
    @Test
    void theOnesThatABlockMatrixWasMadeOf() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 200; round++) {
            double re = random.nextDouble(-2, 2);
            double im = random.nextDouble(0.1, 2);
            double[] real = {random.nextDouble(-3, 3), random.nextDouble(-3, 3)};
            double[][] m = {{re, -im, 0, 0}, {im, re, 0, 0}, {0, 0, real[0], 0}, {0, 0, 0, real[1]}};
            for (int k = 0; k < 12; k++) {
                int i = random.nextInt(4);
                int j = (i + 1 + random.nextInt(3)) % 4;
                double s = random.nextDouble(-1, 1);
                // Row i += s row j, column j -= s column i.
                for (int c = 0; c < 4; c++) {
                    m[i][c] += s * m[j][c];
                }
                for (int r = 0; r < 4; r++) {
                    m[r][j] -= s * m[r][i];
                }
            }
            List<Complex> values = Eigenvalues.of(m);
            for (Complex wanted : List.of(new Complex(re, im), new Complex(re, -im), new Complex(real[0]),
                    new Complex(real[1]))) {
                assertThat(values.stream().mapToDouble(v -> v.subtract(wanted).norm()).min().orElseThrow())
                        .isLessThan(1e-6);
            }
        }
    }

    @Test
    void whatIsNotFiniteIsRefused() {
        assertThatThrownBy(() -> Eigenvalues.of(new double[][] {{1, 0}, {Double.NaN, 1}}))
                .isInstanceOf(ArithmeticException.class).hasMessageContaining("the element NaN");
    }
}

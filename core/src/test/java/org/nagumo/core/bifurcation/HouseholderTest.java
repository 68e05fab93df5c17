package org.nagumo.core.bifurcation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Triangles by reflections, which keep lengths and angles. */
class HouseholderTest {

    @Test
    void theFirstColumnsBecomeTriangularAndInnerProductsStay() {
        SplittableRandom random = new SplittableRandom(3);
        double[][] matrix = new double[6][9];
        double[][] before = new double[6][9];
        for (int r = 0; r < 6; r++) {
            for (int c = 0; c < 9; c++) {
                matrix[r][c] = random.nextDouble(-1, 1);
                before[r][c] = matrix[r][c];
            }
        }
        Householder.triangularise(matrix, 3);
        for (int c = 0; c < 3; c++) {
            for (int r = c + 1; r < 6; r++) {
                assertThat(matrix[r][c]).isCloseTo(0, within(1e-15));
            }
        }
        for (int a = 0; a < 9; a++) {
            for (int b = 0; b < 9; b++) {
                double now = 0;
                double then = 0;
                for (int r = 0; r < 6; r++) {
                    now += matrix[r][a] * matrix[r][b];
                    then += before[r][a] * before[r][b];
                }
                assertThat(now).isCloseTo(then, within(1e-14));
            }
        }
    }
}

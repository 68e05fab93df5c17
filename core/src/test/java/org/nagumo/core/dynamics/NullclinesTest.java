package org.nagumo.core.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NullclinesTest {

    private static final Region WIDE = new Region(-3, 3, -3, 3);

    @Test
    void theTwoBranchesOfAHyperbolaStayApart() {
        Planar hyperbola = (x, y, u) -> new double[] {x * y - u, 1};
        for (double u : new double[] {0.01, -0.01}) {
            List<double[][]> branches = Nullclines.trace(hyperbola, u, 0, WIDE, 51);
            assertThat(branches).hasSize(2);
            for (double[][] branch : branches) {
                assertThat(Arrays.stream(branch).map(p -> Math.signum(p[0])).distinct().toList()).hasSize(1);
                assertThat(Arrays.asList(branch)).allSatisfy(p -> assertThat(p[0] * p[1]).isCloseTo(u, within(1e-7)));
            }
        }
    }

    @Test
    void theCurvesOfALatticeAreAllSeenAndRunFromEdgeToEdge() {
        Planar lattice = (x, y, u) -> new double[] {Math.sin(Math.PI * x), Math.sin(Math.PI * y)};
        for (int component = 0; component < 2; component++) {
            int c = component;
            List<double[][]> lines = Nullclines.trace(lattice, 0, c, new Region(-2.5, 2.5, -2.5, 2.5), 43);
            assertThat(lines.stream().map(line -> Math.round(line[0][c])).sorted())
                    .containsExactly(-2L, -1L, 0L, 1L, 2L);
            for (double[][] line : lines) {
                assertThat(Math.abs(line[0][1 - c] - line[line.length - 1][1 - c])).isCloseTo(5, within(1e-12));
                assertThat(Arrays.asList(line)).allMatch(p -> Math.abs(p[c] - Math.round(line[0][c])) < 1e-7);
            }
        }
    }

    @Test
    void aZeroOnTheLinesOfTheGridIsTracedOnce() {
        Planar axes = (x, y, u) -> new double[] {x, y};
        List<double[][]> vertical = Nullclines.trace(axes, 0, 0, WIDE, 30);
        assertThat(vertical).hasSize(1);
        assertThat(Arrays.asList(vertical.get(0))).hasSize(31).allMatch(p -> Math.abs(p[0]) < 1e-7);
    }

    @Test
    void aClosedCurveHasItsLength() {
        Planar circle = (x, y, u) -> new double[] {x * x + y * y - u * u, 1};
        List<double[][]> rings = Nullclines.trace(circle, 2, 0, WIDE, 120);
        assertThat(rings).hasSize(1);
        double[][] ring = rings.get(0);
        double length = 0;
        for (int k = 1; k < ring.length; k++) {
            length += Math.hypot(ring[k][0] - ring[k - 1][0], ring[k][1] - ring[k - 1][1]);
        }
        assertThat(length).isCloseTo(4 * Math.PI, within(1e-3));
    }

    @Test
    void aPoleAndAJumpAreNoNullclines() {
        Planar pole = (x, y, u) -> new double[] {1 / (x - 0.37), 1};
        assertThat(Nullclines.trace(pole, 0, 0, WIDE, 50)).isEmpty();
        Planar jump = (x, y, u) -> new double[] {x < 0.37 ? -1 : 2, 1};
        assertThat(Nullclines.trace(jump, 0, 0, WIDE, 50)).isEmpty();
        Planar both = (x, y, u) -> new double[] {(x + 1.1) / (x - 0.37), 1};
        List<double[][]> branches = Nullclines.trace(both, 0, 0, WIDE, 50);
        assertThat(branches).hasSize(1);
        assertThat(Arrays.asList(branches.get(0))).hasSize(51).allMatch(p -> Math.abs(p[0] + 1.1) < 1e-7);
    }

    @Test
    void badArgumentsAreNamedWithWhatIsAllowed() {
        Planar field = (x, y, u) -> new double[] {x, y};
        assertThatThrownBy(() -> Nullclines.trace(field, 0, 2, WIDE, 10)).hasMessageContaining("component 2");
        assertThatThrownBy(() -> Nullclines.trace(field, 0, 0, WIDE, 0)).hasMessageContaining("cells is 0");
        assertThatThrownBy(() -> new Region(1, 1, 0, 2)).hasMessageContaining("min < max");
    }
}

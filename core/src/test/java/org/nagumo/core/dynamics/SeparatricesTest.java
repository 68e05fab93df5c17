package org.nagumo.core.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Separatrices that are known curves. */
class SeparatricesTest {

    private static final Region REGION = new Region(-2, 2, -2, 2);

    /** x' = y, y' = x - x^3: the separatrices of 0 lie on y^2 = x^2 - x^4 / 2 and return to it. */
    @Test
    void theLoopsOfDuffingsSaddle() {
        Planar duffing = (x, y, u) -> new double[] {y, x - x * x * x};
        List<Equilibrium> equilibria = Equilibria.find(duffing, 0, REGION, 40);
        List<Separatrices> all = Separatrices.of(duffing, 0, equilibria, REGION, 20);
        assertThat(all).hasSize(1);
        assertThat(all.get(0).saddle().state()).containsExactly(new double[2], within(1e-9));
        for (List<double[][]> curves : List.of(all.get(0).stable(), all.get(0).unstable())) {
            assertThat(curves).hasSize(2);
            for (double[][] curve : curves) {
                double farthest = 0;
                for (double[] p : curve) {
                    assertThat(p[1] * p[1]).isCloseTo(p[0] * p[0] - Math.pow(p[0], 4) / 2, within(1e-8));
                    farthest = Math.max(farthest, Math.abs(p[0]));
                }
                assertThat(farthest).isCloseTo(Math.sqrt(2), within(1e-4));
            }
            // One to either side.
            assertThat(curves.get(0)[20][0] * curves.get(1)[20][0]).isNegative();
        }
    }

    @Test
    void theyEndBeyondTheRegionAndOnlySaddlesHaveThem() {
        Planar linear = (x, y, u) -> new double[] {x, -2 * y};
        List<Equilibrium> origin = List.of(Equilibrium.at(linear, new double[2], 0));
        Separatrices s = Separatrices.of(linear, 0, origin, REGION, 1000).get(0);
        assertThat(List.of(s.unstable().get(0))).hasSizeLessThan(2000)
                .allSatisfy(p -> assertThat(p[1]).isCloseTo(0, within(1e-12)));
        assertThat(List.of(s.stable().get(1))).hasSizeLessThan(2000)
                .allSatisfy(p -> assertThat(p[0]).isCloseTo(0, within(1e-12)));
        Planar sink = (x, y, u) -> new double[] {-x, -y};
        assertThat(Separatrices.of(sink, 0, List.of(Equilibrium.at(sink, new double[2], 0)), REGION, 10))
                .isEmpty();
    }
}

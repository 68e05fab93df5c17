package org.nagumo.core.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nagumo.core.gru.ContinuousTimeGruField;
import org.nagumo.core.gru.FusedGru;
import org.nagumo.core.gru.GruEquations;

/** Systems whose answers are known by formula or from the literature. */
class DynamicsTest {

    private static final Planar FITZHUGH_NAGUMO = (v, w, i) ->
            new double[] {v - v * v * v / 3 - w + i, 0.08 * (v + 0.7 - 0.8 * w)};

    private static final Region WIDE = new Region(-3, 3, -3, 3);

    /** r' = r (mu - r^2), theta' = omega: a cycle of radius sqrt(mu), period 2 pi / omega, multiplier e^(-2 mu T). */
    private static Planar hopf(double omega) {
        return (x, y, mu) -> {
            double g = mu - x * x - y * y;
            return new double[] {g * x - omega * y, g * y + omega * x};
        };
    }

    @Test
    void theHopfNormalFormHasItsCycleItsPeriodAndItsMultiplier() {
        LimitCycle cycle = LimitCycle.from(hopf(2), 0.5, new double[] {0.1, 0}, 200).orElseThrow();
        double period = Math.PI;
        assertThat(cycle.periodMs()).isCloseTo(period, within(1e-8));
        assertThat(cycle.range(0)[1]).isCloseTo(Math.sqrt(0.5), within(1e-5));
        assertThat(cycle.multiplier()).isCloseTo(Math.exp(-2 * 0.5 * period), within(1e-7));
        assertThat(LimitCycle.from(hopf(2), -0.5, new double[] {1, 0}, 200)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0.4,42.44,0.01", "0.5,39.474,0.001", "0.7,36.979,0.001", "1.0,36.699,0.001"})
    void fitzHughNagumoFiresWithItsPublishedPeriods(double current, double period, double tolerance) {
        LimitCycle cycle = LimitCycle.from(FITZHUGH_NAGUMO, current, new double[] {-1, 0}, 1500).orElseThrow();
        assertThat(cycle.periodMs()).isCloseTo(period, within(tolerance));
        if (current == 0.5) {
            assertThat(cycle.range(0)).containsExactly(new double[] {-1.970, 1.852}, within(1e-3));
        }
    }

    @Test
    void fitzHughNagumoRestsAtAStableFocusAndLosesItAtItsHopfPoint() {
        Equilibrium rest = only(Equilibria.find(FITZHUGH_NAGUMO, 0, WIDE, 60));
        assertThat(rest.state()).containsExactly(new double[] {-1.19941, -0.62426}, within(5e-6));
        assertThat(rest.kind()).isEqualTo(new EquilibriumKind.Focus(true));
        assertThat(rest.eigenvalues().get(0).getReal()).isCloseTo(-0.2513, within(1e-4));
        assertThat(rest.eigenvalues().get(0).getImaginary()).isCloseTo(0.2119, within(1e-4));
        assertThat(only(Equilibria.find(FITZHUGH_NAGUMO, 0.3312, WIDE, 60)).stable()).isTrue();
        assertThat(only(Equilibria.find(FITZHUGH_NAGUMO, 0.3314, WIDE, 60)).stable()).isFalse();
    }

    private static <T> T only(List<T> list) {
        assertThat(list).hasSize(1);
        return list.get(0);
    }

    @Test
    void everyEquilibriumOfALatticeIsFoundWithItsKind() {
        Planar lattice = (x, y, u) -> new double[] {Math.sin(Math.PI * x), Math.sin(Math.PI * y)};
        List<Equilibrium> found = Equilibria.find(lattice, 0, new Region(-2.5, 2.5, -2.5, 2.5), 50);
        assertThat(found).hasSize(25);
        for (Equilibrium e : found) {
            boolean xOut = Math.round(e.state()[0]) % 2 == 0;
            boolean yOut = Math.round(e.state()[1]) % 2 == 0;
            assertThat(e.kind()).isEqualTo(xOut != yOut ? new EquilibriumKind.Saddle(1)
                    : new EquilibriumKind.Node(!xOut));
        }
    }

    @Test
    void aCentreIsNotCalledStable() {
        Planar centre = (x, y, u) -> new double[] {-y, x};
        assertThat(only(Equilibria.find(centre, 0, WIDE, 20)).kind()).isEqualTo(new EquilibriumKind.NonHyperbolic(2));
    }

    @Test
    void nullclinesLieOnTheirCurvesWithAllBranches() {
        for (double[][] branch : Nullclines.trace(FITZHUGH_NAGUMO, 0.5, 0, WIDE, 80)) {
            for (double[] p : branch) {
                assertThat(p[1]).isCloseTo(p[0] - p[0] * p[0] * p[0] / 3 + 0.5, within(1e-7));
            }
        }
        assertThat(Nullclines.trace(FITZHUGH_NAGUMO, 0.5, 1, WIDE, 80)).hasSize(1);
        Planar lines = (x, y, u) -> new double[] {(x - 1) * (x + 0.503), (y - 0.251) * (y * y + 1)};
        List<double[][]> vertical = Nullclines.trace(lines, 0, 0, WIDE, 31);
        assertThat(vertical).hasSize(2);
        assertThat(vertical.get(0)[5][0]).isCloseTo(-0.503, within(1e-8));
        List<double[][]> horizontal = Nullclines.trace(lines, 0, 1, WIDE, 31);
        assertThat(List.of(only(horizontal))).hasSize(32).allMatch(p -> Math.abs(p[1] - 0.251) < 1e-8);
        Planar circle = (x, y, u) -> new double[] {x * x + y * y - 2, 1};
        double[][] ring = only(Nullclines.trace(circle, 0, 0, WIDE, 40));
        assertThat(ring[0]).isEqualTo(ring[ring.length - 1]);
        assertThat(Nullclines.trace(circle, 0, 1, WIDE, 40)).isEmpty();
    }

    @Test
    void aFieldThatIsNotFiniteSomewhereIsSearchedElsewhere() {
        Planar half = (x, y, u) -> new double[] {Math.sqrt(x) - 1, y};
        assertThat(only(Equilibria.find(half, 0, WIDE, 50)).state()[0]).isCloseTo(1, within(1e-9));
        assertThat(only(Nullclines.trace(half, 0, 0, WIDE, 50))[0][0]).isCloseTo(1, within(1e-7));
        Planar explosion = (x, y, u) -> new double[] {x * x + 1, 0};
        Orbit orbit = Orbit.sampled(explosion, 0, new double[] {0, 0}, 0.1, 1000);
        assertThat(orbit.ending()).isEqualTo(AdaptiveSolver.Ending.DIVERGED);
        assertThat(List.of(orbit.points())).hasSize(16).allSatisfy(p -> assertThat(p[0]).isFinite());
        assertThat(LimitCycle.from(explosion, 0, new double[] {0, 0}, 100)).isEqualTo(Optional.empty());
    }

    @Test
    void aPortraitHoldsWhatWasAskedAndRefusesMoreThanTwoDimensions() {
        PhasePortrait portrait = PhasePortrait.of(FITZHUGH_NAGUMO, 0.5, WIDE, new double[] {0, 0}, 800);
        assertThat(portrait.cycle()).isPresent();
        assertThat(portrait.equilibria()).hasSize(1);
        ContinuousTimeGruField three = new ContinuousTimeGruField(GruEquations.euler(1), 3,
                new double[FusedGru.parameterCount(1, 3)], 1);
        assertThatThrownBy(() -> Nullclines.trace(three, 0, 0, WIDE, 10)).hasMessageContaining("3 state variables");
    }

    @Test
    void theFlowOfAGruHasItsJacobianAndIsTheLimitOfItsSteps() {
        SplittableRandom random = new SplittableRandom(6);
        for (int units : new int[] {1, 2, 3}) {
            double[] parameters = new double[FusedGru.parameterCount(1, units)];
            for (int p = 0; p < parameters.length; p++) {
                parameters[p] = random.nextDouble(-1.5, 1.5);
            }
            ContinuousTimeGruField field = new ContinuousTimeGruField(GruEquations.euler(0.01), units, parameters, 0.5);
            double[] h = random.doubles(units, -1, 1).toArray();
            double[][] jacobian = new double[units][units];
            field.jacobian(h, 0.8, jacobian);
            double[] derivative = new double[units];
            field.derivative(h, 0.8, derivative);
            for (int i = 0; i < units; i++) {
                double[] up = h.clone();
                double[] down = h.clone();
                up[i] += 1e-6;
                down[i] -= 1e-6;
                double[] fUp = new double[units];
                double[] fDown = new double[units];
                field.derivative(up, 0.8, fUp);
                field.derivative(down, 0.8, fDown);
                for (int j = 0; j < units; j++) {
                    assertThat(jacobian[j][i]).isCloseTo((fUp[j] - fDown[j]) / 2e-6, within(1e-8));
                }
            }
            FusedGru<double[]> kernel = FusedGru.ofDoubles(GruEquations.euler(0.01), 1, units);
            kernel.resize(1, 1);
            kernel.input(0, 0)[0] = 0.4;
            for (int j = 0; j < units; j++) {
                kernel.initialState(j)[0] = h[j];
            }
            kernel.forward(parameters, null);
            for (int j = 0; j < units; j++) {
                assertThat((kernel.state(1, j)[0] - h[j]) / 0.01).isCloseTo(derivative[j], within(1e-12));
            }
        }
    }
}

package org.nagumo.core.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.hipparchus.complex.Complex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EquilibriaTest {

    private static final Region WIDE = new Region(-3, 3, -3, 3);

    /** FitzHugh (1961), Biophysical Journal 1:445-466, equations 1 and 2, with a = 0.7, b = 0.8, c = 3. */
    private static final Planar BONHOEFFER_VAN_DER_POL = (x, y, z) ->
            new double[] {3 * (y + x - x * x * x / 3 + z), -(x - 0.7 + 0.8 * y) / 3};

    private static final Planar FITZHUGH_NAGUMO = (v, w, i) ->
            new double[] {v - v * v * v / 3 - w + i, 0.08 * (v + 0.7 - 0.8 * w)};

    /** Lorenz (1963) with sigma = 10, beta = 8/3; the input is rho. */
    private static final VectorField LORENZ = new VectorField() {
        @Override
        public int dimension() {
            return 3;
        }

        @Override
        public List<String> stateNames() {
            return List.of("x", "y", "z");
        }

        @Override
        public void derivative(double[] s, double rho, double[] derivative) {
            derivative[0] = 10 * (s[1] - s[0]);
            derivative[1] = s[0] * (rho - s[2]) - s[1];
            derivative[2] = s[0] * s[1] - 8.0 / 3 * s[2];
        }

        @Override
        public void jacobian(double[] s, double rho, double[][] jacobian) {
            jacobian[0] = new double[] {-10, 10, 0};
            jacobian[1] = new double[] {rho - s[2], -1, -s[0]};
            jacobian[2] = new double[] {s[1], s[0], -8.0 / 3};
        }
    };

    private static Equilibrium only(List<Equilibrium> equilibria) {
        assertThat(equilibria).hasSize(1);
        return equilibria.get(0);
    }

    @Test
    void bonhoefferVanDerPolRestsWhereFitzHughHasIt() {
        Equilibrium rest = only(Equilibria.find(BONHOEFFER_VAN_DER_POL, 0, WIDE, 40));
        assertThat(rest.state()).containsExactly(new double[] {1.19941, -0.62426}, within(5e-6));
        assertThat(rest.kind()).isEqualTo(new EquilibriumKind.Focus(true));
        assertThat(rest.eigenvalues().get(0).getReal()).isCloseTo(-0.7912, within(5e-5));
        assertThat(rest.eigenvalues().get(0).getImaginary()).isCloseTo(0.8514, within(5e-5));
    }

    @ParameterizedTest
    @CsvSource({"-0.346478, 0.954521", "-1.403522, -0.954521"})
    void bonhoefferVanDerPolHasItsHopfPointsWithPeriod6519(double z, double x) {
        Equilibrium hopf = only(Equilibria.find(BONHOEFFER_VAN_DER_POL, z, WIDE, 40));
        assertThat(hopf.state()[0]).isCloseTo(x, within(2e-6));
        assertThat(hopf.eigenvalues().get(0).getReal()).isCloseTo(0, within(1e-5));
        assertThat(2 * Math.PI / hopf.eigenvalues().get(0).getImaginary()).isCloseTo(6.519, within(5e-4));
    }

    @ParameterizedTest
    @CsvSource({"0.331281", "1.418719"})
    void fitzHughNagumoHasItsHopfPoints(double current) {
        Equilibrium hopf = only(Equilibria.find(FITZHUGH_NAGUMO, current, WIDE, 40));
        assertThat(hopf.eigenvalues().get(0).getReal()).isCloseTo(0, within(1e-6));
        assertThat(hopf.eigenvalues().get(0).getImaginary()).isGreaterThan(0.1);
    }

    @ParameterizedTest
    @CsvSource({"1, -2, saddle", "-1, -2, stable node", "1, 2, unstable node"})
    void aLinearFieldHasTheEigenvaluesItWasMadeOf(double first, double second, String kind) {
        // P diag(first, second) P^-1 with P = [[1, 1], [1, 2]], about the point (0.3, -0.4).
        Planar linear = (x, y, u) -> {
            double a = first * (2 * (x - 0.3) - (y + 0.4));
            double b = second * (y + 0.4 - (x - 0.3));
            return new double[] {a + b, a + 2 * b};
        };
        Equilibrium e = only(Equilibria.find(linear, 0, WIDE, 7));
        assertThat(e.state()).containsExactly(new double[] {0.3, -0.4}, within(1e-12));
        assertThat(e.kind()).hasToString(kind);
        assertThat(e.eigenvalues().stream().mapToDouble(Complex::getReal).toArray())
                .containsExactly(new double[] {Math.max(first, second), Math.min(first, second)}, within(1e-8));
    }

    @Test
    void anUnstableFocusIsOne() {
        Planar spiral = (x, y, u) -> new double[] {0.1 * x - 2 * y, 2 * x + 0.1 * y};
        assertThat(only(Equilibria.find(spiral, 0, WIDE, 7)).kind()).isEqualTo(new EquilibriumKind.Focus(false));
    }

    @Test
    void aFoldIsListedOnceAndIsNotHyperbolic() {
        Planar fold = (x, y, u) -> new double[] {u + (x - 0.37) * (x - 0.37), -y};
        assertThat(Equilibria.find(fold, -0.01, WIDE, 50)).hasSize(2);
        Equilibrium touching = only(Equilibria.find(fold, 0, WIDE, 50));
        assertThat(touching.state()[0]).isCloseTo(0.37, within(1e-5));
        assertThat(Equilibria.find(fold, 0.01, WIDE, 50)).isEmpty();
    }

    @Test
    void aPoleOrAJumpIsNoEquilibrium() {
        Planar pole = (x, y, u) -> new double[] {1 / (x - 0.37), y};
        assertThat(Equilibria.find(pole, 0, WIDE, 50)).isEmpty();
        Planar jump = (x, y, u) -> new double[] {x < 0.37 ? -1 : 1, y};
        assertThat(Equilibria.find(jump, 0, WIDE, 50)).isEmpty();
    }

    @Test
    void manyStartsFindTheEquilibriaOfLorenzAndSayHowTheySearched() {
        double c = Math.sqrt(8.0 / 3 * 27);
        EquilibriumSearch search = Equilibria.multiStart(LORENZ, 28, new double[] {-30, -30, -10},
                new double[] {30, 30, 60}, 200, 7);
        assertThat(search.method()).isEqualTo(EquilibriumSearch.Method.MULTI_START);
        assertThat(search.starts()).isEqualTo(200);
        assertThat(search.converged()).isPositive();
        assertThat(search.equilibria()).hasSize(3);
        assertThat(search.equilibria().get(0).state()).containsExactly(new double[] {-c, -c, 27}, within(1e-9));
        assertThat(search.equilibria().get(1).state()).containsExactly(new double[] {0, 0, 0}, within(1e-9));
        assertThat(search.equilibria().get(2).state()).containsExactly(new double[] {c, c, 27}, within(1e-9));
        Equilibrium origin = search.equilibria().get(1);
        assertThat(origin.kind()).isEqualTo(new EquilibriumKind.Saddle(1));
        assertThat(origin.eigenvalues().get(0).getReal()).isCloseTo((-11 + Math.sqrt(1201)) / 2, within(1e-9));
    }

    @Test
    void theSameSeedFindsTheSame() {
        double[] lower = {-30, -30, -10};
        double[] upper = {30, 30, 60};
        EquilibriumSearch a = Equilibria.multiStart(LORENZ, 28, lower, upper, 20, 3);
        EquilibriumSearch b = Equilibria.multiStart(LORENZ, 28, lower, upper, 20, 3);
        assertThat(a.converged()).isEqualTo(b.converged());
        assertThat(a.equilibria()).hasSameSizeAs(b.equilibria());
        for (int i = 0; i < a.equilibria().size(); i++) {
            assertThat(a.equilibria().get(i).state()).containsExactly(b.equilibria().get(i).state());
        }
    }

    @Test
    void badArgumentsAreNamedWithWhatIsAllowed() {
        assertThatThrownBy(() -> Equilibria.find(LORENZ, 28, WIDE, 10)).hasMessageContaining("3 state variables");
        assertThatThrownBy(() -> Equilibria.find(FITZHUGH_NAGUMO, 0, WIDE, 0)).hasMessageContaining("cells is 0");
        assertThatThrownBy(() -> Equilibria.multiStart(LORENZ, 28, new double[3], new double[3], 9, 1))
                .hasMessageContaining("bounds of x").hasMessageContaining("lower < upper");
        assertThatThrownBy(() -> Equilibria.multiStart(LORENZ, 28, new double[2], new double[3], 9, 1))
                .hasMessageContaining("length 2 and 3").hasMessageContaining("allowed: 3");
    }
}

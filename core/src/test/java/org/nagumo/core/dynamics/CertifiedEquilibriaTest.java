package org.nagumo.core.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nagumo.core.interval.Interval;
import org.nagumo.core.interval.Jet;

/** All equilibria and nothing else, with a proof, against fields whose equilibria are known. */
class CertifiedEquilibriaTest {

    private static final Interval WIDE = new Interval(-3, 3);

    /** x' = (x^2 - 1)(x^2 - 4) x + k y, y' = y (y^2 - u): 15 equilibria for u = 1 and k = 0, 5 for u = -1. */
    private record Lattice(double k) implements EnclosedField {

        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public List<String> stateNames() {
            return List.of("x", "y");
        }

        @Override
        public void derivative(double[] s, double u, double[] d) {
            double q = s[0] * s[0];
            d[0] = (q - 1) * (q - 4) * s[0] + k * s[1];
            d[1] = s[1] * (s[1] * s[1] - u);
        }

        @Override
        public void jacobian(double[] s, double u, double[][] j) {
            double q = s[0] * s[0];
            j[0][0] = 5 * q * q - 15 * q + 4;
            j[0][1] = k;
            j[1][0] = 0;
            j[1][1] = 3 * s[1] * s[1] - u;
        }

        @Override
        public void enclose(Jet[] s, double u, Jet[] d) {
            Jet q = s[0].square();
            d[0] = q.plus(-1).times(q.plus(-4)).times(s[0]).plus(s[1].times(k));
            d[1] = s[1].times(s[1].square().plus(-u));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 15", "0.3, 1, 15", "0.3, -1, 5", "5, 1, 7"})
    void aLatticeOfThem(double k, double u, int count) {
        Lattice field = new Lattice(k);
        EquilibriumSearch search = CertifiedEquilibria.in(field, u, WIDE, WIDE);
        assertThat(search.complete()).isTrue();
        assertThat(search.equilibria()).hasSize(count);
        double[] f = new double[2];
        for (int e = 0; e < count; e++) {
            double[] x = search.equilibria().get(e).state();
            field.derivative(x, u, f);
            assertThat(Math.hypot(f[0], f[1])).isLessThan(1e-12);
            for (int i = 0; i < 2; i++) {
                Interval side = search.enclosures().get(e).get(i);
                assertThat(side.width()).isLessThan(1e-12);
                assertThat(x[i]).isBetween(side.low() - 1e-14, side.high() + 1e-14);
            }
        }
        Enclosures.assertHold(field, u, WIDE, WIDE);
    }

    @Test
    void itAgreesWithTheGridWhereThatIsFineEnough() {
        for (double k : new double[] {0.3, 1.1, 3.7}) {
            List<Equilibrium> grid = Equilibria.find(new Lattice(k), 1, new Region(-3, 3, -3, 3), 200);
            List<Equilibrium> proven = CertifiedEquilibria.in(new Lattice(k), 1, WIDE, WIDE).equilibria();
            assertThat(proven).hasSameSizeAs(grid);
            for (int e = 0; e < grid.size(); e++) {
                assertThat(proven.get(e).state()).containsExactly(grid.get(e).state(), within(1e-9));
            }
        }
    }

    /** x' = u + x^2, y' = -y: two, one and none; at the fold nothing can be proven, and the search says so. */
    private static final EnclosedField FOLD = new EnclosedField() {

        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public List<String> stateNames() {
            return List.of("x", "y");
        }

        @Override
        public void derivative(double[] s, double u, double[] d) {
            d[0] = u + s[0] * s[0];
            d[1] = -s[1];
        }

        @Override
        public void jacobian(double[] s, double u, double[][] j) {
            j[0][0] = 2 * s[0];
            j[0][1] = 0;
            j[1][0] = 0;
            j[1][1] = -1;
        }

        @Override
        public void enclose(Jet[] s, double u, Jet[] d) {
            d[0] = s[0].square().plus(u);
            d[1] = s[1].times(-1);
        }
    };

    @Test
    void nothingIsPassedOverAtAFold() {
        assertThat(CertifiedEquilibria.in(FOLD, -1e-10, WIDE, WIDE)).satisfies(s -> {
            assertThat(s.complete()).isTrue();
            assertThat(s.equilibria()).hasSize(2);
            assertThat(s.equilibria().get(1).state()[0]).isCloseTo(1e-5, within(1e-12));
        });
        assertThat(CertifiedEquilibria.in(FOLD, 1e-10, WIDE, WIDE)).satisfies(s -> {
            assertThat(s.complete()).isTrue();
            assertThat(s.equilibria()).isEmpty();
        });
        assertThat(CertifiedEquilibria.in(FOLD, 0, WIDE, WIDE)).satisfies(s -> {
            assertThat(s.complete()).isFalse();
            assertThat(s.undecided()).isPositive();
            assertThat(s.certified()).isTrue();
        });
    }

    /** x' = 1 / x - u y, y' = 1 / x - 2: infinite on a whole line, and at rest in (1/2, 2/u) alone. */
    private static final EnclosedField POLE = new EnclosedField() {

        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public List<String> stateNames() {
            return List.of("x", "y");
        }

        @Override
        public void derivative(double[] s, double u, double[] d) {
            d[0] = 1 / s[0] - u * s[1];
            d[1] = 1 / s[0] - 2;
        }

        @Override
        public void jacobian(double[] s, double u, double[][] j) {
            j[0][0] = -1 / (s[0] * s[0]);
            j[0][1] = -u;
            j[1][0] = -1 / (s[0] * s[0]);
            j[1][1] = 0;
        }

        @Override
        public void enclose(Jet[] s, double u, Jet[] d) {
            Jet inverse = s[0].reciprocal();
            d[0] = inverse.minus(s[1].times(u));
            d[1] = inverse.plus(-2);
        }
    };

    @Test
    void whereAFieldIsNotFiniteTheSearchEndsFindsTheRestAndSaysThatItMayHaveMissedSome() {
        EquilibriumSearch search = CertifiedEquilibria.in(POLE, 1, WIDE, WIDE);
        assertThat(search.equilibria()).hasSize(1);
        assertThat(search.equilibria().get(0).state()).containsExactly(new double[] {0.5, 2}, within(1e-12));
        assertThat(search.undecided()).isPositive();
        assertThat(search.complete()).isFalse();
        // Beside the pole nothing is left open.
        assertThat(CertifiedEquilibria.in(POLE, 1, new Interval(0.01, 3), WIDE)).satisfies(s -> {
            assertThat(s.complete()).isTrue();
            assertThat(s.equilibria()).hasSize(1);
        });
    }

    @Test
    void aRegionWithoutEquilibriaIsProvenEmpty() {
        EquilibriumSearch search = CertifiedEquilibria.in(new Lattice(0), 1, new Interval(2.5, 3), WIDE);
        assertThat(search.equilibria()).isEmpty();
        assertThat(search.complete()).isTrue();
    }

    @Test
    void regionsThatAreNoneAreRefused() {
        assertThatThrownBy(() -> CertifiedEquilibria.in(FOLD, 0, WIDE))
                .hasMessage("the region has 1 sides; allowed: 2, one for each state variable");
        assertThatThrownBy(() -> CertifiedEquilibria.in(FOLD, 0, WIDE, Interval.ALL))
                .hasMessageContaining("allowed: finite numbers with low < high");
    }
}

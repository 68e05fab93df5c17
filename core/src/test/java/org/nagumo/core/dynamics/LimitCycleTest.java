package org.nagumo.core.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitCycleTest {

    /** r' = r (mu - r^2), theta' = omega with omega = 2, the input being mu. */
    private static final Planar HOPF = (x, y, mu) -> {
        double g = mu - x * x - y * y;
        return new double[] {g * x - 2 * y, g * y + 2 * x};
    };

    /**
     * Period and amplitude at mu = 1, as from the power series of Andersen and Geer (1982), SIAM Journal on Applied
     * Mathematics 42:678-693.
     */
    @Test
    void vanDerPolHasItsPeriodAndItsAmplitude() {
        Planar vanDerPol = (x, y, mu) -> new double[] {y, mu * (1 - x * x) * y - x};
        LimitCycle cycle = LimitCycle.from(vanDerPol, 1, new double[] {0.5, 0}, 200).orElseThrow();
        assertThat(cycle.periodMs()).isCloseTo(6.66328686, within(1e-6));
        assertThat(cycle.range(0)).containsExactly(new double[] {-2.00862, 2.00862}, within(1e-5));
        assertThat(cycle.closureError()).isLessThan(1e-6);
        assertThat(cycle.multiplier()).isBetween(0.0, 0.01);
    }

    @ParameterizedTest
    @CsvSource({"-0.4", "-0.8", "-1.3"})
    void bonhoefferVanDerPolFiresBetweenItsHopfPoints(double z) {
        Planar field = (x, y, u) -> new double[] {3 * (y + x - x * x * x / 3 + u), -(x - 0.7 + 0.8 * y) / 3};
        CycleSearch search = LimitCycle.search(field, z, new double[] {0, 0}, 400);
        assertThat(search.outcome()).isEqualTo(CycleSearch.Outcome.CYCLE);
        assertThat(search.cycle().orElseThrow().multiplier()).isLessThan(1);
        assertThat(LimitCycle.search(field, 0, new double[] {0, 0}, 400).outcome())
                .isEqualTo(CycleSearch.Outcome.REST);
    }

    @Test
    void anOrbitThatStopsRunsAwayOrNeedsLongerSaysSo() {
        assertThat(LimitCycle.search(HOPF, -0.5, new double[] {1, 0}, 200).outcome())
                .isEqualTo(CycleSearch.Outcome.REST);
        assertThat(LimitCycle.search(HOPF, 1e-3, new double[] {1, 0}, 50).outcome())
                .isEqualTo(CycleSearch.Outcome.UNSETTLED);
        Planar explosion = (x, y, u) -> new double[] {x * x + 1, 0};
        assertThat(LimitCycle.search(explosion, 0, new double[] {0, 0}, 100).outcome())
                .isEqualTo(CycleSearch.Outcome.LOST);
        Planar drift = (x, y, u) -> new double[] {1, 0};
        assertThat(LimitCycle.search(drift, 0, new double[] {0, 0}, 100).outcome())
                .isEqualTo(CycleSearch.Outcome.UNSETTLED);
        Planar still = (x, y, u) -> new double[] {0, 0};
        assertThat(LimitCycle.search(still, 0, new double[] {4, 0}, 100).outcome())
                .isEqualTo(CycleSearch.Outcome.REST);
    }

    @Test
    void anOrbitAroundACentreIsNoLimitCycle() {
        Planar centre = (x, y, u) -> new double[] {-y, x};
        assertThat(LimitCycle.search(centre, 0, new double[] {1, 0}, 40).outcome())
                .isEqualTo(CycleSearch.Outcome.NEUTRAL);
    }

    /** The section is on x = x1 + x3, which a cycle of the plane (x1, x2) with its third harmonic passes three times. */
    @Test
    void aCycleThatPassesTheSectionSeveralTimesIsFoundWithItsWholePeriod() {
        // x and y settle to the unit circle; the wave relaxes to Re((x + iy) + 2 (x + iy)^3).
        Spatial wavy = (s, mu) -> {
            double g = 1 - s[1] * s[1] - s[2] * s[2];
            double target = s[1] + 2 * (s[1] * s[1] * s[1] - 3 * s[1] * s[2] * s[2]);
            return new double[] {20 * (target - s[0]), g * s[1] - s[2], g * s[2] + s[1]};
        };
        LimitCycle cycle = LimitCycle.from(wavy, 0, new double[] {0, 0.5, 0}, 100).orElseThrow();
        assertThat(cycle.periodMs()).isCloseTo(2 * Math.PI, within(1e-6));
        assertThat(cycle.multiplier()).isNaN();
    }

    /** A slow variable in tiny units settles long after the rest; the closure must see it. */
    @Test
    void closureIsMeasuredInTheUnitsOfEachVariable() {
        Spatial slow = (s, mu) -> {
            double x = s[0] / 100;
            double y = s[1] / 100;
            double g = 1 - x * x - y * y;
            return new double[] {100 * (g * x - 2 * y), 100 * (g * y + 2 * x), 0.01 * (1e-5 * (2 + x) - s[2])};
        };
        double[] start = {50, 0, 0};
        assertThat(LimitCycle.search(slow, 0, start, 200).outcome()).isEqualTo(CycleSearch.Outcome.UNSETTLED);
        assertThat(LimitCycle.from(slow, 0, start, 4000).orElseThrow().periodMs())
                .isCloseTo(Math.PI, within(1e-6));
    }

    @Test
    void badArgumentsAreNamedWithWhatIsAllowed() {
        assertThatThrownBy(() -> LimitCycle.from(HOPF, 1, new double[] {1, 0}, 0))
                .hasMessageContaining("durationMs is 0.0").hasMessageContaining("allowed: finite");
        assertThatThrownBy(() -> Orbit.sampled(HOPF, 1, new double[] {1, 0}, 0, 10))
                .hasMessageContaining("stepMs is 0.0").hasMessageContaining("allowed: a positive");
        assertThatThrownBy(() -> LimitCycle.from(HOPF, 1, new double[] {1, Double.NaN}, 10))
                .hasMessageContaining("NaN").hasMessageContaining("2 finite numbers");
        assertThatThrownBy(() -> Orbit.follow(HOPF, 1, new double[3], 10)).hasMessageContaining("allowed: 2");
    }
}

package org.nagumo.core.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.GraggBulirschStoerIntegrator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nagumo.core.dynamics.AdaptiveSolver.Ending;

class AdaptiveSolverTest {

    private static final Planar VAN_DER_POL = (x, y, mu) -> new double[] {y, mu * (1 - x * x) * y - x};

    /** x' = u x, y' = -2 y. */
    private static final Planar EXPONENTIALS = (x, y, u) -> new double[] {u * x, -2 * y};

    @Test
    void solutionsFollowTheirFormulaForwardAndBackward() {
        for (double duration : new double[] {3, -3}) {
            Orbit orbit = Orbit.follow(EXPONENTIALS, 0.5, new double[] {1, 1}, duration);
            assertThat(orbit.ending()).isEqualTo(Ending.COMPLETE);
            for (int k = 0; k < orbit.timesMs().length; k++) {
                double t = orbit.timesMs()[k];
                assertThat(orbit.points()[k][0] / Math.exp(0.5 * t)).isCloseTo(1, within(1e-7));
                assertThat(orbit.points()[k][1] / Math.exp(-2 * t)).isCloseTo(1, within(1e-7));
            }
            assertThat(orbit.timesMs()[orbit.timesMs().length - 1]).isEqualTo(duration);
        }
    }

    @Test
    void samplesLieAtEqualDistances() {
        Orbit orbit = Orbit.sampled(EXPONENTIALS, -1, new double[] {1, 1}, 0.1, 50);
        assertThat(orbit.points().length).isEqualTo(51);
        for (int k = 0; k <= 50; k++) {
            assertThat(orbit.points()[k][0]).isCloseTo(Math.exp(-0.1 * k), within(1e-9));
        }
    }

    /** A tolerance that falls by 10^4 lowers the error by at least 10^3. */
    @Test
    void theErrorFollowsTheTolerance() {
        double[] errors = new double[2];
        for (int k = 0; k < 2; k++) {
            double[][] last = new double[1][];
            AdaptiveSolver.solve((Planar) (x, y, u) -> new double[] {-y, x}, 0, new double[] {1, 0}, 2 * Math.PI,
                    k == 0 ? 1e-5 : 1e-9, 10_000, step -> {
                        last[0] = step.state(step.toMs());
                        return true;
                    });
            errors[k] = Math.hypot(last[0][0] - 1, last[0][1]);
        }
        assertThat(errors[0]).isLessThan(1e-4);
        assertThat(errors[1]).isLessThan(1e-3 * errors[0]);
    }

    /**
     * The extrapolation method of Gragg, Bulirsch and Stoer at a tolerance of 1e-13, started at the largest x of the
     * cycle, is at the mirrored point after half the period and back after the whole.
     */
    @ParameterizedTest
    @CsvSource({"1, 1e-8", "10, 1e-7", "50, 1e-6"})
    void cyclesHaveThePeriodAndTheExtremesOfAnotherMethod(double mu, double tolerance) {
        LimitCycle cycle = LimitCycle.from(VAN_DER_POL, mu, new double[] {2, 0}, 20 * (1 + mu)).orElseThrow();
        double largest = cycle.range(0)[1];
        assertThat(cycle.range(0)[0]).isCloseTo(-largest, within(1e-8));
        double[] half = byExtrapolation(mu, new double[] {largest, 0}, cycle.periodMs() / 2);
        assertThat(half).containsExactly(new double[] {-largest, 0}, within(tolerance));
        double[] whole = byExtrapolation(mu, half, cycle.periodMs() / 2);
        assertThat(whole).containsExactly(new double[] {largest, 0}, within(tolerance));
    }

    private static double[] byExtrapolation(double mu, double[] start, double duration) {
        return new GraggBulirschStoerIntegrator(1e-12, 10, 1e-13, 1e-13).integrate(
                new OrdinaryDifferentialEquation() {
                    @Override
                    public int getDimension() {
                        return 2;
                    }

                    @Override
                    public double[] computeDerivatives(double t, double[] s) {
                        return new double[] {s[1], mu * (1 - s[0] * s[0]) * s[1] - s[0]};
                    }
                }, new ODEState(0, start), duration).getPrimaryState();
    }

    /** x' = x^2 from 1 has its pole at 1; x' = -1 / sqrt(x) from 1 reaches the edge of its domain at 2 / 3. */
    @Test
    void poleAndEdgeEndAnOrbitWithoutANumberThatIsNotFinite() {
        Planar pole = (x, y, u) -> new double[] {x * x, 0};
        Planar edge = (x, y, u) -> new double[] {-1 / Math.sqrt(x), 0};
        for (Planar field : new Planar[] {pole, edge}) {
            Orbit orbit = Orbit.follow(field, 0, new double[] {1, 0}, 5);
            assertThat(orbit.ending()).isEqualTo(Ending.DIVERGED);
            double end = orbit.timesMs()[orbit.timesMs().length - 1];
            assertThat(end).isCloseTo(field == pole ? 1 : 2.0 / 3, within(1e-4));
            assertThat(List.of(orbit.points())).allSatisfy(p -> assertThat(p[0]).isFinite());
        }
    }

    /** x' = -x where x > 0, and no field elsewhere: a long step would try a negative x. */
    @Test
    void aTrialPointOutsideTheDomainShortensTheStep() {
        Planar decay = (x, y, u) -> new double[] {x > 0 ? -x : Double.NaN, 0};
        Orbit orbit = Orbit.follow(decay, 0, new double[] {1e-3, 0}, 50);
        assertThat(orbit.complete()).isTrue();
        assertThat(orbit.last()[0]).isBetween(0.0, 1e-12);
    }

    @Test
    void aStiffFieldAndAVisitorEndASolution() {
        Planar stiff = (x, y, u) -> new double[] {-1e7 * x, 0};
        assertThat(AdaptiveSolver.solve(stiff, 0, new double[] {1, 0}, 100, step -> true))
                .isEqualTo(Ending.EXHAUSTED);
        assertThat(AdaptiveSolver.solve(EXPONENTIALS, 0, new double[] {1, 1}, 100, step -> step.toMs() < 50))
                .isEqualTo(Ending.STOPPED);
    }

    @Test
    void badArgumentsAreNamedWithWhatIsAllowed() {
        assertThatThrownBy(() -> Orbit.follow(EXPONENTIALS, 0, new double[] {1, Double.NaN}, 1))
                .hasMessageContaining("NaN").hasMessageContaining("allowed: 2 finite numbers");
        assertThatThrownBy(() -> Orbit.follow(EXPONENTIALS, 0, new double[] {1, 1}, Double.NaN))
                .hasMessageContaining("durationMs is NaN").hasMessageContaining("allowed: finite, not zero");
        assertThatThrownBy(() -> Orbit.sampled(EXPONENTIALS, 0, new double[] {1, 1}, -1, 1))
                .hasMessageContaining("stepMs is -1.0").hasMessageContaining("allowed");
    }
}

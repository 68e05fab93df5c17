package org.nagumo.core.bifurcation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nagumo.core.dynamics.Equilibrium;
import org.nagumo.core.dynamics.LimitCycle;
import org.nagumo.core.interval.Interval;

/** The map that Euler's method makes of a flow, where its fate is known in closed form. */
class EulerMapTest {

    /** x'' = -x - 2 d x': eigenvalues -d +- i sqrt(1 - d^2), of modulus 1. */
    private static Oscillator damped(double d) {
        return new Oscillator(0, -2 * d, 0, 0, 0, -1, 0, 0);
    }

    @Test
    void itLosesAStableFocusAtTheStepForWhichTheMultipliersLeaveTheUnitCircle() {
        Oscillator field = damped(0.1);
        Equilibrium rest = Equilibrium.at(field, new double[2], 0);
        // |1 + dt lambda|^2 = 1 - 2 d dt + dt^2 is 1 for dt = 2 d.
        assertThat(EulerMap.longestStableStepMs(rest)).isCloseTo(0.2, within(1e-14));
        assertThat(new EulerMap(field, 0.19).stable(rest)).isTrue();
        assertThat(new EulerMap(field, 0.21).stable(rest)).isFalse();
        assertThat(new EulerMap(field, 0.2).multipliers(rest)).allSatisfy(
                m -> assertThat(m.norm()).isCloseTo(1, within(1e-14)));
        for (double dt : new double[] {0.19, 0.21}) {
            double[] x = {1e-3, 0};
            for (int i = 0; i < 2000; i++) {
                x = new EulerMap(field, dt).step(x, 0);
            }
            assertThat(Math.hypot(x[0], x[1]) < 1e-3).isEqualTo(dt < 0.2);
        }
        assertThat(EulerMap.longestStableStepMs(Equilibrium.at(damped(-0.1), new double[2], 0))).isZero();
    }

    /**
     * On r' = u r - r^3, angle' = 1 a step multiplies r by sqrt((1 + dt (u - r^2))^2 + dt^2) and turns by
     * atan(dt / (1 + dt (u - r^2))): the circle is where the first is 1.
     */
    @Test
    void theInvariantCircleIsWiderThanTheCycleAndTurnsAsItShould() {
        Polar field = new Polar(-1, 0);
        double u = 0.25;
        LimitCycle cycle = LimitCycle.from(field, u, new double[] {0.4, 0}, 500).orElseThrow();
        PeriodicOrbit orbit = PeriodicOrbit.near(field, u, cycle, new double[] {1, 1}).orElseThrow();
        for (double dt : new double[] {0.1, 0.01}) {
            EulerMap.Circle circle = new EulerMap(field, dt).circle(orbit);
            double g = (Math.sqrt(1 - dt * dt) - 1) / dt;
            double radius = Math.sqrt(u - g);
            assertThat(circle.high()[0]).isCloseTo(radius, within(dt * dt));
            assertThat(circle.low()[1]).isCloseTo(-radius, within(dt * dt));
            double angle = Math.atan2(dt, 1 + dt * g);
            assertThat(circle.meanPeriodMs()).isCloseTo(2 * Math.PI * dt / angle, within(1e-4 * dt));
        }
    }

    /** x'' = -x - 2 (1 - u) d x': the flow is stable below u = 1, the map where 2 d (1 - u) > dt. */
    @Test
    void itLosesItsRestBeforeTheFlowDoes() {
        double d = 0.1;
        Oscillator field = new Oscillator(2 * d, -2 * d, 0, 0, 0, -1, 0, 0);
        EquilibriumBranch branch = BifurcationDiagram.of(field, 0, 2, BifurcationDiagram.Search.in(100,
                new Interval(-2, 2), new Interval(-2, 2))).equilibriumBranches().get(0);
        assertThat(branch.points().get(0).input()).isCloseTo(1, within(1e-9));
        for (double dt : new double[] {0.1, 0.02}) {
            assertThat(new EulerMap(field, dt).changes(branch)).singleElement()
                    .satisfies(u -> assertThat(u).isCloseTo(1 - dt / (2 * d), within(1e-9)));
        }
    }

    @Test
    void anOrbitThatTheMapLeavesHasNoCircle() {
        Polar field = new Polar(1, 0);
        PeriodicOrbit unstable = BifurcationDiagram.of(field, -0.5, 0.5, BifurcationDiagram.Search.in(100,
                new Interval(-2, 2), new Interval(-2, 2)))
                .cycleBranches().get(0).at(field, new double[] {1, 1}, -0.25).get(0);
        assertThat(unstable.stable()).isFalse();
        assertThat(new EulerMap(field, 0.01).circle(unstable)).isNull();
        assertThatThrownBy(() -> new EulerMap(field, 0)).hasMessage("dt is 0.0 ms; allowed: positive, finite numbers");
    }
}

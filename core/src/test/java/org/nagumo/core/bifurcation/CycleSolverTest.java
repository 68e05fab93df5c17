package org.nagumo.core.bifurcation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nagumo.core.dynamics.LimitCycle;

/** Periodic orbits by collocation: order of convergence, and van der Pol's cycle by another method. */
class CycleSolverTest {

    private static final Oscillator VAN_DER_POL = Oscillator.vanDerPol(1);

    private static CycleSolver.Solved solved(int intervals) {
        LimitCycle cycle = LimitCycle.from(VAN_DER_POL, 0, new double[] {2, 0}, 200).orElseThrow();
        CycleSolver solver = new CycleSolver(VAN_DER_POL, new double[] {1, 1}, 1);
        int steps = cycle.points().length - 1;
        double[][] points = new double[intervals + 1][];
        for (int i = 0; i <= intervals; i++) {
            points[i] = cycle.points()[i * steps / intervals];
        }
        return solver.solve(new CycleSolver.Approximation(PeriodicOrbit.Mesh.uniform(intervals), points,
                cycle.periodMs(), 0), null, null);
    }

    @Test
    void theErrorFallsWithTheEighthPowerOfTheMesh() {
        double exact = solved(160).orbit().periodMs();
        double coarse = Math.abs(solved(30).orbit().periodMs() - exact);
        double fine = Math.abs(solved(60).orbit().periodMs() - exact);
        assertThat(Math.log(coarse / fine) / Math.log(2)).isCloseTo(Collocation.ORDER, within(0.5));
        // An orbit that a Runge-Kutta method follows round with steps of a thousandth.
        LimitCycle followed = LimitCycle.from(VAN_DER_POL, 0, new double[] {2, 0}, 200).orElseThrow();
        assertThat(exact).isCloseTo(followed.periodMs(), within(1e-10)).isCloseTo(6.66328685932313, within(1e-12));
    }

    @Test
    void theMultipliersAreOneAndTheIntegralOfTheDivergence() {
        CycleSolver.Solved cycle = solved(200);
        double integral = 0;
        for (int i = 0; i < 200; i++) {
            // The trapezoidal rule is exact to rounding for a smooth periodic integrand.
            double x = cycle.orbit().points()[i][0];
            integral += (1 - x * x) * cycle.orbit().periodMs() / 200;
        }
        assertThat(cycle.multipliers().get(0).getReal()).isCloseTo(1, within(1e-11));
        assertThat(cycle.multipliers().get(1).getReal()).isCloseTo(Math.exp(integral), within(1e-11));
    }
}

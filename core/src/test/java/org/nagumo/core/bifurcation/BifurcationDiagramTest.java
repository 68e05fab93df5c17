package org.nagumo.core.bifurcation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nagumo.core.bifurcation.BifurcationPoint.Criticality;
import org.nagumo.core.bifurcation.BifurcationPoint.Kind;
import org.nagumo.core.dynamics.EnclosedField;
import org.nagumo.core.dynamics.Equilibrium;
import org.nagumo.core.dynamics.LimitCycle;
import org.nagumo.core.interval.Interval;
import org.nagumo.core.interval.Jet;

/** Diagrams of fields whose bifurcations are known in closed form. */
class BifurcationDiagramTest {

    private static final Interval WIDE = new Interval(-3, 3);

    private static BifurcationDiagram diagram(EnclosedField field, double from, double to) {
        return BifurcationDiagram.of(field, from, to, BifurcationDiagram.Search.in(200, WIDE, WIDE));
    }

    @Test
    void stableCyclesAreBornAtASupercriticalHopfPoint() {
        BifurcationDiagram d = diagram(new Polar(-1, 0), -0.5, 1);
        assertThat(d.complete()).isTrue();
        assertThat(d.points()).hasSize(1);
        BifurcationPoint hopf = d.points().get(0);
        assertThat(hopf.kind()).isEqualTo(Kind.HOPF);
        assertThat(hopf.critical()).isEqualTo(Criticality.SUPER);
        assertThat(hopf.input()).isCloseTo(0, within(1e-10));
        assertThat(hopf.periodMs()).isCloseTo(2 * Math.PI, within(1e-10));
        assertThat(d.equilibriumBranches()).hasSize(1);
        assertThat(d.cycleBranches()).hasSize(1);
        CycleBranch cycles = d.cycleBranches().get(0);
        assertThat(cycles.end()).isEqualTo(CycleBranch.End.RANGE);
        assertThat(cycles.orbits().get(cycles.orbits().size() - 1).input()).isCloseTo(1, within(1e-9));
        for (PeriodicOrbit orbit : cycles.orbits()) {
            assertThat(orbit.stable()).isTrue();
            assertThat(orbit.periodMs()).isCloseTo(2 * Math.PI, within(1e-9));
            assertThat(orbit.trivialError()).isLessThan(1e-9);
            assertThat(orbit.largestMultiplier()).isCloseTo(Math.exp(-4 * Math.PI * orbit.input()), within(1e-8));
            for (double[] point : orbit.points()) {
                assertThat(Math.hypot(point[0], point[1])).isCloseTo(Math.sqrt(orbit.input()), within(1e-8));
            }
        }
    }

    @Test
    void unstableCyclesTurnRoundAtTheirFold() {
        BifurcationDiagram d = diagram(new Polar(1, 1), -0.5, 0.5);
        assertThat(d.points()).extracting(BifurcationPoint::kind).containsExactly(Kind.FOLD_OF_CYCLES, Kind.HOPF);
        assertThat(d.points().get(0).input()).isCloseTo(-0.25, within(1e-9));
        assertThat(d.points().get(1).critical()).isEqualTo(Criticality.SUB);
        CycleBranch cycles = d.cycleBranches().get(0);
        for (PeriodicOrbit orbit : cycles.orbits()) {
            double q = Math.pow(orbit.points()[0][0], 2) + Math.pow(orbit.points()[0][1], 2);
            assertThat(orbit.input() + q - q * q).isCloseTo(0, within(1e-9));
            assertThat(orbit.largestMultiplier()).isCloseTo(Math.exp(2 * Math.PI * (orbit.input() + 3 * q - 5 * q * q)),
                    within(1e-7));
            if (Math.abs(q - 0.5) > 1e-3) {
                assertThat(orbit.stable()).isEqualTo(q > 0.5);
            }
        }
    }

    /** x' = u + x - x^3 with y' = -y: folds where 1 = 3 x^2. */
    private static final EnclosedField CUSP = new EnclosedField() {

        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public List<String> stateNames() {
            return List.of("x", "y");
        }

        @Override
        public void derivative(double[] s, double u, double[] f) {
            f[0] = u + s[0] - s[0] * s[0] * s[0];
            f[1] = -s[1];
        }

        @Override
        public void jacobian(double[] s, double u, double[][] j) {
            j[0][0] = 1 - 3 * s[0] * s[0];
            j[0][1] = 0;
            j[1][0] = 0;
            j[1][1] = -1;
        }

        @Override
        public void enclose(Jet[] s, double u, Jet[] f) {
            f[0] = s[0].times(s[0].square().times(-1).plus(1)).plus(u);
            f[1] = s[1].times(-1);
        }
    };

    @Test
    void aCurveOfEquilibriaIsFollowedThroughItsFolds() {
        BifurcationDiagram d = diagram(CUSP, -1, 1);
        double fold = 2 / (3 * Math.sqrt(3));
        assertThat(d.points()).extracting(BifurcationPoint::kind).containsExactly(Kind.FOLD, Kind.FOLD);
        assertThat(d.points().get(0).input()).isCloseTo(-fold, within(1e-10));
        assertThat(d.points().get(1).input()).isCloseTo(fold, within(1e-10));
        assertThat(Math.abs(d.points().get(1).state()[0])).isCloseTo(1 / Math.sqrt(3), within(1e-6));
        assertThat(d.equilibriumBranches()).hasSize(1);
        EquilibriumBranch branch = d.equilibriumBranches().get(0);
        for (int i = 0; i < branch.inputs().size(); i++) {
            Equilibrium e = branch.equilibria().get(i);
            assertThat(e.state()[0] - Math.pow(e.state()[0], 3)).isCloseTo(-branch.inputs().get(i), within(1e-10));
            if (Math.abs(Math.abs(e.state()[0]) - 1 / Math.sqrt(3)) > 1e-6) {
                assertThat(e.stable()).isEqualTo(Math.abs(e.state()[0]) > 1 / Math.sqrt(3));
            }
        }
        assertThat(branch.inputs().get(0)).isCloseTo(-1, within(1e-12));
        assertThat(branch.inputs().get(branch.inputs().size() - 1)).isCloseTo(1, within(1e-12));
        assertThat(d.cycleBranches()).isEmpty();
    }

    /**
     * x'' = x - x^2 + eps (u + x) x': cycles are born at (1, 0) for u = -1 and run into the saddle at 0. To first order in
     * eps the loop closes where the damping does no work on the separatrix: u = -(int x y^2) / (int y^2) = -6/7
     * (Melnikov; Guckenheimer and Holmes 1983, section 4.5).
     */
    @Test
    void cyclesEndInAHomoclinicOrbit() {
        double eps = 0.01;
        BifurcationDiagram d = diagram(new Oscillator(eps, 0, eps, 0, 0, 1, -1, 0), -1.2, -0.5);
        List<BifurcationPoint> hopf = d.points(Kind.HOPF);
        assertThat(hopf).hasSize(1);
        assertThat(hopf.get(0).input()).isCloseTo(-1, within(1e-9));
        assertThat(d.cycleBranches()).hasSize(1);
        assertThat(d.cycleBranches().get(0).end()).isEqualTo(CycleBranch.End.HOMOCLINIC);
        BifurcationPoint end = d.points(Kind.HOMOCLINIC).get(0);
        assertThat(end.input()).isCloseTo(-6.0 / 7, within(2e-5));
        assertThat(end.periodMs()).isInfinite();
    }

    /**
     * r' = r (1 - r^2), angle' = u - r cos(angle): on the circle r = 1 a saddle and a node meet at u = 1; beyond, it
     * is a cycle of period 2 pi / sqrt(u^2 - 1).
     */
    private static final EnclosedField SADDLE_NODE_ON_A_CIRCLE = new EnclosedField() {

        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public List<String> stateNames() {
            return List.of("x", "y");
        }

        @Override
        public void derivative(double[] s, double u, double[] f) {
            double g = 1 - s[0] * s[0] - s[1] * s[1];
            f[0] = s[0] * g - s[1] * (u - s[0]);
            f[1] = s[1] * g + s[0] * (u - s[0]);
        }

        @Override
        public void jacobian(double[] s, double u, double[][] j) {
            double g = 1 - s[0] * s[0] - s[1] * s[1];
            j[0][0] = g - 2 * s[0] * s[0] + s[1];
            j[0][1] = -2 * s[0] * s[1] - u + s[0];
            j[1][0] = -2 * s[0] * s[1] + u - 2 * s[0];
            j[1][1] = g - 2 * s[1] * s[1];
        }

        @Override
        public void enclose(Jet[] s, double u, Jet[] f) {
            Jet g = s[0].square().plus(s[1].square()).times(-1).plus(1);
            Jet turn = s[0].times(-1).plus(u);
            f[0] = s[0].times(g).minus(s[1].times(turn));
            f[1] = s[1].times(g).plus(s[0].times(turn));
        }
    };

    @Test
    void aCycleThatRunsIntoAFoldOfEquilibriaEndsThereWithAGrowingPeriod() {
        BifurcationDiagram d = diagram(SADDLE_NODE_ON_A_CIRCLE, 0.5, 2);
        assertThat(d.complete()).isTrue();
        assertThat(d.points(Kind.FOLD)).isNotEmpty().allSatisfy(p -> assertThat(p.input()).isCloseTo(1, within(1e-9)));
        List<BifurcationPoint> ends = d.points(Kind.HOMOCLINIC);
        assertThat(ends).isNotEmpty().allSatisfy(p -> {
            assertThat(p.input()).isCloseTo(1, within(1e-5));
            assertThat(p.state()).containsExactly(new double[] {1, 0}, within(1e-2));
        });
        for (CycleBranch branch : d.cycleBranches()) {
            for (PeriodicOrbit orbit : branch.orbits()) {
                assertThat(orbit.periodMs()).isCloseTo(2 * Math.PI / Math.sqrt(orbit.input() * orbit.input() - 1),
                        withinPercentage(1e-3));
                assertThat(orbit.stable()).isTrue();
            }
        }
    }

    /** On its separatrix a homoclinic orbit lingers at the saddle: the state that its point names. */
    @Test
    void aHomoclinicPointNamesItsSaddle() {
        double eps = 0.01;
        BifurcationPoint end = diagram(new Oscillator(eps, 0, eps, 0, 0, 1, -1, 0), -1.2, -0.5).points(Kind.HOMOCLINIC)
                .get(0);
        assertThat(end.state()).containsExactly(new double[] {0, 0}, within(1e-12));
    }

    /** Supercritical cycles of radius sqrt(u), in a field that is no number beyond x = 0.8. */
    private static final EnclosedField WALLED = new EnclosedField() {

        private final Polar inner = new Polar(-1, 0);

        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public List<String> stateNames() {
            return inner.stateNames();
        }

        @Override
        public void derivative(double[] s, double u, double[] f) {
            inner.derivative(s, u, f);
            f[0] += 0 * Math.sqrt(0.8 - s[0]);
        }

        @Override
        public void jacobian(double[] s, double u, double[][] j) {
            inner.jacobian(s, u, j);
            j[0][0] += 0 * Math.sqrt(0.8 - s[0]);
        }

        @Override
        public void enclose(Jet[] s, double u, Jet[] f) {
            inner.enclose(s, u, f);
        }
    };

    @Test
    void aBranchOfCyclesThatCannotBeFollowedFurtherSaysSo() {
        Interval half = new Interval(-0.5, 0.5);
        BifurcationDiagram d = BifurcationDiagram.of(WALLED, -0.5, 2, BifurcationDiagram.Search.in(200, half,
                half));
        assertThat(d.points(Kind.HOPF)).hasSize(1);
        assertThat(d.cycleBranches()).hasSize(1);
        CycleBranch cycles = d.cycleBranches().get(0);
        assertThat(cycles.end()).isEqualTo(CycleBranch.End.LOST);
        assertThat(cycles.orbits().get(cycles.orbits().size() - 1).input()).isCloseTo(0.64, within(0.01));
        for (PeriodicOrbit orbit : cycles.orbits()) {
            assertThat(List.of(orbit.points())).allSatisfy(point ->
                    assertThat(Math.hypot(point[0], point[1])).isCloseTo(Math.sqrt(orbit.input()), within(1e-8)));
        }
    }

    /** Roessler's system with a = b = 0.2 and c as the input (Roessler 1976, Phys. Lett. A 57:397-398). */
    private static final EnclosedField ROESSLER = new EnclosedField() {

        @Override
        public int dimension() {
            return 3;
        }

        @Override
        public List<String> stateNames() {
            return List.of("x", "y", "z");
        }

        @Override
        public void derivative(double[] s, double u, double[] f) {
            f[0] = -s[1] - s[2];
            f[1] = s[0] + 0.2 * s[1];
            f[2] = 0.2 + s[2] * (s[0] - u);
        }

        @Override
        public void jacobian(double[] s, double u, double[][] j) {
            j[0] = new double[] {0, -1, -1};
            j[1] = new double[] {1, 0.2, 0};
            j[2] = new double[] {s[2], 0, s[0] - u};
        }

        @Override
        public void enclose(Jet[] s, double u, Jet[] f) {
            f[0] = s[1].plus(s[2]).times(-1);
            f[1] = s[0].plus(s[1].times(0.2));
            f[2] = s[2].times(s[0].plus(-u)).plus(0.2);
        }
    };

    /** Beyond the point an orbit needs two turns to close, and it does not in front of it. */
    @Test
    void aPeriodDoublesWhereSimulatedOrbitsBeginToCloseAfterTwoTurns() {
        Interval side = new Interval(-20, 20);
        BifurcationDiagram d = BifurcationDiagram.of(ROESSLER, 2, 3, new BifurcationDiagram.Search(
                List.of(side, side, side), List.of(10.0, 10.0, 10.0), 1000));
        assertThat(d.points()).extracting(BifurcationPoint::kind).containsExactly(Kind.PERIOD_DOUBLING);
        double doubling = d.points().get(0).input();
        double[] start = {1, 1, 0};
        double before = LimitCycle.from(ROESSLER, doubling - 0.05, start, 9000).orElseThrow().periodMs();
        double after = LimitCycle.from(ROESSLER, doubling + 0.05, start, 9000).orElseThrow().periodMs();
        assertThat(after / before).isCloseTo(2, within(0.01));
        // The branch of twice the period is stable, and begins where the other one has lost its stability.
        CycleBranch doubled = d.cycleBranches().stream().filter(b -> b.end() == CycleBranch.End.PERIOD_DOUBLING)
                .findFirst().orElseThrow();
        assertThat(doubled.orbits().get(doubled.orbits().size() - 1).input()).isCloseTo(doubling, within(1e-5));
        // The two orbits of one period, unstable beyond the doubling, and those of two, all by their multipliers.
        for (CycleBranch branch : d.cycleBranches()) {
            for (PeriodicOrbit orbit : branch.orbits()) {
                if (Math.abs(orbit.input() - doubling) > 1e-3) {
                    assertThat(orbit.stable()).isEqualTo(orbit.periodMs() > 10 || orbit.input() < doubling);
                }
            }
        }
    }

    @Test
    void aRegionWithoutEquilibriaGivesAnEmptyDiagram() {
        BifurcationDiagram d = diagram(new Oscillator(0, 0, 0, 0, 5, 0, 0, 0), -1, 1);
        assertThat(d.complete()).isTrue();
        assertThat(d.equilibriumBranches()).isEmpty();
        assertThat(d.cycleBranches()).isEmpty();
        assertThat(d.points()).isEmpty();
    }

    @Test
    void rangesThatAreNoneAreRefused() {
        assertThatThrownBy(() -> diagram(CUSP, 1, 1))
                .hasMessage("the range of the input is 1.0 to 1.0; allowed: finite numbers, the lower one first");
        assertThatThrownBy(() -> diagram(CUSP, 0, Double.NaN)).hasMessageContaining("0.0 to NaN");
    }
}

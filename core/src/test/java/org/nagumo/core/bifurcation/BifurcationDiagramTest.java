package org.nagumo.core.bifurcation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nagumo.core.bifurcation.BifurcationPoint.Criticality;
import org.nagumo.core.bifurcation.BifurcationPoint.Kind;
import org.nagumo.core.dynamics.EnclosedField;
import org.nagumo.core.dynamics.Equilibrium;
import org.nagumo.core.interval.Interval;
import org.nagumo.core.interval.Jet;

/** Diagrams of fields whose bifurcations are known in closed form. */
class BifurcationDiagramTest {

    private static final Interval WIDE = new Interval(-3, 3);

    private static BifurcationDiagram diagram(EnclosedField field, double from, double to) {
        return BifurcationDiagram.of(field, from, to, BifurcationDiagram.Search.in(0.02, 200, WIDE, WIDE));
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

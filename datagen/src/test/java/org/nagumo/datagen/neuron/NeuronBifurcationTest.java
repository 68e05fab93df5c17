package org.nagumo.datagen.neuron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nagumo.core.bifurcation.BifurcationDiagram;
import org.nagumo.core.bifurcation.BifurcationPoint;
import org.nagumo.core.bifurcation.BifurcationPoint.Criticality;
import org.nagumo.core.bifurcation.BifurcationPoint.Kind;
import org.nagumo.core.bifurcation.CycleBranch;
import org.nagumo.core.bifurcation.PeriodicOrbit;
import org.nagumo.core.dynamics.LimitCycle;

/** The neurons' bifurcation diagrams against figures of the literature and against simulation. */
class NeuronBifurcationTest {

    static BifurcationDiagram diagram(Neuron neuron, double from, double to) {
        return BifurcationDiagram.of(neuron, from, to, new BifurcationDiagram.Search(
                List.of(neuron.equilibriumRegion(from, to)), Arrays.stream(neuron.units()).boxed().toList(), 500));
    }

    private static List<Double> inputs(BifurcationDiagram diagram, Kind kind) {
        return diagram.points(kind).stream().map(BifurcationPoint::input).toList();
    }

    private static void assertNear(List<Double> found, double tolerance, double... expected) {
        assertThat(found).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(found.get(i)).isCloseTo(expected[i], within(tolerance));
        }
    }

    @Test
    void hodgkinHuxley() {
        Neuron neuron = Neurons.named("hh");
        BifurcationDiagram d = diagram(neuron, -10, 170);
        assertThat(d.complete()).isTrue();
        assertThat(d.equilibriumBranches()).hasSize(1);
        // Where an order-8 integration loses its rest and finds repetitive firing.
        assertNear(inputs(d, Kind.HOPF), 1e-3, 9.7754, 154.522);
        assertThat(d.points(Kind.HOPF)).extracting(BifurcationPoint::critical)
                .containsExactly(Criticality.SUB, Criticality.SUPER);
        // The unstable branch between turns round twice more and doubles its period (Rinzel and Miller 1980, Math.
        // Biosciences 49:27-59, saw both; their leak differs in the third digit).
        assertNear(inputs(d, Kind.FOLD_OF_CYCLES), 1e-3, 6.2603, 7.8423, 7.9178);
        assertNear(inputs(d, Kind.PERIOD_DOUBLING), 1e-3, 7.8453, 7.9178);
        assertThat(d.cycleBranches()).hasSize(1);
        CycleBranch cycles = d.cycleBranches().get(0);
        assertThat(cycles.end()).isEqualTo(CycleBranch.End.HOPF);
        for (PeriodicOrbit orbit : cycles.orbits()) {
            // At a fold two multipliers are 1, and an error of 1e-10 moves a double eigenvalue by its root.
            boolean twice = orbit.multipliers().stream().filter(m -> m.subtract(1).norm() < 1e-2).count() > 1;
            assertThat(orbit.trivialError()).isLessThan(twice ? 1e-3 : 1e-6);
            // Along the branch: stable from the upper Hopf point down to the first fold, and nowhere else.
            if (orbit.stable()) {
                assertThat(orbit.input()).isGreaterThan(6.2603);
            }
        }
        assertThat(cycles.orbits().stream().filter(PeriodicOrbit::stable).mapToDouble(PeriodicOrbit::input).min()
                .orElseThrow()).isCloseTo(6.2603, within(0.05));
        // The period of the stable branch is that of firing at 10 uA/cm2, 68.324 Hz.
        LimitCycle simulated = LimitCycle.from(neuron, 10, new double[] {0, 0.05, 0.6, 0.32}, 1000).orElseThrow();
        assertThat(1000 / simulated.periodMs()).isCloseTo(68.324, within(0.005));
        PeriodicOrbit exact = PeriodicOrbit.near(neuron, 10, simulated, neuron.units()).orElseThrow();
        assertThat(exact.periodMs()).isCloseTo(simulated.periodMs(), within(1e-6));
        assertThat(exact.stable()).isTrue();
        assertThat(exact.multipliers()).hasSize(4);
    }

    @Test
    void fitzHughNagumoAndItsMirrorImage() {
        BifurcationDiagram d = diagram(Neurons.named("fhn"), -0.5, 2.25);
        assertNear(inputs(d, Kind.HOPF), 1e-6, 0.331281, 1.418719);
        List<Double> folds = inputs(d, Kind.FOLD_OF_CYCLES);
        assertThat(folds).hasSize(2);
        // v -> -v, w -> 2 a / b - w, I -> 2 a / b - I leaves the equations as they are.
        assertThat(folds.get(0) + folds.get(1)).isCloseTo(2 * 0.7 / 0.8, within(1e-9));
        // The stable cycle's periods by an order-8 method.
        for (double[] known : new double[][] {{0.4, 42.44, 5e-3}, {0.5, 39.474, 5e-4}, {0.7, 36.979, 5e-4},
            {1.0, 36.699, 5e-4}}) {
            LimitCycle cycle = LimitCycle.from(Neurons.named("fhn"), known[0], new double[] {1, 0}, 2000)
                    .orElseThrow();
            assertThat(PeriodicOrbit.near(Neurons.named("fhn"), known[0], cycle, new double[] {4, 2}).orElseThrow()
                    .periodMs()).isCloseTo(known[1], within(known[2]));
        }
    }

    @Test
    void bonhoefferVanDerPol() {
        BifurcationDiagram d = diagram(Neurons.named("bvp"), -2, 0.5);
        assertNear(inputs(d, Kind.HOPF), 1e-6, -1.403522, -0.346478);
        assertThat(d.points(Kind.HOPF).get(0).periodMs()).isCloseTo(6.519, within(5e-4));
        assertThat(Math.abs(d.points(Kind.HOPF).get(0).state()[0])).isCloseTo(0.954521, within(1e-6));
    }

    /** Steep recovery lets the cubic nullcline be crossed three times, and equilibria meet in folds. */
    @Test
    void foldsOfAnExcitableSystemOfTheFirstClass() {
        Neuron bistable = Neurons.named("fhn").with(Map.of("b", 2.0, "a", 0.0));
        BifurcationDiagram d = diagram(bistable, -1, 1);
        assertThat(d.complete()).isTrue();
        // v / 2 = v - v^3 / 3 + I has a double root where v^2 = 1/2.
        double fold = Math.sqrt(0.5) * (0.5 - 0.5 / 3);
        assertNear(inputs(d, Kind.FOLD), 1e-9, -fold, fold);
    }
}

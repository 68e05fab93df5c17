package org.nagumo.datagen.neuron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nagumo.core.dynamics.CertifiedEquilibria;
import org.nagumo.core.dynamics.EnclosedField;
import org.nagumo.core.dynamics.EquilibriumSearch;
import org.nagumo.core.interval.Interval;
import org.nagumo.core.interval.Jet;

/** Proofs about the neurons' equilibria. */
class NeuronProofTest {

    private static final Interval VOLTAGE = new Interval(-250, 100);
    private static final Interval GATE = new Interval(-0.01, 1.01);

    private static final Interval[] HODGKIN_HUXLEY = {VOLTAGE, GATE, GATE, GATE};
    private static final Interval[] RINZEL = {VOLTAGE, GATE};
    private static final Interval[] PLANE = {new Interval(-4, 4), new Interval(-4, 4)};

    /** Over a box of one point the enclosures are the field and its Jacobian, but for rounding. */
    private static void assertEnclosed(EnclosedField field, double current, Interval[] region) {
        SplittableRandom random = new SplittableRandom(7);
        int n = field.dimension();
        double[] f = new double[n];
        double[][] jacobian = new double[n][n];
        for (int round = 0; round < 1000; round++) {
            double[] point = Arrays.stream(region).mapToDouble(side -> random.nextDouble(side.low(), side.high()))
                    .toArray();
            Jet[] enclosure = new Jet[n];
            field.enclose(Jet.variables(Arrays.stream(point).mapToObj(Interval::of).toArray(Interval[]::new)), current,
                    enclosure);
            field.derivative(point, current, f);
            field.jacobian(point, current, jacobian);
            for (int i = 0; i < n; i++) {
                assertThat(enclosure[i].value().middle()).isCloseTo(f[i], withinPercentage(1e-8));
                assertThat(enclosure[i].value().width()).isLessThan(1e-10 * (1 + Math.abs(f[i])));
                for (int j = 0; j < n; j++) {
                    assertThat(enclosure[i].derivative(j).middle()).isCloseTo(jacobian[i][j],
                            within(1e-10 * (1 + Math.abs(jacobian[i][j]))));
                }
            }
        }
    }

    @Test
    void theEnclosuresAreTheFields() {
        assertEnclosed(ShippedNeurons.named("hh").with(Map.of("T", 18.5)), 7, HODGKIN_HUXLEY);
        assertEnclosed(ShippedNeurons.named("rinzel"), 7, RINZEL);
        assertEnclosed(ShippedNeurons.named("fhn"), 0.5, PLANE);
        assertEnclosed(ShippedNeurons.named("fhn-psi"), 0.5, PLANE);
        assertEnclosed(ShippedNeurons.named("bvp"), -0.4, PLANE);
    }

    @ParameterizedTest
    @CsvSource({"-30", "0", "6.5", "9.7754", "50", "154.522", "200"})
    void hodgkinHuxleyHasOneEquilibriumAtEveryCurrent(double current) {
        EquationNeuron neuron = ShippedNeurons.named("hh");
        EquilibriumSearch search = CertifiedEquilibria.in(neuron, current, neuron.equilibriumRegion(current, current));
        assertThat(search.complete()).isTrue();
        assertThat(search.equilibria()).hasSize(1);
        if (current == 0) {
            assertThat(search.equilibria().get(0).state())
                    .containsExactly(new double[] {-64.99638, 0.0529551, 0.5959941, 0.3177324}, within(5e-6));
        }
    }

    /** The limits are what enclosures needed that the authors had simplified term by term. */
    @ParameterizedTest
    @CsvSource({"hh, -30, 2807", "hh, 0, 1241", "hh, 9.7754, 1113", "hh, 200, 4857", "rinzel, 0, 193",
        "fhn, 0, 3", "fhn-psi, 0, 7", "bvp, 0, 3"})
    void aProofNeedsFewBoxes(String name, double current, int most) {
        EquationNeuron neuron = ShippedNeurons.named(name);
        double highest = Math.max(50, -54.387 + current / 0.3);
        double lowest = Math.min(-77, -54.387 + current / 0.3);
        Interval[] region = switch (name) {
            case "hh" -> new Interval[] {new Interval(lowest - 1, highest + 1), GATE, GATE, GATE};
            case "rinzel" -> new Interval[] {new Interval(-110.25, 83.25), GATE};
            case "fhn-psi" -> new Interval[] {new Interval(-2.9, 2.9), new Interval(-6.8, 6.8)};
            default -> PLANE;
        };
        EquilibriumSearch search = CertifiedEquilibria.in(neuron, current, region);
        assertThat(search.complete()).isTrue();
        assertThat(search.equilibria()).hasSize(1);
        assertThat(search.starts()).isLessThanOrEqualTo(most);
    }

    @Test
    void theOthers() {
        for (double current : new double[] {-5, 0, 3, 7, 30}) {
            EquilibriumSearch search = CertifiedEquilibria.in(ShippedNeurons.named("rinzel"), current, RINZEL);
            assertThat(search.complete()).isTrue();
            assertThat(search.equilibria()).isNotEmpty();
        }
        EquilibriumSearch fhn = CertifiedEquilibria.in(ShippedNeurons.named("fhn"), 0, PLANE);
        assertThat(fhn.complete()).isTrue();
        assertThat(fhn.equilibria().get(0).state()).containsExactly(new double[] {-1.19941, -0.62426}, within(5e-6));
        EquilibriumSearch bvp = CertifiedEquilibria.in(ShippedNeurons.named("bvp"), 0, PLANE);
        assertThat(bvp.complete()).isTrue();
        assertThat(bvp.equilibria().get(0).state()).containsExactly(new double[] {1.19941, -0.62426}, within(5e-6));
        // With b = 2 the recovery's nullcline is flat enough to cross the cubic one three times.
        assertThat(CertifiedEquilibria.in(ShippedNeurons.named("fhn").with(Map.of("b", 2.0, "a", 0.0)), 0, PLANE))
                .satisfies(s -> assertThat(s.complete()).isTrue())
                .satisfies(s -> assertThat(s.equilibria()).hasSize(3));
    }
}

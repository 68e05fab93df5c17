package org.nagumo.datagen.neuron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.hipparchus.complex.Complex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nagumo.core.dynamics.CycleSearch;
import org.nagumo.core.dynamics.Equilibria;
import org.nagumo.core.dynamics.Equilibrium;
import org.nagumo.core.dynamics.EquilibriumKind;
import org.nagumo.core.dynamics.EquilibriumSearch;
import org.nagumo.core.dynamics.LimitCycle;
import org.nagumo.core.dynamics.PhasePortrait;
import org.nagumo.core.dynamics.Region;

/** What the dynamical tools say about the neurons, against figures of an order-8 method and of the literature. */
class NeuronDynamicsTest {

    private static final Neuron NEURON = Neurons.named("hh");
    private static final double[] LOWER = {-90, 0, 0, 0};
    private static final double[] UPPER = {40, 1, 1, 1};

    /** A state from which the neuron fires. */
    private static final double[] KICKED = {0, 0.05, 0.6, 0.32};

    private static Equilibrium rest(Neuron neuron, double current) {
        EquilibriumSearch search = Equilibria.multiStart(neuron, current, LOWER, UPPER, 60, 1);
        assertThat(search.equilibria()).hasSize(1);
        return search.equilibria().get(0);
    }

    @Test
    void hodgkinHuxleyHasOneEquilibriumWithTheEigenvaluesOfElMinus544() {
        Equilibrium rest = rest(NEURON.with(Map.of("EL", -54.4)), 0);
        assertThat(rest.kind()).isEqualTo(new EquilibriumKind.Focus(true));
        assertThat(rest.eigenvalues().stream().mapToDouble(Complex::getReal).toArray())
                .containsExactly(new double[] {-0.1207, -0.2027, -0.2027, -4.675}, within(5e-4));
        assertThat(rest.eigenvalues().get(1).getImaginary()).isCloseTo(0.3831, within(5e-5));
    }

    @Test
    void itLosesItsRestAtTheHopfPointsAt97754And154522() {
        assertThat(rest(NEURON, 9.775).stable()).isTrue();
        assertThat(rest(NEURON, 9.776).stable()).isFalse();
        assertThat(rest(NEURON, 154.52).stable()).isFalse();
        assertThat(rest(NEURON, 154.53).stable()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"7, 58.327", "10, 68.324", "20, 86.466"})
    void itsLimitCycleHasTheRateOfSteadyFiring(double current, double rateHz) {
        LimitCycle cycle = LimitCycle.from(NEURON, current, KICKED, 1000).orElseThrow();
        assertThat(1000 / cycle.periodMs()).isCloseTo(rateHz, within(0.005));
        assertThat(cycle.range(0)[0]).isBetween(-77.0, -70.0);
        assertThat(cycle.multiplier()).isNaN();
    }

    @Test
    void restAndFiringCoexistAt7AndNotBelow62603() {
        double[] rest = rest(NEURON, 7).state();
        rest[0] += 0.1;
        assertThat(LimitCycle.search(NEURON, 7, rest, 3000).outcome()).isEqualTo(CycleSearch.Outcome.REST);
        assertThat(LimitCycle.search(NEURON, 7, KICKED, 1000).outcome()).isEqualTo(CycleSearch.Outcome.CYCLE);
        assertThat(LimitCycle.search(NEURON, 6.2, KICKED, 1000).outcome())
                .isNotEqualTo(CycleSearch.Outcome.CYCLE);
    }

    @Test
    void theReductionRestsAtZeroAndFiresAt876HzAtTen() {
        Neuron reduction = Neurons.named("rinzel");
        Region region = new Region(-85, 60, 0.2, 0.9);
        PhasePortrait quiet = PhasePortrait.of(reduction, 0, region, new double[] {-70, 0.4}, 400);
        assertThat(quiet.search().outcome()).isEqualTo(CycleSearch.Outcome.REST);
        assertThat(quiet.equilibria()).hasSize(1);
        assertThat(quiet.equilibria().get(0).stable()).isTrue();
        assertThat(quiet.equilibria().get(0).state()).containsExactly(reduction.restState(), within(1e-9));
        PhasePortrait firing = PhasePortrait.of(reduction, 10, region, new double[] {-70, 0.4}, 400);
        assertThat(1000 / firing.cycle().orElseThrow().periodMs()).isCloseTo(87.6, within(0.1));
        assertThat(firing.cycle().orElseThrow().multiplier()).isLessThan(0.1);
        assertThat(firing.equilibria()).hasSize(1);
        assertThat(firing.equilibria().get(0).stable()).isFalse();
    }
}

package org.nagumo.experiments.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nagumo.core.dynamics.Equilibria;
import org.nagumo.core.dynamics.Equilibrium;
import org.nagumo.core.interval.Interval;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.NeuronSimulator;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.experiments.spikes.Spike;
import org.nagumo.experiments.spikes.SpikeCriterion;
import org.nagumo.experiments.spikes.SpikeDetector;

/** The table of scales, held to the neurons. */
class NeuronScaleTest {

    private static final double HOPF = 9.7754;

    @ParameterizedTest
    @ValueSource(strings = {"hh", "fhn", "fhn-psi", "bvp"})
    void theCurrentThatCorrespondsToTheNeuronsHopfPointIsOne(String name) {
        Neuron neuron = Neurons.named(name);
        double hopf = HOPF * NeuronScale.of(name).currentUnit();
        Interval[] region = neuron.equilibriumRegion(-2 * Math.abs(hopf), 2 * Math.abs(hopf));
        List<Equilibrium> before = Equilibria.in(neuron, 0.9999 * hopf, region)
                .equilibria();
        List<Equilibrium> after = Equilibria.in(neuron, 1.0001 * hopf, region)
                .equilibria();
        assertThat(before).hasSize(1).allMatch(e -> e.kind().stable());
        assertThat(after).hasSize(1).noneMatch(e -> e.kind().stable());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fhn", "fhn-psi", "bvp"})
    void theTimeUnitIsTheRatioOfThePeriodsAtTwiceThatCurrent(String name) {
        assertThat(periodMs(name) / periodMs("hh")).isCloseTo(NeuronScale.of(name).timeUnitMs(), within(0.005
                * NeuronScale.of(name).timeUnitMs()));
    }

    private static double periodMs(String name) {
        NeuronScale scale = NeuronScale.of(name);
        double[] current = new double[20_000];
        Arrays.fill(current, 2 * HOPF * scale.currentUnit());
        Trace trace = new NeuronSimulator(Neurons.named(name), 1)
                .respond(List.of(new CurrentTrace(0.02 * scale.timeUnitMs(), current))).get(0);
        List<Spike> spikes = SpikeDetector.detect(trace, scale.criterion());
        int last = spikes.size() - 1;
        return (spikes.get(last).timeMs() - spikes.get(last - 10).timeMs()) / 10;
    }

    /** x = -v, z = -I, and c^2 = 9 in the place of 1 / phi = 12.5. */
    @Test
    void fitzHughsTwoFormsAreNearlyTheSameOnTheirScalesButForTheSign() {
        Response fhn = measure("fhn");
        Response bvp = measure("bvp");
        assertThat(bvp.restMv()).isCloseTo(-fhn.restMv(), within(1e-9));
        assertThat(bvp.onset() / bvp.scale().currentUnit()).isCloseTo(fhn.onset() / fhn.scale().currentUnit(),
                within(0.3));
        assertThat(bvp.fi().get(20).peakMv()).isNegative();
        assertThat(bvp.fi().get(20).troughMv()).isPositive();
        assertThat(bvp.fi().get(20).spikes()).isBetween(40, 46);
        assertThat(fhn.fi().get(20).spikes()).isBetween(40, 46);
        assertThat(bvp.rebound().get(0).currentUaPerCm2()).as("hyperpolarising").isPositive();
        assertThat(bvp.coexistence().from()).isNegative();
        assertThat(CurrentRange.overlap(bvp.coexistence(), bvp.coexistence())).isEqualTo(1);
    }

    private static Response measure(String name) {
        NeuronScale scale = NeuronScale.of(name);
        return new Battery(Battery.DT_MS * scale.timeUnitMs(), 1, scale).measure(
                new NeuronSimulator(Neurons.named(name), 2), () -> { });
    }

    @Test
    void rangesOverlapByTheirLengths() {
        CurrentRange range = new CurrentRange(2, 4);
        assertThat(CurrentRange.overlap(range, range)).isEqualTo(1);
        assertThat(CurrentRange.overlap(range, new CurrentRange(3, 5))).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(CurrentRange.overlap(range, new CurrentRange(5, 6))).isZero();
        assertThat(CurrentRange.overlap(new CurrentRange(-2, -4), new CurrentRange(-3, -5)))
                .isCloseTo(1.0 / 3, within(1e-12));
        assertThat(CurrentRange.overlap(range, null)).isZero();
        assertThat(CurrentRange.overlap(null, range)).isZero();
        assertThat(CurrentRange.overlap(null, null)).isNaN();
    }

    @Test
    void aScaleThatCannotBeIsRefused() {
        assertThatThrownBy(() -> new NeuronScale(0, 1, false, SpikeCriterion.MEMBRANE))
                .hasMessageContaining("currentUnit is 0.0; allowed");
        assertThatThrownBy(() -> new NeuronScale(1, -1, false, SpikeCriterion.MEMBRANE))
                .hasMessageContaining("timeUnitMs is -1.0; allowed");
        assertThatThrownBy(() -> new NeuronScale(1, 1, false, null)).hasMessageContaining("criterion is missing");
        assertThatThrownBy(() -> new SpikeCriterion(Double.NaN, false, 1, 1, 0)).hasMessageContaining("thresholdMv is NaN");
        assertThatThrownBy(() -> new SpikeCriterion(0, false, 0, 1, 0)).hasMessageContaining("rearmMv is 0.0");
        assertThatThrownBy(() -> new SpikeCriterion(0, false, 1, -1, 0)).hasMessageContaining("averageMs is -1.0");
        assertThatThrownBy(() -> new SpikeCriterion(0, false, 1, 1, Double.NaN))
                .hasMessageContaining("leastWidthMs is NaN");
    }
}

package org.nagumo.experiments.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.simulate.NeuronSimulator;

class SpikeWidthTest {

    /** The battery's half-width at 15 uA/cm2 is measured on another sampling, in transient firing. */
    @Test
    void theWidthIsThatOfTheBatterysSpikes() {
        Battery battery = new Battery(0.02, 1);
        double width = battery.fiCurve(new NeuronSimulator(Neurons.named("hh"), 1)).get(15)
                .halfWidthMs();
        assertThat(SpikeWidth.of(Neurons.named("hh"))).isCloseTo(width, withinPercentage(1));
    }

    /** Half the membrane, capacitance and conductances, under half the current: the same spikes. */
    @Test
    void halfTheMembraneHasTheSameSpikes() {
        double whole = SpikeWidth.of(Neurons.named("wang-buzsaki"));
        double half = SpikeWidth.of(Neurons.named("wang-buzsaki").with(
                Map.of("C", 0.5, "gNa", 17.5, "gK", 4.5, "gL", 0.05)));
        assertThat(half).isCloseTo(whole, within(1e-3));
    }
}

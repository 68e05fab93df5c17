package org.nagumo.experiments.evaluate;

import java.util.Arrays;
import java.util.List;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.NeuronSimulator;
import org.nagumo.experiments.spikes.Spike;
import org.nagumo.experiments.spikes.SpikeDetector;

/** How long the spikes of a neuron last, which says how finely its potential has to be sampled. */
public final class SpikeWidth {

    /** Length of the firing, in units of the neuron's time: about thirty spikes. */
    private static final int DURATION = 400;
    private static final int SAMPLES_A_UNIT = 100;

    private SpikeWidth() {
    }

    /**
     * Measures the spikes of steady firing, at the current at which the battery lets the neuron fire.
     *
     * @param neuron the neuron
     * @return the mean half-width, in the neuron's time
     * @throws InputException when the neuron fires at no constant current
     */
    public static double of(Neuron neuron) {
        NeuronScale scale = NeuronScale.of(neuron);
        double[] current = new double[DURATION * SAMPLES_A_UNIT];
        Arrays.fill(current, scale.amplitudes().firing() * scale.currentUnit());
        List<Spike> spikes = SpikeDetector.detect(new NeuronSimulator(neuron, 1)
                .respond(List.of(new CurrentTrace(scale.timeUnitMs() / SAMPLES_A_UNIT, current))).get(0),
                scale.criterion());
        return spikes.stream().skip(1).mapToDouble(Spike::halfWidthMs).filter(Double::isFinite).average()
                .orElseThrow(() -> new InputException(neuron.name() + " has no repeated spikes at its firing current;"
                        + " allowed: neurons that fire"));
    }
}

package org.nagumo.experiments.evaluate;

import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.nagumo.datagen.simulate.ExcitableSystem;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.experiments.spikes.Spike;
import org.nagumo.experiments.spikes.SpikeDetector;

/**
 * A recording in the place of a battery: its current is given to the student, and what needs other currents is not
 * measured. Students begin at rest, so a recording should too.
 *
 * @param recording current and membrane potential of a neuron
 * @param scale     what counts as a spike, and the units
 */
public record Recorded(Trace recording, NeuronScale scale) {

    /** Key of the recording among the kinds of noise. */
    public static final String KEY = "recording";

    /** What the recording says of its neuron. */
    public Response teacher(String name) {
        return response(name, recording);
    }

    /**
     * Measures a system under the recorded current.
     *
     * @param progress told how many more of its samples are done
     */
    public Response measure(ExcitableSystem system, LongConsumer progress) {
        return response(system.name(), system.respond(List.of(recording.current()), progress).get(0));
    }

    private Response response(String name, Trace trace) {
        List<Spike> spikes = SpikeDetector.detect(trace, scale.criterion());
        return new Response(name, scale, trace.voltageMv()[0], List.of(), Double.NaN, Double.NaN, Double.NaN,
                Double.NaN, Double.NaN, Double.NaN, List.of(), spikes.size(), SpikeShape.mean(spikes),
                new Traces(null, null, Map.of(KEY, List.of(trace))));
    }
}

package org.nagumo.experiments.train;

import java.util.Arrays;
import org.nagumo.datagen.simulate.Trace;

/**
 * Any neuron's voltage as one whose spikes cross zero upward, in units of the scaling.
 *
 * @param threshold what a spike crosses
 * @param unit      difference of potential that becomes 1
 * @param downward  whether spikes cross it from above
 */
record SpikeView(double threshold, double unit, boolean downward) {

    Trace of(Trace trace) {
        double[] seen = Arrays.stream(trace.voltageMv())
                .map(v -> (downward ? threshold - v : v - threshold) / unit).toArray();
        return new Trace(trace.current(), seen, trace.stateNames(), trace.states());
    }
}

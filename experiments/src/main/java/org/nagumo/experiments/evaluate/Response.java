package org.nagumo.experiments.evaluate;

import java.util.List;
import org.nagumo.datagen.simulate.Trace;

/**
 * Everything that the battery measures of one system. Undefined numbers are NaN.
 *
 * @param system       name of the system
 * @param restMv       membrane potential after 100 ms without current
 * @param fi           answers to steps of 0, 1, ... 20 uA/cm2
 * @param rheobase     smallest step that gives a spike, in uA/cm2
 * @param onset        smallest step from rest that gives firing to its end, in uA/cm2
 * @param onsetRateHz  steady rate there
 * @param restUpTo     largest current that is reached without a spike when it rises slowly, in uA/cm2
 * @param firingDownTo smallest current at which a firing neuron goes on firing, in uA/cm2
 * @param rebound      answers to the release of hyperpolarising steps
 * @param step         response to a step of 10 uA/cm2, for drawing
 * @param release      response to the release of -10 uA/cm2, for drawing
 * @param noise        responses to noise, {@code noise.get(kind).get(trial)}, in the order of {@link NoiseKind#ALL}
 */
public record Response(String system, double restMv, List<FiPoint> fi, double rheobase, double onset,
        double onsetRateHz, double restUpTo, double firingDownTo, List<ReboundCase> rebound, Trace step, Trace release,
        List<List<Trace>> noise) {

    public Response {
        fi = List.copyOf(fi);
        rebound = List.copyOf(rebound);
        noise = List.copyOf(noise);
    }

    /** Whether rest and firing coexist over a range of currents. */
    public boolean bistable() {
        return restUpTo > firingDownTo;
    }
}

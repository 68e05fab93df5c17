package org.nagumo.experiments.evaluate;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Everything that the battery measures of one system. Undefined numbers are NaN; so are those that a recording does not
 * hold.
 *
 * @param system       name of the system
 * @param scale        what the battery's units are in this system
 * @param restMv       membrane potential after 100 ms without current; of a recording, at its first sample
 * @param fi           answers to steps of 0, 1, ... 20 uA/cm2; none of a recording
 * @param rheobase     smallest step that gives a spike, in uA/cm2
 * @param onset        smallest step from rest that gives firing to its end, in uA/cm2
 * @param onsetRateHz  steady rate there
 * @param restUpTo     largest current that is reached without a spike when it rises slowly, in uA/cm2
 * @param firingDownTo smallest current at which a firing neuron goes on firing, in uA/cm2
 * @param refractoryMs refractory period: smallest interval of two pulses of 1 ms, 15 uA/cm2, from onset to onset, at
 *                     which the second gives a spike as well
 * @param rebound      answers to the release of hyperpolarising steps; none of a recording
 * @param noiseSpikes  spikes under noise in all
 * @param noiseShape   their mean shape
 * @param traces       sample by sample; null after reading
 */
public record Response(@JsonProperty("system") String system, @JsonProperty("scale") NeuronScale scale,
        @JsonProperty("rest_mV") double restMv, @JsonProperty("fi") List<FiPoint> fi,
        @JsonProperty("rheobase_uA") double rheobase, @JsonProperty("repetitive_onset_uA") double onset,
        @JsonProperty("onset_rate_hz") double onsetRateHz, @JsonProperty("rest_up_to_uA") double restUpTo,
        @JsonProperty("firing_down_to_uA") double firingDownTo,
        @JsonProperty("refractory_period_ms") double refractoryMs, @JsonProperty("rebound") List<ReboundCase> rebound,
        @JsonProperty("noise_spike_count") int noiseSpikes,
        @JsonProperty("noise_spike_shape") SpikeShape noiseShape, @JsonIgnore Traces traces) {

    public Response {
        if (system == null || scale == null || fi == null || rebound == null || noiseShape == null) {
            throw new IllegalArgumentException("a response lacks system, scale, fi, rebound or noise_spike_shape;"
                    + " allowed: all of them");
        }
        fi = List.copyOf(fi);
        rebound = List.copyOf(rebound);
    }

    /** Where rest and firing coexist; null where they never do. */
    public CurrentRange coexistence() {
        return Math.abs(restUpTo) > Math.abs(firingDownTo) ? new CurrentRange(firingDownTo, restUpTo) : null;
    }

    /** Whether there is no spike in any of the f-I steps, if there are steps. */
    boolean silentInSteps() {
        return !fi.isEmpty() && fi.stream().allMatch(point -> point.spikes() == 0);
    }

    /** Whether there is no spike after any release from hyperpolarisation, if there are releases. */
    boolean silentAfterRelease() {
        return !rebound.isEmpty() && rebound.stream().allMatch(each -> each.spikes() == 0);
    }

    /** The same numbers without the traces. */
    public Response withoutTraces() {
        return new Response(system, scale, restMv, fi, rheobase, onset, onsetRateHz, restUpTo, firingDownTo,
                refractoryMs, rebound, noiseSpikes, noiseShape, null);
    }
}

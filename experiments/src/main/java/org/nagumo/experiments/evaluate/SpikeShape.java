package org.nagumo.experiments.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.nagumo.experiments.spikes.Spike;

/**
 * The mean shape of some spikes, each number over those spikes in which it is defined; NaN without any.
 *
 * @param halfWidthMs mean half-width
 * @param peakMv      mean peak
 * @param troughMv    mean trough
 */
public record SpikeShape(@JsonProperty("half_width_ms") double halfWidthMs, @JsonProperty("peak_mV") double peakMv,
        @JsonProperty("trough_mV") double troughMv) {

    /** The mean of spikes. */
    public static SpikeShape mean(List<Spike> spikes) {
        return new SpikeShape(mean(spikes, Spike::halfWidthMs), mean(spikes, Spike::peakMv),
                mean(spikes, Spike::troughMv));
    }

    private static double mean(List<Spike> spikes, ToDoubleFunction<Spike> value) {
        return spikes.stream().mapToDouble(value).filter(Double::isFinite).average().orElse(Double.NaN);
    }
}

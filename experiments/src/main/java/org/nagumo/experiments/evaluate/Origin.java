package org.nagumo.experiments.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a measured system is and where it comes from, in full: with it, the measurement can be made again.
 *
 * @param kind       neuron, network or recording
 * @param name       name of the neuron or network, or file of the recording
 * @param parameters parameters of a neuron by name; none of others
 * @param provenance where a network comes from, or the checksum of a recording; none of a neuron
 */
public record Origin(@JsonProperty("kind") Kind kind, @JsonProperty("name") String name,
        @JsonProperty("parameters") Map<String, Double> parameters,
        @JsonProperty("provenance") Map<String, String> provenance) {

    /** What can be measured. */
    public enum Kind { NEURON, NETWORK, RECORDING }

    public Origin {
        if (kind == null || name == null || parameters == null || provenance == null) {
            throw new IllegalArgumentException("an origin lacks kind, name, parameters or provenance; allowed: all of"
                    + " them");
        }
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    }
}

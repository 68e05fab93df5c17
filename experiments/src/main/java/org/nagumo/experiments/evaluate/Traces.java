package org.nagumo.experiments.evaluate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nagumo.datagen.simulate.Trace;

/**
 * Responses sample by sample: what is compared and drawn, but not saved.
 *
 * @param step    response to a step of 10 uA/cm2; null for a recording
 * @param release response to the release of -10 uA/cm2; null for a recording
 * @param noise   responses to noise, by the key of its kind, without state variables
 */
public record Traces(Trace step, Trace release, Map<String, List<Trace>> noise) {

    public Traces {
        Map<String, List<Trace>> copy = new LinkedHashMap<>();
        noise.forEach((kind, trials) -> copy.put(kind, List.copyOf(trials)));
        noise = Collections.unmodifiableMap(copy);
    }
}

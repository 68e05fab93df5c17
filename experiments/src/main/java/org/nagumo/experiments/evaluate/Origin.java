package org.nagumo.experiments.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.nagumo.datagen.neuron.EquationNeuron;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.ode.OdeChoice;

/**
 * What a measured system is and where it comes from, in full: with it, the measurement can be made again.
 *
 * @param kind       neuron, network or recording
 * @param name       name of the neuron or network, or file of the recording
 * @param parameters parameters of a neuron by name; none of others
 * @param provenance what a network is and where it comes from, or the checksum of a recording; of a
 *                   neuron of the user's own its equations, of others none
 */
public record Origin(@JsonProperty("kind") Kind kind, @JsonProperty("name") String name,
        @JsonProperty("parameters") Map<String, Double> parameters,
        @JsonProperty("provenance") Map<String, String> provenance) {

    /** Under this key the provenance of a network says how many parameters it has. */
    public static final String PARAMETER_COUNT = "parameterCount";

    /** Under these keys the provenance of a neuron of the user's own has its equations and what was chosen in them. */
    public static final String EQUATIONS = "equations";
    public static final String INPUT = "input";
    public static final String OUTPUT = "output";

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

    /**
     * The neuron of this origin, with its parameters.
     *
     * @return the neuron
     * @throws IllegalArgumentException when it is none, or one that is not known here
     */
    public Neuron neuron() {
        String equations = provenance.get(EQUATIONS);
        return (equations == null ? Neurons.named(name) : EquationNeuron.parse(name, equations,
                new OdeChoice(provenance.get(INPUT), provenance.get(OUTPUT)))).with(parameters);
    }

    /** How many parameters a network has, where that is known. */
    public OptionalInt parameterCount() {
        try {
            return provenance.containsKey(PARAMETER_COUNT)
                    ? OptionalInt.of(Integer.parseInt(provenance.get(PARAMETER_COUNT))) : OptionalInt.empty();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + ": " + PARAMETER_COUNT + " is '" + provenance.get(PARAMETER_COUNT)
                    + "'; allowed: a whole number", e);
        }
    }
}

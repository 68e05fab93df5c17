package org.nagumo.datagen.neuron;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nagumo.datagen.ode.StatedSpike;
import org.nagumo.datagen.ode.StatedUnits;

/**
 * What a neuron states about itself for measurements and pictures. Whatever it leaves empty is found from its
 * equations.
 *
 * @param units      units of current, potential and time
 * @param stateUnits unit of each state variable, {@code 1} when dimensionless
 * @param scale      the current and the time that correspond to 1 uA/cm2 and 1 ms of Hodgkin and Huxley's neuron
 * @param spike      what counts as a spike
 * @param plane      what a phase portrait shows against the potential
 */
public record NeuronTraits(PhysicalUnits units, List<String> stateUnits, Optional<StatedUnits> scale,
        Optional<StatedSpike> spike, Optional<PlaneAxis> plane) {

    /** Copies the list. */
    public NeuronTraits {
        stateUnits = List.copyOf(stateUnits);
    }

    /**
     * A membrane in mV, ms and uA/cm2 whose other states are dimensionless, and which states nothing else.
     *
     * @param dimension number of state variables
     * @return the traits
     */
    public static NeuronTraits membrane(int dimension) {
        return new NeuronTraits(PhysicalUnits.MEMBRANE,
                IntStream.range(0, dimension).mapToObj(i -> i == 0 ? PhysicalUnits.MEMBRANE.potential() : "1").toList(),
                Optional.empty(), Optional.empty(), Optional.empty());
    }
}

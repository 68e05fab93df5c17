package org.nagumo.datagen.neuron;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nagumo.core.dynamics.VectorField;
import org.nagumo.core.interval.Interval;

/**
 * A point neuron: a vector field whose input is the injected current and whose first state variable is the membrane
 * potential. A neuron that encloses itself as well ({@link org.nagumo.core.dynamics.EnclosedField}) gets its equilibria
 * proven; those of another are searched in {@link #equilibriumRegion}.
 */
public interface Neuron extends VectorField {

    /** Short name as it is written on the command line, such as {@code hh}. */
    String name();

    /** The parameters in their order of documentation. */
    List<Parameter> parameters();

    /**
     * The parameters with their standard values, which {@link Neurons#changed} compares with.
     *
     * @return the parameters in the order of {@link #parameters()}
     */
    default List<Parameter> standardParameters() {
        return Neurons.named(name()).parameters();
    }

    /**
     * The same neuron with some parameters changed.
     *
     * @throws IllegalArgumentException naming the parameter, the value and what is allowed
     */
    Neuron with(Map<String, Double> overrides);

    /**
     * The stable equilibrium at zero current that the neuron rests in, computed from its parameters.
     *
     * @throws IllegalArgumentException when there is none, because the neuron fires of itself
     */
    double[] restState();

    /**
     * The box in which equilibria are looked for, one interval for each state variable. A neuron that encloses itself
     * returns one that holds all equilibria at all currents of the range.
     *
     * @param from lowest current
     * @param to   highest current
     * @return two typical ranges to both sides of zero, unless the neuron knows better
     */
    default Interval[] equilibriumRegion(double from, double to) {
        return Arrays.stream(units()).mapToObj(unit -> new Interval(-2 * unit, 2 * unit)).toArray(Interval[]::new);
    }

    /** Typical range of each state variable, the unit in which its changes are large or small. */
    double[] units();

    /**
     * Units, and what the neuron states for measurements and pictures.
     *
     * @return a membrane in mV, ms and uA/cm2 unless the neuron says otherwise
     */
    default NeuronTraits traits() {
        return NeuronTraits.membrane(dimension());
    }

    /**
     * The field for many states at once, which a simulation of many sequences asks for; lane after lane unless a
     * neuron has a faster way.
     *
     * @param lanes most states that are asked for at once
     */
    default NeuronBatch batch(int lanes) {
        return NeuronBatch.laneByLane(this);
    }
}

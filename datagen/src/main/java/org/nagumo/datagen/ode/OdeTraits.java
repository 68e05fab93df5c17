package org.nagumo.datagen.ode;

import java.util.Optional;

/**
 * What a file states for measurements and pictures; a program finds the rest from the equations.
 *
 * @param units the neuron's correspondents of 1 uA/cm2 and 1 ms
 * @param spike what counts as a spike
 * @param plane what phase portraits show against the potential
 */
public record OdeTraits(Optional<StatedUnits> units, Optional<StatedSpike> spike, Optional<OdePlane> plane) {

    /** Nothing is stated. */
    public static final OdeTraits NONE = new OdeTraits(Optional.empty(), Optional.empty(), Optional.empty());
}

package org.nagumo.datagen.ode;

import java.util.Optional;

/**
 * The input and the potential of a system, and how they were found.
 *
 * @param input    the parameter that is the injected current; empty when the file has none
 * @param output   the state that is the membrane potential
 * @param timeUnit unit of the time, such as {@code ms}; {@code 1} when dimensionless
 * @param sentence how input and output were chosen, for the user
 */
public record OdePorts(Optional<OdePort> input, OdePort output, String timeUnit, String sentence) {
}

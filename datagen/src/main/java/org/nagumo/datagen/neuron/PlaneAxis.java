package org.nagumo.datagen.neuron;

import java.util.function.ToDoubleFunction;

/**
 * What a phase portrait shows against the potential.
 *
 * @param label name of the axis
 * @param unit  unit of the axis, {@code 1} when dimensionless
 * @param of    its value in a state
 */
public record PlaneAxis(String label, String unit, ToDoubleFunction<double[]> of) {
}

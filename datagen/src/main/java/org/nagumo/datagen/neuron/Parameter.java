package org.nagumo.datagen.neuron;

/**
 * A named constant of a neuron model.
 *
 * @param name        name as it is written in protocols and after {@code --set}, such as {@code gNa}
 * @param value       value in {@code unit}
 * @param unit        unit, {@code "1"} when dimensionless
 * @param description one line of what it is
 */
public record Parameter(String name, double value, String unit, String description) {
}

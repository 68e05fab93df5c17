package org.nagumo.experiments.evaluate;

/**
 * Where a system begins to fire repetitively under a step from rest.
 *
 * @param current smallest amplitude of a step from which on firing lasts to its end; NaN when it never does
 * @param rateHz  steady rate at that amplitude; NaN when it never does
 */
public record FiringOnset(double current, double rateHz) {
}

package org.nagumo.experiments.evaluate;

/**
 * Where a system begins to fire: repetitively under a step from rest, and at all under a current that rises slowly.
 *
 * @param current  smallest amplitude of a step from which on firing lasts to its end; NaN when it never does
 * @param rateHz   steady rate at that amplitude; NaN when it never does
 * @param restUpTo largest current that is reached without a spike when it rises slowly; NaN when the system never
 *                 fires
 */
public record FiringOnset(double current, double rateHz, double restUpTo) {
}

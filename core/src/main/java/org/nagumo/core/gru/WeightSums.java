package org.nagumo.core.gru;

/**
 * The gradients of weights over the evaluations of a sequence, one row of lanes for each weight. Each product is added with
 * one rounding, the last evaluation first. New sums are what the rows hold.
 */
interface WeightSums {

    /** All sums are zero. */
    void clear();

    /** Adds the products of the evaluations from {@code to - 1} down to {@code from}. */
    void add(int from, int to);

    /** The rows of the weights hold the sums. Who changes the rows has to clear the sums before adding again. */
    void store();
}

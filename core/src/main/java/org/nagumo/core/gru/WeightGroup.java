package org.nagumo.core.gru;

/**
 * Weights that multiply the same rows: the gradient of the weight from source k to row j is the sum over evaluations e of
 * {@code d[e][at + j] * x[e][k]}.
 *
 * @param places  which gradient it is, {@code [rows][sources]}; negative for none
 * @param d       gradients of the sums that the weights enter, {@code [evaluations][rows]}
 * @param at      the first row of {@code d}
 * @param x       what the weights multiply, {@code [evaluations][sources]}
 * @param sources number of sources
 * @param biased  whether the last source is the row of ones
 * @param <A>     {@code float[]} or {@code double[]}
 */
record WeightGroup<A>(int[] places, A[][] d, int at, A[][] x, int sources, boolean biased) {

    /** Number of rows of {@code d} that belong to the group. */
    int rows() {
        return places.length / sources;
    }

    /** Which gradient it is; negative for none, also beyond the group's rows and sources. */
    int place(int row, int source) {
        return row < rows() && source < sources ? places[row * sources + source] : -1;
    }
}

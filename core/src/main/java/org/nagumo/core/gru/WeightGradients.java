package org.nagumo.core.gru;

import java.util.List;

/**
 * Rows of weight gradients, and their sums in whatever arithmetic a pass uses: the sums go on where it changes.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
final class WeightGradients<A> {

    private final A[] rows;
    private final List<WeightGroup<A>> groups;
    private RowMath<A> math;
    private WeightSums sums;

    WeightGradients(A[] rows, List<WeightGroup<A>> groups) {
        this.rows = rows;
        this.groups = groups;
    }

    /** The sums, to be added to in an arithmetic. */
    WeightSums sums(RowMath<A> now) {
        if (math != now) {
            store();
            sums = now.weightSums(rows, groups);
            math = now;
        }
        return sums;
    }

    /** Sees to it that the rows hold the sums. */
    void store() {
        if (sums != null) {
            sums.store();
        }
    }
}

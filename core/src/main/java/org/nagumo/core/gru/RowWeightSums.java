package org.nagumo.core.gru;

import java.util.List;

/** {@link WeightSums} in the rows of the weights themselves. */
final class RowWeightSums<A> implements WeightSums {

    private final RowMath<A> math;
    private final A[] rows;
    private final List<WeightGroup<A>> groups;

    RowWeightSums(RowMath<A> math, A[] rows, List<WeightGroup<A>> groups) {
        this.math = math;
        this.rows = rows;
        this.groups = groups;
    }

    @Override
    public void clear() {
        for (WeightGroup<A> group : groups) {
            for (int place : group.places()) {
                if (place >= 0) {
                    math.clear(rows[place]);
                }
            }
        }
    }

    @Override
    public void add(int from, int to) {
        for (WeightGroup<A> group : groups) {
            math.accumulate(rows, group, from, to);
        }
    }

    @Override
    public void store() {
    }
}

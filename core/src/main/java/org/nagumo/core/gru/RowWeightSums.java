package org.nagumo.core.gru;

import java.util.List;

/** {@link WeightSums} in the rows of the weights themselves, by operations on single rows. */
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
    public void load() {
    }

    @Override
    public void add(int from, int to) {
        for (WeightGroup<A> group : groups) {
            for (int j = 0; j < group.rows(); j++) {
                for (int k = 0; k < group.sources(); k++) {
                    int place = group.place(j, k);
                    if (place >= 0) {
                        add(rows[place], group, group.at() + j, k, from, to);
                    }
                }
            }
        }
    }

    private void add(A sum, WeightGroup<A> group, int j, int k, int from, int to) {
        A[][] d = group.d();
        A[][] x = group.x();
        boolean ones = group.biased() && k == group.sources() - 1;
        int e = to;
        for (; e - 2 >= from; e -= 2) {
            if (ones) {
                math.accumulate(sum, d[e - 1][j], d[e - 2][j]);
            } else {
                math.accumulate(sum, d[e - 1][j], x[e - 1][k], d[e - 2][j], x[e - 2][k]);
            }
        }
        if (e > from) {
            math.accumulateOne(sum, d[e - 1][j], x[e - 1][k]);
        }
    }

    @Override
    public void store() {
    }
}

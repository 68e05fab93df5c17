package org.nagumo.datagen.protocol;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.stimulus.RandomStreams;
import org.nagumo.datagen.stimulus.Stimulus;

/** The currents of a protocol, each drawn when it is asked for: a data set may be larger than the memory. */
final class DrawnCurrents extends AbstractList<CurrentTrace> implements RandomAccess {

    /**
     * Sequences that are written down together.
     *
     * @param path    names the streams of random numbers
     * @param low     currents below are raised to it
     * @param high    currents above are lowered to it
     * @param scale   what currents and times are multiplied by in the end
     * @param stimuli the stimulus of the sequence with a number
     */
    record Group(String path, long seed, int count, int samples, double dtMs, double low, double high,
            ProtocolScale scale, IntFunction<Stimulus> stimuli) {

        private CurrentTrace draw(int k) {
            double[] current = new double[samples];
            stimuli.apply(k).addTo(current, dtMs, RandomStreams.named(seed, path, k));
            for (int i = 0; i < samples; i++) {
                current[i] = scale.injected(Math.max(low, Math.min(high, current[i])));
            }
            return new CurrentTrace(scale.time() * dtMs, current);
        }
    }

    private final List<Group> groups;
    private final int[] lengths;

    DrawnCurrents(List<Group> groups) {
        this.groups = List.copyOf(groups);
        lengths = groups.stream().flatMapToInt(g -> IntStream.generate(() -> g.samples)
                .limit(g.count)).toArray();
    }

    @Override
    public CurrentTrace get(int index) {
        int k = index;
        for (Group group : groups) {
            if (k < group.count) {
                return group.draw(k);
            }
            k -= group.count;
        }
        throw new IndexOutOfBoundsException(index);
    }

    /** Samples of each sequence, which are known before it is drawn. */
    int[] lengths() {
        return lengths.clone();
    }

    @Override
    public int size() {
        return lengths.length;
    }
}

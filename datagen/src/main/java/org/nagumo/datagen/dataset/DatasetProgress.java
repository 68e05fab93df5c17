package org.nagumo.datagen.dataset;

import java.util.Set;
import java.util.function.LongConsumer;
import org.nagumo.datagen.dataset.DatasetGenerator.Format;

/** Told how far the making of a data set is. Called from several threads. */
@FunctionalInterface
public interface DatasetProgress {

    /**
     * {@code amount} more is done, what was found done included: in samples, of recordings in bytes. Those that are
     * written as CSV too count twice.
     */
    void accept(long amount);

    /** How often each sample counts. */
    static int rounds(Set<Format> formats) {
        return formats.contains(Format.CSV) ? 2 : 1;
    }

    /**
     * Begins a check, before anything is made.
     *
     * @param what  what is checked: the recordings, or what an earlier run left
     * @param bytes bytes that will be read at most
     * @return told how many more of them were read
     */
    default LongConsumer check(String what, long bytes) {
        return read -> { };
    }
}

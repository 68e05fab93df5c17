package org.nagumo.datagen.dataset;

import java.util.function.LongConsumer;

/** Told how far the making of a data set is. Called from several threads. */
@FunctionalInterface
public interface DatasetProgress {

    /** {@code amount} more is done, what was found done included: in samples, of recordings in bytes. */
    void accept(long amount);

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

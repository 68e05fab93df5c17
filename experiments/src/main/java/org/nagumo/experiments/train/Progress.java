package org.nagumo.experiments.train;

/** Told how far long work has come. Called from several threads at once. */
@FunctionalInterface
public interface Progress {

    /** Reports nothing. */
    Progress SILENT = amount -> { };

    /** {@code amount} more units of the work are done. */
    void advance(long amount);
}

package org.nagumo.experiments.reproduce;

/** Told what a long job is doing and how far it is. */
public interface Steps {

    /** One step that is under way. Called from several threads. */
    interface Step extends AutoCloseable {

        /** {@code amount} more of the step's total is done. */
        void advance(long amount);

        /** Something worth a line. */
        void note(String text);

        @Override
        void close();
    }

    /** Begins a step. */
    Step begin(String name, long total);
}

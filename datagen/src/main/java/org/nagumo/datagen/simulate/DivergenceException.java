package org.nagumo.datagen.simulate;

/** A state that was being integrated can be followed no further. The message names system, time and variable. */
public final class DivergenceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int trace;

    public DivergenceException(String message) {
        this(0, message);
    }

    /** @param trace which of the currents that were being answered it was */
    public DivergenceException(int trace, String message) {
        super(message);
        this.trace = trace;
    }

    /** Which of the currents that were being answered it was, from 0. */
    public int trace() {
        return trace;
    }
}

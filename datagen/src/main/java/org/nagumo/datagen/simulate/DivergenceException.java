package org.nagumo.datagen.simulate;

/** A state that was being integrated ceased to be finite. The message names system, time and variable. */
public final class DivergenceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DivergenceException(String message) {
        super(message);
    }
}

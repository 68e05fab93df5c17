package org.nagumo.datagen.io;

/** A file that a person wrote or gave has a fault. The message is one line a fault: file, place, fault,
 * what is allowed. */
public class InputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InputException(String message) {
        super(message);
    }

    public InputException(String message, Throwable cause) {
        super(message, cause);
    }
}

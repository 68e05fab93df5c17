package org.nagumo.datagen.ode;

/**
 * One fault of an {@code .ode} file.
 *
 * @param file   the file as the user named it
 * @param line   line of the fault, from 1
 * @param column column of the fault, from 1
 * @param text   the fault and what is allowed
 */
public record OdeFault(String file, int line, int column, String text) {

    /** {@code file:line:column: text}, in one line. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + text;
    }
}

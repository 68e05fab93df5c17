package org.nagumo.datagen.ode;

/**
 * A position in a text file.
 *
 * @param line   line, from 1
 * @param column column, from 1
 */
record Place(int line, int column) {

    /** The first character of a file, for faults of the file as a whole. */
    static final Place START = new Place(1, 1);
}

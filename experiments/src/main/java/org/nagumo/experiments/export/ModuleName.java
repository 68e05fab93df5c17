package org.nagumo.experiments.export;

import org.nagumo.datagen.io.InputException;

/** Names of files that a program imports by their name. */
final class ModuleName {

    private ModuleName() {
    }

    /**
     * Refuses a file that could not be imported.
     *
     * @throws InputException when the name is no identifier
     */
    static void check(String stem, String ending) {
        if (!stem.matches("[A-Za-z][A-Za-z0-9_]*")) {
            throw new InputException(stem + ending + ": cannot be imported by this name; allowed: a letter, then"
                    + " letters, digits and underscores");
        }
    }
}

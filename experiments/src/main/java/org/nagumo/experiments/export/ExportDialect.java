package org.nagumo.experiments.export;

/** Writes systems in the language of one program. Implementations have a public constructor without arguments. */
public interface ExportDialect {

    /**
     * The name on the command line.
     *
     * @return lower case, such as {@code python}
     */
    String name();

    /**
     * The ending of the main file.
     *
     * @return with its dot, such as {@code .py}
     */
    String ending();

    /**
     * The program that runs the file.
     *
     * @return its name as people write it
     */
    String program();

    /**
     * Writes a system.
     *
     * @param system the system
     * @param stem   the name of the main file without folder and ending
     * @return the files, and a line for each name that had to be changed
     * @throws org.nagumo.datagen.io.InputException when the language cannot hold the system, naming the reason
     */
    Export export(ExportedSystem system, String stem);
}

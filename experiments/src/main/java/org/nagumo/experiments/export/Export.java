package org.nagumo.experiments.export;

import java.util.List;

/**
 * A system in the language of another program.
 *
 * @param files   at least one; the first is the main file
 * @param remarks what the user has to know, one line each: names that had to be changed, differences from the model
 */
public record Export(List<File> files, List<String> remarks) {

    /**
     * One file.
     *
     * @param ending what follows the stem of the main file's name, such as {@code .py}
     * @param text   the content
     */
    public record File(String ending, String text) { }

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException when there is no file
     */
    public Export {
        files = List.copyOf(files);
        remarks = List.copyOf(remarks);
        if (files.isEmpty()) {
            throw new IllegalArgumentException("files is empty; allowed: at least one file");
        }
    }
}

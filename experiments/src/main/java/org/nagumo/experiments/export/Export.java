package org.nagumo.experiments.export;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.nagumo.datagen.io.AtomicFile;

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
     * @param ending  what follows the stem of the main file's name, such as {@code .py}
     * @param content writes the content
     */
    public record File(String ending, AtomicFile.Content content) {

        /**
         * A text file in UTF-8.
         *
         * @param ending as above
         * @param text   the content
         */
        public File(String ending, String text) {
            this(ending, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

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

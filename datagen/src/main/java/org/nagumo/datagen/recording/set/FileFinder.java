package org.nagumo.datagen.recording.set;

import java.nio.file.Path;
import java.util.List;

/** Finds the files that a name or pattern in a list of recordings stands for. */
@FunctionalInterface
public interface FileFinder {

    /**
     * Finds files.
     *
     * @param pattern a file's name, or a pattern with {@code *} and {@code ?}
     * @return the files in their order; empty when there are none
     */
    List<Path> find(String pattern);
}

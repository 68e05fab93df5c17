package org.nagumo.datagen.recording;

import java.nio.file.Path;
import java.util.List;

/**
 * A file format of recordings. Implementations are found by {@link java.util.ServiceLoader}: a format is added by one
 * class with a public constructor without arguments and one line in
 * {@code META-INF/services/org.nagumo.datagen.recording.RecordingFormat}.
 */
public interface RecordingFormat {

    /**
     * Name of the format, for messages.
     *
     * @return such as {@code Axon ABF}
     */
    String name();

    /**
     * Endings of its files in lower case, with their dot.
     *
     * @return at least one ending
     */
    List<String> endings();

    /**
     * Opens a file and reads what describes it; samples are read later.
     *
     * @param file the file
     * @return the open file
     * @throws org.nagumo.datagen.io.InputException in one line with file, fault and what is allowed, when the file is
     *                                              missing, foreign, truncated or of an unknown version
     */
    RecordingFile open(Path file);
}

package org.nagumo.datagen.recording;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.List;

/** A recording that is open for reading. */
public interface RecordingFile extends Closeable {

    /**
     * Location of the file.
     *
     * @return its path
     */
    Path path();

    /**
     * The sweeps, in the order of the file. Their samples can be read until this file is closed.
     *
     * @return at least one sweep
     */
    List<Sweep> sweeps();

    @Override
    void close();
}

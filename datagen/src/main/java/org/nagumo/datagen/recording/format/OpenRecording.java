package org.nagumo.datagen.recording.format;

import java.nio.file.Path;
import java.util.List;
import org.nagumo.datagen.recording.RecordingFile;
import org.nagumo.datagen.recording.Sweep;

/**
 * An open file whose sweeps are known.
 *
 * @param path   the file
 * @param sweeps its sweeps
 * @param end    closes what the sweeps read from
 */
record OpenRecording(Path path, List<Sweep> sweeps, Runnable end) implements RecordingFile {

    OpenRecording {
        sweeps = List.copyOf(sweeps);
    }

    @Override
    public void close() {
        end.run();
    }
}

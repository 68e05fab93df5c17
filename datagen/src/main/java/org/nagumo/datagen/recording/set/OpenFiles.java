package org.nagumo.datagen.recording.set;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nagumo.datagen.recording.RecordingFile;
import org.nagumo.datagen.recording.RecordingFormats;

/** Keeps the files that were used last open. */
final class OpenFiles implements AutoCloseable {

    private static final int MOST = 16;

    private final Map<Path, RecordingFile> open = new LinkedHashMap<>(MOST, 0.75f, true);

    RecordingFile of(Path path) {
        RecordingFile file = open.get(path);
        if (file == null) {
            if (open.size() == MOST) {
                open.remove(open.keySet().iterator().next()).close();
            }
            file = RecordingFormats.open(path);
            open.put(path, file);
        }
        return file;
    }

    @Override
    public void close() {
        open.values().forEach(RecordingFile::close);
        open.clear();
    }
}

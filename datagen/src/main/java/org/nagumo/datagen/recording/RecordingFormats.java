package org.nagumo.datagen.recording;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import org.nagumo.datagen.io.InputException;

/** The formats of recordings that can be read: those of this module and those of other jars on the class path. */
public final class RecordingFormats {

    private RecordingFormats() {
    }

    /**
     * Endings of all files that can be read.
     *
     * @return endings in lower case with their dot, sorted
     */
    public static List<String> endings() {
        return all().stream().map(RecordingFormat::endings).flatMap(Collection::stream).distinct().sorted().toList();
    }

    private static List<RecordingFormat> all() {
        return ServiceLoader.load(RecordingFormat.class).stream().map(ServiceLoader.Provider::get).toList();
    }

    private static Optional<RecordingFormat> of(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return all().stream().filter(format -> format.endings().stream().anyMatch(name::endsWith)).findFirst();
    }

    /**
     * Whether the name of a file has the ending of a recording.
     *
     * @param file the file, which need not exist
     * @return true for the endings of {@link #endings()}
     */
    public static boolean known(Path file) {
        return of(file).isPresent();
    }

    /**
     * Opens a recording.
     *
     * @param file a file with one of {@link #endings()}
     * @return the open file
     * @throws InputException naming the file, its fault and what is allowed
     */
    public static RecordingFile open(Path file) {
        RecordingFormat format = of(file).orElseThrow(() -> new InputException(file + ": is not a recording by its"
                + " name; allowed: files that end in one of " + endings()));
        if (!Files.isRegularFile(file)) {
            throw new InputException(file + ": " + (Files.exists(file) ? "is not a file" : "there is no such file")
                    + "; allowed: a recording (" + format.name() + ")");
        }
        return format.open(file);
    }
}

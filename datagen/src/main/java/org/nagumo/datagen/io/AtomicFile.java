package org.nagumo.datagen.io;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that appear whole or not at all: written under a temporary name beside the target, then moved into place. */
public final class AtomicFile {

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private AtomicFile() {
    }

    /**
     * Writes a file; its folder is made when it is missing.
     *
     * @throws InputException when the file cannot be written, naming it; nothing is left behind then
     */
    public static void write(Path target, Content content) {
        Path temporary = null;
        try {
            Path folder = target.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            temporary = folder.resolve("." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
            try (OutputStream out = Files.newOutputStream(temporary)) {
                content.writeTo(out);
            }
            move(temporary, target);
        } catch (FileAlreadyExistsException e) {
            throw failure(target, temporary, "'" + e.getFile() + "' is a file, not a folder", e);
        } catch (IOException e) {
            throw failure(target, temporary, e.getClass().getSimpleName() + ": " + e.getMessage(), e);
        } catch (UncheckedIOException e) {
            throw failure(target, temporary, e.getCause().getClass().getSimpleName() + ": " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            remove(temporary, e);
            throw e;
        }
    }

    /** Writes a text in UTF-8. */
    public static void write(Path target, String text) {
        write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static InputException failure(Path target, Path temporary, String fault, Exception cause) {
        remove(temporary, cause);
        return new InputException(target + ": cannot be written (" + fault + "); allowed: a writable folder with room",
                cause);
    }

    private static void remove(Path temporary, Throwable cause) {
        if (temporary != null) {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
    }
}

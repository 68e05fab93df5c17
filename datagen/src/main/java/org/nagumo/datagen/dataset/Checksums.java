package org.nagumo.datagen.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 checksums. */
public final class Checksums {

    private Checksums() {
    }

    /** The SHA-256 checksum of a file, in hexadecimal digits. */
    public static String of(Path file) throws IOException {
        return of(file, (bytes, n) -> { });
    }

    /** Told of the bytes of a file, piece by piece. */
    interface Reader {

        /** The next {@code n} bytes are the first of {@code bytes}, which are not to be modified or kept. */
        void read(byte[] bytes, int n);
    }

    /** The SHA-256 checksum of a file, in hexadecimal digits, while another reads it too. */
    static String of(Path file, Reader reader) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                reader.read(buffer, n);
            }
        }
        return hex(digest);
    }

    /** The SHA-256 checksum of some bytes, in hexadecimal digits. */
    public static String of(byte[] bytes) {
        MessageDigest digest = sha256();
        digest.update(bytes);
        return hex(digest);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}

package org.nagumo.datagen.recording.format;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.nagumo.datagen.io.InputException;

/** A binary file that is read at given positions. A read beyond its end reports a truncated file. */
final class ByteFile implements Closeable {

    private static final int PIECE_BYTES = 1 << 18;

    private final Path path;
    private final String format;
    private final FileChannel channel;
    private final long size;
    private ByteBuffer piece;

    private ByteFile(Path path, String format, FileChannel channel) throws IOException {
        this.path = path;
        this.format = format;
        this.channel = channel;
        this.size = channel.size();
    }

    /**
     * Opens a file.
     *
     * @param format what the file should be, for messages
     */
    static ByteFile open(Path path, String format) {
        try {
            return new ByteFile(path, format, FileChannel.open(path, StandardOpenOption.READ));
        } catch (IOException e) {
            throw new InputException(path + ": cannot be read (" + e + "); allowed: " + format, e);
        }
    }

    Path path() {
        return path;
    }

    long size() {
        return size;
    }

    /** A fault of this file in one line. */
    InputException fault(String fault) {
        return new InputException(path + ": " + fault + "; allowed: " + format);
    }

    /**
     * Reads bytes.
     *
     * @param buffer receives bytes up to its limit, from position 0
     * @param what   what is read, for the message
     */
    void read(long position, ByteBuffer buffer, String what) {
        if (position < 0 || position + buffer.limit() > size) {
            throw fault("is truncated or damaged: " + what + " should end at byte " + (position + buffer.limit())
                    + ", but the file has " + size);
        }
        buffer.position(0);
        try {
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, position + buffer.position()) < 0) {
                    throw fault("has become shorter while it was read");
                }
            }
        } catch (IOException e) {
            throw new InputException(path + ": cannot be read (" + e + "); allowed: " + format, e);
        }
        buffer.flip();
    }

    /** Reads a small piece, such as a header. */
    ByteBuffer read(long position, int bytes, ByteOrder order, String what) {
        if (bytes < 0) {
            throw fault("is damaged: " + what + " has a negative length");
        }
        if (position < 0 || position + bytes > size) {
            throw fault("is truncated or damaged: " + what + " should end at byte " + (position + bytes)
                    + ", but the file has " + size);
        }
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(order);
        read(position, buffer, what);
        return buffer;
    }

    /** Room for a piece of the file, used by one reader at a time. */
    ByteBuffer piece(ByteOrder order) {
        if (piece == null) {
            piece = ByteBuffer.allocateDirect(PIECE_BYTES);
        }
        return piece.clear().order(order);
    }

    /** Refuses a file that ends before what its header announces. */
    void require(long position, long bytes, String what) {
        if (position < 0 || bytes < 0 || position + bytes > size) {
            throw fault("is truncated or damaged: " + what + " should end at byte " + (position + bytes)
                    + ", but the file has " + size);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It was open for reading alone: nothing is lost.
        }
    }
}

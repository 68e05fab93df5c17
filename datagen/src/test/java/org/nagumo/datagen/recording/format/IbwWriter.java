package org.nagumo.datagen.recording.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes small Igor binary waves. */
public final class IbwWriter {

    private IbwWriter() {
    }

    /** A wave of version 5 with float32 numbers, such as rigs write. */
    public static Path write(Path file, String unit, double stepS, double[] values) throws IOException {
        return Files.write(file, version5(ByteOrder.LITTLE_ENDIAN, 0x02, unit, "s", stepS, 0, values, 1));
    }

    /** The bytes of a wave of version 5; columns follow each other. */
    static byte[] version5(ByteOrder order, int type, String unit, String timeUnit, double step, double offset,
            double[] values, int columns) {
        boolean longUnit = unit.length() > 3;
        int size = bytes(type);
        int behind = longUnit ? 4 + unit.length() : 0;
        ByteBuffer b = ByteBuffer.allocate(384 + size * values.length + behind).order(order);
        b.putShort(0, (short) 5).putInt(4, 320 + size * values.length);
        if (longUnit) {
            // A note of four bytes stands before the units.
            b.putInt(12, 4).putInt(16, unit.length());
            text(b, 384 + size * values.length, "note" + unit);
        } else {
            text(b, 64 + 148, unit);
        }
        b.putInt(64 + 12, values.length).putShort(64 + 16, (short) type);
        text(b, 64 + 28, "wave0");
        b.putInt(64 + 68, values.length / columns).putInt(64 + 72, columns > 1 ? columns : 0);
        b.putDouble(64 + 84, step).putDouble(64 + 116, offset);
        text(b, 64 + 152, timeUnit);
        numbers(b, 384, type, values);
        return b.array();
    }

    /** The bytes of a wave of version 2. */
    static byte[] version2(ByteOrder order, int type, String unit, double step, double offset, double[] values) {
        ByteBuffer b = ByteBuffer.allocate(126 + bytes(type) * values.length + 16).order(order);
        b.putShort(0, (short) 2).putInt(2, 126 + bytes(type) * values.length);
        b.putShort(16, (short) type);
        text(b, 22, "wave0");
        text(b, 50, unit);
        text(b, 54, "s");
        b.putInt(58, values.length).putDouble(64, step).putDouble(72, offset);
        numbers(b, 126, type, values);
        return b.array();
    }

    private static int bytes(int type) {
        return switch (type & ~0x40) {
            case 0x08 -> 1;
            case 0x10 -> 2;
            case 0x04 -> 8;
            default -> 4;
        };
    }

    private static void numbers(ByteBuffer b, int from, int type, double[] values) {
        int size = bytes(type);
        for (int k = 0; k < values.length; k++) {
            int at = from + size * k;
            switch (type & ~0x40) {
                case 0x02 -> b.putFloat(at, (float) values[k]);
                case 0x04 -> b.putDouble(at, values[k]);
                case 0x08 -> b.put(at, (byte) (long) values[k]);
                case 0x10 -> b.putShort(at, (short) (long) values[k]);
                default -> b.putInt(at, (int) (long) values[k]);
            }
        }
    }

    private static void text(ByteBuffer b, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int k = 0; k < bytes.length; k++) {
            b.put(at + k, bytes[k]);
        }
    }
}

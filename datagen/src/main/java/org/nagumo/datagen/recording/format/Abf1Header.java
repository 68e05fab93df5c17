package org.nagumo.datagen.recording.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the header of ABF 1: one block of fields at fixed positions, longer in later versions. */
final class Abf1Header {

    static final int BLOCK = 512;
    private static final int SHORT_HEADER = 2048;
    private static final int LONG_HEADER = 6144;
    private static final int INPUTS = 16;
    private static final int OUTPUTS = 2;
    private static final int EPOCHS = 10;
    private static final int LIST_BYTES = 256;

    /** Version since when the header is long. */
    private static final float EXTENDED = 1.6f;

    private Abf1Header() {
    }

    static AbfHeader read(ByteFile file) {
        ByteBuffer version = file.read(4, 4, ByteOrder.LITTLE_ENDIAN, "its version");
        boolean extended = version.getFloat(0) >= EXTENDED;
        ByteBuffer bytes = file.read(0, extended ? LONG_HEADER : SHORT_HEADER, ByteOrder.LITTLE_ENDIAN, "its header");
        boolean floats = bytes.getShort(100) == 1;
        int channels = bytes.getShort(120);
        if (channels < 1 || channels > INPUTS) {
            throw file.fault("is damaged: it states " + channels + " channels");
        }
        List<AbfHeader.Input> inputs = new ArrayList<>();
        for (int k = 0; k < channels; k++) {
            int input = bytes.getShort(410 + 2 * k);
            if (input < 0 || input >= INPUTS) {
                throw file.fault("is damaged: channel " + (k + 1) + " is sampled from input " + input);
            }
            inputs.add(input(bytes, input, extended));
        }
        long data = (long) bytes.getInt(40) * BLOCK + (long) bytes.getShort(14) * (floats ? 4 : 2);
        return new AbfHeader(bytes.getShort(8), floats, data, bytes.getInt(10), bytes.getFloat(122) * channels / 1000.0,
                bytes.getInt(138), (long) bytes.getInt(92) * BLOCK, bytes.getInt(96), bytes.getFloat(130), inputs,
                extended ? outputs(bytes) : List.of());
    }

    private static AbfHeader.Input input(ByteBuffer bytes, int input, boolean extended) {
        double gain = bytes.getFloat(244);
        gain /= bytes.getFloat(922 + 4 * input);
        gain /= bytes.getFloat(1050 + 4 * input);
        gain /= bytes.getFloat(730 + 4 * input);
        gain /= bytes.getInt(252);
        if (extended && bytes.getShort(4512 + 2 * input) == 1) {
            gain /= bytes.getFloat(4576 + 4 * input);
        }
        double offset = bytes.getFloat(986 + 4 * input) - (double) bytes.getFloat(1114 + 4 * input);
        return new AbfHeader.Input(text(bytes, 442 + 10 * input, 10), text(bytes, 602 + 8 * input, 8), gain, offset);
    }

    private static List<EpochTable> outputs(ByteBuffer bytes) {
        List<EpochTable> outputs = new ArrayList<>();
        for (int output = 0; output < OUTPUTS; output++) {
            if (bytes.getShort(2296 + 2 * output) == 0 || bytes.getShort(2300 + 2 * output) != EpochTable.FROM_EPOCHS) {
                continue;
            }
            List<EpochTable.Epoch> epochs = new ArrayList<>();
            for (int e = 0; e < EPOCHS; e++) {
                int at = output * EPOCHS + e;
                epochs.add(new EpochTable.Epoch(bytes.getShort(2308 + 2 * at), bytes.getFloat(2348 + 4 * at),
                        bytes.getFloat(2428 + 4 * at), bytes.getInt(2508 + 4 * at), bytes.getInt(2588 + 4 * at)));
            }
            EpochTable.UserList list = bytes.getShort(3360 + 2 * output) == 0 ? EpochTable.UserList.NONE
                    : EpochTable.UserList.of(bytes.getShort(3368 + 2 * output),
                            text(bytes, 3376 + LIST_BYTES * output, LIST_BYTES),
                            bytes.getShort(4400 + 2 * output) != 0);
            EpochTable table = new EpochTable(text(bytes, 1306 + 10 * output, 10), text(bytes, 1346 + 8 * output, 8),
                    bytes.getFloat(1394 + 4 * output), bytes.getShort(2304 + 2 * output) == EpochTable.STAY_AT_LAST,
                    epochs, list);
            if (table.isKnown()) {
                outputs.add(table);
            }
        }
        return outputs;
    }

    private static String text(ByteBuffer bytes, int from, int length) {
        return clean(new String(bytes.array(), from, length, StandardCharsets.ISO_8859_1));
    }

    /** Without the zeros and blanks that fill it. */
    static String clean(String text) {
        int zero = text.indexOf(0);
        return (zero < 0 ? text : text.substring(0, zero)).strip();
    }
}

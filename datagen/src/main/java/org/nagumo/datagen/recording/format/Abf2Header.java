package org.nagumo.datagen.recording.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads the header of ABF 2: a list of sections, each with entries of one kind at a position of its own. */
final class Abf2Header {

    private static final int HEADER = 512;
    private static final int SECTIONS = 76;
    private static final int SECTION_ENTRY = 16;
    private static final int STRINGS_HEAD = 44;
    private static final int MOST_ENTRIES = 100_000;

    /** Numbers of sections in the list. */
    private static final int PROTOCOL = 0;
    private static final int INPUTS = 1;
    private static final int OUTPUTS = 2;
    private static final int EPOCHS = 5;
    private static final int USER_LISTS = 6;
    private static final int STRINGS = 9;
    private static final int DATA = 10;
    private static final int SYNCH = 15;

    private final ByteFile file;
    private final ByteBuffer header;
    private final List<String> strings;

    private Abf2Header(ByteFile file) {
        this.file = file;
        header = file.read(0, HEADER, ByteOrder.LITTLE_ENDIAN, "its header");
        strings = strings();
    }

    static AbfHeader read(ByteFile file) {
        return new Abf2Header(file).read();
    }

    private AbfHeader read() {
        ByteBuffer protocol = entries(PROTOCOL, 160, bytes -> bytes).stream().findFirst()
                .orElseThrow(() -> file.fault("is damaged: it has no protocol section"));
        boolean floats = header.getShort(30) == 1;
        double range = protocol.getFloat(110);
        int resolution = protocol.getInt(118);
        List<AbfHeader.Input> inputs = entries(INPUTS, 82, bytes -> input(bytes, range, resolution));
        return new AbfHeader(protocol.getShort(0), floats, position(DATA), count(DATA), protocol.getFloat(2) / 1000.0,
                protocol.getInt(22), position(SYNCH), (int) Math.min(Integer.MAX_VALUE, count(SYNCH)),
                protocol.getFloat(14), inputs, outputs());
    }

    private AbfHeader.Input input(ByteBuffer bytes, double range, int resolution) {
        double gain = range;
        gain /= bytes.getFloat(40);
        gain /= bytes.getFloat(48);
        gain /= bytes.getFloat(28);
        gain /= resolution;
        if (bytes.getShort(2) != 0) {
            gain /= bytes.getFloat(6);
        }
        double offset = bytes.getFloat(44) - (double) bytes.getFloat(52);
        return new AbfHeader.Input(string(bytes.getInt(74)), string(bytes.getInt(78)), gain, offset);
    }

    private List<EpochTable> outputs() {
        List<EpochTable> outputs = new ArrayList<>();
        for (ByteBuffer output : entries(OUTPUTS, 46, bytes -> bytes)) {
            if (output.getShort(40) == 0 || output.getShort(42) != EpochTable.FROM_EPOCHS) {
                continue;
            }
            int number = output.getShort(0);
            EpochTable table = new EpochTable(string(output.getInt(24)), string(output.getInt(28)),
                    output.getFloat(12), output.getShort(44) == EpochTable.STAY_AT_LAST, epochs(number),
                    userList(number));
            if (table.isKnown()) {
                outputs.add(table);
            }
        }
        return outputs;
    }

    private List<EpochTable.Epoch> epochs(int output) {
        List<EpochTable.Epoch> epochs = new ArrayList<>();
        for (ByteBuffer epoch : entries(EPOCHS, 30, bytes -> bytes)) {
            if (epoch.getShort(2) == output) {
                int number = epoch.getShort(0);
                while (epochs.size() <= number && number < MOST_ENTRIES) {
                    epochs.add(EpochTable.Epoch.DISABLED);
                }
                if (number < 0 || number >= epochs.size()) {
                    throw file.fault("is damaged: an epoch has the number " + number);
                }
                epochs.set(number, new EpochTable.Epoch(epoch.getShort(4), epoch.getFloat(6), epoch.getFloat(10),
                        epoch.getInt(14), epoch.getInt(18)));
            }
        }
        return epochs;
    }

    private EpochTable.UserList userList(int output) {
        for (ByteBuffer list : entries(USER_LISTS, 12, bytes -> bytes)) {
            if (list.getShort(0) == output && list.getShort(2) != 0) {
                return EpochTable.UserList.of(list.getShort(4), string(list.getInt(8)), list.getShort(6) != 0);
            }
        }
        return EpochTable.UserList.NONE;
    }

    private long position(int section) {
        return Integer.toUnsignedLong(header.getInt(SECTIONS + SECTION_ENTRY * section)) * Abf1Header.BLOCK;
    }

    private int entryBytes(int section) {
        return header.getInt(SECTIONS + SECTION_ENTRY * section + 4);
    }

    private long count(int section) {
        return header.getLong(SECTIONS + SECTION_ENTRY * section + 8);
    }

    /** The entries of a section, each as {@code read} makes it from its bytes. */
    private <T> List<T> entries(int section, int leastBytes, Function<ByteBuffer, T> read) {
        long count = count(section);
        int bytes = entryBytes(section);
        if (count < 0 || count > MOST_ENTRIES || count > 0 && bytes < leastBytes) {
            throw file.fault("is damaged: section " + section + " has " + count + " entries of " + bytes + " bytes");
        }
        List<T> all = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            all.add(read.apply(file.read(position(section) + (long) k * bytes, bytes, ByteOrder.LITTLE_ENDIAN,
                    "section " + section)));
        }
        return all;
    }

    /** The texts of the file: a head of 44 bytes, then each text ends with a zero. */
    private List<String> strings() {
        List<String> texts = new ArrayList<>();
        if (count(STRINGS) == 0) {
            return texts;
        }
        ByteBuffer head = file.read(position(STRINGS), STRINGS_HEAD, ByteOrder.LITTLE_ENDIAN, "its texts");
        int number = head.getInt(8);
        int length = head.getInt(16);
        if (number < 0 || length < 0 || number > MOST_ENTRIES) {
            throw file.fault("is damaged: it states " + number + " texts of " + length + " bytes");
        }
        ByteBuffer bytes = file.read(position(STRINGS) + STRINGS_HEAD, length, ByteOrder.LITTLE_ENDIAN, "its texts");
        int from = 0;
        for (int at = 0; at < length && texts.size() < number; at++) {
            if (bytes.get(at) == 0) {
                texts.add(new String(bytes.array(), from, at - from, StandardCharsets.ISO_8859_1).strip());
                from = at + 1;
            }
        }
        return texts;
    }

    /** The text with a number from 1; empty where there is none. */
    private String string(int number) {
        return number >= 1 && number <= strings.size() ? strings.get(number - 1) : "";
    }
}

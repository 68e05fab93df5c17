package org.nagumo.datagen.recording.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes small Axon files: two channels (mV and pA) unless it is told otherwise, at 20 kHz each. */
public final class AbfWriter {

    private static final int BLOCK = 512;
    private static final float INTERVAL_US = 50;

    private short mode = 5;
    private boolean floats;
    private String[] units = {"mV", "pA"};
    private int[][] episodes;
    private float synchUnitUs;
    private double[][] samples;
    private Output output;
    private boolean telegraph;

    /** An epoch table of the first output, with types, levels, steps of the levels, durations. */
    public record Output(float holding, boolean stay, short[] types, float[] levels, float[] steps, int[] durations,
            int[] durationSteps, int listParameter, String list, boolean repeat) {
    }

    /** Samples as {@code [channel][sample]} in their units, all sweeps one after the other. */
    public AbfWriter samples(double[]... values) {
        samples = values;
        return this;
    }

    public AbfWriter units(String... names) {
        units = names;
        return this;
    }

    public AbfWriter floats() {
        floats = true;
        return this;
    }

    public AbfWriter mode(int operationMode) {
        mode = (short) operationMode;
        return this;
    }

    public AbfWriter telegraph() {
        telegraph = true;
        return this;
    }

    /** Sweeps: start in units and samples of each channel. */
    public AbfWriter episodes(float unitUs, int[]... startsAndLengths) {
        synchUnitUs = unitUs;
        episodes = startsAndLengths;
        return this;
    }

    public AbfWriter output(Output table) {
        output = table;
        return this;
    }

    /** Gain of a channel: value of one integer. */
    public double gain(int channel) {
        double gain = 10.24f / (double) scale(channel) / 2f / 4f / 32768;
        return telegraph && channel == 0 ? gain / 5f : gain;
    }

    private static float scale(int channel) {
        return channel == 0 ? 0.01f : 0.0005f;
    }

    private static float offset(int channel) {
        return channel == 0 ? 1.5f : 0;
    }

    /** Value of a stored integer 0. */
    public double offsetOf(int channel) {
        return offset(channel);
    }

    private ByteBuffer data() {
        int count = samples[0].length;
        ByteBuffer data = little(count * samples.length * (floats ? 4 : 2));
        for (int t = 0; t < count; t++) {
            for (int k = 0; k < samples.length; k++) {
                if (floats) {
                    data.putFloat((float) samples[k][t]);
                } else {
                    data.putShort((short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE,
                            Math.round((samples[k][t] - offset(k)) / gain(k)))));
                }
            }
        }
        return data.flip();
    }

    private ByteBuffer synch() {
        ByteBuffer list = little(episodes == null ? 0 : 8 * episodes.length);
        for (int k = 0; episodes != null && k < episodes.length; k++) {
            list.putInt(episodes[k][0]).putInt(episodes[k][1] * samples.length);
        }
        return list.flip();
    }

    public Path version1(Path file) throws IOException {
        ByteBuffer data = data();
        ByteBuffer synch = synch();
        ByteBuffer h = little(6144);
        h.put(0, "ABF ".getBytes(StandardCharsets.US_ASCII));
        h.putFloat(4, 1.83f).putShort(8, mode).putInt(10, samples.length * samples[0].length);
        h.putInt(40, 6144 / BLOCK).putInt(92, 6144 / BLOCK + blocks(data)).putInt(96, synch.limit() / 8);
        h.putShort(100, (short) (floats ? 1 : 0)).putShort(120, (short) samples.length);
        h.putFloat(122, INTERVAL_US / samples.length).putFloat(130, synchUnitUs);
        h.putInt(138, episodes == null ? 0 : samples.length * episodes[0][1]).putFloat(244, 10.24f).putInt(252, 32768);
        for (int k = 0; k < 16; k++) {
            // Channel k is sampled from input 3 + k, so that the order of the fields matters.
            int input = 3 + k;
            h.putShort(410 + 2 * k, (short) (k < samples.length ? input : -1));
            if (k < samples.length) {
                text(h, 442 + 10 * input, "IN " + k, 10);
                text(h, 602 + 8 * input, units[k], 8);
                h.putFloat(730 + 4 * input, 4).putFloat(922 + 4 * input, scale(k)).putFloat(986 + 4 * input, offset(k));
                h.putFloat(1050 + 4 * input, 2).putFloat(1114 + 4 * input, 0);
                h.putShort(4512 + 2 * input, (short) (telegraph && k == 0 ? 1 : 0)).putFloat(4576 + 4 * input, 5);
            }
        }
        if (output != null) {
            text(h, 1306, "Cmd 0", 10);
            text(h, 1346, "pA", 8);
            h.putFloat(1394, output.holding).putShort(2296, (short) 1).putShort(2300, (short) 1);
            h.putShort(2304, (short) (output.stay ? 1 : 0));
            for (int e = 0; e < output.types.length; e++) {
                h.putShort(2308 + 2 * e, output.types[e]).putFloat(2348 + 4 * e, output.levels[e]);
                h.putFloat(2428 + 4 * e, output.steps[e]).putInt(2508 + 4 * e, output.durations[e]);
                h.putInt(2588 + 4 * e, output.durationSteps[e]);
            }
            if (output.list != null) {
                h.putShort(3360, (short) 1).putShort(3368, (short) output.listParameter);
                text(h, 3376, output.list, 256);
                h.putShort(4400, (short) (output.repeat ? 1 : 0));
            }
        }
        return write(file, h, data, synch);
    }

    public Path version2(Path file) throws IOException {
        List<String> texts = new ArrayList<>(List.of("Clampex", "none.pro"));
        ByteBuffer protocol = little(BLOCK);
        protocol.putShort(0, mode).putFloat(2, INTERVAL_US).putFloat(14, synchUnitUs).putInt(22,
                episodes == null ? 0 : samples.length * episodes[0][1]).putFloat(110, 10.24f).putInt(118, 32768);
        ByteBuffer inputs = little(128 * samples.length);
        for (int k = 0; k < samples.length; k++) {
            int at = 128 * k;
            texts.addAll(List.of("IN " + k, units[k]));
            inputs.putShort(at, (short) k).putShort(at + 2, (short) (telegraph && k == 0 ? 1 : 0)).putFloat(at + 6, 5);
            inputs.putFloat(at + 28, 4).putFloat(at + 40, scale(k)).putFloat(at + 44, offset(k)).putFloat(at + 48, 2);
            inputs.putInt(at + 74, texts.size() - 1).putInt(at + 78, texts.size());
        }
        texts.addAll(List.of("Cmd 0", "pA"));
        ByteBuffer outputs = little(256);
        outputs.putInt(24, texts.size() - 1).putInt(28, texts.size());
        ByteBuffer epochs = little(output == null ? 0 : 48 * output.types.length);
        ByteBuffer lists = little(output == null || output.list == null ? 0 : 64);
        if (output != null) {
            outputs.putFloat(12, output.holding).putShort(40, (short) 1).putShort(42, (short) 1);
            outputs.putShort(44, (short) (output.stay ? 1 : 0));
            for (int e = 0; e < output.types.length; e++) {
                epochs.putShort(48 * e, (short) e).putShort(48 * e + 4, output.types[e]);
                epochs.putFloat(48 * e + 6, output.levels[e]).putFloat(48 * e + 10, output.steps[e]);
                epochs.putInt(48 * e + 14, output.durations[e]).putInt(48 * e + 18, output.durationSteps[e]);
            }
            if (output.list != null) {
                texts.add(output.list);
                lists.putShort(2, (short) 1).putShort(4, (short) output.listParameter);
                lists.putShort(6, (short) (output.repeat ? 1 : 0)).putInt(8, texts.size());
            }
        }
        ByteBuffer strings = strings(texts);
        ByteBuffer data = data();
        ByteBuffer header = little(BLOCK);
        header.put(0, "ABF2".getBytes(StandardCharsets.US_ASCII)).putInt(12, episodes == null ? 1 : episodes.length);
        header.putShort(30, (short) (floats ? 1 : 0));
        ByteBuffer[] sections = new ByteBuffer[18];
        int[] entry = new int[18];
        put(sections, entry, 0, protocol, BLOCK);
        put(sections, entry, 1, inputs, 128);
        put(sections, entry, 2, outputs, 256);
        put(sections, entry, 5, epochs, 48);
        put(sections, entry, 6, lists, 64);
        put(sections, entry, 9, strings, strings.capacity());
        put(sections, entry, 10, data, floats ? 4 : 2);
        put(sections, entry, 15, synch(), 8);
        int block = 1;
        List<ByteBuffer> parts = new ArrayList<>(List.of(header));
        for (int s = 0; s < sections.length; s++) {
            if (sections[s] != null && sections[s].capacity() > 0) {
                header.putInt(76 + 16 * s, block).putInt(80 + 16 * s, entry[s]);
                header.putLong(84 + 16 * s, sections[s].capacity() / entry[s]);
                block += blocks(sections[s]);
                parts.add(sections[s]);
            }
        }
        return write(file, parts.toArray(new ByteBuffer[0]));
    }

    private static void put(ByteBuffer[] sections, int[] entry, int number, ByteBuffer bytes, int entryBytes) {
        sections[number] = bytes;
        entry[number] = entryBytes;
    }

    private static ByteBuffer strings(List<String> texts) {
        byte[] all = (String.join("\0", texts) + "\0").getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer bytes = little(44 + all.length);
        bytes.put(0, "SSCH".getBytes(StandardCharsets.US_ASCII)).putInt(8, texts.size()).putInt(16, all.length);
        return bytes.put(44, all);
    }

    private static int blocks(ByteBuffer bytes) {
        return (bytes.capacity() + BLOCK - 1) / BLOCK;
    }

    private static void text(ByteBuffer bytes, int at, String text, int length) {
        for (int k = 0; k < length; k++) {
            bytes.put(at + k, (byte) (k < text.length() ? text.charAt(k) : ' '));
        }
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Each part starts at a block. */
    private static Path write(Path file, ByteBuffer... parts) throws IOException {
        int total = 0;
        for (ByteBuffer part : parts) {
            total += blocks(part) * BLOCK;
        }
        byte[] all = new byte[total];
        int at = 0;
        for (ByteBuffer part : parts) {
            System.arraycopy(part.array(), 0, all, at, part.capacity());
            at += blocks(part) * BLOCK;
        }
        return Files.write(file, all);
    }
}

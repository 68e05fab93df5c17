package org.nagumo.datagen.recording.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.recording.Channel;
import org.nagumo.datagen.recording.RecordingFile;
import org.nagumo.datagen.recording.RecordingFormat;
import org.nagumo.datagen.recording.Sweep;

/**
 * Axon binary files, versions 1 and 2: gap-free, episodic and event-driven recordings, with 16-bit integers or floats.
 * An integer n of a channel stands for
 *
 * <pre>
 *   n * fADCRange / fInstrumentScaleFactor / fSignalGain / fADCProgrammableGain / lADCResolution
 *     [/ fTelegraphAdditGain] + fInstrumentOffset - fSignalOffset
 * </pre>
 *
 * <p>where the gain of a telegraph counts if the channel has one. Where the file holds the epoch table of an analog
 * output, that output is a further channel, marked as a command (see {@link EpochTable}).
 *
 * <p>Source: Molecular Devices, <i>Axon Binary File Format (ABF) User Guide</i>.
 */
public final class AbfFormat implements RecordingFormat {

    private static final String ALLOWED = "an Axon binary file of version 1 or 2";

    /** Converter's full scale in a 16-bit file. */
    private static final int LOWEST = Short.MIN_VALUE;
    private static final int HIGHEST = Short.MAX_VALUE;

    /** Made by the service loader. */
    public AbfFormat() {
    }

    @Override
    public String name() {
        return "Axon ABF";
    }

    @Override
    public List<String> endings() {
        return List.of(".abf");
    }

    @Override
    public RecordingFile open(Path path) {
        ByteFile file = ByteFile.open(path, ALLOWED);
        try {
            ByteBuffer start = file.read(0, 4, ByteOrder.LITTLE_ENDIAN, "its signature");
            AbfHeader header = switch (new String(start.array(), StandardCharsets.ISO_8859_1)) {
                case "ABF " -> Abf1Header.read(file);
                case "ABF2" -> Abf2Header.read(file);
                default -> throw file.fault("is not an Axon binary file (it starts with other bytes than 'ABF')");
            };
            return new OpenRecording(path, sweeps(file, header), file::close);
        } catch (InputException e) {
            file.close();
            throw e;
        }
    }

    private static List<Sweep> sweeps(ByteFile file, AbfHeader header) {
        int channels = header.inputs().size();
        if (channels == 0) {
            throw file.fault("has no channel");
        }
        if (!(header.stepMs() > 0) || Double.isInfinite(header.stepMs())) {
            throw file.fault("is damaged: its sampling interval is " + header.stepMs() + " ms");
        }
        SampleType type = header.floats() ? SampleType.FLOAT32 : SampleType.INT16;
        file.require(header.data(), header.numbers() * type.bytes(), "its data");
        List<Sweep> sweeps = new ArrayList<>();
        long first = header.data();
        int number = 0;
        for (AbfHeader.Episode episode : header.episodes(file)) {
            int length = episode.numbers() / channels;
            if (length < 1) {
                throw file.fault("is damaged: sweep " + (number + 1) + " has no sample");
            }
            List<Channel> all = new ArrayList<>();
            for (int k = 0; k < channels; k++) {
                AbfHeader.Input input = header.inputs().get(k);
                double gain = header.floats() ? 1 : input.gain();
                double offset = header.floats() ? 0 : input.offset();
                StoredSignal signal = new StoredSignal(file, type, ByteOrder.LITTLE_ENDIAN,
                        first + (long) k * type.bytes(), channels, length, header.stepMs(), gain, offset);
                double low = gain * LOWEST + offset;
                double high = gain * HIGHEST + offset;
                all.add(header.floats() ? new Channel(input.name(), input.unit(), Channel.Source.RECORDED, signal)
                        : new Channel(input.name(), input.unit(), Channel.Source.RECORDED, signal,
                                Math.min(low, high), Math.max(low, high)));
            }
            for (EpochTable output : header.outputs()) {
                all.add(output.channel(number, length, header.stepMs()));
            }
            sweeps.add(new Sweep(++number, episode.startMs(), all));
            first += (long) episode.numbers() * type.bytes();
        }
        return sweeps;
    }
}

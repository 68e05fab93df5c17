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
import org.nagumo.datagen.recording.Signal;
import org.nagumo.datagen.recording.Sweep;
import org.nagumo.datagen.unit.Quantity;
import org.nagumo.datagen.unit.Unit;

/**
 * Igor binary waves, versions 2 and 5, in both byte orders and with all real number types. A wave is one channel; the
 * columns of a two-dimensional wave are sweeps. Sample i of a wave belongs to the time {@code offset + i * delta} in
 * the unit of its first dimension (seconds where it states none).
 *
 * <p>Source: WaveMetrics, <i>Igor Binary Format</i>, Technical Note PTN003.
 */
public final class IbwFormat implements RecordingFormat {

    private static final String ALLOWED = "an Igor binary wave of version 2 or 5 with real numbers";

    private static final int HEADER_2 = 16;
    private static final int WAVE_2 = 110;
    private static final int HEADER_5 = 64;
    private static final int WAVE_5 = 320;

    /** Bits of the field that states the number type. */
    private static final int COMPLEX = 0x01;
    private static final int UNSIGNED = 0x40;

    /** Made by the service loader. */
    public IbwFormat() {
    }

    @Override
    public String name() {
        return "Igor binary wave";
    }

    @Override
    public List<String> endings() {
        return List.of(".ibw");
    }

    @Override
    public RecordingFile open(Path path) {
        ByteFile file = ByteFile.open(path, ALLOWED);
        try {
            return new OpenRecording(path, read(file), file::close);
        } catch (InputException e) {
            file.close();
            throw e;
        }
    }

    /** What the header says about a wave. */
    private record Wave(String name, int type, int rows, int columns, double delta, double offset, String unit,
            String timeUnit, ByteOrder order, long data) {
    }

    private static List<Sweep> read(ByteFile file) {
        ByteBuffer start = file.read(0, 2, ByteOrder.LITTLE_ENDIAN, "its version");
        // The version is below 256, so its zero byte tells the byte order.
        ByteOrder order = start.get(0) != 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        int version = start.order(order).getShort(0);
        Wave wave = switch (version) {
            case 2 -> version2(file, order);
            case 5 -> version5(file, order);
            default -> throw file.fault(version == 1 || version == 3 ? "is an Igor binary wave of version " + version
                    : "is not an Igor binary wave (its version reads " + version + ")");
        };
        SampleType type = type(file, wave.type);
        if (wave.rows < 2 || wave.columns < 1) {
            throw file.fault("has " + wave.rows + " samples in " + wave.columns + " columns, too few for a recording");
        }
        file.require(wave.data, (long) wave.rows * wave.columns * type.bytes(), "its data");
        String timeUnit = wave.timeUnit.isEmpty() ? "s" : wave.timeUnit;
        Unit time = Unit.named(timeUnit).filter(unit -> unit.quantity() == Quantity.TIME)
                .orElseThrow(() -> file.fault("has samples along '" + timeUnit + "', which is no unit of time"));
        double stepMs = wave.delta * time.in(Unit.MS);
        if (!(stepMs > 0) || Double.isInfinite(stepMs)) {
            throw file.fault("has a sampling interval of " + wave.delta + " " + timeUnit);
        }
        List<Sweep> sweeps = new ArrayList<>();
        for (int column = 0; column < wave.columns; column++) {
            Signal signal = new StoredSignal(file, type, order, wave.data + (long) column * wave.rows * type.bytes(),
                    1, wave.rows, stepMs, 1, 0);
            sweeps.add(new Sweep(column + 1, wave.offset * time.in(Unit.MS),
                    List.of(new Channel(wave.name, wave.unit, Channel.Source.RECORDED, signal))));
        }
        return sweeps;
    }

    private static Wave version2(ByteFile file, ByteOrder order) {
        ByteBuffer wave = file.read(HEADER_2, WAVE_2, order, "its header");
        return new Wave(text(wave, 6, 20), wave.getShort(0), wave.getInt(42), 1, wave.getDouble(48),
                wave.getDouble(56), text(wave, 34, 4), text(wave, 38, 4), order, HEADER_2 + WAVE_2);
    }

    private static Wave version5(ByteFile file, ByteOrder order) {
        ByteBuffer header = file.read(0, HEADER_5, order, "its header");
        ByteBuffer wave = file.read(HEADER_5, WAVE_5, order, "its header");
        long dataBytes = Integer.toUnsignedLong(header.getInt(4)) - WAVE_5;
        // Formula, note and long units follow the data in this order.
        long units = HEADER_5 + WAVE_5 + Math.max(0, dataBytes) + Math.max(0, header.getInt(8))
                + Math.max(0, header.getInt(12));
        int unitBytes = header.getInt(16);
        int timeUnitBytes = header.getInt(20);
        String unit = unitBytes > 0 ? text(file.read(units, unitBytes, order, "its units"), 0, unitBytes)
                : text(wave, 148, 4);
        String timeUnit = timeUnitBytes > 0
                ? text(file.read(units + Math.max(0, unitBytes), timeUnitBytes, order, "its units"), 0, timeUnitBytes)
                : text(wave, 152, 4);
        int rows = wave.getInt(68);
        int columns = Math.max(1, wave.getInt(72));
        if (wave.getInt(76) > 1 || wave.getInt(80) > 1) {
            throw file.fault("has more than two dimensions");
        }
        if ((long) rows * columns != wave.getInt(12)) {
            throw file.fault("is damaged: it states " + wave.getInt(12) + " numbers in " + rows + " rows and "
                    + columns + " columns");
        }
        return new Wave(text(wave, 28, 32), wave.getShort(16), rows, columns, wave.getDouble(84),
                wave.getDouble(116), unit, timeUnit, order, HEADER_5 + WAVE_5);
    }

    private static SampleType type(ByteFile file, int type) {
        if ((type & COMPLEX) != 0) {
            throw file.fault("holds complex numbers");
        }
        boolean unsigned = (type & UNSIGNED) != 0;
        return switch (type & ~UNSIGNED) {
            case 0x02 -> SampleType.FLOAT32;
            case 0x04 -> SampleType.FLOAT64;
            case 0x08 -> unsigned ? SampleType.UINT8 : SampleType.INT8;
            case 0x10 -> unsigned ? SampleType.UINT16 : SampleType.INT16;
            case 0x20 -> unsigned ? SampleType.UINT32 : SampleType.INT32;
            case 0x00 -> throw file.fault("holds text");
            default -> throw file.fault("holds numbers of the unknown type " + type);
        };
    }

    /** The bytes up to the first zero. */
    private static String text(ByteBuffer bytes, int from, int most) {
        int length = 0;
        while (length < most && bytes.get(from + length) != 0) {
            length++;
        }
        return new String(bytes.array(), from, length, StandardCharsets.ISO_8859_1).strip();
    }
}

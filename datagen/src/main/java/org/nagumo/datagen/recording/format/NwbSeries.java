package org.nagumo.datagen.recording.format;

import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.OrderedDataType;
import java.lang.reflect.Array;
import java.nio.ByteOrder;
import java.util.List;
import java.util.regex.Pattern;
import org.nagumo.datagen.io.UniformTimes;
import org.nagumo.datagen.recording.Channel;
import org.nagumo.datagen.recording.Signal;

/**
 * One time series of an NWB file. A stored number n stands for {@code n * conversion + offset} in the unit of the
 * series, volts or amperes. A conversion of 1e-3, 1e-6, 1e-9 or 1e-12 is taken as the prefix of the unit, so that the
 * numbers remain as they are.
 *
 * @param name        name of its group
 * @param group       the group
 * @param data        its samples
 * @param sweepNumber its sweep number; -1 where it has none
 */
record NwbSeries(String name, Group group, Dataset data, int sweepNumber) {

    private static final Pattern NOT_DIGITS = Pattern.compile("\\D+");
    private static final int MOST_DIGITS = 18;
    private static final List<String> PREFIXES = List.of("", "m", "u", "n", "p");

    static NwbSeries of(ByteFile file, String name, Group group) {
        if (!(group.getChildren().get("data") instanceof Dataset data)) {
            throw file.fault(group.getPath() + " has no data");
        }
        long[] shape = data.getDimensionsAsLong();
        if (shape.length == 0 || shape.length > 2 || shape.length == 2 && shape[1] != 1 || shape[0] < 2
                || shape[0] > Integer.MAX_VALUE) {
            throw file.fault(data.getPath() + " is not a list of 2 to " + Integer.MAX_VALUE + " samples");
        }
        Object number = attribute(group, "sweep_number");
        if (number == null && group.getChildren().get("sweep_number") instanceof Dataset stored) {
            number = single(stored.getData());
        }
        return new NwbSeries(name, group, data, number instanceof Number n ? n.intValue() : -1);
    }

    /** The value of an attribute, the first where it is a list of one; null where it is missing. */
    static Object attribute(Node node, String name) {
        Attribute attribute = node.getAttribute(name);
        return attribute == null ? null : single(attribute.getData());
    }

    private static Object single(Object value) {
        return value != null && value.getClass().isArray() && Array.getLength(value) == 1 ? single(Array.get(value, 0))
                : value;
    }

    private static double number(Node node, String name, double otherwise) {
        return attribute(node, name) instanceof Number n ? decimal(n) : otherwise;
    }

    /** A float stands for the decimal number that it was made from. */
    private static double decimal(Number n) {
        return n instanceof Float f ? Double.parseDouble(f.toString()) : n.doubleValue();
    }

    /** The numbers in the name, in their order. */
    List<Long> numbers() {
        return NOT_DIGITS.splitAsStream(name).filter(digits -> !digits.isEmpty() && digits.length() <= MOST_DIGITS)
                .map(Long::parseLong).toList();
    }

    double startMs(ByteFile file) {
        if (!(group.getChildren().get("starting_time") instanceof Dataset start)) {
            return times(file).startMs();
        }
        return single(start.getData()) instanceof Number n ? 1000 * n.doubleValue() : 0;
    }

    Channel channel(ByteFile file, Channel.Source source) {
        String unit = String.valueOf(attribute(data, "unit"));
        String base = unit.equalsIgnoreCase("volts") || unit.equals("V") ? "V"
                : unit.equalsIgnoreCase("amperes") || unit.equals("A") ? "A" : null;
        double conversion = number(data, "conversion", 1);
        double offset = number(data, "offset", 0);
        for (int k = 1; k < PREFIXES.size() && base != null; k++) {
            double size = Double.parseDouble("1e-" + 3 * k);
            if (conversion == size) {
                return new Channel(name, PREFIXES.get(k) + base, source,
                        signal(file, 1, offset / size));
            }
        }
        return new Channel(name, base == null ? unit : base, source, signal(file, conversion, offset));
    }

    private double stepMs(ByteFile file) {
        if (!(group.getChildren().get("starting_time") instanceof Dataset start)) {
            return times(file).stepMs();
        }
        double rate = number(start, "rate", Double.NaN);
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw file.fault(start.getPath() + " states a rate of " + rate + " Hz");
        }
        return 1000 / rate;
    }

    private UniformTimes times(ByteFile file) {
        if (!(group.getChildren().get("timestamps") instanceof Dataset stamps)
                || stamps.getDimensionsAsLong().length != 1
                || stamps.getDimensionsAsLong()[0] != data.getDimensionsAsLong()[0]) {
            throw file.fault(group.getPath() + " has neither a starting_time nor a timestamp for each sample");
        }
        Signal seconds = stored(file, stamps, 1, 1, 0);
        int digits = stamps.getDataType().getSize() == Float.BYTES ? 7 : 15;
        UniformTimes times = new UniformTimes(1000);
        double[] piece = new double[1 << 14];
        for (int from = 0; from < seconds.length(); from += piece.length) {
            int count = Math.min(piece.length, seconds.length() - from);
            seconds.read(from, count, piece, 0);
            for (int k = 0; k < count; k++) {
                if (!times.add(piece[k], Integer.MAX_VALUE, digits)) {
                    throw file.fault(stamps.getPath() + " is not uniform at sample " + (from + k) + " ("
                            + piece[k] + " s); resample the series first");
                }
            }
        }
        return times;
    }

    private Signal signal(ByteFile file, double gain, double offset) {
        return stored(file, data, stepMs(file), gain, offset);
    }

    private static Signal stored(ByteFile file, Dataset data, double stepMs, double gain, double offset) {
        SampleType type = type(file, data);
        ByteOrder order = ((OrderedDataType) data.getDataType()).getByteOrder();
        int length = (int) data.getDimensionsAsLong()[0];
        if (data instanceof ChunkedDataset chunked) {
            return new ChunkedSignal(file.path(), chunked, type, order, stepMs, gain, offset);
        }
        if (data instanceof ContiguousDataset contiguous && !contiguous.isEmpty()) {
            file.require(contiguous.getDataAddress(), (long) length * type.bytes(), data.getPath());
            return new StoredSignal(file, type, order, contiguous.getDataAddress(), 1, length, stepMs, gain, offset);
        }
        throw file.fault(data.getPath() + " has no stored samples");
    }

    private static SampleType type(ByteFile file, Dataset data) {
        DataType type = data.getDataType();
        if (type instanceof FixedPoint integer) {
            for (SampleType known : integer.isSigned()
                    ? List.of(SampleType.INT8, SampleType.INT16, SampleType.INT32)
                    : List.of(SampleType.UINT8, SampleType.UINT16, SampleType.UINT32)) {
                if (known.bytes() == type.getSize()) {
                    return known;
                }
            }
        }
        if (type instanceof FloatingPoint && (type.getSize() == Float.BYTES || type.getSize() == Double.BYTES)) {
            return type.getSize() == Float.BYTES ? SampleType.FLOAT32 : SampleType.FLOAT64;
        }
        throw file.fault(data.getPath() + " holds " + type.getClass().getSimpleName() + " of " + type.getSize()
                + " bytes, which is not read");
    }
}

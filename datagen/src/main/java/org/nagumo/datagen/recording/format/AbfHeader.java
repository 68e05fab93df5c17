package org.nagumo.datagen.recording.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongToDoubleFunction;

/**
 * What the headers of both versions of ABF say about a recording.
 *
 * @param mode             1 event-driven with episodes of variable length, 2 the same of fixed length, 3 gap-free,
 *                         4 oscilloscope, 5 episodic
 * @param floats           whether samples are float32 rather than int16
 * @param data             position of the first number in the file
 * @param numbers          numbers of all channels and sweeps together
 * @param stepMs           sampling interval of each channel in ms
 * @param numbersPerSweep  numbers of all channels in a sweep of fixed length
 * @param synch            position of the list of episodes in the file
 * @param synchEntries     number of its entries; 0 where it is missing
 * @param synchUnitUs      unit of its times in us; 0 when they are counted in samples
 * @param inputs           sampled channels in the order of their numbers in the file
 * @param outputs          analog outputs whose waveform the file holds
 */
record AbfHeader(int mode, boolean floats, long data, long numbers, double stepMs, int numbersPerSweep, long synch,
        int synchEntries, double synchUnitUs, List<Input> inputs, List<EpochTable> outputs) {

    private static final int GAP_FREE = 3;
    private static final int MOST_EPISODES = 10_000_000;

    /** A sampled channel: a stored integer n is {@code gain * n + offset} in its unit. */
    record Input(String name, String unit, double gain, double offset) {
    }

    /** A sweep: time of its first sample and numbers of all its channels together. */
    record Episode(double startMs, int numbers) {
    }

    List<Episode> episodes(ByteFile file) {
        if (numbers < inputs.size() || numbers > Integer.MAX_VALUE * (long) inputs.size()) {
            throw file.fault("is damaged: it states " + numbers + " numbers");
        }
        return synchEntries > 0 ? listed(file) : mode == GAP_FREE || numbersPerSweep <= 0
                ? List.of(episode(file, 0, numbers)) : equal(file);
    }

    private Episode episode(ByteFile file, double startMs, long length) {
        if (length > Integer.MAX_VALUE) {
            throw file.fault("has a sweep of " + length + " numbers; more than " + Integer.MAX_VALUE
                    + " are not read at once");
        }
        return new Episode(startMs, (int) length);
    }

    private List<Episode> equal(ByteFile file) {
        List<Episode> episodes = new ArrayList<>();
        for (long done = 0; done < numbers; done += numbersPerSweep) {
            episodes.add(episode(file, done / inputs.size() * stepMs, Math.min(numbersPerSweep, numbers - done)));
        }
        return episodes;
    }

    /**
     * The episodes of the list. Programs differ in the unit of its lengths (numbers, or multiples of the unit of its
     * times): the right one makes their sum the numbers in the file.
     */
    private List<Episode> listed(ByteFile file) {
        if (synchEntries > MOST_EPISODES) {
            throw file.fault("is damaged: it states " + synchEntries + " sweeps");
        }
        ByteBuffer list = file.read(synch, 8 * synchEntries, ByteOrder.LITTLE_ENDIAN, "its list of sweeps");
        List<LongToDoubleFunction> readings = new ArrayList<>(List.of(length -> length));
        if (synchUnitUs > 0) {
            readings.add(length -> length / synchUnitUs);
            readings.add(length -> length * synchUnitUs / (1000 * stepMs) * inputs.size());
        }
        for (LongToDoubleFunction reading : readings) {
            List<Episode> episodes = new ArrayList<>();
            long sum = 0;
            for (int k = 0; k < synchEntries; k++) {
                double start = list.getInt(8 * k) * (synchUnitUs > 0 ? synchUnitUs / 1000 : stepMs);
                long length = Math.round(reading.applyAsDouble(list.getInt(8 * k + 4)));
                sum += length;
                episodes.add(episode(file, start, length));
            }
            if (sum == numbers) {
                return episodes;
            }
        }
        throw file.fault("is damaged: the lengths of its sweeps do not add up to its " + numbers + " numbers");
    }
}

package org.nagumo.datagen.recording.set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.recording.set.RecordedSequence.Role;
import org.nagumo.datagen.recording.format.AbfWriter;
import org.nagumo.datagen.recording.format.IbwWriter;

/** Recordings become sequences, and what is wrong with them is reported with file, sweep, channel and remedy. */
class PreparedRecordingsTest {

    private static final int LENGTH = 4000;

    @TempDir
    private Path folder;

    private static double[] values(int count, IntToDoubleFunction function) {
        double[] values = new double[count];
        Arrays.setAll(values, function);
        return values;
    }

    /** A potential between -70 and -50 mV. */
    private static double wave(int k) {
        return -60 + 10 * Math.sin(0.01 * k);
    }

    private Path ibw(String name, String unit, double[] values) throws IOException {
        return IbwWriter.write(folder.resolve(name), unit, 5e-5, values);
    }

    private RecordingSet set(String text) {
        return RecordingSet.parse("list", text, new Glob(folder));
    }

    private List<float[][]> prepare(String text) {
        List<float[][]> all = new ArrayList<>();
        try (PreparedRecordings prepared = PreparedRecordings.of(set(text))) {
            prepared.forEach(0, (index, columns) -> {
                assertThat(index).isEqualTo(all.size());
                assertThat(columns[1]).hasSize(prepared.sequences().get(index).samples());
                all.add(columns);
            });
        }
        return all;
    }

    private void assertFault(String text, String start, String remedy) {
        assertThatThrownBy(() -> prepare(text)).isInstanceOf(InputException.class).hasMessageStartingWith(start)
                .hasMessageContaining("; allowed: ").hasMessageContaining(remedy).hasMessageNotContaining("\n");
    }

    @Test
    void sweepsOfAnAxonFileWithItsCommand() throws IOException {
        AbfWriter.Output steps = new AbfWriter.Output(-10, false, new short[] {1, 1}, new float[] {-10, 50},
                new float[] {0, 25}, new int[] {600, 2000}, new int[] {0, 0}, 0, null, false);
        Path file = new AbfWriter().output(steps).episodes(25, new int[] {0, LENGTH}, new int[] {40000, LENGTH})
                .units("mV", "V").samples(values(2 * LENGTH, PreparedRecordingsTest::wave), new double[2 * LENGTH])
                .version2(folder.resolve("x.abf"));
        String text = "{name: x, recordings: [{file: x.abf, voltage_channel: IN 0}], sampling: {dt_ms: 0.1}}";
        List<float[][]> sweeps = prepare(text);
        assertThat(sweeps).hasSize(2);
        // 4000 / 64 = 62 samples of holding and 600 of the first epoch, two of them in each step.
        assertThat(sweeps.get(1)[1][330]).isEqualTo(-10);
        assertThat(sweeps.get(1)[1][331]).isEqualTo(75);
        assertThat(sweeps.get(1)[1][1331]).isEqualTo(-10);
        assertThat(sweeps.get(1)[2][100]).isCloseTo((float) wave(LENGTH + 200), within(0.02f));
        assertThat(sweeps.get(1)[0][100]).isCloseTo(10f, within(1e-6f));
        try (PreparedRecordings prepared = PreparedRecordings.of(set(text))) {
            RecordedSequence second = prepared.sequences().get(1);
            assertThat(second.command()).isTrue();
            assertThat(second.currentChannel()).isEqualTo("Cmd 0");
            assertThat(second.sweepStartMs()).isEqualTo(1000);
            assertThat(second.holdingCurrent()).isEqualTo(-10);
            assertThat(second.stimulus()).isEqualTo(2);
            assertThat(prepared.columns()).containsExactly("time_ms", "current_pA", "voltage_mV");
        }
        assertFault("{name: x, recordings: [{file: x.abf}]}", file + ": sweep 1 has several channels for the potential,"
                + " 'IN 0' (mV), 'IN 1' (V)", "voltage_channel");
        assertFault("{name: x, recordings: [{file: x.abf, voltage_channel: IN 7}]}", file + ": sweep 1 has no channel"
                + " 'IN 7'", "one of 'IN 0' (mV)");
        assertFault("{name: x, recordings: [{file: x.abf, voltage_channel: 1, sweeps: [3]}]}", file + ": has no sweep"
                + " 3", "[1, 2]");
        assertFault("{name: x, recordings: [{file: x.abf, voltage_channel: 1, current_channel: IN 1}]}", file
                + ": sweep 1, channel 'IN 1' (V): has no unit of a current", "units: {current: pA}");
        assertFault("{name: x, recordings: [{file: x.abf, voltage_channel: 1}], hold_out: {sweeps: [9]}}",
                "x: hold_out names the sweeps [9]", "1 to 2");
        assertFault("{name: x, recordings: [{file: x.abf, voltage_channel: 1}], hold_out: {sweeps: [1, 2]}}",
                "x: everything is held out", "at least one");
        assertFault("{name: x, recordings: [{file: x.abf, voltage_channel: 1}], use: {to_ms: 900}}",
                file + ": sweep 1: lasts 200.0 ms, but use goes from 0.0 to 900.0 ms", "within the sweep");
    }

    @Test
    void theCommandOfAVoltageClampIsNoPotential() throws IOException {
        Path file = new AbfWriter().episodes(25, new int[] {0, LENGTH}).units("nA", "pA")
                .samples(new double[LENGTH], new double[LENGTH]).version1(folder.resolve("x.abf"));
        assertFault("{name: x, recordings: [{file: x.abf}]}", file + ": sweep 1 has no potential among the channels"
                + " 'IN 0' (nA), 'IN 1' (pA)", "a recorded channel in V, mV or uV");
    }

    @Test
    void correctionsAreAppliedInTheirOrder() throws IOException {
        ibw("v.ibw", "V", values(LENGTH, k -> 1e-3 * wave(k)));
        ibw("i.ibw", "nA", values(LENGTH, k -> k < 2000 ? 0.1 : -0.2));
        List<float[][]> sweeps = prepare("{name: x, recordings: [{voltage: v.ibw, current: i.ibw}], correct:"
                + " {junction_potential_mV: 10, series_resistance_MOhm: 20, holding_current: 0.05}}");
        assertThat(sweeps.get(0)[1][10]).isEqualTo(0.15f);
        assertThat(sweeps.get(0)[2][10]).isCloseTo((float) (wave(10) - 3 - 10), within(1e-4f));
        assertThat(sweeps.get(0)[2][3000]).isCloseTo((float) (wave(3000) + 3 - 10), within(1e-4f));
    }

    @Test
    void theElectrodeIsTakenOffBeforeResampling() throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        int count = 40_000;
        double[] noise = values(count, k -> 100 * random.nextGaussian());
        double[] v = new double[count];
        double m = 0;
        for (int k = 0; k < count; k++) {
            m = m * Math.exp(-0.05 / 10) + 0.1 * noise[k] * 0.05 / 10;
            // An electrode of 10 MOhm that answers at once.
            v[k] = -70 + m + 0.01 * noise[k];
        }
        ibw("ev.ibw", "mV", v);
        ibw("ei.ibw", "pA", noise);
        ibw("v.ibw", "mV", values(LENGTH, k -> -60 + (k % 200 < 100 ? 1 : 0) + 0.1 * Math.sin(k)));
        ibw("i.ibw", "pA", values(LENGTH, k -> k % 200 < 100 ? 100 : 0));
        List<float[][]> sweeps = prepare("{name: x, recordings: [{voltage: v.ibw, current: i.ibw}], correct:"
                + " {electrode: {voltage: ev.ibw, current: ei.ibw}}}");
        for (int k = 200; k < LENGTH; k++) {
            assertThat(sweeps.get(0)[2][k]).isCloseTo((float) (-60 + 0.1 * Math.sin(k)), within(0.05f));
        }
        Path slow = IbwWriter.write(folder.resolve("v2.ibw"), "mV", 1e-4, values(LENGTH, PreparedRecordingsTest::wave));
        IbwWriter.write(folder.resolve("i2.ibw"), "pA", 1e-4, values(LENGTH, k -> k));
        assertFault("{name: x, recordings: [{voltage: v2.ibw, current: i2.ibw}], correct:"
                + " {electrode: {voltage: ev.ibw, current: ei.ibw}}}", slow + ": sweep 1: the electrode's recording has"
                + " a step of 0.05 ms", "that of the recordings, 0.1 ms");
    }

    @Test
    void repetitionsHaveOneLengthAndOneCurrent() throws IOException {
        ibw("v_1.ibw", "mV", values(LENGTH, PreparedRecordingsTest::wave));
        Path second = ibw("v_2.ibw", "mV", values(LENGTH - 100, PreparedRecordingsTest::wave));
        ibw("i_1.ibw", "pA", values(LENGTH, k -> 100 * Math.sin(k)));
        Path other = ibw("i_2.ibw", "pA", values(LENGTH - 100, k -> 100 * Math.cos(k)));
        String list = "{name: x, recordings: [{voltage: v_*.ibw, current: i_*.ibw, repetitions: true}]%s}";
        assertFault(list.formatted(""), second + ": sweep 1: has 3900 samples at 0.05 ms where the first repetition has"
                + " 4000", "use: {to_ms: 195.0}");
        assertFault(list.formatted(", use: {to_ms: 195}"), other + ": sweep 1, channel 'wave0' (pA): differs from the"
                + " first repetition by 1.4", "repetitions: false");
        assertThat(prepare(list.formatted(", use: {to_ms: 195}").replace("true", "false"))).hasSize(2);
        ibw("i_2.ibw", "pA", values(LENGTH, k -> 100 * Math.sin(k)));
        assertFault(list.formatted(""), other + ": sweep 1, channel 'wave0' (pA): has 4000 samples", "as many as the"
                + " potential has, 3900");
    }

    @Test
    void clippedTracesAreFound() throws IOException {
        Path v = folder.resolve("v.ibw");
        ibw("i.ibw", "pA", values(LENGTH, k -> k));
        String text = "{name: x, recordings: [{voltage: v.ibw, current: i.ibw}]}";
        // Spikes of 40 mV/ms that stay at +20 mV for half a millisecond.
        IntToDoubleFunction spikes = k -> Math.min(20,
                -65 + Math.sin(k) + Math.max(0, 100 - 2 * Math.abs(k % 400 - 200)));
        ibw("v.ibw", "mV", values(LENGTH, spikes));
        assertFault(text, v + ": sweep 1, channel 'wave0' (mV): is clipped at 9.65 ms", "use: {from_ms");
        ibw("v.ibw", "mV", values(LENGTH, k -> -spikes.applyAsDouble(k)));
        assertFault(text, v + ": sweep 1, channel 'wave0' (mV): is clipped at 9.65 ms", "use: {from_ms");
        // Noiseless spikes are not clipped, nor is the rest between them at which they stay.
        ibw("v.ibw", "mV", values(LENGTH, k -> -65 + 85 * Math.exp(-Math.pow((k % 400 - 200) / 8.0, 2))));
        assertThat(prepare(text)).hasSize(1);
        // A noiseless answer to a step: rest is the largest value, and is left at 5 mV/ms.
        ibw("v.ibw", "mV", values(LENGTH, k -> k < 500 ? -65 : -75 + 10 * Math.exp(-(k - 500) * 0.025)));
        assertThat(prepare(text)).hasSize(1);
    }

    @Test
    void theEndOfTheConvertersRangeIsClipping() throws IOException {
        AbfWriter writer = new AbfWriter().mode(3);
        double top = 32767 * writer.gain(0) + writer.offsetOf(0);
        Path file = writer.samples(values(LENGTH, k -> k > 1000 && k < 1004 ? 2 * top : wave(k)),
                values(LENGTH, k -> k * 0.1)).version1(folder.resolve("x.abf"));
        assertFault("{name: x, recordings: [{file: x.abf}]}", file + ": sweep 1, channel 'IN 0' (mV): is clipped at"
                + " 50.05 ms", "leave this one out");
        assertThat(prepare("{name: x, recordings: [{file: x.abf}], use: {to_ms: 45}}")).hasSize(1);
    }

    @Test
    void whatIsHeldOutIsNeverUsed() throws IOException {
        ibw("v.ibw", "mV", values(LENGTH, PreparedRecordingsTest::wave));
        ibw("i.ibw", "pA", values(LENGTH, k -> k));
        try (PreparedRecordings prepared = PreparedRecordings.of(set("{name: x, recordings: [{voltage: v.ibw, current:"
                + " i.ibw}], hold_out: {from_ms: 50, to_ms: 70}}"))) {
            assertThat(prepared.sequences()).extracting(RecordedSequence::role).containsExactly(Role.TRAIN,
                    Role.HOLD_OUT, Role.TRAIN);
            assertThat(prepared.sequences()).extracting(RecordedSequence::samples).containsExactly(1000, 400, 2600);
            prepared.forEach(0, (index, columns) -> assertThat(columns[1][0]).isCloseTo(
                    (float) (prepared.sequences().get(index).fromMs() / 0.05), within(1e-2f)));
        }
    }
}

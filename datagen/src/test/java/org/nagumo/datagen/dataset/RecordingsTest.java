package org.nagumo.datagen.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nagumo.datagen.dataset.DatasetGenerator.Format;
import org.nagumo.datagen.dataset.DatasetGenerator.Options;
import org.nagumo.datagen.io.Beginning;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.recording.format.IbwWriter;
import org.nagumo.datagen.recording.set.RecordedSequence;
import org.nagumo.datagen.recording.set.RecordedSequence.Role;
import org.nagumo.datagen.recording.set.RecordingSet;
import org.nagumo.datagen.unit.Unit;

/** Recordings become a data set. */
class RecordingsTest {

    private static final Options BINARY = new Options(EnumSet.of(Format.BINARY), 1, Beginning.NEW, n -> { });

    @TempDir
    private Path folder;

    private Path csv(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static RecordingSet set(Path... files) {
        return RecordingSet.of(List.of(files), Double.NaN);
    }

    @Test
    void filesBecomeSequencesInTheirOwnUnit() throws IOException {
        Path one = csv("one.csv", "time_s,voltage_V,current_nA,pipette\n10,-0.065,0,1\n10.0002,-0.06,0.05,2\n"
                + "10.0004,0.03,0.1,3\n");
        Path two = csv("two.csv", "time_s,voltage_V,current_nA,pipette\n0,-0.065,0,1\n0.0002,-0.06,0.05,2\n");
        Manifest made = Recordings.make(set(one, two), folder.resolve("out"), BINARY);
        assertThat(made.sequences()).isEqualTo(2);
        TrajectorySet set = TrajectorySet.read(folder.resolve("out"));
        assertThat(set.dtMs()).isEqualTo(0.2);
        assertThat(set.stateNames()).as("other columns are no states of the cell").isEmpty();
        assertThat(set.currentUnit()).isEqualTo(Unit.named("nA").orElseThrow());
        assertThat(SequenceFile.open(folder.resolve("out/sequences.bin")).header().columns())
                .containsExactly("time_ms", "current_nA", "voltage_mV");
        assertThat(set.voltage()[0]).containsExactly(-65f, -60f, 30f);
        assertThat(set.current()[0]).containsExactly(0f, 0.05f, 0.1f);
        Files.delete(one);
        Manifest again = DatasetGenerator.regenerate(folder.resolve("out/manifest.json"), folder.resolve("again"),
                BINARY);
        assertThat(again.toJson()).isEqualTo(made.toJson());
        Files.copy(folder.resolve("out/inputs").resolve(made.inputs().keySet().stream()
                .filter(name -> name.endsWith("one.csv")).findFirst().orElseThrow()), one);
        AtomicLong told = new AtomicLong();
        for (Beginning beginning : List.of(Beginning.NEW, Beginning.RESUME)) {
            told.set(0);
            Recordings.make(set(one, two), folder.resolve("out"), new Options(BINARY.formats(), 1, beginning,
                    told::addAndGet));
            assertThat(told).as("all of it is told").hasValue(Recordings.work(set(one, two), BINARY.formats()));
            assertThat(told).hasValue(DatasetGenerator.work(folder.resolve("out/manifest.json"), BINARY.formats()));
        }
    }

    @Test
    void anAreaThatIsKnownGivesADensity() throws IOException {
        Path file = csv("x.csv", "time_ms,voltage_mV,current_pA\n0,-65,0\n0.1,-64,500\n0.2,-63,100\n");
        Recordings.make(RecordingSet.of(List.of(file), 1000), folder.resolve("out"), BINARY);
        TrajectorySet set = TrajectorySet.read(folder.resolve("out"));
        assertThat(set.currentUnit()).isEqualTo(Unit.UA_PER_CM2);
        // 500 pA over 1000 um2 = 500e-6 uA over 1e-5 cm2.
        assertThat(set.current()[0]).containsExactly(0f, 50f, 10f);
    }

    @Test
    void heldOutStretchesAndRepetitionsAreMarked() throws IOException {
        for (int k = 9; k <= 11; k++) {
            double[] v = new double[1000];
            double[] i = new double[1000];
            for (int t = 0; t < 1000; t++) {
                v[t] = -0.07 + 1e-3 * Math.sin(0.1 * t + k);
                i[t] = 1e-10 * Math.sin(0.05 * t) + 1e-12 * Math.cos(k * t);
            }
            IbwWriter.write(folder.resolve("v_" + k + ".ibw"), "V", 1e-4, v);
            IbwWriter.write(folder.resolve("i_" + k + ".ibw"), "A", 1e-4, i);
        }
        Path list = csv("recordings.yaml", """
                name: cell
                recordings:
                  - {voltage: "v_*.ibw", current: "i_*.ibw", repetitions: true}
                sampling: {dt_ms: 0.2, current_unit: pA}
                correct: {junction_potential_mV: 10}
                use: {to_ms: 80}
                hold_out: {from_ms: 60, to_ms: 90, sweeps: [2]}
                """);
        Manifest made = Recordings.make(RecordingSet.read(list), folder.resolve("out"), BINARY);
        List<RecordedSequence> marks = Manifest.read(folder.resolve("out/manifest.json")).recorded();
        assertThat(marks).extracting(RecordedSequence::sweep).containsExactly(1, 1, 2, 2, 3, 3);
        assertThat(marks).extracting(RecordedSequence::role).containsExactly(Role.TRAIN, Role.HOLD_OUT, Role.HOLD_OUT,
                Role.HOLD_OUT, Role.TRAIN, Role.HOLD_OUT);
        assertThat(marks).extracting(RecordedSequence::fromMs).containsExactly(0.0, 60.0, 0.0, 60.0, 0.0, 60.0);
        assertThat(marks).extracting(RecordedSequence::samples).containsExactly(300, 150, 300, 150, 300, 150);
        assertThat(marks).extracting(RecordedSequence::stimulus).containsOnly(1);
        assertThat(marks).extracting(mark -> mark.files().get(0).toString()).containsExactly("v_9.ibw", "v_9.ibw",
                "v_10.ibw", "v_10.ibw", "v_11.ibw", "v_11.ibw");
        TrajectorySet set = TrajectorySet.read(folder.resolve("out"));
        assertThat(set.voltage()[1][0]).as("the step is as long as two samples, so the sine is not attenuated")
                .isCloseTo((float) (-80 + Math.sin(0.1 * 600 + 9)), within(2e-3f));
        assertThat(set.current()[0][7]).isCloseTo((float) (100 * (Math.sin(0.05 * 14) + Math.sin(0.05 * 15)) / 2),
                within(1f));
        Manifest again = DatasetGenerator.regenerate(folder.resolve("out/manifest.json"), folder.resolve("again"),
                BINARY);
        assertThat(again.toJson()).isEqualTo(made.toJson());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "time_ms,current_uA_per_cm2,voltage_mV;0,0,-65;0.1,0,-65;0.3,0,-65;0.4,1,2|:4: time (ms) goes to 0.3, which is",
        "time_ms,current_uA_per_cm2,voltage_mV;0,0,-65;0.1,0,NaN|:3: voltage (mV) is 'NaN'; allowed: finite numbers",
        "time_ms,current_uA_per_cm2,voltage_mV;0,0,-65;0.1,,-65|:3: current (uA_per_cm2) is ''; allowed: finite",
        "time_ms,current_uA_per_cm2,voltage_mV;0,0,-65;0.1,0|:3: has 2 values; allowed: 3, as in the first row",
        "time_ms,current_uA_per_cm2,voltage_mV;0,0,-65|: has 1 rows of numbers; allowed: a table",
        "time_ms,current_uA_per_cm2;0,0;0.1,0|: sweep 1 has no potential among the channels 'current' (uA_per_cm2);",
        "time,current_uA_per_cm2,voltage_mV;0,0,-65;1,1,1|: has no unit in the name of column 'time' (such as",
        "time_ms,leak_pA,hold_pA,voltage_mV;0,0,0,-65;1,1,1,1|: sweep 1 has several channels for the current, 'leak'",
        "time_ms,time_s,current_uA_per_cm2,voltage_mV;0,0,0,-65;1,1,1,1|: has several columns of time, [time (ms),",
        "time_ms,current_pA,voltage_mV;0,0,-0.065;0.1,1,0.03|: sweep 1, channel 'voltage' (mV): its largest value is",
        "time_ms,current_pA,voltage_V;0,0,-65;0.1,1,30|: sweep 1, channel 'voltage' (V): its largest value is 65000.0",
        "time_ms,current_A,voltage_mV;0,0,-65;0.1,200,30|: sweep 1, channel 'current' (A): its largest value is 2.000",
        "time_ms,current_pA,voltage_mV;0,1e39,-65;0.1,2,30|: sweep 1, channel 'current' (pA): its largest value is",
        "time_ms,current_pA,voltage_mV;0,1,-65;0.1,2,-65|: sweep 1, channel 'voltage' (mV): is flat: it stays at -65.0",
        "time_ms,current_pA,voltage_mV;0,1,-65;0.1,1,-64|: sweep 1, channel 'current' (pA): is flat, as in all sweeps,"})
    void whatIsWrongWithThemIsTold(String text, String message) throws IOException {
        Path file = csv("bad.csv", text.replace(';', '\n') + "\n");
        assertThatThrownBy(() -> Recordings.make(set(file), folder.resolve("out"), BINARY))
                .isInstanceOf(InputException.class).hasMessageStartingWith(file + message)
                .hasMessageContaining("allowed").hasMessageNotContaining("\n");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void stepsThatDifferAreRefusedAndEqualNamesAreNot() throws IOException {
        Path one = csv("one.csv", "time_ms,current_pA,voltage_mV\n0,0,-65\n0.1,1,-64\n");
        Path other = csv("other.csv", "time_ms,current_pA,voltage_mV\n0,0,-65\n0.2,1,-64\n");
        assertThatThrownBy(() -> Recordings.make(set(one, other), folder.resolve("out"), BINARY))
                .isInstanceOf(InputException.class).hasMessage(other + ": sweep 1: has a step of 0.2 ms; allowed: that"
                        + " of the first sweep, 0.1 ms; or resample all by sampling: {dt_ms: ...} in a"
                        + " recordings.yaml");
        // Their paths have the same 32-bit hash.
        Path upper = csv("Aa/x.csv", Files.readString(one));
        Path lower = csv("BB/x.csv", "time_ms,current_pA,voltage_mV\n0,0,-65\n0.1,2,-63\n");
        assertThat(upper.toString().hashCode()).isEqualTo(lower.toString().hashCode());
        Manifest made = Recordings.make(set(upper, lower), folder.resolve("out"), BINARY);
        assertThat(made.inputs()).hasSize(2);
        assertThat(DatasetGenerator.regenerate(folder.resolve("out/manifest.json"), folder.resolve("again"), BINARY)
                .toJson()).isEqualTo(made.toJson());
    }

    @Test
    void copiesOfFilesThatAProtocolNamesDifferWhereTheirNamesDo() throws IOException {
        assertThat("Aa/x.csv".hashCode()).isEqualTo("BB/x.csv".hashCode());
        assertThat(DatasetGenerator.kept("Aa/x.csv")).isNotEqualTo(DatasetGenerator.kept("BB/x.csv"))
                .endsWith("-x.csv");
        assertThat(DatasetGenerator.kept("x.csv")).isEqualTo("x.csv");
    }

    @Test
    void aManifestWithoutProtocolAndRecordingsIsRefused() throws IOException {
        Path file = csv("manifest.json", "{\"format_version\": 2, \"sequences\": 0, \"formats\": [\"binary\"],"
                + " \"sha256\": {\"sequences.bin\": \"00\"}}");
        assertThatThrownBy(() -> DatasetGenerator.regenerate(file, folder.resolve("out"), BINARY))
                .isInstanceOf(InputException.class).hasMessageStartingWith(file + ": has neither a protocol nor");
    }
}

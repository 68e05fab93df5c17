package org.nagumo.datagen.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nagumo.datagen.dataset.DatasetGenerator.Format;
import org.nagumo.datagen.dataset.DatasetGenerator.Options;
import org.nagumo.datagen.io.Beginning;
import org.nagumo.datagen.io.InputException;

/** Recordings become a data set. */
class RecordingsTest {

    private static final Options BINARY = new Options(EnumSet.of(Format.BINARY), 1, Beginning.NEW, n -> { });

    @TempDir
    private Path folder;

    private Path csv(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void filesBecomeSequencesInTheUnitsOfDataSets() throws IOException {
        Path one = csv("one.csv", "time_s,voltage_V,current_A_per_m2,pipette\n10,-0.065,0,1\n10.0002,-0.06,0.05,2\n"
                + "10.0004,0.03,0.1,3\n");
        Path two = csv("two.csv", "time_s,voltage_V,current_A_per_m2,pipette\n0,-0.065,0,1\n0.0002,-0.06,0.05,2\n");
        Manifest made = Recordings.make(List.of(one, two), folder.resolve("out"), BINARY);
        assertThat(made.sequences()).isEqualTo(2);
        TrajectorySet set = TrajectorySet.read(folder.resolve("out"));
        assertThat(set.dtMs()).isCloseTo(0.2, within(1e-12));
        assertThat(set.stateNames()).containsExactly("pipette");
        assertThat(set.voltage()[0]).containsExactly(-65f, -60f, 30f);
        assertThat(set.current()[0]).containsExactly(0f, 5f, 10f);
        assertThat(set.states()[1][0]).containsExactly(1f, 2f);
        Files.delete(one);
        Manifest again = DatasetGenerator.regenerate(folder.resolve("out/manifest.json"), folder.resolve("again"),
                BINARY);
        assertThat(again.toJson()).isEqualTo(made.toJson());
        Recordings.make(List.of(folder.resolve("out/inputs/one.csv"), two), folder.resolve("out"),
                new Options(BINARY.formats(), 1, Beginning.RESUME, n -> { }));
        Files.copy(folder.resolve("out/inputs/one.csv"), one);
        AtomicLong told = new AtomicLong();
        for (Beginning beginning : List.of(Beginning.NEW, Beginning.RESUME)) {
            told.set(0);
            Recordings.make(List.of(one, two), folder.resolve("out"), new Options(BINARY.formats(), 1, beginning,
                    told::addAndGet));
            assertThat(told).as("all of it is told").hasValue(Recordings.work(List.of(one, two), BINARY.formats()));
            assertThat(told).hasValue(DatasetGenerator.work(folder.resolve("out/manifest.json"),
                    BINARY.formats()));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "time_ms,current_uA_per_cm2,voltage_mV;0,0,-65;0.1,0,-65;0.3,0,-65;0.4,1,2|:4: time_ms goes from 0.1 to 0.3",
        "time_ms,current_uA_per_cm2,voltage_mV;0,0,-65;0.1,0,NaN|:3: voltage_mV is 'NaN'; allowed: finite numbers",
        "time_ms,current_uA_per_cm2,voltage_mV;0,0,-65;0.1,,-65|:3: current_uA_per_cm2 is ''; allowed: finite numbers",
        "time_ms,current_uA_per_cm2,voltage_mV;0,0,-65|: has 1 rows; allowed: at least 2",
        "time_ms,current_uA_per_cm2;0,0;0.1,0|:1: has no column for voltage_mV; allowed: one of [voltage_V,",
        "time,current_uA_per_cm2,voltage_mV;0,0,-65;1,1,1|:1: has no column for time_ms; allowed: one of [time_ms,",
        "time_ms,current_pA,voltage_mV;0,0,-65;1,1,1|:1: has no column for current_uA_per_cm2 ('current_pA' has to be",
        "time_ms,time_s,current_uA_per_cm2,voltage_mV;0,0,0,-65;1,1,1,1|:1: has the columns [time_ms, time_s] for time",
        "time_ms,current_uA_per_cm2,voltage_mV;0,0,-0.065;0.1,0,0.03|: voltage_mV runs to 0.065 mV, which no membrane",
        "time_ms,current_uA_per_cm2,voltage_mV;0,0,-65;0.1,1e39,3|:3: current_uA_per_cm2 is '1e39'; allowed: numbers",
        "time_ms,current_mA_per_cm2,voltage_mV;0,0,-65;0.1,1e37,3|:3: current_mA_per_cm2 is 1.0E37; allowed: numbers",
        "time_ms,current_uA_per_cm2,voltage_V;0,0,-65;0.1,0,30|: voltage_V runs to 65000.0 mV, which no membrane does"})
    void whatIsWrongWithThemIsTold(String text, String message) throws IOException {
        Path file = csv("bad.csv", text.replace(';', '\n') + "\n");
        assertThatThrownBy(() -> Recordings.make(List.of(file), folder.resolve("out"), BINARY))
                .isInstanceOf(InputException.class).hasMessageStartingWith(file + message)
                .hasMessageContaining("allowed").hasMessageNotContaining("\n");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void thirtyKilohertzIsOneStepWhateverTheUnitOfTime() throws IOException {
        StringBuilder seconds = new StringBuilder("time_s,current_uA_per_cm2,voltage_mV\n");
        StringBuilder ms = new StringBuilder("time_ms,current_uA_per_cm2,voltage_mV\n");
        for (int i = 0; i < 300; i++) {
            seconds.append(String.format(Locale.ROOT, "%.7f,0,-65\n", i / 30000.0));
            ms.append(String.format(Locale.ROOT, "%.3f,0,-65\n", i / 30.0));
        }
        Recordings.make(List.of(csv("s.csv", seconds.toString()), csv("ms.csv", ms.toString())),
                folder.resolve("out"), BINARY);
        assertThat(TrajectorySet.read(folder.resolve("out")).dtMs()).isEqualTo(1 / 30.0);
    }

    @Test
    void filesThatDoNotGoTogetherAreRefused() throws IOException {
        Path one = csv("one.csv", "time_ms,current_uA_per_cm2,voltage_mV\n0,0,-65\n0.1,0,-65\n");
        Path other = csv("other.csv", "time_ms,current_uA_per_cm2,voltage_mV\n0,0,-65\n0.2,0,-65\n");
        Files.createDirectories(folder.resolve("sub"));
        Path same = csv("sub/one.csv", Files.readString(one));
        assertThatThrownBy(() -> Recordings.make(List.of(one, other), folder.resolve("out"), BINARY))
                .isInstanceOf(InputException.class).hasMessageStartingWith(other + ": has ")
                .hasMessageContaining("allowed: the same as in " + one);
        assertThatThrownBy(() -> Recordings.make(List.of(one, same), folder.resolve("out"), BINARY))
                .hasMessageContaining("another file has the name one.csv; allowed: different names");
    }
}

package org.nagumo.datagen.recording.set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.unit.Unit;

/** Lists of recordings are read, with all their faults at once. */
class RecordingSetTest {

    @TempDir
    private Path folder;
    private Path list;

    @BeforeEach
    void files() throws IOException {
        list = folder.resolve("recordings.yaml");
        Files.createDirectories(folder.resolve("sub"));
        for (String name : List.of("v_9.ibw", "v_10.ibw", "i_9.ibw", "i_10.ibw", "elec_v.ibw", "elec_i.ibw",
                "sub/x.abf", "note.txt")) {
            Files.writeString(folder.resolve(name), "");
        }
    }

    private RecordingSet read(String text) throws IOException {
        return RecordingSet.read(Files.writeString(list, text));
    }

    @Test
    void allKeysAreRead() throws IOException {
        RecordingSet set = read("""
                name: cell3
                recordings:
                  - {voltage: "v_*.ibw", current: "i_*.ibw", repetitions: true}
                  - {file: sub/x.abf, sweeps: [1, 3], voltage_channel: "IN 0", current_channel: 2,
                     units: {voltage: V, current: uA/cm2}}
                sampling: {dt_ms: 0.1, current_unit: pA}
                correct: {junction_potential_mV: -3, electrode: {voltage: elec_v.ibw, current: elec_i.ibw},
                          holding_current: -20, area_um2: 900}
                use: {from_ms: 0, to_ms: 11000}
                hold_out: {from_ms: 11000, to_ms: 14000, sweeps: [7, 8]}
                """);
        assertThat(set.name()).isEqualTo("cell3");
        assertThat(set.entries()).hasSize(2);
        RecordingEntry first = set.entries().get(0);
        assertThat(first.potentials()).as("9 comes before 10").extracting(file -> file.getFileName().toString())
                .containsExactly("v_9.ibw", "v_10.ibw");
        assertThat(first.currents()).extracting(file -> file.getFileName().toString())
                .containsExactly("i_9.ibw", "i_10.ibw");
        assertThat(first.repetition()).isTrue();
        assertThat(first.sweeps()).isEmpty();
        RecordingEntry second = set.entries().get(1);
        assertThat(second.currents()).isEqualTo(second.potentials());
        assertThat(second.sweeps()).containsExactly(1, 3);
        assertThat(second.potential().name()).isEqualTo("IN 0");
        assertThat(second.potential().unit().symbol()).isEqualTo("V");
        assertThat(second.current().name()).isEqualTo("2");
        assertThat(second.current().unit()).isEqualTo(Unit.UA_PER_CM2);
        assertThat(set.dtMs()).isEqualTo(0.1);
        assertThat(set.currentUnit().symbol()).isEqualTo("pA");
        assertThat(set.corrections().junctionPotentialMv()).isEqualTo(-3);
        assertThat(set.corrections().electrode().potentials()).hasSize(1);
        assertThat(set.corrections().holdingCurrent()).isEqualTo(-20);
        assertThat(set.corrections().areaUm2()).isEqualTo(900);
        assertThat(set.use()).isEqualTo(new Span(0, 11000));
        assertThat(set.holdOut()).isEqualTo(new Span(11000, 14000));
        assertThat(set.heldSweeps()).containsExactlyInAnyOrder(7, 8);
        assertThat(set.files().keySet()).containsExactlyInAnyOrder("v_*.ibw", "i_*.ibw", "sub/x.abf", "elec_v.ibw",
                "elec_i.ibw");
    }

    @Test
    void whatIsLeftOutHasItsDefault() throws IOException {
        RecordingSet set = read("name: x\nrecordings: [{file: sub/x.abf, sweeps: all}]\n");
        assertThat(set.dtMs()).isNaN();
        assertThat(set.currentUnit()).isNull();
        assertThat(set.corrections()).isEqualTo(RecordingSet.Corrections.NONE);
        assertThat(set.use()).isEqualTo(Span.WHOLE);
        assertThat(set.holdOut()).isNull();
        assertThat(set.entries().get(0).repetition()).isFalse();
    }

    @Test
    void allFaultsAreToldAtOnce() {
        assertThatThrownBy(() -> read("""
                nam: x
                recordings:
                  - {voltage: "v_*.ibw", current: i_9.ibw}
                  - {file: none.abf}
                  - {file: note.txt}
                  - {file: sub/x.abf, current: i_9.ibw}
                  - {sweeps: all}
                  - {file: sub/x.abf, sweeps: [one, -1], units: {voltage: pA, current: furlong}, repetitions: maybe}
                sampling: {dt_ms: 0, current_unit: mV}
                correct: {series_resistance_MOhm: 5, electrode: {voltage: elec_v.ibw, current: elec_i.ibw}, area: 3}
                use: {from_ms: 5, to_ms: 2}
                hold_out: {sweeps: []}
                """)).isInstanceOfSatisfying(InputException.class, e -> {
                    List<String> lines = e.getMessage().lines().toList();
                    List<String> expected = List.of("1:1: unknown key 'nam'; did you mean 'name'?",
                            "1:1: 'name' is missing", "3:5: 'voltage' stands for 2 files and 'current' for 1; allowed:",
                            "4:12: there is no file 'none.abf'; allowed:",
                            "5:12: 'note.txt' is not a recording by its name; allowed: files that end in one of [.abf,",
                            "6:5: names no files; allowed: either 'file', or 'voltage' and 'current'",
                            "7:5: names no files; allowed: either 'file', or 'voltage' and 'current'",
                            "8:32: 'one' is not an integer", "8:37: -1 is out of range; allowed: 0 to",
                            "8:59: 'pA' is no unit of a potential; allowed: [V, mV, uV]",
                            "8:72: 'furlong' is no unit of a current; allowed: [A, mA, uA, nA, pA, fA] or [uA/cm2,",
                            "8:95: 'maybe' is neither true nor false", "9:19: 0 is not positive",
                            "9:36: 'mV' is no unit of a current",
                            "10:93: unknown key 'area'; did you mean 'area_um2'?",
                            "10:35: would be taken off twice, since the electrode's kernel holds it",
                            "11:6: the stretch goes from 5.0 to 2.0 ms; allowed: from 0 on, and an end after its start",
                            "12:20: holds no sweep; allowed: all, or a list such as [1, 2]");
                    for (String fault : expected) {
                        assertThat(lines).anySatisfy(line -> assertThat(line).startsWith(list + ":" + fault));
                    }
                    assertThat(lines).allSatisfy(line -> assertThat(line).startsWith(list + ":").contains("allowed: "));
                    assertThat(lines).hasSize(expected.size());
                });
    }

    @Test
    void aListIsToldFromAProtocol() {
        assertThat(RecordingSet.isOne("name: x\nrecordings:\n  - {file: x.abf}\n")).isTrue();
        assertThat(RecordingSet.isOne("{name: x, recordings: [{file: x.abf}]}")).isTrue();
        assertThat(RecordingSet.isOne("name: recordings\nsampling: {dt_ms: 0.1}\nsequences: []\n")).isFalse();
    }

    @Test
    void filesOnTheCommandLineAreNoPatterns() throws IOException {
        Path odd = folder.resolve("it's [1] *.csv");
        Files.writeString(odd, "");
        RecordingSet set = RecordingSet.of(Arrays.asList(odd), Double.NaN);
        assertThat(set.entries().get(0).potentials()).containsExactly(odd);
    }
}

package org.nagumo.datagen.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nagumo.datagen.dataset.DatasetGenerator;
import org.nagumo.datagen.dataset.DatasetGenerator.Format;
import org.nagumo.datagen.dataset.Recordings;
import org.nagumo.datagen.dataset.TrajectorySet;
import org.nagumo.datagen.io.Beginning;
import org.nagumo.datagen.protocol.Protocol;
import org.nagumo.datagen.recording.set.RecordingSet;

/** A neuron and a stimulus that this module does not know: a class each, and a line each in META-INF/services. */
class ExtensionTest {

    private static final String PROTOCOL = """
            name: mine
            model: {name: passive, parameters: {g: 0.2}}
            sampling: {dt_ms: 0.5}
            sequences:
              - {duration_ms: 50, stimulus: {kind: constant, amplitude: 3}}
              - {duration_ms: 50, count: 2, stimulus: {kind: sawtooth, amplitude: [1, 4], period_ms: 10}}
            """;

    @Test
    void aDataSetIsMadeWithThem(@TempDir Path folder) {
        Protocol protocol = Protocol.parse("mine", PROTOCOL, Path::of);
        DatasetGenerator.generate(protocol, folder, new DatasetGenerator.Options(EnumSet.of(Format.BINARY), 2,
                Beginning.NEW, n -> { }));
        TrajectorySet set = TrajectorySet.read(folder);
        assertThat(set.size()).isEqualTo(3);
        assertThat(set.stateNames()).isEmpty();
        for (int t = 0; t < 100; t++) {
            assertThat(set.voltage()[0][t]).isCloseTo((float) (-70 + 15 * (1 - Math.exp(-0.2 * 0.5 * t))),
                    within(1e-5f));
            assertThat(set.current()[2][t]).isCloseTo(4 * (t % 20) / 20f, within(1e-6f));
        }
    }

    @Test
    void recordingsInAFormatOfOnesOwnAreRead(@TempDir Path folder) throws IOException {
        Path log = Files.writeString(folder.resolve("x.lablog"), "0 -65\n0.5 -60\n1 20\n");
        Recordings.make(RecordingSet.of(List.of(log), Double.NaN), folder.resolve("out"), new DatasetGenerator.Options(
                EnumSet.of(Format.BINARY), 1, Beginning.NEW, n -> { }));
        TrajectorySet set = TrajectorySet.read(folder.resolve("out"));
        assertThat(set.currentUnit().symbol()).isEqualTo("nA");
        assertThat(set.voltage()[0]).containsExactly(-65f, -60f, 20f);
    }

    @Test
    void theirMistakesAreToldLikeThoseOfOthers() {
        assertThatThrownBy(() -> Protocol.parse("mine", PROTOCOL.replace("g: 0.2", "g: -1")
                .replace("period_ms: 10", "period_ms: -10, perod: 3"), Path::of))
                .satisfies(e -> assertThat(e.getMessage().lines()).containsExactly(
                        "mine:2:40: passive parameter 'g' is -1.0; allowed: positive numbers in mS/cm2",
                        "mine:6:95: unknown key 'perod'; did you mean 'period_ms'? allowed: [kind, amplitude,"
                                + " period_ms]",
                        "mine:6:90: period_ms is -10.0; allowed: positive numbers"));
    }
}

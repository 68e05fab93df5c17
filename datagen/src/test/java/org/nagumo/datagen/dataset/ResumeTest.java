package org.nagumo.datagen.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nagumo.datagen.dataset.DatasetGenerator.Format;
import org.nagumo.datagen.dataset.DatasetGenerator.Options;
import org.nagumo.datagen.io.Beginning;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.protocol.Protocol;

/** Interruptions of every kind: the same command with --resume ends with the bytes of an undisturbed run. */
class ResumeTest {

    private static final String PROTOCOL = """
            name: long
            sampling: {dt_ms: 0.1}
            seed: 5
            sequences:
              - {duration_ms: 10, count: 600, stimulus: {kind: ornstein-uhlenbeck, mean: 8, sd: 4, tau_ms: 3}}
            """;
    private static final Set<Format> BOTH = EnumSet.allOf(Format.class);
    private static final Set<Format> BINARY = EnumSet.of(Format.BINARY);

    @TempDir
    private Path folder;
    private Path file;
    private Path out;

    @BeforeEach
    void writeTheProtocol() throws IOException {
        file = Files.writeString(folder.resolve("long.yaml"), PROTOCOL);
        out = folder.resolve("out");
    }

    private Manifest generate(Path target, Set<Format> formats, Beginning beginning) {
        return DatasetGenerator.generate(Protocol.read(file), target, new Options(formats, 1, beginning, n -> { }));
    }

    private static Map<String, String> contents(Path of) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(of)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                contents.put(of.relativize(each).toString(), Checksums.of(each));
            }
        }
        return contents;
    }

    /** A run that was stopped after some batches. */
    private void interrupt(Set<Format> formats) {
        assertThatThrownBy(() -> DatasetGenerator.generate(Protocol.read(file), out, new Options(formats, 1,
                Beginning.NEW, new DatasetProgress() {
                    private long done;

                    @Override
                    public void accept(long samples) {
                        done += samples;
                        if (done > 50_000) {
                            throw new IllegalStateException("interrupted");
                        }
                    }
                }))).hasMessage("interrupted");
        assertThat(out.resolve("manifest.json")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void killedAtRandomMomentsAgainAndAgain(long seed) throws IOException, InterruptedException {
        Path undisturbed = folder.resolve("undisturbed");
        generate(undisturbed, BOTH, Beginning.NEW);
        SplittableRandom random = new SplittableRandom(seed);
        for (int kill = 0; kill < 3; kill++) {
            Process process = Forked.start(List.of(), Forked.class, file, out, 2,
                    kill > 0 ? Beginning.RESUME : Beginning.NEW);
            try (BufferedReader reader = process.inputReader()) {
                // A run tells of its progress some 15 times.
                int lines = random.nextInt(1, 16);
                for (int k = 0; k < lines && reader.readLine() != null; k++) {
                    // so far it may come
                }
                long until = System.nanoTime() + random.nextLong(30_000_000);
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
                // SIGKILL
                process.destroyForcibly().waitFor();
            }
        }
        Forked.await(Forked.start(List.of(), Forked.class, file, out, 2, Beginning.RESUME));
        assertThat(contents(out)).isEqualTo(contents(undisturbed));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void whatWasFinishedIsNotMadeAgain(Format format) throws IOException {
        interrupt(EnumSet.of(format));
        long[] first = {-1};
        DatasetGenerator.generate(Protocol.read(file), out, new Options(EnumSet.of(format), 1, Beginning.RESUME,
                n -> first[0] = first[0] < 0 ? n : first[0]));
        assertThat(first[0]).as("samples that were there").isGreaterThanOrEqualTo(256 * 100);
        Path undisturbed = folder.resolve("undisturbed");
        generate(undisturbed, EnumSet.of(format), Beginning.NEW);
        assertThat(contents(out)).isEqualTo(contents(undisturbed));
    }

    @Test
    void aPartThatIsCutOrDamagedAnywhereIsMended() throws IOException {
        interrupt(BINARY);
        Path undisturbed = folder.resolve("undisturbed");
        generate(undisturbed, BINARY, Beginning.NEW);
        Path part = out.resolve("sequences.bin.part");
        byte[] there = Files.readAllBytes(part);
        byte[] begun = Files.readAllBytes(out.resolve("unfinished.json"));
        SplittableRandom random = new SplittableRandom(4);
        for (int trial = 0; trial < 6; trial++) {
            byte[] changed = Arrays.copyOf(there, trial == 0 ? 0 : trial == 1 ? 9
                    : random.nextInt(there.length));
            if (trial > 3) {
                changed[random.nextInt(changed.length)] ^= 0x10;
            }
            Files.write(part, changed);
            Files.write(out.resolve("unfinished.json"), begun);
            generate(out, BINARY, Beginning.RESUME);
            assertThat(contents(out)).isEqualTo(contents(undisturbed));
            Files.delete(out.resolve("manifest.json"));
        }
    }

    /** Batches are written where the file will have them, and a later one may be whole when an earlier one is not. */
    @ParameterizedTest
    @CsvSource({"0,-1,1", "40,0,1", "40,0,20", "40,4,1", "40,300,1", "599,0,1"})
    void whatComesAfterAGapIsMadeAgain(int sequence, int offset, int sequences) throws IOException {
        Path undisturbed = folder.resolve("undisturbed");
        generate(undisturbed, BINARY, Beginning.NEW);
        byte[] part = Files.readAllBytes(undisturbed.resolve("sequences.bin"));
        SequenceHeader header = SequenceFile.open(undisturbed.resolve("sequences.bin")).header();
        int bytes = BinarySequences.SEQUENCE_HEAD + 4 * 100 * header.columns().size();
        int from = BinarySequences.head(header).length + sequence * bytes + offset;
        // A hole of a file that was written out of order reads as zeros.
        Arrays.fill(part, from, from + (offset <= 0 ? sequences * bytes : 16), (byte) 0);
        Manifest manifest = Manifest.read(undisturbed.resolve("manifest.json"));
        manifest.json().remove("sha256");
        Files.createDirectories(out);
        Files.writeString(out.resolve("unfinished.json"), manifest.toJson());
        Files.write(out.resolve("sequences.bin.part"), part);
        long[] first = {-1};
        DatasetGenerator.generate(Protocol.read(file), out, new Options(BINARY, 1, Beginning.RESUME,
                n -> first[0] = first[0] < 0 ? n : first[0]));
        assertThat(first[0]).as("samples before the gap").isEqualTo(100 * sequence);
        assertThat(contents(out)).isEqualTo(contents(undisturbed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sequences.bin", "csv/sequence-00599.csv"})
    void aManifestThatDoesNotVouchForEveryFileIsRefused(String name) throws IOException {
        generate(out, BOTH, Beginning.NEW);
        Path made = out.resolve("manifest.json");
        Manifest manifest = Manifest.read(made);
        ((ObjectNode) manifest.json().get("sha256")).remove(name);
        Files.writeString(made, manifest.toJson());
        Files.delete(out.resolve(name));
        Map<String, String> before = contents(out);
        String fault = made + ": has no checksum of " + name + "; allowed: ";
        assertThatThrownBy(() -> generate(out, BOTH, Beginning.RESUME)).isInstanceOf(InputException.class)
                .hasMessageStartingWith(fault);
        assertThatThrownBy(() -> DatasetGenerator.regenerate(made, folder.resolve("again"), new Options(BOTH, 1,
                Beginning.NEW, n -> { }))).isInstanceOf(InputException.class).hasMessageStartingWith(fault);
        assertThat(contents(out)).isEqualTo(before);
        assertThat(folder.resolve("again")).doesNotExist();
    }

    @Test
    void anEndBetweenTheLastFileAndTheManifestIsGoneOnWith() throws IOException {
        generate(out, BOTH, Beginning.NEW);
        Map<String, String> whole = contents(out);
        Manifest manifest = Manifest.read(out.resolve("manifest.json"));
        manifest.json().remove("sha256");
        Files.writeString(out.resolve("unfinished.json"), manifest.toJson());
        Files.delete(out.resolve("manifest.json"));
        generate(out, BOTH, Beginning.RESUME);
        assertThat(contents(out)).isEqualTo(whole);
    }

    @Test
    void whatIsCompleteIsLeftAloneAndCheckedAgainstItsManifest() throws IOException {
        generate(out, BOTH, Beginning.NEW);
        Map<String, String> whole = contents(out);
        Object time = Files.getLastModifiedTime(out.resolve("sequences.bin"));
        generate(out, BOTH, Beginning.RESUME);
        assertThat(contents(out)).isEqualTo(whole);
        assertThat(Files.getLastModifiedTime(out.resolve("sequences.bin"))).isEqualTo(time);
        Path csv = out.resolve("csv/sequence-00003.csv");
        Files.writeString(csv, "time_ms\n");
        assertThatThrownBy(() -> generate(out, BOTH, Beginning.RESUME)).isInstanceOf(InputException.class)
                .hasMessageStartingWith(csv + ": does not have the checksum that stands in ");
        Files.delete(csv);
        assertThatThrownBy(() -> generate(out, BOTH, Beginning.RESUME)).hasMessageStartingWith(csv + ": is missing");
        generate(out, BOTH, Beginning.NEW);
        assertThat(contents(out)).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anotherDataSetIsReplacedOnlyWhereThatIsSaid(boolean finished) throws IOException {
        if (finished) {
            generate(out, BOTH, Beginning.NEW);
        } else {
            interrupt(BOTH);
        }
        Map<String, String> before = contents(out);
        Files.writeString(file, PROTOCOL.replace("seed: 5", "seed: 6"));
        for (Beginning beginning : List.of(Beginning.NEW, Beginning.RESUME)) {
            assertThatThrownBy(() -> generate(out, BOTH, beginning)).isInstanceOf(InputException.class)
                    .hasMessageStartingWith(out.resolve(finished ? "manifest.json" : "unfinished.json")
                            + ": tells of another data set, different in [")
                    .hasMessageContaining("seed").hasMessageContaining("; allowed: ")
                    .hasMessageContaining("--overwrite to replace it");
            assertThat(contents(out)).isEqualTo(before);
        }
        generate(out, BOTH, Beginning.OVERWRITE);
        Path undisturbed = folder.resolve("undisturbed");
        generate(undisturbed, BOTH, Beginning.NEW);
        assertThat(contents(out)).isEqualTo(contents(undisturbed));
    }

    @Test
    void aDamagedManifestIsReplacedOnlyWhereThatIsSaid() throws IOException {
        generate(out, BINARY, Beginning.NEW);
        Map<String, String> whole = contents(out);
        Path made = Files.writeString(out.resolve("manifest.json"), "{\"format_version\": 0}");
        assertThatThrownBy(() -> generate(out, BINARY, Beginning.NEW)).isInstanceOf(InputException.class)
                .hasMessageStartingWith(made + ": has format version 0; allowed: ")
                .hasMessageEndingWith(", or --overwrite to replace the data set");
        assertThat(out.resolve("sequences.bin")).exists();
        generate(out, BINARY, Beginning.OVERWRITE);
        assertThat(contents(out)).isEqualTo(whole);
    }

    /** Told of the check and of the making. */
    private static final class Told implements DatasetProgress {
        private final AtomicLong samples = new AtomicLong();
        private long bytes;
        private long checked;

        @Override
        public void accept(long amount) {
            samples.addAndGet(amount);
        }

        @Override
        public LongConsumer check(String what, long most) {
            assertThat(samples).as("samples before the check of %s", what).hasValue(0);
            bytes = most;
            return read -> checked += read;
        }
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void theCheckOfWhatIsThereIsTold(Format format) {
        interrupt(EnumSet.of(format));
        for (boolean finished : new boolean[] {false, true}) {
            Told told = new Told();
            DatasetGenerator.generate(Protocol.read(file), out, new Options(EnumSet.of(format), 2,
                    Beginning.RESUME, told));
            assertThat(told.checked).as("finished: %s", finished).isPositive().isLessThanOrEqualTo(told.bytes);
            assertThat(told.samples).hasValue(DatasetGenerator.work(Protocol.read(file), EnumSet.of(format)));
            if (finished) {
                assertThat(told.checked).isEqualTo(told.bytes);
            }
        }
    }

    @Test
    void anotherProtocolIsNotMixedIn() throws IOException {
        interrupt(BINARY);
        Map<String, String> before = contents(out);
        Files.writeString(file, PROTOCOL.replace("seed: 5", "seed: 6"));
        assertThatThrownBy(() -> generate(out, BINARY, Beginning.RESUME)).isInstanceOf(InputException.class)
                .hasMessageStartingWith(out.resolve("unfinished.json") + ": tells of another data set, different in"
                        + " [seed, protocol]; allowed: ");
        assertThatThrownBy(() -> generate(out, BOTH, Beginning.RESUME)).hasMessageContaining("formats");
        assertThat(contents(out)).isEqualTo(before);
        Files.writeString(file, PROTOCOL);
        generate(out, BINARY, Beginning.RESUME);
        assertThat(out.resolve("manifest.json")).exists();
        Files.writeString(file, PROTOCOL.replace("seed: 5", "seed: 6"));
        assertThatThrownBy(() -> generate(out, BINARY, Beginning.RESUME)).hasMessageStartingWith(out.resolve("manifest.json")
                + ": tells of another data set");
    }

    private static boolean run(Object... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(Stream.of(command).map(Object::toString).toList())
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** On a disk of its own, which only the superuser can make. */
    @Test
    void aFullDiskIsToldAndWhatWasFinishedIsGoneOnWithWhenThereIsRoom() throws IOException, InterruptedException {
        Files.createDirectories(out);
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", out)).as("may mount a small disk").isTrue();
        try {
            assertThatThrownBy(() -> generate(out, BINARY, Beginning.NEW)).isInstanceOf(InputException.class)
                    .hasMessageStartingWith(out + ": cannot be written (").hasMessageContaining("No space left")
                    .hasMessageContaining("--resume goes on with it").hasMessageContaining("allowed");
            assertThat(Files.size(out.resolve("sequences.bin.part"))).isGreaterThan(600_000);
            assertThat(run("mount", "-o", "remount,size=30m", out)).isTrue();
            generate(out, BINARY, Beginning.RESUME);
            Path undisturbed = folder.resolve("undisturbed");
            generate(undisturbed, BINARY, Beginning.NEW);
            assertThat(contents(out)).isEqualTo(contents(undisturbed));
            assertThat(run("mount", "-o", "remount,ro", out)).isTrue();
            assertThatThrownBy(() -> generate(out, BINARY, Beginning.NEW)).isInstanceOf(InputException.class)
                    .hasMessageStartingWith(out + ": cannot be written (");
            assertThat(contents(out)).isEqualTo(contents(undisturbed));
        } finally {
            run("umount", out);
        }
    }

    @Test
    void aFolderWithoutPermissionIsToldAndLeftAsItIs() throws IOException, InterruptedException {
        generate(out, BINARY, Beginning.NEW);
        Map<String, String> before = contents(out);
        Files.setPosixFilePermissions(out, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assumeThat(Files.isWritable(out)).as("the superuser may write everywhere").isFalse();
            assertThatThrownBy(() -> generate(out, BINARY, Beginning.NEW)).isInstanceOf(InputException.class)
                    .hasMessageStartingWith(out + ": cannot be written (").hasMessageContaining("allowed");
            assertThat(contents(out)).isEqualTo(before);
        } finally {
            Files.setPosixFilePermissions(out, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}

package org.nagumo.experiments.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nagumo.datagen.dataset.DatasetGenerator;
import org.nagumo.datagen.dataset.TrajectorySet;
import org.nagumo.datagen.io.Beginning;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.protocol.Protocol;
import org.nagumo.experiments.network.TrainedNetwork;

/** A training that is killed and gone on with gives the network that it gives undisturbed. */
class ResumeTest {

    private static final String PLAN = """
            name: resumed
            model: {units: 2, readout_units: 3}
            seed: 11
            starts: 4
            stages:
              - {window_ms: 1, minibatch: 32, iterations: 400, first_rate: 1e-2, last_rate: 5e-3,
                 freeze_encoder: true, freeze_readout: true}
              - {window_ms: 5, minibatch: 32, iterations: 400, first_rate: 5e-3, last_rate: 3e-3, networks: 3}
              - {window_ms: 10, minibatch: 32, iterations: 500, first_rate: 3e-3, last_rate: 1e-3, wide_readout: true,
                 networks: 2, average_iterations: 50}
            """;

    @TempDir
    private static Path shared;

    private static Path data;
    private static byte[] undisturbed;

    @BeforeAll
    static void train() throws Exception {
        Files.writeString(shared.resolve("plan.yaml"), PLAN);
        data = shared.resolve("data");
        Protocol protocol = Protocol.parse("p", "name: p\nseed: 3\nsampling: {dt_ms: 0.1}\nsequences:\n  - {duration_ms:"
                + " 60, count: 8, stimulus: {kind: steps, level: {uniform: [-5, 20]}, hold_ms: {uniform: [5, 20]}}}\n",
                Path::of);
        TrainingData.make(protocol, data, 1, Beginning.NEW, samples -> { });
        Path out = shared.resolve("undisturbed");
        assertThat(child(out, 1, false).waitFor()).isZero();
        undisturbed = Files.readAllBytes(out.resolve("model.zip"));
        assertThat(Files.readString(out.resolve("losses.csv")).lines()).hasSize(1 + 4 + 3 + 2);
    }

    private static Process child(Path out, int threads, boolean resume) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g", "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "org.nagumo.experiments.cli.Train", shared.resolve("plan.yaml").toString(), "--data", data.toString(),
                "--out", out.toString(), "--threads", Integer.toString(threads), "--checkpoint", "0.001", "--quiet"));
        if (resume) {
            command.add("--resume");
        }
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(out + ".log"))).start();
    }

    /** Waits until that many checkpoints have appeared since the process began; false when the process ended before. */
    private static boolean awaitCheckpoints(WatchService watch, Process process, int count) throws Exception {
        int seen = 0;
        while (seen < count) {
            var key = watch.poll(50, TimeUnit.MILLISECONDS);
            if (key == null) {
                if (!process.isAlive()) {
                    return false;
                }
                continue;
            }
            seen += (int) key.pollEvents().stream().filter(e -> e.context() instanceof Path p
                    && p.toString().equals("checkpoint.bin")).count();
            key.reset();
        }
        return true;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void killedAtRandomMomentsAndGoneOnWithItIsTheSameToTheLastBit(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Path out = Files.createDirectory(shared.resolve("killed-" + seed));
        int kills = 0;
        int code = -1;
        try (WatchService watch = out.getFileSystem().newWatchService()) {
            out.register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            for (int round = 0; code != 0 && round < 3; round++) {
                Process process = child(out, 1 + round % 2, round > 0);
                if (round < 2 && awaitCheckpoints(watch, process, 1 + random.nextInt(25))) {
                    process.destroyForcibly();
                    kills++;
                }
                code = process.waitFor();
            }
        }
        assertThat(code).as(Files.readString(Path.of(out + ".log"))).isZero();
        assertThat(kills).isPositive();
        assertThat(out.resolve("model.zip")).hasBinaryContent(undisturbed);
        assertThat(out.resolve("losses.csv")).hasSameBinaryContentAs(shared.resolve("undisturbed/losses.csv"));
        try (var files = Files.list(out)) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactlyInAnyOrder("plan.yaml", "losses.csv",
                    "model.zip", "checkpoint.bin");
        }
    }

    @Test
    void askedToEndItKeepsWhatItHas() throws Exception {
        Path out = Files.createDirectory(shared.resolve("ended"));
        Process process;
        try (WatchService watch = out.getFileSystem().newWatchService()) {
            out.register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            process = child(out, 2, false);
            assertThat(awaitCheckpoints(watch, process, 5)).isTrue();
            process.destroy();
        }
        assertThat(process.waitFor()).isEqualTo(143);
        assertThat(Files.readString(Path.of(out + ".log"))).isEqualTo("interrupted; --resume goes on from here\n");
        assertThat(child(out, 1, true).waitFor()).isZero();
        assertThat(out.resolve("model.zip")).hasBinaryContent(undisturbed);
    }

    private static CheckpointFile file(Path file, String plan, String data) {
        return new CheckpointFile(file, plan, data, 1000);
    }

    private static TrainingData set() {
        return new TrainingData(TrajectorySet.read(data.resolve(DatasetGenerator.SEQUENCES)), "hh", Map.of(), "none");
    }

    @Test
    void interruptedAgainAndAgainInOneProcessItIsTheSame() throws Exception {
        TrainingPlan plan = TrainingPlans.parse("plan", PLAN);
        double[] expected = Training.train(plan, set(), "test", 2, Training.Watcher.SILENT).parameters();
        CheckpointFile kept = file(shared.resolve("again.bin"), "plan", "data");
        SplittableRandom random = new SplittableRandom(4);
        TrainedNetwork network = null;
        int interruptions = 0;
        while (network == null) {
            Thread caller = Thread.currentThread();
            long[] left = {random.nextLong(40_000, 500_000)};
            try {
                network = Training.train(plan, set(), "test", 1 + interruptions % 3, new Training.Watcher() {
                    @Override
                    public synchronized void advance(long amount) {
                        // What was done before is told again at once, and a moment later there is something new.
                        left[0] -= Math.min(amount, 5000);
                        if (left[0] < 0) {
                            left[0] = Long.MAX_VALUE;
                            caller.interrupt();
                        }
                    }

                    @Override
                    public void stageEnded(StageLosses losses) {
                        assertThat(losses.losses()).doesNotContain(Double.NaN);
                    }
                }, kept);
            } catch (InterruptedException e) {
                interruptions++;
            }
        }
        Thread.interrupted();   // the last request may have come too late
        assertThat(interruptions).isGreaterThan(3);
        assertThat(network.parameters()).isEqualTo(expected);
    }

    @Test
    void aCheckpointOfAnotherTrainingOrADamagedOneIsRefused() throws IOException {
        Path path = shared.resolve("one.bin");
        CurriculumState state = new CurriculumState(1, List.of(new CandidateState(3, 0, 0.5, new double[] {1, 2}, 7,
                new double[] {3, 4}, new double[] {5, 6}, new double[] {7},
                new HeldOutBest(0.25, new double[] {8, 9}, 0, 3, 1, false))),
                List.of(new StageLosses(0, 1, new int[] {3}, new double[] {0.5})));
        String plan = "a".repeat(64);
        String other = "b".repeat(64);
        assertThat(file(path, plan, other).read()).isNull();
        file(path, plan, other).write(state);
        CurriculumState read = file(path, plan, other).read();
        assertThat(read).usingRecursiveComparison().isEqualTo(state);
        assertThatThrownBy(() -> file(path, other, other).read()).isInstanceOf(InputException.class)
                .hasMessage(path + ": belongs to another plan (checksum aaaaaaaaaaaa instead of bbbbbbbbbbbb); allowed: the"
                        + " checkpoint of this plan and these data, or a new start without --resume");
        assertThatThrownBy(() -> file(path, plan, plan).read()).hasMessageContaining("belongs to another data set");
        byte[] bytes = Files.readAllBytes(path);
        for (int length : new int[] {0, 5, 100, bytes.length - 1}) {
            Files.write(path, java.util.Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> file(path, plan, other).read()).isInstanceOf(InputException.class)
                    .hasMessageStartingWith(path + ": is ").hasMessageContaining("allowed: ");
        }
        for (int at = 0; at < bytes.length; at += 7) {
            byte[] flipped = bytes.clone();
            flipped[at] ^= 4;
            Files.write(path, flipped);
            assertThatThrownBy(() -> file(path, plan, other).read()).isInstanceOf(InputException.class);
        }
    }
}

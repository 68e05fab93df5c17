package org.nagumo.experiments.reproduce;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nagumo.datagen.io.Beginning;
import org.nagumo.datagen.io.AtomicFile;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.protocol.Protocol;
import org.nagumo.experiments.network.Provenance;
import org.nagumo.experiments.network.TrainedNetwork;
import org.nagumo.experiments.train.CheckpointFile;
import org.nagumo.experiments.train.StageLosses;
import org.nagumo.experiments.train.Training;
import org.nagumo.experiments.train.TrainingData;
import org.nagumo.experiments.train.TrainingPlan;
import org.nagumo.experiments.train.TrainingPlans;
import org.nagumo.experiments.train.ValidationScore;

/**
 * A training with its files: the data unless they are given, {@code plan.yaml}, {@code checkpoint.bin},
 * {@code losses.csv}, {@code validation.csv} and {@code model.zip}. Whatever moment it ends at, it can be gone on with,
 * and the network is the same, to the last bit. What follows the last stage, validation and polish, is done again then,
 * unless all is finished.
 *
 * @param plan         how to train
 * @param data         folder of the data, or null to make them by the plan
 * @param out          folder of the results
 * @param command      how it was called, for the record
 * @param threads      worker threads; do not change the results
 * @param beginning    what becomes of an earlier run in the folder
 * @param checkpointMs how often the state is kept
 */
public record TrainingRun(TrainingPlan plan, Path data, Path out, String command, int threads,
        Beginning beginning, long checkpointMs) {

    /** Networks of a polish between two notes of it. */
    private static final int POLISH_NOTE = 100;

    /** Checks of a network by held-out stretches between two notes of it. */
    private static final int CHECK_NOTE = 5;

    private static final String MODEL = "model.zip";
    private static final String CHECKPOINT = "checkpoint.bin";

    /** How often the state is kept, unless asked otherwise. */
    public static final long CHECKPOINT_MS = 5000;

    /**
     * Runs the training.
     *
     * @param seconds receives how long data and training took
     * @throws InputException       when the folder holds a run that was not to be touched, or another than is resumed
     * @throws InterruptedException when the calling thread is interrupted; {@code resume} goes on from there
     */
    public TrainedNetwork run(Steps steps, Map<String, Double> seconds) throws InterruptedException {
        refuseToLose();
        if (data == null && plan.heldOut() != null) {
            throw new InputException("plan '" + plan.name() + "' is for recordings, and no data are given; allowed:"
                    + " --data DIR, a data set that 'generate' made of a recordings.yaml");
        }
        long began = System.nanoTime();
        TrainingData set = data == null ? makeData(steps) : readData(steps);
        seconds.put("data", (System.nanoTime() - began) * 1e-9);
        began = System.nanoTime();
        CheckpointFile checkpoints = new CheckpointFile(out.resolve(CHECKPOINT), plan.sha256(), set.sha256(),
                checkpointMs);
        if (beginning == Beginning.RESUME && Files.exists(out.resolve(MODEL))) {
            return finished(set, steps);
        }
        if (beginning == Beginning.OVERWRITE) {
            remove();
            checkpoints.clear();
        }
        TrainedNetwork network;
        try (Watcher watcher = new Watcher(steps, plan.work(set.trajectories().dtMs()))) {
            network = Training.train(plan, set, command, threads, watcher, checkpoints);
        }
        AtomicFile.write(out.resolve("plan.yaml"), TrainingPlans.write(plan));
        network.save(out.resolve(MODEL));
        seconds.put("training", (System.nanoTime() - began) * 1e-9);
        return network;
    }

    private void refuseToLose() {
        if (beginning == Beginning.NEW) {
            for (String name : List.of(MODEL, CHECKPOINT)) {
                if (Files.exists(out.resolve(name))) {
                    throw new InputException(out.resolve(name) + ": is that of a training before, "
                            + (name.equals(MODEL) ? "finished" : "not finished") + "; allowed: --resume to "
                            + (name.equals(MODEL) ? "keep it" : "go on") + ", --overwrite to train anew, or another"
                            + " folder");
                }
            }
        }
    }

    /** An interrupted run in the place of a finished one is not to be taken for finished. */
    private void remove() {
        try {
            Files.deleteIfExists(out.resolve(MODEL));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The network that an earlier run of the same plan on the same data made. */
    private TrainedNetwork finished(TrainingData set, Steps steps) {
        TrainedNetwork network = TrainedNetwork.load(out.resolve(MODEL));
        Provenance of = network.card().provenance();
        if (!plan.sha256().equals(of.planSha256()) || !set.sha256().equals(of.dataSha256())) {
            throw new InputException(out.resolve(MODEL) + ": belongs to another "
                    + (plan.sha256().equals(of.planSha256()) ? "data set" : "plan") + "; allowed: --resume with what"
                    + " it was trained by, --overwrite to train anew, or another folder");
        }
        try (Steps.Step step = steps.begin("training", 1)) {
            step.note("was finished before");
            step.advance(1);
        }
        return network;
    }

    private TrainingData readData(Steps steps) {
        try (Steps.Step step = steps.begin("reading of " + data, 1)) {
            TrainingData read = TrainingData.read(data);
            step.advance(1);
            return read;
        }
    }

    private TrainingData makeData(Steps steps) {
        Protocol protocol = plan.protocol();
        try (Steps.Step step = steps.begin("data", protocol.samples())) {
            return TrainingData.make(protocol, out.resolve("data"), threads, beginning, step::advance);
        }
    }

    /** Shows training, validation and polish as steps, notes the stages and writes their losses. */
    private final class Watcher implements Training.Watcher, AutoCloseable {

        private final Steps steps;
        private final List<StageLosses> ended = new ArrayList<>();
        private Steps.Step step;
        private long left;
        private boolean trained;

        Watcher(Steps steps, long work) {
            this.steps = steps;
            next("training", work);
        }

        private void next(String name, long total) {
            close();
            step = steps.begin(name, total);
            left = total;
        }

        @Override
        public synchronized void advance(long amount) {
            left -= amount;
            step.advance(amount);
            goOn();
        }

        /** After the last stage comes what the plan has next; after an interruption, the stages are told first. */
        private void goOn() {
            if (!trained && left <= 0 && ended.size() == plan.stages().size()) {
                trained = true;
                if (plan.validation() != null) {
                    next("validation", plan.networks(plan.stages().size() - 1));
                } else if (plan.polish() != null) {
                    next("polish", plan.polish().evaluations());
                }
            }
        }

        @Override
        public synchronized void stageEnded(StageLosses losses) {
            ended.add(losses);
            step.note(String.format(Locale.ROOT, "stage %d of %d, windows of %s ms: loss %.6f, best of %d",
                    losses.stage() + 1, plan.stages().size(),
                    BigDecimal.valueOf(losses.windowMs()).stripTrailingZeros().toPlainString(),
                    Arrays.stream(losses.losses()).min().orElse(Double.NaN), losses.losses().length));
            StringBuilder csv = new StringBuilder("stage,window_ms,start,training_loss\n");
            for (StageLosses stage : ended) {
                for (int k = 0; k < stage.losses().length; k++) {
                    csv.append(stage.stage() + 1).append(',').append(stage.windowMs()).append(',')
                            .append(stage.starts()[k]).append(',').append(stage.losses()[k]).append('\n');
                }
            }
            AtomicFile.write(out.resolve("losses.csv"), csv.toString());
            goOn();
        }

        @Override
        public synchronized void checked(int start, int checks, double lowest, boolean ended) {
            if (ended) {
                step.note(String.format(Locale.ROOT, "start %d: held-out score %.4f; ended after %d checks", start + 1,
                        lowest, checks));
            } else if (checks % CHECK_NOTE == 0) {
                step.note(String.format(Locale.ROOT, "start %d: held-out score %.4f after %d checks", start + 1, lowest,
                        checks));
            }
        }

        @Override
        public synchronized void scored() {
            advance(1);
        }

        @Override
        public synchronized void validated(int[] starts, List<ValidationScore> scores) {
            StringBuilder csv = new StringBuilder(
                    "start,score,coincidence_factor,peak,trough,half_width,voltage,count,onset,onset_rate,rest_end\n");
            for (int k = 0; k < starts.length; k++) {
                ValidationScore s = scores.get(k);
                csv.append(starts[k]).append(',').append(s.total()).append(',').append(s.coincidence()).append(',')
                        .append(s.peak()).append(',').append(s.trough()).append(',').append(s.halfWidth()).append(',')
                        .append(s.voltage()).append(',').append(s.count()).append(',')
                        .append(s.onset()).append(',').append(s.onsetRate()).append(',')
                        .append(s.restEnd()).append('\n');
            }
            AtomicFile.write(out.resolve("validation.csv"), csv.toString());
            step.note(String.format(Locale.ROOT, "score %.4f, best of %d",
                    scores.stream().mapToDouble(ValidationScore::total).min().orElse(Double.NaN), starts.length));
            if (plan.polish() != null) {
                next("polish", plan.polish().evaluations());
            }
        }

        @Override
        public synchronized void polished(int networks, double score) {
            if (networks <= plan.polish().evaluations()) {
                advance(1);
            }
            if (networks % POLISH_NOTE == 0) {
                step.note(String.format(Locale.ROOT, "%d of %d networks: score %.4f", networks,
                        plan.polish().evaluations(), score));
            }
        }

        @Override
        public void close() {
            if (step != null) {
                step.close();
            }
        }
    }
}

package org.nagumo.experiments.reproduce;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nagumo.datagen.io.AtomicFile;
import org.nagumo.datagen.protocol.Protocol;
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
 * and the network is the same, to the last bit. What follows the last stage, validation and polish, is done again then.
 *
 * @param plan         how to train
 * @param data         folder of the data, or null to make them by the plan
 * @param out          folder of the results
 * @param command      how it was called, for the record
 * @param threads      worker threads; do not change the results
 * @param resume       whether to go on with an interrupted run
 * @param checkpointMs how often the state is kept
 */
public record TrainingRun(TrainingPlan plan, Path data, Path out, String command, int threads, boolean resume,
        long checkpointMs) {

    /** Networks of a polish between two notes of it. */
    private static final int POLISH_NOTE = 100;

    /** How often the state is kept, unless asked otherwise. */
    public static final long CHECKPOINT_MS = 5000;

    /**
     * Runs the training.
     *
     * @param seconds receives how long data and training took
     * @throws InterruptedException when the calling thread is interrupted; {@code resume} goes on from there
     */
    public TrainedNetwork run(Steps steps, Map<String, Double> seconds) throws InterruptedException {
        long began = System.nanoTime();
        TrainingData set = data == null ? makeData(steps) : TrainingData.read(data);
        seconds.put("data", (System.nanoTime() - began) * 1e-9);
        began = System.nanoTime();
        CheckpointFile checkpoints = new CheckpointFile(out.resolve("checkpoint.bin"), plan.sha256(), set.sha256(),
                checkpointMs);
        if (!resume) {
            checkpoints.clear();
        }
        TrainedNetwork network;
        try (Steps.Step step = steps.begin("training", plan.work(set.trajectories().dtMs()))) {
            network = Training.train(plan, set, command, threads, new Watcher(step), checkpoints);
        }
        AtomicFile.write(out.resolve("plan.yaml"), TrainingPlans.write(plan));
        network.save(out.resolve("model.zip"));
        seconds.put("training", (System.nanoTime() - began) * 1e-9);
        return network;
    }

    private TrainingData makeData(Steps steps) {
        Protocol protocol = plan.data().open();
        try (Steps.Step step = steps.begin("data", protocol.samples())) {
            return TrainingData.make(protocol, out.resolve("data"), threads, resume, step::advance);
        }
    }

    /** Notes the stages and writes their losses. */
    private final class Watcher implements Training.Watcher {

        private final Steps.Step step;
        private final List<StageLosses> ended = new ArrayList<>();

        Watcher(Steps.Step step) {
            this.step = step;
        }

        @Override
        public void advance(long amount) {
            step.advance(amount);
        }

        @Override
        public void stageEnded(StageLosses losses) {
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
        }

        @Override
        public void validated(int[] starts, List<ValidationScore> scores) {
            StringBuilder csv = new StringBuilder(
                    "start,score,coincidence_factor,peak,trough,half_width,voltage,count\n");
            for (int k = 0; k < starts.length; k++) {
                ValidationScore s = scores.get(k);
                csv.append(starts[k]).append(',').append(s.total()).append(',').append(s.coincidence()).append(',')
                        .append(s.peak()).append(',').append(s.trough()).append(',').append(s.halfWidth()).append(',')
                        .append(s.voltage()).append(',').append(s.count()).append('\n');
            }
            AtomicFile.write(out.resolve("validation.csv"), csv.toString());
            step.note(String.format(Locale.ROOT, "validation score %.4f, best of %d",
                    scores.stream().mapToDouble(ValidationScore::total).min().orElse(Double.NaN), starts.length));
        }

        @Override
        public void polished(int networks, double score) {
            if (networks % POLISH_NOTE == 0) {
                step.note(String.format(Locale.ROOT, "polish, %d of %d networks: score %.4f", networks,
                        plan.polish().evaluations(), score));
            }
        }
    }
}

package org.nagumo.experiments.cli;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.nagumo.datagen.io.InputException;
import org.nagumo.experiments.network.TrainedNetwork;
import org.nagumo.experiments.reproduce.TrainingRun;
import org.nagumo.experiments.train.TrainingPlan;
import org.nagumo.experiments.train.TrainingPlans;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains a network by a plan. */
@Command(name = "train", mixinStandardHelpOptions = true, showDefaultValues = true,
        description = "Trains a network by a plan and writes model.zip, losses.csv, plan.yaml and checkpoints. The same"
                + " plan on the same data gives the same network.")
public final class Train implements Callable<Integer> {

    @Parameters(paramLabel = "PLAN.yaml", arity = "0..1", description = "A plan in YAML, or the name of one that ships:"
            + " ${COMPLETION-CANDIDATES}.", completionCandidates = Shipped.class)
    private String plan;

    @Option(names = "--data", paramLabel = "DIR", description = "Data set to train on, as 'generate' writes it"
            + " (default: the one that the plan names is made in RUN/data).")
    private Path data;

    @Option(names = "--out", paramLabel = "RUN", description = "Folder of the results.")
    private Path out;

    @Mixin
    private PlanOption changes;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private BeginningOption beginning;

    @Option(names = "--checkpoint", paramLabel = "SECONDS", defaultValue = "5", description = "How often the state is"
            + " kept.")
    private double checkpoint;

    @Option(names = "--describe", description = "Prints every key of a plan and its meaning, and does nothing else.")
    private boolean describe;

    @Mixin
    private QuietOption progress;

    /** The plans that ship, for the help. */
    static final class Shipped implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return TrainingPlans.names().iterator();
        }
    }

    /** Runs this command alone. */
    public static void main(String[] args) {
        System.exit(Nagumo.execute(new Train(), args));
    }

    @Override
    public Integer call() throws Exception {
        if (describe) {
            System.out.print(TrainingPlans.describe());
            return 0;
        }
        if (plan == null || out == null) {
            throw new InputException((plan == null ? "the plan" : "--out RUN") + " is missing; allowed: train PLAN.yaml"
                    + " --out RUN, with one of the plans " + TrainingPlans.names() + " or a file");
        }
        if (!(checkpoint >= 0.001 && checkpoint <= 1e6)) {
            throw new InputException("--checkpoint is " + checkpoint + "; allowed: 0.001 to 1000000 seconds");
        }
        if (data != null && !changes.typedNeuron().isEmpty()) {
            throw new InputException("--data with" + changes.typedNeuron() + "; allowed: another neuron where the data"
                    + " are made, not where they are given");
        }
        TrainingPlan changed = changes.change(TrainingPlans.named(plan));
        String command = "./nagumo train " + plan + (data == null ? "" : " --data " + data) + changes.typedNeuron()
                + " --seed " + changed.seed();
        TrainingRun run = new TrainingRun(changed, data, out, command, threads.threads(), beginning.beginning(),
                Math.round(1000 * checkpoint));
        return Interruption.guard(() -> {
            Map<String, Double> seconds = new LinkedHashMap<>();
            TrainedNetwork network = run.run(progress.steps(), seconds);
            System.out.printf(Locale.ROOT, "%s: %d parameters, training loss %.6f, in %s%n", network.card().name(),
                    network.parameters().length, network.card().provenance().trainingLoss(), out.resolve("model.zip"));
            return 0;
        });
    }
}

package org.nagumo.experiments.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.nagumo.datagen.io.InputException;
import org.nagumo.experiments.evaluate.Battery;
import org.nagumo.experiments.evaluate.ResultTable;
import org.nagumo.experiments.reproduce.Reproduction;
import org.nagumo.experiments.train.Model;
import org.nagumo.experiments.train.TrainingPlan;
import org.nagumo.experiments.train.TrainingPlans;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The main job. */
@Command(name = "reproduce", mixinStandardHelpOptions = true, showDefaultValues = true,
        description = "Makes the data, trains the network from scratch, evaluates it beside its neuron on currents"
                + " it has never seen, and writes report.html, metrics.json, model.zip and the figures.")
public final class Reproduce implements Callable<Integer> {

    @Option(names = "--quick", description = "Fewer starts, shorter stages, fewer trials: a first look. Plans for"
            + " fhn and bvp are short as they are.")
    private boolean quick;

    @Option(names = "--config", paramLabel = "PLAN", description = "A plan in YAML, or the name of one that ships"
            + " (default: gru-2 or gru-3, as --units asks; fhn-2 or bvp-2 with --model fhn or bvp).")
    private String config;

    @Option(names = "--units", paramLabel = "N", description = "State variables of the network, in the place of the"
            + " plan's.")
    private Integer units;

    @Option(names = "--readout-units", paramLabel = "N", description = "Tanh units of the readout, in the place of the"
            + " plan's; 0 for a linear readout.")
    private Integer readoutUnits;

    @Mixin
    private PlanOption changes;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "run", description = "Folder of the results.")
    private Path out;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private BeginningOption beginning;

    @Mixin
    private QuietOption progress;

    /** Runs this command alone. */
    public static void main(String[] args) {
        System.exit(Nagumo.execute(new Reproduce(), args));
    }

    @Override
    public Integer call() throws Exception {
        TrainingPlan plan = plan();
        String command = "./nagumo reproduce" + (quick ? " --quick" : "")
                + (config == null ? "" : " --config " + config)
                + (units == null || units == 2 ? "" : " --units " + units)
                + (readoutUnits == null ? "" : " --readout-units " + readoutUnits) + changes.typedNeuron()
                + " --seed " + plan.seed();
        Reproduction job = new Reproduction(plan, quick ? 2 : Battery.FULL_TRIALS, out, command,
                threads.threads(), beginning.beginning());
        return Interruption.guard(() -> run(job));
    }

    /** The plan that is asked for. */
    private TrainingPlan plan() {
        if (config != null && quick) {
            throw new InputException("--quick with --config " + config + "; allowed: one of them, such as --config"
                    + " gru-2-quick");
        }
        String own = changes.model() + "-2";
        boolean ownPlan = TrainingPlans.names().contains(own);
        TrainingPlan plan = TrainingPlans.named(config != null ? config : ownPlan ? own
                : (units == null || units <= 2 ? "gru-2" : "gru-3") + (quick ? "-quick" : ""));
        int itsUnits = units == null ? plan.model().units() : units;
        int itsReadout = readoutUnits == null ? plan.model().readoutUnits() : readoutUnits;
        String name = config != null ? plan.name() : (ownPlan ? changes.model() : "gru") + "-" + itsUnits;
        return changes.change(plan.withModel(name, new Model(itsUnits, itsReadout,
                plan.model().features())));
    }

    private int run(Reproduction job) throws InterruptedException {
        Reproduction.Result result = job.run(progress.steps());
        System.out.print(ResultTable.text(result.evaluation()));
        StringBuilder times = new StringBuilder();
        for (Map.Entry<String, Double> entry : result.seconds().entrySet()) {
            times.append(String.format(Locale.ROOT, "%s%s %.1f s", times.length() == 0 ? "" : ", ", entry.getKey(),
                    entry.getValue()));
        }
        System.out.println();
        if (times.length() > 0) {
            System.out.println("time: " + times);
        }
        System.out.println("report: " + out.resolve("report.html"));
        return 0;
    }
}

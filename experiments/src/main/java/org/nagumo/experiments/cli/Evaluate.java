package org.nagumo.experiments.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.simulate.ExcitableSystem;
import org.nagumo.experiments.evaluate.Battery;
import org.nagumo.experiments.evaluate.Evaluation;
import org.nagumo.experiments.evaluate.ResultTable;
import org.nagumo.experiments.network.NetworkSystem;
import org.nagumo.experiments.network.TrainedNetwork;
import org.nagumo.experiments.reproduce.Reproduction;
import org.nagumo.experiments.reproduce.Steps;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The whole battery for any system. */
@Command(name = "evaluate", mixinStandardHelpOptions = true, showDefaultValues = true,
        description = "Measures a system beside Hodgkin-Huxley and its two-variable reduction.")
public final class Evaluate implements Callable<Integer> {

    private static final double DT_MS = 0.1;

    @Parameters(paramLabel = "MODEL", description = "hh, rinzel, a network that ships (such as gru-2) or the path of"
            + " a model.zip.")
    private String model;

    @Option(names = "--out", paramLabel = "DIR", description = "Writes report.html, metrics.json and figures here.")
    private Path out;

    @Option(names = "--json", description = "Prints one JSON object and nothing else.")
    private boolean json;

    @Option(names = "--trials", paramLabel = "N", defaultValue = "8", description = "Noise trials of each kind.")
    private int trials;

    @Option(names = "--quiet", description = "Shows no progress.")
    private boolean quiet;

    @Mixin
    private ModelOption models;

    /** Runs this command alone. */
    public static void main(String[] args) {
        System.exit(Nagumo.execute(new Evaluate(), args));
    }

    @Override
    public Integer call() {
        if (trials < 1) {
            throw new InputException("--trials is " + trials + "; allowed: at least 1");
        }
        if (model.equals("fhn") || model.equals("bvp")) {
            throw new InputException(model + " is dimensionless and cannot be held beside Hodgkin-Huxley; allowed: hh,"
                    + " rinzel or the path of a model.zip");
        }
        int threads = Runtime.getRuntime().availableProcessors();
        ExcitableSystem student = models.system(model, threads);
        TrainedNetwork network = student instanceof NetworkSystem ? ModelOption.network(model) : null;
        Battery battery = new Battery(network == null ? DT_MS : network.card().dtMs(), trials);
        Steps steps = new ConsoleSteps(quiet || json);
        Evaluation evaluation;
        try (Steps.Step step = steps.begin("evaluation", 3L * battery.parts())) {
            evaluation = Reproduction.evaluate(battery, student, threads, () -> step.advance(1));
        }
        if (out != null && network != null) {
            Reproduction.writeReport(out, evaluation, network, steps);
        } else if (out != null) {
            Reproduction.writeReport(out, evaluation, models.neuron(model));
        }
        System.out.print(json ? evaluation.toJson().toPrettyString() + "\n" : ResultTable.text(evaluation));
        return 0;
    }
}

package org.nagumo.experiments.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.nagumo.datagen.io.InputException;
import org.nagumo.experiments.evaluate.Battery;
import org.nagumo.experiments.evaluate.ResultTable;
import org.nagumo.experiments.reproduce.Reproduction;
import org.nagumo.experiments.train.Plans;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The main job. */
@Command(name = "reproduce", mixinStandardHelpOptions = true, showDefaultValues = true,
        description = "Makes the data, trains the network from scratch, evaluates it beside Hodgkin-Huxley on currents"
                + " it has never seen, and writes report.html, metrics.json, model.zip and the figures.")
public final class Reproduce implements Callable<Integer> {

    @Option(names = "--quick", description = "Fewer starts, shorter stages, fewer trials: a first look.")
    private boolean quick;

    @Option(names = "--units", paramLabel = "N", defaultValue = "2", description = "State variables of the network.")
    private int units;

    @Option(names = "--readout-units", paramLabel = "N", defaultValue = "" + Plans.READOUT_UNITS,
            description = "Tanh units of the readout; 0 for a linear readout.")
    private int readoutUnits;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of the training.")
    private long seed;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "run", description = "Folder of the results.")
    private Path out;

    @Option(names = "--threads", paramLabel = "N", description = "Worker threads (default: all cores); the results do"
            + " not depend on them.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--quiet", description = "Shows no progress.")
    private boolean quiet;

    /** Runs this command alone. */
    public static void main(String[] args) {
        System.exit(Nagumo.execute(new Reproduce(), args));
    }

    @Override
    public Integer call() throws InterruptedException {
        if (units < 1 || units > 64) {
            throw new InputException("--units is " + units + "; allowed: 1 to 64");
        }
        if (readoutUnits < 0 || readoutUnits > 64) {
            throw new InputException("--readout-units is " + readoutUnits + "; allowed: 0 to 64");
        }
        if (threads < 1) {
            throw new InputException("--threads is " + threads + "; allowed: at least 1");
        }
        String command = "./nagumo reproduce" + (quick ? " --quick" : "") + (units == 2 ? "" : " --units " + units)
                + (readoutUnits == Plans.READOUT_UNITS ? "" : " --readout-units " + readoutUnits) + " --seed " + seed;
        Reproduction job = new Reproduction(quick ? Plans.quick(units, readoutUnits, seed)
                : Plans.full(units, readoutUnits, seed), quick ? 2 : Battery.FULL_TRIALS, out, command, threads);
        Reproduction.Result result = job.run(new ConsoleSteps(quiet));
        System.out.print(ResultTable.text(result.evaluation()));
        StringBuilder times = new StringBuilder();
        for (Map.Entry<String, Double> entry : result.seconds().entrySet()) {
            times.append(String.format(Locale.ROOT, "%s%s %.1f s", times.length() == 0 ? "" : ", ", entry.getKey(),
                    entry.getValue()));
        }
        System.out.println();
        System.out.println("time: " + times);
        System.out.println("report: " + out.resolve("report.html"));
        return 0;
    }
}

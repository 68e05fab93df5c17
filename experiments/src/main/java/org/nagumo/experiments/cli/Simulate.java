package org.nagumo.experiments.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.protocol.Protocol;
import org.nagumo.datagen.simulate.CurrentFile;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.datagen.simulate.TraceFile;
import org.nagumo.datagen.unit.Unit;
import org.nagumo.experiments.reproduce.Steps;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Any system under any current. */
@Command(name = "simulate", mixinStandardHelpOptions = true, showDefaultValues = true,
        description = "Writes the response of a neuron or network to a current, as CSV.")
public final class Simulate implements Callable<Integer> {

    @Option(names = "--model", paramLabel = "MODEL", required = true,
            description = ModelOption.NAMES + ".")
    private String model;

    @ArgGroup(multiplicity = "1")
    private Source source;

    private static final class Source {
        @Option(names = "--protocol", paramLabel = "FILE.yaml", required = true, description = "A protocol.")
        private Path protocol;

        @Option(names = "--current", paramLabel = "FILE.csv", required = true,
                description = "A current: time_ms,current_uA_per_cm2; in the unit of a network that was trained on"
                        + " recordings, such as current_pA.")
        private Path current;
    }

    @Option(names = "--sequence", paramLabel = "K", defaultValue = "0", description = "Sequence of the protocol.")
    private int sequence;

    @Option(names = "--dt", paramLabel = "MS", description = "Sampling step; divides that of the current.")
    private Double dt;

    @Option(names = "--out", paramLabel = "TRACE.csv", description = "Where to write; standard output by default.")
    private Path out;

    @Mixin
    private QuietOption progress;

    @Mixin
    private ModelOption models;

    /** Runs this command alone. */
    public static void main(String[] args) {
        System.exit(Nagumo.execute(new Simulate(), args));
    }

    @Override
    public Integer call() {
        Steps steps = progress.steps();
        if (source.protocol != null && unit() != Unit.UA_PER_CM2) {
            throw new InputException("--protocol " + source.protocol + " has currents in uA/cm2, but " + model
                    + " takes them in " + unit() + "; allowed: --current FILE.csv with a column current_"
                    + unit().inName());
        }
        CurrentTrace current = refine(source.protocol != null ? drawn(steps) : read(steps));
        double[] currents = current.currentUaPerCm2();
        ModelOption.noteUnseen(model, Arrays.stream(currents).min().orElse(0),
                Arrays.stream(currents).max().orElse(0));
        Trace trace;
        try (Steps.Step step = steps.begin("simulation of " + current.durationMs() + " ms", current.length())) {
            trace = models.system(model, 1).respond(List.of(current), step::advance).get(0);
        }
        // On a terminal, the trace itself shows how far it is.
        Steps shown = out == null && System.console() != null ? new ConsoleSteps(true) : steps;
        try (Steps.Step step = shown.begin("writing of the trace", current.length())) {
            if (out == null) {
                TraceFile.write(System.out, trace, unit(), step::advance);
            } else {
                TraceFile.write(out, trace, unit(), step::advance);
            }
        }
        return 0;
    }

    /** Unit of the currents of the model. */
    private Unit unit() {
        return ModelOption.isNeuron(model) ? Unit.UA_PER_CM2 : ModelOption.unit(ModelOption.network(model).card());
    }

    private CurrentTrace read(Steps steps) {
        try (Steps.Step step = steps.begin("reading of " + source.current, source.current.toFile().length())) {
            return CurrentFile.read(source.current, unit(), step::advance);
        }
    }

    private CurrentTrace drawn(Steps steps) {
        List<CurrentTrace> sequences;
        try (Steps.Step step = steps.begin("reading of " + source.protocol, 1)) {
            sequences = Protocol.read(source.protocol).sequences();
            step.advance(1);
        }
        if (sequence < 0 || sequence >= sequences.size()) {
            throw new InputException("--sequence is " + sequence + "; allowed: 0 to " + (sequences.size() - 1));
        }
        return sequences.get(sequence);
    }

    /** Holds each value of the current over several finer samples. */
    private CurrentTrace refine(CurrentTrace current) {
        if (dt == null) {
            return current;
        }
        double ratio = current.dtMs() / dt;
        long factor = Math.round(ratio);
        if (!(dt > 0) || factor < 1 || Math.abs(ratio - factor) > 1e-6 * factor
                || factor * (double) current.length() > 100_000_000) {
            throw new InputException("--dt is " + dt + "; allowed: " + current.dtMs()
                    + " ms, the step of the current, or a whole part of it");
        }
        double[] fine = new double[(int) (factor * current.length())];
        for (int i = 0; i < fine.length; i++) {
            fine[i] = current.currentUaPerCm2()[(int) (i / factor)];
        }
        return new CurrentTrace(dt, fine, current.startMs());
    }
}

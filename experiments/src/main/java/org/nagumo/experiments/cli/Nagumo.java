package org.nagumo.experiments.cli;

import java.util.Locale;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.simulate.DivergenceException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: one command with a subcommand for each task. */
@Command(name = "nagumo", description = "A biophysical neuron as a recurrent network of two units.",
        mixinStandardHelpOptions = true, versionProvider = Nagumo.Version.class, synopsisSubcommandLabel = "COMMAND",
        subcommands = {Reproduce.class, Generate.class, Train.class, Evaluate.class, Simulate.class,
            MakeRecording.class, Spikes.class, Portrait.class, Bifurcation.class, Export.class, Benchmark.class,
            Notebook.class})
public final class Nagumo implements Runnable {

    /** Wrong usage or bad input. */
    static final int BAD_INPUT = 2;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** Runs the program and exits with its code. */
    public static void main(String[] args) {
        System.exit(execute(new Nagumo(), args));
    }

    /**
     * Runs a command as it is typed after {@code ./nagumo}, from a program or a notebook.
     *
     * @return the exit code: 0 on success, 2 for wrong usage or bad input, 1 for a failure
     */
    public static int run(String... args) {
        return execute(new Nagumo(), args);
    }

    /** Runs one command: exit code 0 on success, 2 for wrong usage or bad input, 1 for a failure. */
    static int execute(Object command, String... args) {
        Locale.setDefault(Locale.ROOT);
        CommandLine line = new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((e, arguments) -> {
            e.getCommandLine().getErr().println(oneLine(e));
            return BAD_INPUT;
        });
        line.setExecutionExceptionHandler((e, commandLine, result) -> {
            boolean theirs = e instanceof InputException || e instanceof IllegalArgumentException
                    || e instanceof DivergenceException;
            commandLine.getErr().println(theirs ? e.getMessage() : "failed: " + e);
            if (!theirs) {
                e.printStackTrace(commandLine.getErr());
            }
            return theirs ? BAD_INPUT : 1;
        });
        return line.execute(args);
    }

    private static String oneLine(CommandLine.ParameterException e) {
        CommandLine line = e.getCommandLine();
        String message = e.getMessage().replace('\n', ' ');
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched && !line.getSubcommands().isEmpty()
                && !unmatched.getUnmatched().get(0).startsWith("-")) {
            return "nagumo: there is no command '" + unmatched.getUnmatched().get(0) + "'; allowed: "
                    + line.getSubcommands().keySet();
        }
        return line.getCommandSpec().qualifiedName() + ": " + message + "; allowed: see '"
                + line.getCommandSpec().qualifiedName() + " --help'";
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing: "
                + spec.subcommands().keySet());
    }

    /** The version of the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Nagumo.class.getPackage().getImplementationVersion();
            return new String[] {"nagumo " + (version == null ? "development" : version)};
        }
    }
}

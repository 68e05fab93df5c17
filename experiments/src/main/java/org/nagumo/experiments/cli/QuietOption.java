package org.nagumo.experiments.cli;

import org.nagumo.experiments.reproduce.Steps;
import picocli.CommandLine.Option;

/** Whether progress is shown. */
final class QuietOption {

    @Option(names = "--quiet", description = "Shows no progress.")
    private boolean quiet;

    boolean quiet() {
        return quiet;
    }

    /** Where progress is shown. */
    Steps steps() {
        return steps(true);
    }

    /** Where progress is shown, if it {@code may} be. */
    Steps steps(boolean may) {
        return new ConsoleSteps(quiet || !may);
    }
}

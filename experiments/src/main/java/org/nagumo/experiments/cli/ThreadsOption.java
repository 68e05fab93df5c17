package org.nagumo.experiments.cli;

import org.nagumo.datagen.io.InputException;
import picocli.CommandLine.Option;

/** How many threads work. */
final class ThreadsOption {

    @Option(names = "--threads", paramLabel = "N", description = "Worker threads (default: all cores); the results do"
            + " not depend on them.")
    private int threads = Runtime.getRuntime().availableProcessors();

    int threads() {
        if (threads < 1) {
            throw new InputException("--threads is " + threads + "; allowed: at least 1");
        }
        return threads;
    }
}

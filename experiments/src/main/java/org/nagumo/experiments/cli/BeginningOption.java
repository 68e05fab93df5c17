package org.nagumo.experiments.cli;

import org.nagumo.datagen.io.Beginning;
import org.nagumo.datagen.io.InputException;
import picocli.CommandLine.Option;

/** What becomes of an earlier run in the folder of the results. */
final class BeginningOption {

    @Option(names = "--resume", description = "Goes on with an interrupted run: the results are the same, to the last"
            + " bit. A finished run is left as it is.")
    private boolean resume;

    @Option(names = "--overwrite", description = "Begins anew where there is an earlier run, which is replaced.")
    private boolean overwrite;

    Beginning beginning() {
        if (resume && overwrite) {
            throw new InputException("--resume with --overwrite; allowed: one of them");
        }
        return resume ? Beginning.RESUME : overwrite ? Beginning.OVERWRITE : Beginning.NEW;
    }
}

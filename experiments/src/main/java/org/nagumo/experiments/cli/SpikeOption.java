package org.nagumo.experiments.cli;

import org.nagumo.datagen.io.InputException;
import org.nagumo.experiments.spikes.SpikeCriterion;
import picocli.CommandLine.Option;

/** What counts as a spike in a trace. */
final class SpikeOption {

    @Option(names = "--threshold", paramLabel = "MV", defaultValue = "0", showDefaultValue =
            picocli.CommandLine.Help.Visibility.ALWAYS, description = "Potential whose crossing makes a spike.")
    private double thresholdMv;

    @Option(names = "--downward", description = "Spikes cross it from above, as in FitzHugh's sign convention.")
    private boolean downward;

    SpikeCriterion criterion() {
        if (!Double.isFinite(thresholdMv)) {
            throw new InputException("--threshold is " + thresholdMv + "; allowed: finite numbers");
        }
        return new SpikeCriterion(thresholdMv, downward, SpikeCriterion.MEMBRANE.lastTroughMs());
    }
}

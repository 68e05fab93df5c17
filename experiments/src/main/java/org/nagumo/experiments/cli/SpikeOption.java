package org.nagumo.experiments.cli;

import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.experiments.network.RecordedData;
import org.nagumo.experiments.spikes.SpikeCriterion;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** What counts as a spike in a trace. */
final class SpikeOption {

    /** A trace that stays within it has no membrane's potential in mV: its neuron is dimensionless. */
    private static final double DIMENSIONLESS = 10;

    /** Thresholds below it are of models whose potentials may stay as small as a membrane's in volts. */
    private static final double VOLT_LIKE = 1;

    /** Part of the range of a dimensionless trace by which a spike has to fall; 10 mV of a membrane's 100. */
    private static final double REARM_PART = 0.1;

    @Option(names = "--threshold", paramLabel = "MV", defaultValue = "0", showDefaultValue = Visibility.ALWAYS,
            description = "Potential whose crossing starts a spike.")
    private double thresholdMv;

    @Option(names = "--rearm", paramLabel = "MV", description = "How far below the threshold the potential has to fall"
            + " before the next spike can start (default: 10, or a tenth of the trace's range where it stays within"
            + " +-10, as in dimensionless models).")
    private Double rearmMv;

    @Option(names = "--least-width", paramLabel = "MS", defaultValue = "0", showDefaultValue = Visibility.ALWAYS,
            description = "Leaves out spikes, such as artefacts, that are shorter than this at the re-arm level.")
    private double leastWidthMs;

    @Option(names = "--downward", description = "Spikes cross it from above, as in FitzHugh's sign convention.")
    private boolean downward;

    @Option(names = "--threshold-of", paramLabel = "MODEL", description = "Takes threshold and re-arm level from the"
            + " card of a network that was trained on recordings.")
    private String network;

    /** Whether nothing was asked for: spikes are as in neurons with units. */
    boolean standard() {
        return network == null && thresholdMv == 0 && rearmMv == null && leastWidthMs == 0 && !downward;
    }

    /** Whether the threshold is one of a model without units, whose potentials may look like volts. */
    boolean dimensionless() {
        return thresholdMv != 0 && Math.abs(thresholdMv) < VOLT_LIKE;
    }

    /** The criterion for recordings of a membrane. */
    SpikeCriterion criterion() {
        return criterion(SpikeCriterion.MEMBRANE.rearmMv());
    }

    /** The criterion for a trace. */
    SpikeCriterion criterion(Trace trace) {
        return criterion(rearm(trace, SpikeCriterion.MEMBRANE.rearmMv()));
    }

    private SpikeCriterion criterion(double usualRearmMv) {
        SpikeCriterion usual = SpikeCriterion.MEMBRANE;
        if (!Double.isFinite(thresholdMv)) {
            throw new InputException("--threshold is " + thresholdMv + "; allowed: finite numbers");
        }
        if (rearmMv != null && !(rearmMv > 0 && Double.isFinite(rearmMv))) {
            throw new InputException("--rearm is " + rearmMv + "; allowed: a positive number of mV");
        }
        if (!(leastWidthMs >= 0 && Double.isFinite(leastWidthMs))) {
            throw new InputException("--least-width is " + leastWidthMs + "; allowed: 0 or a positive number of ms");
        }
        if (network != null) {
            if (thresholdMv != 0 || downward) {
                throw new InputException("--threshold-of " + network + " with " + (downward ? "--downward"
                        : "--threshold") + "; allowed: one of them");
            }
            RecordedData recorded = ModelOption.network(network).card().recorded();
            if (recorded == null) {
                throw new InputException(network + ": its card has no spike threshold; allowed: a network that was"
                        + " trained on recordings");
            }
            SpikeCriterion own = recorded.criterion();
            return new SpikeCriterion(own.thresholdMv(), false, rearmMv != null ? rearmMv : own.rearmMv(),
                    own.averageMs(), leastWidthMs);
        }
        return new SpikeCriterion(thresholdMv, downward, rearmMv != null ? rearmMv : usualRearmMv,
                usual.averageMs(), leastWidthMs);
    }

    private static double rearm(Trace trace, double usual) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double v : trace.voltageMv()) {
            low = Math.min(low, v);
            high = Math.max(high, v);
        }
        return high > low && -low < DIMENSIONLESS && high < DIMENSIONLESS ? REARM_PART * (high - low) : usual;
    }
}

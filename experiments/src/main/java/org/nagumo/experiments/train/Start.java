package org.nagumo.experiments.train;

import org.nagumo.experiments.configuration.Described;
import org.nagumo.experiments.configuration.Range;

/**
 * How random networks begin: the encoder gives the states of all units but the first, the voltage's, a size drawn from
 * here, and all gates and the other candidates read them through weights that are divided by it, so that they read them
 * with the same strength. A state of size 1 varies as much as the voltage. Small states use the straight part of their
 * own hyperbolic tangents, while gates may follow them steeply.
 *
 * @param leastSize smallest size; drawn evenly on a logarithmic scale
 * @param mostSize  largest size
 */
public record Start(
        @Described("smallest size of the states of all units but the first: positive") double leastSize,
        @Described("largest size: at least least_size") double mostSize) {

    static final Start STANDARD = new Start(0.5, 1.3);

    public Start {
        Range.positive("leastSize", leastSize);
        Range.check("mostSize", mostSize, mostSize >= leastSize, "from leastSize, " + leastSize + ", on");
    }
}

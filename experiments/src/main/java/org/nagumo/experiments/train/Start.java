package org.nagumo.experiments.train;

import org.nagumo.experiments.configuration.Described;
import org.nagumo.experiments.configuration.Range;

/**
 * How random networks begin where a plan says so: the encoder gives the states of all units but the first, the voltage's, a
 * size drawn from here, and all gates and the other candidates read them through weights that are divided by it, so that
 * they read them with the same strength. Small states use the straight part of their own hyperbolic tangents, while gates
 * may follow them steeply. From three units on, the states also begin apart, as mixtures of their own of the neuron's
 * recovery variables, and slow, with time constants from 0.5 to 4 ms: of those that begin alike or fast most end as
 * functions of the others, and the network on a surface of two dimensions.
 *
 * @param leastSize smallest size; drawn evenly on a logarithmic scale
 * @param mostSize  largest size
 */
public record Start(
        @Described("smallest size of the states of all units but the first: positive") double leastSize,
        @Described("largest size: above least_size") double mostSize) {

    static final Start STANDARD = new Start(0.08, 0.5);

    public Start {
        Range.positive("leastSize", leastSize);
        Range.check("mostSize", mostSize, mostSize > leastSize, "above leastSize, " + leastSize);
    }
}

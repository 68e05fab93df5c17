package org.nagumo.experiments.train;

import org.nagumo.experiments.configuration.Described;
import org.nagumo.experiments.configuration.Range;

/**
 * How much samples count. The flanks of a spike count less, where a small shift in time is a large error: with D the
 * largest scaled |dv/dt| per ms within the reach, a sample has the weight e^2 / (e^2 + (s D)^2), e the error and s the
 * shift that are tolerated. Where the potential is still for longer, samples may count more, for the oscillations that
 * decide where a rest loses its stability are small: with D' the largest slope within the longer reach, the weight is
 * multiplied by 1 + still q^2 / (q^2 + D'^2), q the slope of what is still.
 */
public record SampleWeights(
        @Described("error that is tolerated, in scaled voltage: positive") double toleratedError,
        @Described("shift in time that is tolerated, in ms: 0 weighs all samples alike") double toleratedShiftMs,
        @Described("how far around a sample its slope is looked for, in ms") double reachMs,
        @Described("how much more samples count where the potential is still: 0 and more") double stillWeight,
        @Described("slope of a still potential, in scaled voltage per ms: positive") double stillSlope,
        @Described("how far around a sample the potential must be still, in ms") double stillReachMs) {

    static final SampleWeights STANDARD = new SampleWeights(0.03, 0.06, 0.3, 0, 0.03, 8);

    public SampleWeights {
        Range.positive("toleratedError", toleratedError);
        Range.notNegative("toleratedShiftMs", toleratedShiftMs);
        Range.notNegative("reachMs", reachMs);
        Range.notNegative("stillWeight", stillWeight);
        Range.positive("stillSlope", stillSlope);
        Range.notNegative("stillReachMs", stillReachMs);
    }

    /**
     * The weights of samples.
     *
     * @param v    scaled voltages; not modified
     * @param dtMs time between samples in ms
     */
    double[] of(double[] v, double dtMs) {
        double[] slope = new double[v.length];
        for (int i = 1; i < v.length - 1; i++) {
            slope[i] = Math.abs(v[i + 1] - v[i - 1]) / (2 * dtMs);
        }
        double[] weights = new double[v.length];
        int reach = (int) Math.round(reachMs / dtMs);
        int stillReach = (int) Math.round(stillReachMs / dtMs);
        for (int i = 0; i < v.length; i++) {
            weights[i] = share(toleratedError, toleratedShiftMs * fastest(slope, i, reach));
            if (stillWeight > 0) {
                weights[i] *= 1 + stillWeight * share(stillSlope, fastest(slope, i, stillReach));
            }
        }
        return weights;
    }

    private static double share(double tolerated, double found) {
        return tolerated * tolerated / (tolerated * tolerated + found * found);
    }

    private static double fastest(double[] slope, int at, int reach) {
        double fastest = 0;
        for (int j = Math.max(0, at - reach); j <= Math.min(slope.length - 1, at + reach); j++) {
            fastest = Math.max(fastest, slope[j]);
        }
        return fastest;
    }
}

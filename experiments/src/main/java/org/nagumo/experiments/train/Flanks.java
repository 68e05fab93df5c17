package org.nagumo.experiments.train;

import org.nagumo.experiments.configuration.Described;
import org.nagumo.experiments.configuration.Range;

/**
 * How much less the flanks of a spike count, where a small shift in time is a large error. With D the largest scaled
 * |dv/dt| per ms within the reach, a sample has the weight e^2 / (e^2 + (s D)^2), e the error and s the shift that are
 * tolerated.
 */
public record Flanks(
        @Described("error that is tolerated, in scaled voltage: positive") double toleratedError,
        @Described("shift in time that is tolerated, in ms: 0 weighs all samples alike") double toleratedShiftMs,
        @Described("how far around a sample its slope is looked for, in ms") double reachMs) {

    static final Flanks STANDARD = new Flanks(0.03, 0.06, 0.3);

    public Flanks {
        Range.positive("toleratedError", toleratedError);
        Range.notNegative("toleratedShiftMs", toleratedShiftMs);
        Range.notNegative("reachMs", reachMs);
    }

    /**
     * The weights of samples.
     *
     * @param v    scaled voltages; not modified
     * @param dtMs time between samples in ms
     */
    double[] weights(double[] v, double dtMs) {
        double[] weights = new double[v.length];
        int reach = (int) Math.round(reachMs / dtMs);
        double square = toleratedError * toleratedError;
        for (int i = 0; i < v.length; i++) {
            double fastest = 0;
            for (int j = Math.max(1, i - reach); j <= Math.min(v.length - 2, i + reach); j++) {
                fastest = Math.max(fastest, Math.abs(v[j + 1] - v[j - 1]) / (2 * dtMs));
            }
            double shift = toleratedShiftMs * fastest;
            weights[i] = square / (square + shift * shift);
        }
        return weights;
    }
}

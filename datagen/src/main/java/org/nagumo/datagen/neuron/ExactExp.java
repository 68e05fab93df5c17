package org.nagumo.datagen.neuron;

/**
 * The exponential function from additions and multiplications alone, so that a simulation has the same bits on every
 * machine; the intrinsics behind {@link Math#exp} do not promise that. Relative error below 1e-15 between -700
 * and 700.
 */
final class ExactExp {

    private static final double LOG2_E = 1.4426950408889634;
    private static final double LN2_HIGH = 6.93147180369123816490e-01;
    private static final double LN2_LOW = 1.90821492927058770002e-10;

    /** Adding and subtracting it rounds to the nearest integer. */
    private static final double ROUND = 6755399441055744.0;

    private ExactExp() {
    }

    /** e^x: exp(x) = 2^k exp(r) with |r| at most ln(2) / 2 and a Taylor polynomial of order 13. */
    static double exp(double x) {
        if (!(x > -700 && x < 700)) {
            return StrictMath.exp(x);
        }
        double k = x * LOG2_E + ROUND - ROUND;
        double r = x - k * LN2_HIGH - k * LN2_LOW;
        double p = 1.0 / 6227020800.0;
        p = p * r + 1.0 / 479001600.0;
        p = p * r + 1.0 / 39916800.0;
        p = p * r + 1.0 / 3628800.0;
        p = p * r + 1.0 / 362880.0;
        p = p * r + 1.0 / 40320.0;
        p = p * r + 1.0 / 5040.0;
        p = p * r + 1.0 / 720.0;
        p = p * r + 1.0 / 120.0;
        p = p * r + 1.0 / 24.0;
        p = p * r + 1.0 / 6.0;
        p = p * r + 0.5;
        p = p * r + 1.0;
        p = p * r + 1.0;
        return p * Double.longBitsToDouble((long) (k + 1023) << 52);
    }
}

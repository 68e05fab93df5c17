package org.nagumo.datagen.neuron;

import static org.nagumo.datagen.neuron.ExactExp.exp;

import org.nagumo.core.interval.Jet;

/**
 * The six rate functions of Hodgkin and Huxley (1952), J. Physiol. 117:500-544, equations 12, 13, 20, 21, 23 and 24,
 * with the potential turned round and shifted so that the rest lies at -65 mV; per ms at 6.3 C, V in mV.
 *
 * <p>Five of the six contain powers of one exponential, {@code q = e^(-(V + 65) / 80)}. Whoever needs several rates at
 * one potential computes q once and passes its 4th and 8th power: two exponentials instead of six.
 */
final class HodgkinHuxleyRates {

    private static final double E = Math.E;
    private static final double E_2_5 = 12.182493960703473;
    private static final double E_3 = 20.085536923187668;

    private HodgkinHuxleyRates() {
    }

    /** q = e^(-(V + 65) / 80). */
    static double q(double v) {
        return exp(-(v + 65) / 80);
    }

    static double power4(double q) {
        double square = q * q;
        return square * square;
    }

    private static double q8(double v) {
        double q4 = power4(q(v));
        return q4 * q4;
    }

    static double alphaM(double v) {
        return alphaM(v, q8(v));
    }

    static double alphaM(double v, double q8) {
        return linoid((v + 40) / 10, q8 * E_2_5);
    }

    static double betaM(double v) {
        return 4 * exp(-(v + 65) / 18);
    }

    static double alphaH(double v) {
        return 0.07 * power4(q(v));
    }

    static double betaH(double v) {
        return betaHOf(q8(v));
    }

    static double betaHOf(double q8) {
        return 1 / (1 + q8 * E_3);
    }

    static double alphaN(double v) {
        return alphaN(v, q8(v));
    }

    static double alphaN(double v, double q8) {
        return 0.1 * linoid((v + 55) / 10, q8 * E);
    }

    static double betaN(double v) {
        return 0.125 * q(v);
    }

    static double alphaMSlope(double v) {
        return linoidSlope((v + 40) / 10) / 10;
    }

    static double betaMSlope(double v) {
        return -betaM(v) / 18;
    }

    static double alphaHSlope(double v) {
        return -alphaH(v) / 20;
    }

    static double betaHSlope(double v) {
        double b = betaH(v);
        return b * (1 - b) / 10;
    }

    static double alphaNSlope(double v) {
        return 0.01 * linoidSlope((v + 55) / 10);
    }

    static double betaNSlope(double v) {
        return -betaN(v) / 80;
    }

    static Jet alphaM(Jet v) {
        return v.plus(40).over(10).linoid();
    }

    static Jet betaM(Jet v) {
        return v.plus(65).over(-18).exp().times(4);
    }

    static Jet alphaH(Jet v) {
        return v.plus(65).over(-20).exp().times(0.07);
    }

    static Jet betaH(Jet v) {
        return v.plus(35).over(10).sigmoid();
    }

    static Jet alphaN(Jet v) {
        return v.plus(55).over(10).linoid().times(0.1);
    }

    static Jet betaN(Jet v) {
        return v.plus(65).over(-80).exp().times(0.125);
    }

    /**
     * x / (1 - e^-x); its removable singularity by the Taylor series 1 + x/2 + x^2/12 - x^4/720.
     *
     * @param e the exponential e^-x
     */
    private static double linoid(double x, double e) {
        if (Math.abs(x) < 1e-2) {
            return 1 + x / 2 + x * x / 12 - x * x * x * x / 720;
        }
        return x / (1 - e);
    }

    private static double linoidSlope(double x) {
        if (Math.abs(x) < 1e-2) {
            return 0.5 + x / 6 - x * x * x / 180;
        }
        double e = exp(-x);
        double q = 1 - e;
        return (q - x * e) / (q * q);
    }
}

package org.nagumo.datagen.neuron;

import static org.nagumo.datagen.neuron.ExactExp.exp;

/**
 * The six rate functions of Hodgkin and Huxley (1952), J. Physiol. 117:500-544, equations 12, 13, 20, 21, 23 and 24,
 * with the potential turned round and shifted so that the rest lies at -65 mV; per ms at 6.3 C, V in mV.
 */
final class HodgkinHuxleyRates {

    private HodgkinHuxleyRates() {
    }

    static double alphaM(double v) {
        return linoid((v + 40) / 10);
    }

    static double betaM(double v) {
        return 4 * exp(-(v + 65) / 18);
    }

    static double alphaH(double v) {
        return 0.07 * exp(-(v + 65) / 20);
    }

    static double betaH(double v) {
        return 1 / (1 + exp(-(v + 35) / 10));
    }

    static double alphaN(double v) {
        return 0.1 * linoid((v + 55) / 10);
    }

    static double betaN(double v) {
        return 0.125 * exp(-(v + 65) / 80);
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

    /** x / (1 - e^-x); its removable singularity by the Taylor series 1 + x/2 + x^2/12 - x^4/720. */
    private static double linoid(double x) {
        if (Math.abs(x) < 1e-2) {
            return 1 + x / 2 + x * x / 12 - x * x * x * x / 720;
        }
        return x / (1 - exp(-x));
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

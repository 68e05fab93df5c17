package org.nagumo.datagen.neuron;

import java.util.Arrays;

/**
 * {@link HodgkinHuxley} for many states at once. One small loop for each quantity, all arrays indexed alike and no
 * branch inside, so that the compiler turns them into vector instructions; additions, multiplications and divisions
 * alone, which have the same bits on every machine. Two exponentials serve all six rates:
 * {@code q = e^(-(V + 65) / 80)} and its powers, and beta_m.
 */
final class HodgkinHuxleyBatch implements NeuronBatch {

    private static final double E_2_5 = 12.182493960703473;
    private static final double E_3 = 20.085536923187668;

    /**
     * Makes 0 / 0 the limit 1 of x / (1 - e^-x) at x = 0. The rate is off by 2e-14 / |x| near there, by rounding, and
     * by no more than 1 % within 1e-11 mV of it.
     */
    private static final double TINY = 1e-24;

    private final SquidMembrane membrane;
    private final double[] q;
    private final double[] betaM;
    private final double[] zero;
    private final double[] one;
    private final double[] atZero;

    HodgkinHuxleyBatch(SquidMembrane membrane, int lanes) {
        this.membrane = membrane;
        q = new double[lanes];
        betaM = new double[lanes];
        zero = new double[lanes];
        one = new double[lanes];
        Arrays.fill(one, 1);
        atZero = new double[lanes];
    }

    @Override
    public void derivatives(int lanes, double[][] states, double[] currents, double[][] derivatives) {
        exponentials(lanes, states[0]);
        sodiumActivation(lanes, membrane.speed(), states[0], q, betaM, states[1], derivatives[1]);
        sodiumInactivation(lanes, membrane.speed(), q, states[2], derivatives[2]);
        potassiumActivation(lanes, membrane.speed(), states[0], q, states[3], derivatives[3]);
        double c = 1 / membrane.capacitance();
        ionic(lanes, c * membrane.gNa(), membrane.eNa(), c * membrane.gK(), membrane.eK(), states[0], states[1],
                states[2], states[3], derivatives[0]);
        injected(lanes, c, c * membrane.gL(), membrane.eL(), states[0], currents, derivatives[0]);
    }

    @Override
    public void relaxationRates(int lanes, double[][] states, double[] currents, double[][] rates) {
        // A gate's equation is linear in the gate: f(0) - f(1) is its rate.
        exponentials(lanes, states[0]);
        sodiumActivation(lanes, membrane.speed(), states[0], q, betaM, one, rates[1]);
        sodiumActivation(lanes, membrane.speed(), states[0], q, betaM, zero, atZero);
        subtract(lanes, atZero, rates[1]);
        sodiumInactivation(lanes, membrane.speed(), q, one, rates[2]);
        sodiumInactivation(lanes, membrane.speed(), q, zero, atZero);
        subtract(lanes, atZero, rates[2]);
        potassiumActivation(lanes, membrane.speed(), states[0], q, one, rates[3]);
        potassiumActivation(lanes, membrane.speed(), states[0], q, zero, atZero);
        subtract(lanes, atZero, rates[3]);
        double c = 1 / membrane.capacitance();
        conductance(lanes, c * membrane.gNa(), c * membrane.gK(), c * membrane.gL(), states[1], states[2], states[3],
                rates[0]);
    }

    private void exponentials(int lanes, double[] v) {
        q(lanes, v, q);
        betaM(lanes, v, betaM);
    }

    /** By the Taylor polynomial of order 8 at a sixteenth, squared four times. */
    private static void q(int lanes, double[] v, double[] q) {
        for (int i = 0; i < lanes; i++) {
            double p = taylor((v[i] + 65) * (-1.0 / 1280));
            p = p * p;
            p = p * p;
            p = p * p;
            q[i] = p * p;
        }
    }

    /** 4 e^(-(V + 65) / 18), by the polynomial at a 64th, squared six times. */
    private static void betaM(int lanes, double[] v, double[] betaM) {
        for (int i = 0; i < lanes; i++) {
            double p = taylor((v[i] + 65) * (-1.0 / 1152));
            p = p * p;
            p = p * p;
            p = p * p;
            p = p * p;
            p = p * p;
            betaM[i] = 4 * (p * p);
        }
    }

    /**
     * e^r, such that both exponentials are good to 1e-13 between -170 and 80 mV and to 1e-9 between -330 and 250 mV.
     * Beyond 1.2 V the argument stays where it is: above, the exponentials no longer count, and below, the sodium gate
     * is too fast for any step.
     */
    private static double taylor(double r) {
        return 1 + r * (1 + r * (1.0 / 2 + r * (1.0 / 6 + r * (1.0 / 24 + r * (1.0 / 120
                + r * (1.0 / 720 + r * (1.0 / 5040 + r * (1.0 / 40320))))))));
    }

    private static void sodiumActivation(int lanes, double speed, double[] v, double[] q, double[] betaM, double[] m,
            double[] derivative) {
        for (int i = 0; i < lanes; i++) {
            double e = q[i];
            e = e * e;
            e = e * e;
            double d = 1 - e * e * E_2_5;
            double alpha = ((v[i] + 40) * 0.1 * d + TINY) / (d * d + TINY);
            derivative[i] = speed * (alpha - (alpha + betaM[i]) * m[i]);
        }
    }

    private static void sodiumInactivation(int lanes, double speed, double[] q, double[] h, double[] derivative) {
        for (int i = 0; i < lanes; i++) {
            double e = q[i];
            e = e * e;
            e = e * e;
            double alpha = 0.07 * e;
            double beta = 1 / (1 + e * e * E_3);
            derivative[i] = speed * (alpha - (alpha + beta) * h[i]);
        }
    }

    private static void potassiumActivation(int lanes, double speed, double[] v, double[] q, double[] n,
            double[] derivative) {
        for (int i = 0; i < lanes; i++) {
            double e = q[i];
            double beta = 0.125 * e;
            e = e * e;
            e = e * e;
            double d = 1 - e * e * Math.E;
            double alpha = 0.1 * (((v[i] + 55) * 0.1 * d + TINY) / (d * d + TINY));
            derivative[i] = speed * (alpha - (alpha + beta) * n[i]);
        }
    }

    private static void ionic(int lanes, double gNa, double eNa, double gK, double eK, double[] v, double[] m,
            double[] h, double[] n, double[] derivative) {
        for (int i = 0; i < lanes; i++) {
            double n2 = n[i] * n[i];
            derivative[i] = -(gNa * (m[i] * m[i] * m[i] * h[i]) * (v[i] - eNa)) - gK * (n2 * n2) * (v[i] - eK);
        }
    }

    private static void injected(int lanes, double perCapacitance, double gL, double eL, double[] v, double[] current,
            double[] derivative) {
        for (int i = 0; i < lanes; i++) {
            derivative[i] += perCapacitance * current[i] - gL * (v[i] - eL);
        }
    }

    private static void conductance(int lanes, double gNa, double gK, double gL, double[] m, double[] h, double[] n,
            double[] rate) {
        for (int i = 0; i < lanes; i++) {
            double n2 = n[i] * n[i];
            rate[i] = gNa * (m[i] * m[i] * m[i] * h[i]) + gK * (n2 * n2) + gL;
        }
    }

    /** b = a - b. */
    private static void subtract(int lanes, double[] a, double[] b) {
        for (int i = 0; i < lanes; i++) {
            b[i] = a[i] - b[i];
        }
    }
}

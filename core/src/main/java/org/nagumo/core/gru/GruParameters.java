package org.nagumo.core.gru;

/** Keys of the layer's parameters, the same in every view. */
public final class GruParameters {

    /** Input weights {@code [nIn, 3H]}, column blocks z, r, candidate. */
    public static final String WEIGHTS = "W";

    /** Recurrent weights {@code [H, 3H]}, column blocks z, r, candidate. */
    public static final String RECURRENT_WEIGHTS = "RW";

    /** Biases {@code [3H]}, blocks z, r, candidate. */
    public static final String BIAS = "b";

    /** Natural logarithm of each unit's time constant in ms, {@code [H]}; a parameter only when it is learned. */
    public static final String LOG_TAU = "logTau";

    private GruParameters() {
    }

    /**
     * Checks a time step and time constants and spreads a single constant over all units.
     *
     * @return one time constant for each unit
     * @throws IllegalArgumentException naming the argument, the value and what is allowed
     */
    static double[] checkedTau(String layer, double dt, double[] tau, int units) {
        if (!(dt > 0) || Double.isInfinite(dt)) {
            throw new IllegalArgumentException(layer + ": dt is " + dt + "; allowed: positive, finite numbers of ms");
        }
        if (tau.length != 1 && tau.length != units) {
            throw new IllegalArgumentException(layer + ": " + tau.length + " time constants; allowed: one, or one for"
                    + " each of the " + units + " units");
        }
        double[] all = new double[units];
        for (int j = 0; j < units; j++) {
            all[j] = tau[tau.length == 1 ? 0 : j];
            if (!(all[j] >= dt) || Double.isInfinite(all[j])) {
                throw new IllegalArgumentException(layer + ": time constant of unit " + j + " is " + all[j]
                        + " ms; allowed: finite numbers of at least dt = " + dt + " ms, above which an Euler step"
                        + " stays between state and candidate");
            }
        }
        return all;
    }
}

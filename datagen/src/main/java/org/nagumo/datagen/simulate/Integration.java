package org.nagumo.datagen.simulate;

/**
 * How the equations of a neuron are integrated between two samples, over which the current is constant.
 *
 * <p>Hodgkin and Huxley's neuron against {@link ReferenceSimulator}: largest difference of the potential at any sample
 * of 32 seconds of Ornstein-Uhlenbeck current (mean -2..10, sd 1..8 uA/cm2, tau 1..20 ms, held for 0.1 ms), bounds that
 * a test keeps:
 * <pre>
 *   adaptive                      0.00001 mV
 *   Runge-Kutta 4, 0.0125 ms      0.01 mV
 *                  0.01 ms        0.005 mV
 *                  0.005 ms       0.001 mV
 *                  0.0025 ms      0.0001 mV
 * </pre>
 * A trajectory that grazes the threshold multiplies every error. Of 512 seconds of such noise (seed 1) the adaptive
 * method is within 0.0002 mV of itself at an eighth of the step in 511, and within 0.002 mV in the one that grazes it
 * most closely. So it is there against the reference and against an extrapolation method (Gragg, Bulirsch and Stoer, at
 * a tolerance of 1e-13), which agree within 0.0001 mV. Exponential Euler shifts spikes: the last of a step of 10 uA/cm2
 * over 95 ms by up to 3 ms at a step of 0.01 ms, 0.3 at 0.001 and 0.03 at 0.0001.
 *
 * <p>A current of -30 uA/cm2 makes the sodium gate relax at several hundred per ms. The adaptive method halves its step
 * until it follows, within 0.001 mV down to -60 uA/cm2; exponential Euler follows at any step; the fixed Runge-Kutta
 * method diverges and says so.
 *
 * @param method        the formula of one step
 * @param longestStepMs longest step in ms; the step is the longest whole fraction of a sample that is no longer
 */
public record Integration(Method method, double longestStepMs) {

    /** Formulas of one step. */
    public enum Method {

        /**
         * Dormand and Prince's explicit Runge-Kutta method of order 8 with its embedded estimates of order 5 and 3
         * (Hairer, Norsett and Wanner 1993, Solving Ordinary Differential Equations I, section II.10). A step whose
         * estimated error is too large is made in two halves, each again, as often as it takes.
         */
        DORMAND_PRINCE,

        /** The classical Runge-Kutta method of order 4 (Kutta 1901) with steps of one length. */
        RUNGE_KUTTA_4,

        /**
         * Order 1, with steps of one length: every variable relaxes exponentially at its momentary rate, which is exact
         * for a gate under a constant potential (Rush and Larsen 1978, IEEE Trans. Biomed. Eng. 25:389-392).
         */
        EXPONENTIAL_EULER
    }

    /** What data sets are made with unless a protocol says otherwise. */
    public static final Integration ADAPTIVE = new Integration(Method.DORMAND_PRINCE, 0.1);

    public Integration {
        if (!(longestStepMs > 0) || Double.isInfinite(longestStepMs)) {
            throw new IllegalArgumentException("longestStepMs is " + longestStepMs
                    + "; allowed: a positive, finite number of ms");
        }
    }

    /** In words, for a manifest. */
    public String describe() {
        return switch (method) {
            case DORMAND_PRINCE -> "Dormand-Prince 8(5,3), error-controlled, step at most " + longestStepMs + " ms";
            case RUNGE_KUTTA_4 -> "Runge-Kutta 4, fixed step of at most " + longestStepMs + " ms";
            case EXPONENTIAL_EULER -> "exponential Euler, fixed step of at most " + longestStepMs + " ms";
        };
    }
}

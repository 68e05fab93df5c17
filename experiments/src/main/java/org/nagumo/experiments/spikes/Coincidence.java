package org.nagumo.experiments.spikes;

/**
 * How well a model's spikes hit a neuron's: the coincidence factor of Kistler, Gerstner and van Hemmen (1997), Neural
 * Computation 9:1015-1045, in the form of Jolivet et al. (2008),
 * <pre>
 *   Gamma = (N_coinc - 2 delta r N_data) / (0.5 (N_data + N_model)) / (1 - 2 delta r)
 * </pre>
 * r the model's rate: 1 for a hit of every spike within +-delta, 0 for what a Poisson train of the model's rate would
 * hit by chance. Spikes are matched one to one, in order of time. From 2 delta r = 1 on, chance alone hits every spike
 * and the factor is undefined.
 */
public final class Coincidence {

    /** The usual precision of a coincidence in ms. */
    public static final double DELTA_MS = 2;

    /** Card of {@link #factor(double[], double[], double, double)}. */
    public static final StatisticCard FACTOR = new StatisticCard("coincidence_factor", "coincidence factor",
            "share of spikes that the model hits within delta = 2 ms, one to one, above what chance hits; 1 when both"
                    + " are silent; undefined from 2 delta r = 1 on, a model of 250 Hz and more",
            "1", "(N_coinc - 2 delta r N_data) / (0.5 (N_data + N_model)) / (1 - 2 delta r), r = N_model / T",
            "Kistler, Gerstner and van Hemmen 1997, Neural Computation 9:1015-1045");

    private Coincidence() {
    }

    /**
     * The factor at the usual precision.
     *
     * @param data       the neuron's spike times in ms, ascending
     * @param model      the model's spike times in ms, ascending
     * @param durationMs length of the trial
     * @return the factor, at most 1; 1 when both are silent; NaN when 2 delta r is 1 or more
     */
    public static double factor(double[] data, double[] model, double durationMs) {
        return factor(data, model, durationMs, DELTA_MS);
    }

    /**
     * The factor at another precision.
     *
     * @param data       the neuron's spike times in ms, ascending
     * @param model      the model's spike times in ms, ascending
     * @param durationMs length of the trial
     * @param deltaMs    largest distance in ms of two spikes that coincide
     * @return the factor, at most 1; 1 when both are silent; NaN when 2 delta r is 1 or more
     */
    public static double factor(double[] data, double[] model, double durationMs, double deltaMs) {
        if (data.length + model.length == 0) {
            return 1;
        }
        double chance = 2 * deltaMs * model.length / durationMs;
        if (chance >= 1) {
            return Double.NaN;
        }
        double hits = hits(data, model, deltaMs) - chance * data.length;
        return Math.min(1, hits / (0.5 * (data.length + model.length)) / (1 - chance));
    }

    /** Number of one-to-one matches within the precision: the largest there is, found greedily on sorted times. */
    private static int hits(double[] data, double[] model, double deltaMs) {
        int hits = 0;
        int j = 0;
        for (double t : data) {
            while (j < model.length && model[j] < t - deltaMs) {
                j++;
            }
            if (j < model.length && model[j] <= t + deltaMs) {
                hits++;
                j++;
            }
        }
        return hits;
    }
}

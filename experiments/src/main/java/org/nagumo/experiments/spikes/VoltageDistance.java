package org.nagumo.experiments.spikes;

import java.util.List;
import org.nagumo.datagen.simulate.Trace;

/**
 * How far two membrane potentials are apart where neither spikes. Sums over several traces can be joined.
 *
 * @param squaresMv2 sum of the squared differences
 * @param samples    how many they are
 */
public record VoltageDistance(double squaresMv2, long samples) {

    /** The usual distance from any spike. */
    public static final double AWAY_MS = 5;

    /** Card of {@link #rmseMv}. */
    public static final StatisticCard RMSE = new StatisticCard("voltage_rmse_mV", "voltage RMSE away from spikes",
            "root mean square difference of the potentials at samples farther than 5 ms from any spike of either;"
                    + " undefined where there are none",
            "mV", "sqrt(mean (V_1(t) - V_2(t))^2), |t - t_k| > 5 ms for all spikes of both",
            "root mean square error; spikes, whose timing has measures of its own, are left out");

    /** The difference of nothing. */
    public static final VoltageDistance NONE = new VoltageDistance(0, 0);

    /**
     * The difference of two traces of one length and step.
     *
     * @param a       a trace
     * @param ofA     its spikes
     * @param b       another
     * @param ofB     its spikes
     * @param awayMs  distance from any spike
     */
    public static VoltageDistance of(Trace a, List<Spike> ofA, Trace b, List<Spike> ofB, double awayMs) {
        if (a.length() != b.length() || a.dtMs() != b.dtMs()) {
            throw new IllegalArgumentException("the traces have " + a.length() + " samples of " + a.dtMs() + " ms and "
                    + b.length() + " of " + b.dtMs() + " ms; allowed: the same");
        }
        boolean[] near = new boolean[a.length()];
        mark(near, ofA, a, awayMs);
        mark(near, ofB, b, awayMs);
        double sum = 0;
        long count = 0;
        for (int i = 0; i < near.length; i++) {
            if (!near[i]) {
                double error = a.voltageMv()[i] - b.voltageMv()[i];
                sum += error * error;
                count++;
            }
        }
        return new VoltageDistance(sum, count);
    }

    private static void mark(boolean[] near, List<Spike> spikes, Trace trace, double awayMs) {
        for (Spike spike : spikes) {
            double at = spike.timeMs() - trace.startMs();
            int from = (int) Math.max(0, Math.ceil((at - awayMs) / trace.dtMs()));
            int to = (int) Math.min(near.length, (at + awayMs) / trace.dtMs() + 1);
            for (int i = from; i < to; i++) {
                near[i] = true;
            }
        }
    }

    /** This and another difference as one. */
    public VoltageDistance plus(VoltageDistance other) {
        return new VoltageDistance(squaresMv2 + other.squaresMv2, samples + other.samples);
    }

    /** Root mean square difference in mV; NaN without samples. */
    public double rmseMv() {
        return samples == 0 ? Double.NaN : Math.sqrt(squaresMv2 / samples);
    }
}

package org.nagumo.experiments.spikes;

import java.util.List;

/**
 * What a statistic is, beside the code that computes it; the custom is eFEL's.
 *
 * @param key        name in JSON, which ends with the unit: {@code _ms}, {@code _mV}, {@code _hz}, or nothing for 1
 * @param name       name in words
 * @param definition what it is, in one line, and where it is not defined
 * @param unit       {@code ms}, {@code mV}, {@code Hz} or {@code 1}
 * @param formula    how it is computed, in one line
 * @param source     where it comes from
 */
public record StatisticCard(String key, String name, String definition, String unit, String formula, String source) {

    private static final List<String> UNITS = List.of("ms", "mV", "Hz", "1");

    public StatisticCard {
        for (String text : List.of(key, name, definition, unit, formula, source)) {
            if (text.isBlank() || text.contains("\n")) {
                throw new IllegalArgumentException("a text of the card '" + key + "' is '" + text
                        + "'; allowed: one line");
            }
        }
        if (!UNITS.contains(unit)) {
            throw new IllegalArgumentException("unit is '" + unit + "'; allowed: " + UNITS);
        }
        String suffix = UNITS.stream().filter(u -> key.endsWith("_" + (u.equals("Hz") ? "hz" : u))).findFirst()
                .orElse("1");
        if (!suffix.equals(unit)) {
            throw new IllegalArgumentException("key is '" + key + "' and unit '" + unit + "'; allowed: a key that ends"
                    + " with its unit");
        }
    }

    /** All cards: of single spikes, of the spikes of a trace, of two trains or traces. */
    public static List<StatisticCard> all() {
        return List.of(Spike.TIME, Spike.PEAK, Spike.TROUGH, Spike.HALF_WIDTH, Spike.WIDTH,
                SpikeStatistics.COUNT, SpikeStatistics.LATENCY, SpikeStatistics.MEAN_RATE, SpikeStatistics.STEADY_RATE,
                SpikeStatistics.INTERVALS, SpikeStatistics.ADAPTATION_INDEX, SpikeStatistics.AHP_DEPTH,
                SpikeStatistics.REBOUND_COUNT, SpikeStatistics.REBOUND_LATENCY, Coincidence.FACTOR,
                VictorPurpura.DISTANCE, VanRossum.DISTANCE, IntervalDistance.DISTANCE, VoltageDistance.RMSE);
    }
}

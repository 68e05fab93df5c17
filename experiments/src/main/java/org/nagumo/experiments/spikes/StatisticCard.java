package org.nagumo.experiments.spikes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a statistic is, beside the code that computes it; the custom is eFEL's.
 *
 * @param key        name in JSON, which ends with the unit: {@code _ms}, {@code _mV}, {@code _hz},
 *                   {@code _mV_per_ms}, {@code _kOhm_cm2}, or nothing for 1
 * @param name       name in words
 * @param definition what it is, in one line, and where it is not defined
 * @param unit       {@code ms}, {@code mV}, {@code Hz}, {@code mV/ms}, {@code kOhm cm2} or {@code 1}
 * @param formula    how it is computed, in one line
 * @param source     where it comes from
 */
public record StatisticCard(String key, String name, String definition, String unit, String formula, String source) {

    /** Units with the ends of their keys; of two that fit, the first counts. */
    private static final Map<String, String> UNITS = units();

    public StatisticCard {
        for (String text : List.of(key, name, definition, unit, formula, source)) {
            if (text.isBlank() || text.contains("\n")) {
                throw new IllegalArgumentException("a text of the card '" + key + "' is '" + text
                        + "'; allowed: one line");
            }
        }
        if (!UNITS.containsKey(unit)) {
            throw new IllegalArgumentException("unit is '" + unit + "'; allowed: " + UNITS.keySet());
        }
        String ending = UNITS.entrySet().stream().filter(u -> key.endsWith(u.getValue())).map(Map.Entry::getKey)
                .findFirst().orElse("1");
        if (!ending.equals(unit)) {
            throw new IllegalArgumentException("key is '" + key + "' and unit '" + unit + "'; allowed: a key that ends"
                    + " with its unit");
        }
    }

    private static Map<String, String> units() {
        Map<String, String> units = new LinkedHashMap<>();
        units.put("mV/ms", "_mV_per_ms");
        units.put("kOhm cm2", "_kOhm_cm2");
        units.put("ms", "_ms");
        units.put("mV", "_mV");
        units.put("Hz", "_hz");
        units.put("1", "_1");
        return units;
    }

    /** All cards: of single spikes, of the spikes of a trace, of the membrane, of two trains or traces. */
    public static List<StatisticCard> all() {
        return List.of(Spike.TIME, Spike.PEAK, Spike.TROUGH, Spike.HALF_WIDTH, Spike.WIDTH,
                SpikeStatistics.COUNT, SpikeStatistics.LATENCY, SpikeStatistics.MEAN_RATE, SpikeStatistics.STEADY_RATE,
                SpikeStatistics.INTERVALS, SpikeStatistics.ADAPTATION_INDEX, SpikeStatistics.AHP_DEPTH,
                SpikeStatistics.REBOUND_COUNT, SpikeStatistics.REBOUND_LATENCY, SpikeSlopes.THRESHOLD,
                SpikeSlopes.RISE, SpikeSlopes.FALL, PassiveProperties.INPUT_RESISTANCE,
                PassiveProperties.TIME_CONSTANT, PassiveProperties.SAG_RATIO, Coincidence.FACTOR,
                VictorPurpura.DISTANCE, VanRossum.DISTANCE, IntervalDistance.DISTANCE, VoltageDistance.RMSE);
    }
}

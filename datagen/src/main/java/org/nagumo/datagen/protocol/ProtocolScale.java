package org.nagumo.datagen.protocol;

import java.util.List;
import java.util.Map;

/**
 * The scale of a neuron on which the currents and times of a protocol's sequences are meant. A current I of a sequence is
 * injected as {@code current I} where I is positive and as {@code current hyperpolarising I} where it is negative; a time
 * t, and with it the sampling step, becomes {@code time t}. Limits of a protocol hold before.
 *
 * @param current         the neuron's current that corresponds to 1, negative where negative currents depolarise
 * @param hyperpolarising further factor of negative currents, positive
 * @param time            the neuron's time that corresponds to 1 ms, positive
 */
public record ProtocolScale(double current, double hyperpolarising, double time) {

    /** Currents and times are taken as they stand. */
    public static final ProtocolScale ONE = new ProtocolScale(1, 1, 1);

    private static final List<String> KEYS = List.of("current", "hyperpolarising", "time");

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming the field, its value and what is allowed
     */
    public ProtocolScale {
        if (current == 0 || !Double.isFinite(current)) {
            throw new IllegalArgumentException("current is " + current + "; allowed: finite, not zero");
        }
        check("hyperpolarising", hyperpolarising);
        check("time", time);
    }

    private static void check(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " is " + value + "; allowed: positive and finite");
        }
    }

    /**
     * Reads <code>{current: 14.1, hyperpolarising: 0.31, time: 8.3}</code>; what is not stated is 1.
     *
     * @param node     where it is written
     * @param mistakes receives what is wrong
     * @return the scale, or null when it is none
     */
    public static ProtocolScale read(YamlNode node, Mistakes mistakes) {
        int before = mistakes.count();
        Map<String, YamlNode> fields = node.fields(KEYS, List.of(), mistakes);
        double[] values = KEYS.stream().mapToDouble(key -> {
            Double value = fields.containsKey(key) ? mistakes.gather(() -> fields.get(key).number()) : Double.valueOf(1);
            return value == null ? 1 : value;
        }).toArray();
        if (mistakes.count() > before) {
            return null;
        }
        try {
            return new ProtocolScale(values[0], values[1], values[2]);
        } catch (IllegalArgumentException e) {
            throw fields.get(e.getMessage().split(" ", 2)[0]).fault(e.getMessage());
        }
    }

    /**
     * As {@link #read} reads it.
     *
     * @return the text in YAML
     */
    public String text() {
        return "{current: " + current + ", hyperpolarising: " + hyperpolarising + ", time: " + time + "}";
    }

    /**
     * The scale that has the same meaning where this one is the unit.
     *
     * @param other a scale in units of this one
     * @return the product
     */
    public ProtocolScale times(ProtocolScale other) {
        return new ProtocolScale(current * other.current, hyperpolarising * other.hyperpolarising, time * other.time);
    }

    /**
     * A current as it is injected.
     *
     * @param value a current of a sequence
     * @return the neuron's
     */
    double injected(double value) {
        return value * current * (value < 0 ? hyperpolarising : 1);
    }
}

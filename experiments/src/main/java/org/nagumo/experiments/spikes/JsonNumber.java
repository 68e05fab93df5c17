package org.nagumo.experiments.spikes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A measured number in JSON, where one that is not defined is null: JSON has no NaN. */
public final class JsonNumber {

    private JsonNumber() {
    }

    /**
     * Puts an array of numbers, with null where one is not finite.
     *
     * @param json   the object
     * @param key    name of the array
     * @param values the numbers
     */
    public static void put(ObjectNode json, String key, double[] values) {
        ArrayNode array = json.putArray(key);
        for (double value : values) {
            if (Double.isFinite(value)) {
                array.add(value);
            } else {
                array.addNull();
            }
        }
    }

    /** Puts a number, or null where it is not finite. */
    public static void put(ObjectNode json, String key, double value) {
        if (Double.isFinite(value)) {
            json.put(key, value);
        } else {
            json.putNull(key);
        }
    }
}

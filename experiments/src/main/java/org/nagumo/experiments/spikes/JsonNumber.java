package org.nagumo.experiments.spikes;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A measured number in JSON, where one that is not defined is null: JSON has no NaN. */
public final class JsonNumber {

    private JsonNumber() {
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

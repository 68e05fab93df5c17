package org.nagumo.datagen.simulate;

import java.util.List;

/**
 * The response of an excitable system to a current, on the current's own time grid: sample {@code i} holds the
 * state at {@code startMs + i * dtMs} and the current that is applied from then until the next sample.
 *
 * @param current    the injected current
 * @param voltageMv  membrane potential in mV, one value a sample; not copied, not to be modified
 * @param stateNames names of the further state variables, in the order of {@code states}
 * @param states     {@code states[k][i]}: variable k at sample i; not copied, not to be modified
 */
public record Trace(CurrentTrace current, double[] voltageMv, List<String> stateNames, double[][] states) {

    public Trace {
        stateNames = List.copyOf(stateNames);
        if (voltageMv.length != current.length()) {
            throw new IllegalArgumentException("voltageMv has " + voltageMv.length + " samples; allowed: as many as"
                    + " the current, " + current.length());
        }
        if (states.length != stateNames.size()) {
            throw new IllegalArgumentException("states has " + states.length + " rows; allowed: one for each of "
                    + stateNames);
        }
        for (int k = 0; k < states.length; k++) {
            if (states[k].length != current.length()) {
                throw new IllegalArgumentException("state '" + stateNames.get(k) + "' has " + states[k].length
                        + " samples; allowed: as many as the current, " + current.length());
            }
        }
    }

    /** Sampling step in ms. */
    public double dtMs() {
        return current.dtMs();
    }

    /** Time of the first sample in ms. */
    public double startMs() {
        return current.startMs();
    }

    /** Number of samples. */
    public int length() {
        return voltageMv.length;
    }
}

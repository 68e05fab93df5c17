package org.nagumo.core.gru;

import java.util.List;
import java.util.function.Supplier;

/** Keys of the layer's parameters, the same in every view. */
public final class GruParameters {

    /**
     * Input weights {@code [data inputs, 3H]}, column blocks z, r, candidate; {@code [data inputs, H]} when the
     * candidate alone sees the input.
     */
    public static final String WEIGHTS = "W";

    /** Recurrent weights {@code [H, 3H]}, column blocks z, r, candidate. */
    public static final String RECURRENT_WEIGHTS = "RW";

    /** Biases {@code [3H]}, blocks z, r, candidate. */
    public static final String BIAS = "b";

    /** Weights of the shared features, {@code [data inputs + H, F]}; a parameter only when there are any. */
    public static final String FEATURE_WEIGHTS = "FW";

    /** Biases of the shared features, {@code [F]}. */
    public static final String FEATURE_BIAS = "Fb";

    /** Weights by which the gates read the shared features, {@code [F, 3H]}, column blocks z, r, candidate. */
    public static final String FROM_FEATURES = "V";

    /** Natural logarithm of each unit's time constant in ms, {@code [H]}; a parameter only when it is learned. */
    public static final String LOG_TAU = "logTau";

    /** The state before the first step, {@code [H]}; a parameter only when it is learned. */
    public static final String INITIAL_STATE = "h0";

    private GruParameters() {
    }

    /** Keys of the weights that a layer has: what acts on weights acts on these. */
    static List<String> weightKeys(GruEquations equations) {
        return equations.features() == 0 ? List.of(WEIGHTS, RECURRENT_WEIGHTS)
                : List.of(WEIGHTS, RECURRENT_WEIGHTS, FEATURE_WEIGHTS, FROM_FEATURES);
    }

    /**
     * Keys of the biases that a layer has. Time constants and initial state are neither weights nor biases: no
     * regularisation, noise, constraint or bias updater is meant for them.
     */
    static List<String> biasKeys(GruEquations equations) {
        return equations.features() == 0 ? List.of(BIAS) : List.of(BIAS, FEATURE_BIAS);
    }

    /** The result of an action whose complaints are to name the layer. */
    static <T> T named(String layer, Supplier<T> action) {
        try {
            return action.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(layer + ": " + e.getMessage(), e);
        }
    }
}

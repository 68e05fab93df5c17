package org.nagumo.core.gru;

/** Where the state before the first step of a sequence comes from, when none is stored from an earlier call. */
public enum InitialState {

    /** Fixed values, zero unless others are set. */
    FIXED,

    /** A parameter of the layer, {@link GruParameters#INITIAL_STATE}, which begins at the fixed values. */
    LEARNED,

    /**
     * Given with each example: the last H channels of the layer's input at the first step, with gradients back to them.
     * In a {@code ComputationGraph}, a second input {@code h0} of shape {@code [minibatch, H]} comes there by
     * <pre>{@code
     * .addVertex("start", new DuplicateToTimeSeriesVertex("x"), "h0")
     * .addLayer("gru", new ContinuousTimeGru.Builder().initialState(InitialState.GIVEN)..., "x", "start")
     * }</pre>
     */
    GIVEN
}

package org.nagumo.datagen.simulate;

import java.util.List;
import java.util.function.LongConsumer;

/**
 * Anything that answers an injected current with a membrane potential: a neuron model under an integrator, or a
 * trained network. Teacher and student are compared through this interface alone.
 */
public interface ExcitableSystem {

    /** Short name for tables and file names, such as {@code hh} or {@code gru-2}. */
    String name();

    /** Names of the state variables beside the membrane potential, as they appear in a {@link Trace}. */
    List<String> stateNames();

    /**
     * Responds to each current, starting from the resting state at zero current.
     *
     * @param currents the currents; lengths and steps may differ
     * @return one trace for each current, in the same order and on the same grid; the same numbers whatever other
     *     currents are in the list
     * @throws org.nagumo.datagen.simulate.DivergenceException when a state ceases to be finite
     */
    default List<Trace> respond(List<CurrentTrace> currents) {
        return respond(currents, samples -> { });
    }

    /**
     * As {@link #respond(List)}, for work that takes long.
     *
     * @param progress told again and again how many more samples have been answered, in the end those of all currents;
     *     perhaps by several threads at once
     */
    List<Trace> respond(List<CurrentTrace> currents, LongConsumer progress);
}

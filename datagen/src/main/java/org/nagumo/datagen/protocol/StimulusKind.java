package org.nagumo.datagen.protocol;

import java.util.List;
import org.nagumo.datagen.stimulus.Stimulus;

/**
 * How a kind of stimulus is written in a protocol. Those of this module are built in; others are found by the class
 * path: a public class without constructor arguments that some jar or folder lists in
 * {@code META-INF/services/org.nagumo.datagen.protocol.StimulusKind}.
 */
public interface StimulusKind {

    /** What stands after {@code kind:}. */
    String name();

    /** The keys beside {@code kind}. Those of times end in {@code _ms}, of frequencies in {@code _hz}. */
    List<String> keys();

    /**
     * Makes the stimulus of one sequence.
     *
     * @param fields gives the values of the keys; after a fault, which it keeps and tells, it gives NaN
     * @throws IllegalArgumentException when the values do not go together; a message that begins with a key is told
     *     with the place of its value
     */
    Stimulus make(StimulusFields fields);
}

package org.nagumo.experiments.rival;

import java.util.List;
import java.util.Map;
import org.nagumo.experiments.recording.RecordedStimulus;

/** A model that is fitted to a recorded cell. */
public interface Rival {

    /**
     * Name for tables.
     *
     * @return a short name
     */
    String name();

    /**
     * Its parameters, for records.
     *
     * @return numbers by names that end in their unit
     */
    Map<String, Double> parameters();

    /**
     * Answers to a stimulus, from rest under its holding current on.
     *
     * @param stimulus the stimulus
     * @return potentials in mV, one value a sample: one answer of a model without randomness, several of another
     */
    List<double[]> answers(RecordedStimulus stimulus);
}

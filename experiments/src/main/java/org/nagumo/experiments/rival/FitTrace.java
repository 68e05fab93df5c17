package org.nagumo.experiments.rival;

import java.util.ArrayList;
import java.util.List;
import org.nagumo.datagen.recording.set.RecordedSequence.Role;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.experiments.recording.RecordedCell;
import org.nagumo.experiments.recording.RecordedStimulus;
import org.nagumo.experiments.recording.Stretch;
import org.nagumo.experiments.spikes.Spike;
import org.nagumo.experiments.spikes.SpikeCriterion;
import org.nagumo.experiments.spikes.SpikeDetector;

/**
 * A trace that is fitted.
 *
 * @param dtMs      time between samples
 * @param current   one value a sample
 * @param potential one value a sample in mV
 * @param spikes    first samples above the threshold
 * @param peakMv    mean peak; NaN without spikes
 */
record FitTrace(double dtMs, double[] current, double[] potential, int[] spikes, double peakMv) {

    /** All repetitions of all stretches of a role. */
    static List<FitTrace> of(RecordedCell cell, Role role, SpikeCriterion criterion) {
        List<FitTrace> traces = new ArrayList<>();
        for (RecordedStimulus stimulus : cell.stimuli()) {
            for (Stretch stretch : stimulus.stretches(role)) {
                for (int r = 0; r < stimulus.repetitions(); r++) {
                    traces.add(of(stimulus.trace(r, stretch), criterion));
                }
            }
        }
        return traces;
    }

    private static FitTrace of(Trace trace, SpikeCriterion criterion) {
        List<Spike> spikes = SpikeDetector.detect(trace, criterion);
        return new FitTrace(trace.dtMs(), trace.current().currentUaPerCm2(), trace.voltageMv(),
                spikes.stream().mapToInt(spike -> (int) Math.ceil(spike.timeMs() / trace.dtMs())).toArray(),
                spikes.stream().mapToDouble(Spike::peakMv).average().orElse(Double.NaN));
    }

    /** Samples from a time before each spike until a time after it. */
    boolean[] near(double beforeMs, double afterMs) {
        boolean[] near = new boolean[potential.length];
        for (int spike : spikes) {
            int to = (int) Math.min(near.length, spike + Math.round(afterMs / dtMs));
            for (int i = (int) Math.max(0, spike - Math.round(beforeMs / dtMs)); i < to; i++) {
                near[i] = true;
            }
        }
        return near;
    }
}

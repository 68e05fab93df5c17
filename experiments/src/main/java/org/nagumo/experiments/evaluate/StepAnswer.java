package org.nagumo.experiments.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.nagumo.datagen.recording.set.RecordedSequence.Role;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.experiments.recording.RecordedStimulus;
import org.nagumo.experiments.recording.Stretch;
import org.nagumo.experiments.spikes.CurrentStep;
import org.nagumo.experiments.spikes.Spike;
import org.nagumo.experiments.spikes.SpikeCriterion;
import org.nagumo.experiments.spikes.SpikeDetector;

/**
 * Answers to a step of current in a recording.
 *
 * @param current       current in the step, in the unit of the recording
 * @param cellSpikes    spikes of the cell in the step, mean over the repetitions
 * @param spikes        spikes of the model in the step
 * @param cellLatencyMs time of the cell's first spike after the onset, mean over the repetitions with one; NaN without
 * @param latencyMs     time of the model's first spike after the onset; NaN without one
 */
public record StepAnswer(double current, double cellSpikes, int spikes, double cellLatencyMs, double latencyMs) {

    /**
     * The answers to all stretches whose current is a step.
     *
     * @param stimulus  a stimulus
     * @param role      which stretches are looked at
     * @param potential potential of the model in mV, one value a sample of the stimulus; not modified
     * @param criterion what counts as a spike
     * @return one entry for each step; empty when there are none
     */
    static List<StepAnswer> of(RecordedStimulus stimulus, Role role, double[] potential, SpikeCriterion criterion) {
        List<StepAnswer> answers = new ArrayList<>();
        for (Stretch stretch : stimulus.stretches(role)) {
            Trace model = stimulus.trace(potential, stretch);
            Optional<CurrentStep> step = CurrentStep.in(new CurrentTrace(stimulus.dtMs(),
                    stretch.of(stimulus.current())));
            if (step.isEmpty()) {
                continue;
            }
            double[][] cell = new double[stimulus.repetitions()][];
            for (int r = 0; r < cell.length; r++) {
                cell[r] = within(stimulus.trace(r, stretch), step.get(), criterion);
            }
            double[] own = within(model, step.get(), criterion);
            answers.add(new StepAnswer(step.get().uaPerCm2(),
                    Arrays.stream(cell).mapToInt(times -> times.length).average().orElse(Double.NaN), own.length,
                    Arrays.stream(cell).filter(times -> times.length > 0).mapToDouble(times -> times[0]).average()
                            .orElse(Double.NaN), own.length == 0 ? Double.NaN : own[0]));
        }
        return answers;
    }

    /** Times of spikes in a step after its onset. */
    private static double[] within(Trace trace, CurrentStep step, SpikeCriterion criterion) {
        return SpikeDetector.detect(trace, criterion).stream().mapToDouble(Spike::timeMs)
                .filter(time -> time >= step.onsetMs() && time < step.offsetMs()).map(time -> time - step.onsetMs())
                .toArray();
    }
}

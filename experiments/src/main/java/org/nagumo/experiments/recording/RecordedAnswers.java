package org.nagumo.experiments.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.nagumo.datagen.recording.set.RecordedSequence.Role;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.experiments.spikes.Spike;
import org.nagumo.experiments.spikes.SpikeCriterion;
import org.nagumo.experiments.spikes.SpikeDetector;

/** The stretches of one role with the cell's spikes, which are found once for any number of models. */
public final class RecordedAnswers {

    private record Part(RecordedStimulus stimulus, Stretch stretch, List<Trace> traces, List<List<Spike>> spikes) {
    }

    private final SpikeCriterion criterion;
    private final List<Part> parts = new ArrayList<>();

    /**
     * Finds the cell's spikes.
     *
     * @param cell      the cell
     * @param role      which stretches are compared
     * @param criterion what counts as a spike
     */
    public RecordedAnswers(RecordedCell cell, Role role, SpikeCriterion criterion) {
        this.criterion = criterion;
        for (RecordedStimulus stimulus : cell.stimuli()) {
            for (Stretch stretch : stimulus.stretches(role)) {
                List<Trace> traces = new ArrayList<>();
                for (int r = 0; r < stimulus.repetitions(); r++) {
                    traces.add(stimulus.trace(r, stretch));
                }
                parts.add(new Part(stimulus, stretch, traces,
                        traces.stream().map(trace -> SpikeDetector.detect(trace, criterion)).toList()));
            }
        }
    }

    /**
     * Number of the cell's spikes in all repetitions.
     *
     * @return 0 and more
     */
    public int spikes() {
        return parts.stream().flatMap(part -> part.spikes.stream()).mapToInt(List::size).sum();
    }

    /**
     * Scores a model.
     *
     * @param model its answers to a stimulus: potentials in mV, one value a sample; one answer, or several where it is
     *              random
     * @return the score
     */
    public RecordingScore score(Function<RecordedStimulus, List<double[]>> model) {
        ScoreSums sums = new ScoreSums(criterion);
        RecordedStimulus last = null;
        List<double[]> answers = List.of();
        for (Part part : parts) {
            // Stretches of one stimulus follow each other.
            answers = part.stimulus == last ? answers : model.apply(part.stimulus);
            last = part.stimulus;
            sums.add(part.traces, part.spikes, answers.stream()
                    .map(answer -> part.stimulus.trace(answer, part.stretch)).toList());
        }
        return sums.score();
    }
}

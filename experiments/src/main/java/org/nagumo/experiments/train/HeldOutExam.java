package org.nagumo.experiments.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.recording.set.RecordedSequence.Role;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.experiments.network.NetworkSystem;
import org.nagumo.experiments.network.RecordedData;
import org.nagumo.experiments.network.TrainedNetwork;
import org.nagumo.experiments.recording.RecordedAnswers;
import org.nagumo.experiments.recording.RecordedCell;
import org.nagumo.experiments.recording.RecordedStimulus;
import org.nagumo.experiments.recording.Stretch;

/**
 * Scores networks by the stretches of a cell, the held-out ones above all. A network answers pieces of a stretch side
 * by side, each after some time of the current before it, which is long enough for the network to forget in which state
 * it began.
 */
final class HeldOutExam {

    private static final double PIECE_MS = 500;
    private static final double LEAD_MS = 1000;

    private final RecordedAnswers answers;
    private final RecordedAnswers trained;
    private final double unitMv;

    /**
     * Finds the spikes in the stretches.
     *
     * @param cell     the cell
     * @param recorded what counts as a spike
     * @param unitMv   unit of scaled potentials in mV
     * @throws InputException when nothing is held out, or the cell does not fire there
     */
    HeldOutExam(RecordedCell cell, RecordedData recorded, double unitMv) {
        if (!cell.has(Role.HOLD_OUT)) {
            throw new InputException(cell.name() + ": nothing is held out to end the training by; allowed: hold_out:"
                    + " {from_ms: ..., to_ms: ...} or hold_out: {sweeps: [...]} in the recordings.yaml, or a plan"
                    + " without held_out");
        }
        answers = new RecordedAnswers(cell, Role.HOLD_OUT, recorded.criterion());
        trained = new RecordedAnswers(cell, Role.TRAIN, recorded.criterion());
        this.unitMv = unitMv;
        if (answers.spikes() == 0) {
            throw new InputException(cell.name() + ": the stretches that are held out have no spike above "
                    + (float) recorded.spikeThresholdMv() + " mV; allowed: held-out stretches in which the cell fires");
        }
    }

    /**
     * Scores a network.
     *
     * @param network the network
     * @return its score
     */
    HeldOutScore score(TrainedNetwork network) {
        NetworkSystem system = new NetworkSystem(network);
        Map<RecordedStimulus, double[]> known = new IdentityHashMap<>();
        Function<RecordedStimulus, List<double[]>> answer = stimulus -> List.of(known.computeIfAbsent(stimulus,
                unknown -> answer(system, unknown)));
        return new HeldOutScore(answers.score(answer), trained.score(answer), unitMv);
    }

    /** The answer in all stretches. */
    private static double[] answer(NetworkSystem system, RecordedStimulus stimulus) {
        double[] answer = new double[stimulus.current().length];
        int piece = (int) Math.round(PIECE_MS / stimulus.dtMs());
        int lead = (int) Math.round(LEAD_MS / stimulus.dtMs());
        List<CurrentTrace> currents = new ArrayList<>();
        List<Integer> starts = new ArrayList<>();
        for (Stretch stretch : stimulus.stretches()) {
            for (int at = stretch.from(); at < stretch.to(); at += piece) {
                // All have one length; the last may begin before the one before it ends.
                int from = Math.max(stretch.from(), Math.min(at, stretch.to() - piece));
                starts.add(from);
                currents.add(led(stimulus, from, Math.min(piece, stretch.length()), lead));
            }
        }
        List<Trace> traces = system.respond(currents);
        for (int k = 0; k < traces.size(); k++) {
            System.arraycopy(traces.get(k).voltageMv(), lead, answer, starts.get(k), traces.get(k).length() - lead);
        }
        return answer;
    }

    private static CurrentTrace led(RecordedStimulus stimulus, int from, int length, int lead) {
        double[] current = new double[lead + length];
        int before = Math.min(lead, from);
        Arrays.fill(current, 0, lead - before, stimulus.holding());
        System.arraycopy(stimulus.current(), from - before, current, lead - before, before + length);
        return new CurrentTrace(stimulus.dtMs(), current);
    }
}

package org.nagumo.experiments.recording;

import java.util.List;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.experiments.spikes.Spike;
import org.nagumo.experiments.spikes.SpikeCriterion;
import org.nagumo.experiments.spikes.SpikeDetector;

/** Sums over stretches from which a {@link RecordingScore} is made. */
final class ScoreSums {

    private final SpikeCriterion criterion;
    private final double[] precisions = RecordingScore.precisionsMs();
    private final double[] reliability = new double[precisions.length];
    private final double[] coincidence = new double[precisions.length];
    private final BetweenSpikes error = new BetweenSpikes();
    private final BetweenSpikes own = new BetweenSpikes();
    private int repeated;
    private int firing;
    private double peaks;
    private double spikes;
    private double cellPeaks;
    private double cellSpikes;

    ScoreSums(SpikeCriterion criterion) {
        this.criterion = criterion;
    }

    /**
     * Adds a stretch.
     *
     * @param cell       the repetitions
     * @param cellSpikes the spikes of each
     * @param model      answers of the model: one, or several where it is random
     */
    void add(List<Trace> cell, List<List<Spike>> cellSpikes, List<Trace> model) {
        List<double[]> trains = cellSpikes.stream().map(ScoreSums::times).toList();
        double durationMs = cell.get(0).current().durationMs();
        boolean fires = trains.stream().anyMatch(train -> train.length > 0);
        firing += fires ? 1 : 0;
        repeated += fires && trains.size() > 1 ? 1 : 0;
        for (int p = 0; fires && trains.size() > 1 && p < precisions.length; p++) {
            reliability[p] += Reliability.among(trains, durationMs, precisions[p]);
        }
        for (Trace answer : model) {
            List<Spike> answered = SpikeDetector.detect(answer, criterion);
            for (int p = 0; fires && p < precisions.length; p++) {
                coincidence[p] += Reliability.with(trains, times(answered), durationMs, precisions[p]) / model.size();
            }
            spikes += answered.size() / (double) model.size();
            peaks += answered.stream().mapToDouble(Spike::peakMv).sum() / model.size();
            for (int r = 0; r < cell.size(); r++) {
                error.add(cell.get(r), answer.voltageMv(), cellSpikes.get(r), answered);
            }
        }
        for (List<Spike> answered : cellSpikes) {
            this.cellSpikes += answered.size() / (double) cell.size();
            cellPeaks += answered.stream().mapToDouble(Spike::peakMv).sum() / cell.size();
        }
        addOwn(cell, cellSpikes.stream().flatMap(List::stream).toList());
    }

    /** Adds the difference of each repetition from the mean of the others. */
    private void addOwn(List<Trace> cell, List<Spike> all) {
        if (cell.size() < 2) {
            return;
        }
        double[] sum = new double[cell.get(0).length()];
        for (Trace repetition : cell) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += repetition.voltageMv()[i];
            }
        }
        for (Trace repetition : cell) {
            double[] others = new double[sum.length];
            for (int i = 0; i < others.length; i++) {
                others[i] = (sum[i] - repetition.voltageMv()[i]) / (cell.size() - 1);
            }
            own.add(repetition, others, all, List.of());
        }
    }

    private static double[] times(List<Spike> spikes) {
        return spikes.stream().mapToDouble(Spike::timeMs).toArray();
    }

    RecordingScore score() {
        double[] reliable = new double[precisions.length];
        double[] met = new double[precisions.length];
        for (int p = 0; p < reliable.length; p++) {
            reliable[p] = repeated == 0 ? Double.NaN : reliability[p] / repeated;
            met[p] = firing == 0 ? Double.NaN : coincidence[p] / firing;
        }
        return new RecordingScore(reliable, met, error.rmseMv(), error.explained(), own.rmseMv(),
                spikes == 0 ? Double.NaN : peaks / spikes, cellSpikes == 0 ? Double.NaN : cellPeaks / cellSpikes,
                spikes, cellSpikes);
    }
}

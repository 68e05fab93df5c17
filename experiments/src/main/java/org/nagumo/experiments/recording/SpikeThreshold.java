package org.nagumo.experiments.recording;

import java.util.Arrays;
import java.util.List;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.experiments.spikes.Spike;
import org.nagumo.experiments.spikes.SpikeCriterion;
import org.nagumo.experiments.spikes.SpikeDetector;

/**
 * The potential whose crossing is a spike, from the data: midway between the upper level of the potential between
 * spikes, its 99th percentile farther than 5 ms from any spike, and the median peak. A first threshold, midway between
 * the median and the maximum of all potentials, finds the spikes; the rule is applied three times. A peak less than 15
 * mV above the potential between spikes is no spike.
 *
 * @param thresholdMv the threshold in mV; NaN where there are no spikes
 * @param betweenMv   upper level of the potential between spikes in mV
 * @param peakMv      median peak in mV; NaN where there are no spikes
 * @param spikes      number of spikes in all traces
 */
public record SpikeThreshold(double thresholdMv, double betweenMv, double peakMv, int spikes) {

    private static final int ROUNDS = 3;
    private static final double AWAY_MS = 5;
    private static final double UPPER = 0.99;
    private static final double LEAST_HEIGHT_MV = 15;

    /** Part of the distance from threshold to the level between spikes by which the potential has to fall again. */
    private static final double REARM_PART = 0.5;

    /** Where spikes are marked, from the level between spikes, 0, to the median peak, 1. */
    private static final double MARK_PART = 0.7;

    /** Samples that are sorted for a percentile. */
    private static final int MOST_SORTED = 200_000;

    /**
     * Applies the rule to all potentials of a cell.
     *
     * @param cell the cell
     * @return the threshold
     */
    public static SpikeThreshold of(RecordedCell cell) {
        return of(cell.dtMs(), cell.stimuli().stream().flatMap(stimulus -> Arrays.stream(stimulus.voltageMv()))
                .toList());
    }

    /**
     * Applies the rule.
     *
     * @param dtMs       time between samples in ms
     * @param potentials the traces in mV; not modified
     * @return the threshold
     */
    public static SpikeThreshold of(double dtMs, List<double[]> potentials) {
        double highest = potentials.stream().flatMapToDouble(Arrays::stream).max().orElse(Double.NaN);
        double between = percentile(potentials, null, 0.5);
        double peak = highest;
        int count = 0;
        for (int round = 0; round < ROUNDS; round++) {
            double threshold = (between + peak) / 2;
            if (!(peak - between >= LEAST_HEIGHT_MV)) {
                return new SpikeThreshold(Double.NaN, between, Double.NaN, 0);
            }
            SpikeCriterion criterion = criterion(threshold, between);
            boolean[][] near = new boolean[potentials.size()][];
            double[] peaks = new double[0];
            count = 0;
            for (int k = 0; k < near.length; k++) {
                double[] potential = potentials.get(k);
                CurrentTrace none = new CurrentTrace(dtMs, new double[potential.length]);
                List<Spike> spikes = SpikeDetector.detect(new Trace(none, potential, List.of(), new double[0][]),
                        criterion);
                near[k] = near(spikes, potential.length, dtMs);
                int before = peaks.length;
                peaks = Arrays.copyOf(peaks, before + spikes.size());
                for (int s = 0; s < spikes.size(); s++) {
                    peaks[before + s] = spikes.get(s).peakMv();
                }
            }
            count = peaks.length;
            if (count == 0) {
                return new SpikeThreshold(Double.NaN, between, Double.NaN, 0);
            }
            Arrays.sort(peaks);
            peak = peaks[peaks.length / 2];
            double upper = percentile(potentials, near, UPPER);
            between = Double.isNaN(upper) ? between : upper;
        }
        return peak - between >= LEAST_HEIGHT_MV ? new SpikeThreshold((between + peak) / 2, between, peak, count)
                : new SpikeThreshold(Double.NaN, between, Double.NaN, 0);
    }

    private static SpikeCriterion criterion(double threshold, double between) {
        SpikeCriterion usual = SpikeCriterion.MEMBRANE;
        return new SpikeCriterion(threshold, false, Math.min(usual.rearmMv(), REARM_PART * (threshold - between)),
                usual.averageMs(), 0);
    }

    private static boolean[] near(List<Spike> spikes, int length, double dtMs) {
        boolean[] near = new boolean[length];
        for (Spike spike : spikes) {
            int from = (int) Math.max(0, (spike.timeMs() - AWAY_MS) / dtMs);
            int to = (int) Math.min(length, (spike.timeMs() + AWAY_MS) / dtMs + 1);
            Arrays.fill(near, from, to, true);
        }
        return near;
    }

    /** A percentile of at most {@code MOST_SORTED} evenly spaced samples without the marked ones; NaN of none. */
    private static double percentile(List<double[]> potentials, boolean[][] left, double part) {
        long all = potentials.stream().mapToLong(potential -> potential.length).sum();
        int every = (int) Math.max(1, all / MOST_SORTED);
        double[] values = new double[(int) (all / every) + potentials.size()];
        int count = 0;
        for (int k = 0; k < potentials.size(); k++) {
            for (int i = 0; i < potentials.get(k).length; i += every) {
                if (left == null || !left[k][i]) {
                    values[count++] = potentials.get(k)[i];
                }
            }
        }
        Arrays.sort(values, 0, count);
        return count == 0 ? Double.NaN : values[(int) Math.min(count - 1, part * count)];
    }

    /**
     * Level that marks spikes in the loss of a training: higher than the threshold, so that a network whose spikes have
     * the right times but stay low is not as good as one with whole spikes.
     *
     * @return potential in mV, seven tenths of the way from the level between spikes to the median peak; NaN without
     *         spikes
     */
    public double markMv() {
        return betweenMv + MARK_PART * (peakMv - betweenMv);
    }

    /**
     * What counts as a spike by this threshold.
     *
     * @return the criterion
     * @throws IllegalStateException when there are no spikes
     */
    public SpikeCriterion criterion() {
        if (Double.isNaN(thresholdMv)) {
            throw new IllegalStateException("the data have no spikes and no threshold; allowed: data with spikes");
        }
        return criterion(thresholdMv, betweenMv);
    }
}

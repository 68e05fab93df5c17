package org.nagumo.experiments.spikes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.nagumo.datagen.simulate.Trace;

/**
 * How far a model's trace is from a neuron's under the same current, by the usual precision of each measure.
 *
 * @param dataIntervalsMs   inter-spike intervals of the neuron
 * @param modelIntervalsMs  inter-spike intervals of the model
 * @param dataSpikes        spikes of the neuron
 * @param modelSpikes       spikes of the model
 * @param coincidenceFactor {@link Coincidence#factor}
 * @param victorPurpura     {@link VictorPurpura#distance}
 * @param vanRossum         {@link VanRossum#distance}
 * @param voltage           difference away from spikes
 */
public record TraceComparison(double[] dataIntervalsMs, double[] modelIntervalsMs, int dataSpikes, int modelSpikes,
        double coincidenceFactor, double victorPurpura, double vanRossum, VoltageDistance voltage) {

    /**
     * Compares two traces of one length and step.
     *
     * @param data       the neuron's
     * @param model      the model's
     * @param criterion  what counts as a spike in both
     * @param timeUnitMs time to which 1 ms of the usual precisions corresponds
     */
    public static TraceComparison of(Trace data, Trace model, SpikeCriterion criterion, double timeUnitMs) {
        List<Spike> ofData = SpikeDetector.detect(data, criterion);
        List<Spike> ofModel = SpikeDetector.detect(model, criterion);
        double[] a = ofData.stream().mapToDouble(Spike::timeMs).toArray();
        double[] b = ofModel.stream().mapToDouble(Spike::timeMs).toArray();
        return new TraceComparison(intervals(a), intervals(b), a.length, b.length,
                Coincidence.factor(a, b, data.current().durationMs(), Coincidence.DELTA_MS * timeUnitMs),
                VictorPurpura.distance(a, b, VictorPurpura.COST_PER_MS / timeUnitMs),
                VanRossum.distance(a, b, VanRossum.TAU_MS * timeUnitMs),
                VoltageDistance.of(data, ofData, model, ofModel, VoltageDistance.AWAY_MS * timeUnitMs));
    }

    private static double[] intervals(double[] times) {
        double[] intervals = new double[Math.max(0, times.length - 1)];
        for (int i = 0; i < intervals.length; i++) {
            intervals[i] = times[i + 1] - times[i];
        }
        return intervals;
    }

    /** {@link IntervalDistance#distance}. */
    public double isiDistanceMs() {
        return IntervalDistance.distance(dataIntervalsMs, modelIntervalsMs);
    }

    /** {@link VoltageDistance#rmseMv}. */
    public double voltageRmseMv() {
        return voltage.rmseMv();
    }

    /** The statistics as JSON, by the keys of their cards; undefined numbers are null. */
    public ObjectNode toJson() {
        ObjectNode json = new ObjectMapper().createObjectNode();
        JsonNumber.put(json, Coincidence.FACTOR.key(), coincidenceFactor);
        JsonNumber.put(json, VictorPurpura.DISTANCE.key(), victorPurpura);
        JsonNumber.put(json, VanRossum.DISTANCE.key(), vanRossum);
        JsonNumber.put(json, IntervalDistance.DISTANCE.key(), isiDistanceMs());
        JsonNumber.put(json, VoltageDistance.RMSE.key(), voltageRmseMv());
        return json;
    }
}

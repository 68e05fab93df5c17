package org.nagumo.experiments.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.experiments.spikes.IntervalDistance;
import org.nagumo.experiments.spikes.TraceComparison;
import org.nagumo.experiments.spikes.VoltageDistance;

/**
 * How far a student is from its teacher under noise. The coincidence factor of a kind under which the teacher does not
 * fire at all is undefined (NaN), and the mean is over the other kinds. The times of the measures are on the
 * teacher's scale.
 *
 * @param coincidenceByKind        coincidence factor, mean over the trials of each kind
 * @param coincidenceStandardError standard error of their mean, each kind a stratum; NaN for one trial a kind
 * @param victorPurpura            distance over the spikes of both; NaN when the teacher is silent
 * @param vanRossum                mean distance; NaN when the teacher is silent
 * @param isiDistanceMs            mean distance of the kinds in which both have intervals, or neither; NaN without any
 * @param voltage                  difference away from spikes
 */
record NoiseComparison(Map<String, Double> coincidenceByKind, double coincidenceStandardError, double victorPurpura,
        double vanRossum, double isiDistanceMs, VoltageDistance voltage) {

    static NoiseComparison of(Response teacher, Response student) {
        if (teacher.traces() == null || student.traces() == null) {
            throw new IllegalArgumentException("the traces of " + teacher.system() + " and " + student.system()
                    + " were not kept; allowed: responses as they were measured");
        }
        Map<String, Double> byKind = new LinkedHashMap<>();
        double variances = 0;
        double victorPurpura = 0;
        double vanRossum = 0;
        long spikes = 0;
        long teachers = 0;
        int trials = 0;
        int defined = 0;
        List<Double> intervalDistances = new ArrayList<>();
        VoltageDistance voltage = VoltageDistance.NONE;
        for (String kind : teacher.traces().noise().keySet()) {
            List<Trace> data = teacher.traces().noise().get(kind);
            List<Trace> model = student.traces().noise().get(kind);
            double[] factors = new double[data.size()];
            long ofKind = 0;
            DoubleStream.Builder dataIntervals = DoubleStream.builder();
            DoubleStream.Builder modelIntervals = DoubleStream.builder();
            for (int k = 0; k < factors.length; k++) {
                TraceComparison trial = TraceComparison.of(data.get(k), model.get(k), teacher.scale().criterion(),
                        teacher.scale().timeUnitMs());
                factors[k] = trial.coincidenceFactor();
                victorPurpura += trial.victorPurpura();
                vanRossum += trial.vanRossum();
                ofKind += trial.dataSpikes();
                spikes += trial.dataSpikes() + trial.modelSpikes();
                voltage = voltage.plus(trial.voltage());
                Arrays.stream(trial.dataIntervalsMs()).forEach(dataIntervals::add);
                Arrays.stream(trial.modelIntervalsMs()).forEach(modelIntervals::add);
            }
            trials += factors.length;
            teachers += ofKind;
            if (ofKind == 0) {
                byKind.put(kind, Double.NaN);
                continue;
            }
            defined++;
            byKind.put(kind, DoubleStream.of(factors).average().orElse(Double.NaN));
            variances += varianceOfMean(factors);
            intervalDistances.add(IntervalDistance.distance(dataIntervals.build().toArray(),
                    modelIntervals.build().toArray()));
        }
        return new NoiseComparison(byKind, Math.sqrt(variances) / defined,
                teachers == 0 ? Double.NaN : victorPurpura / spikes, teachers == 0 ? Double.NaN : vanRossum / trials,
                intervalDistances.stream().mapToDouble(d -> d).filter(Double::isFinite).average().orElse(Double.NaN),
                voltage);
    }

    /** Unbiased variance over the number of values; NaN for one. */
    private static double varianceOfMean(double[] values) {
        double mean = DoubleStream.of(values).average().orElse(Double.NaN);
        return DoubleStream.of(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1) / values.length;
    }

    double coincidence() {
        return coincidenceByKind.values().stream().mapToDouble(c -> c).filter(Double::isFinite).average()
                .orElse(Double.NaN);
    }
}

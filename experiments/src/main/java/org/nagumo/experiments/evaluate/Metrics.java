package org.nagumo.experiments.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.experiments.spikes.Coincidence;
import org.nagumo.experiments.spikes.JsonNumber;
import org.nagumo.experiments.spikes.Spike;
import org.nagumo.experiments.spikes.SpikeDetector;

/**
 * How far one system is from another, under the same battery. Errors are absolute; undefined numbers are NaN.
 *
 * @param fiCountMae              mean error of the spike count over the f-I steps
 * @param fiWithinOne             steps whose count is within one spike
 * @param fiPoints                steps in all
 * @param rheobaseError           uA/cm2
 * @param repetitiveOnsetError    uA/cm2
 * @param onsetRateErrorHz        Hz
 * @param latencyMaeMs            mean over the f-I steps at which both fire
 * @param halfWidthErrorMs        mean over the f-I steps at which both fire, of the step's mean
 * @param peakErrorMv             likewise
 * @param troughErrorMv           likewise
 * @param restErrorMv             mV
 * @param reboundCorrect          cases with the right number of spikes
 * @param reboundCases            cases in all
 * @param reboundLatencyMaeMs     mean over the cases in which both fire
 * @param coincidence             coincidence factor, mean over all trials of noise
 * @param coincidenceByNoise      the same for each kind of noise, by {@link NoiseKind#key}
 * @param voltageRmseMv           root mean square error of the voltage under noise, farther than 5 ms from any spike
 *                                of either
 * @param hyperpolarisationErrorMv mean error of the voltage at the end of -5, -10 and -15 uA/cm2
 * @param bistableFrom            smallest current at which rest and firing coexist; NaN when they never do
 * @param bistableTo              largest such current
 */
public record Metrics(double fiCountMae, int fiWithinOne, int fiPoints, double rheobaseError,
        double repetitiveOnsetError, double onsetRateErrorHz, double latencyMaeMs, double halfWidthErrorMs,
        double peakErrorMv, double troughErrorMv, double restErrorMv, int reboundCorrect, int reboundCases,
        double reboundLatencyMaeMs, double coincidence, Map<String, Double> coincidenceByNoise, double voltageRmseMv,
        double hyperpolarisationErrorMv, double bistableFrom, double bistableTo) {

    private static final double AWAY_FROM_SPIKES_MS = 5;

    public Metrics {
        coincidenceByNoise = Collections.unmodifiableMap(new LinkedHashMap<>(coincidenceByNoise));
    }

    /** Compares a student with its teacher. */
    public static Metrics compare(Response teacher, Response student) {
        List<FiPoint> t = teacher.fi();
        List<FiPoint> s = student.fi();
        double countError = 0;
        int within = 0;
        for (int i = 0; i < t.size(); i++) {
            int difference = Math.abs(t.get(i).spikes() - s.get(i).spikes());
            countError += difference;
            within += difference <= 1 ? 1 : 0;
        }
        int correct = 0;
        List<Double> releaseErrors = new ArrayList<>();
        List<Double> hyperpolarised = new ArrayList<>();
        for (int i = 0; i < teacher.rebound().size(); i++) {
            ReboundCase a = teacher.rebound().get(i);
            ReboundCase b = student.rebound().get(i);
            correct += a.spikes() == b.spikes() ? 1 : 0;
            releaseErrors.add(Math.abs(a.latencyMs() - b.latencyMs()));
            if (a.currentUaPerCm2() <= -5 && a.currentUaPerCm2() >= -15) {
                hyperpolarised.add(Math.abs(a.voltageMv() - b.voltageMv()));
            }
        }
        Map<String, Double> byNoise = new LinkedHashMap<>();
        for (int k = 0; k < teacher.noise().size(); k++) {
            byNoise.put(NoiseKind.ALL.get(k).key(), coincidence(teacher.noise().get(k), student.noise().get(k)));
        }
        return new Metrics(countError / t.size(), within, t.size(),
                Math.abs(teacher.rheobase() - student.rheobase()), Math.abs(teacher.onset() - student.onset()),
                Math.abs(teacher.onsetRateHz() - student.onsetRateHz()), meanError(t, s, FiPoint::latencyMs),
                meanError(t, s, FiPoint::halfWidthMs), meanError(t, s, FiPoint::peakMv),
                meanError(t, s, FiPoint::troughMv), Math.abs(teacher.restMv() - student.restMv()), correct,
                teacher.rebound().size(), mean(releaseErrors),
                mean(new ArrayList<>(byNoise.values())), byNoise, rmse(teacher, student), mean(hyperpolarised),
                student.bistable() ? student.firingDownTo() : Double.NaN,
                student.bistable() ? student.restUpTo() : Double.NaN);
    }

    private static double meanError(List<FiPoint> teacher, List<FiPoint> student, ToDoubleFunction<FiPoint> value) {
        List<Double> errors = new ArrayList<>();
        for (int i = 0; i < teacher.size(); i++) {
            errors.add(Math.abs(value.applyAsDouble(teacher.get(i)) - value.applyAsDouble(student.get(i))));
        }
        return mean(errors);
    }

    /** Mean of the defined values. */
    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).filter(Double::isFinite).average().orElse(Double.NaN);
    }

    private static double coincidence(List<Trace> teacher, List<Trace> student) {
        double sum = 0;
        for (int k = 0; k < teacher.size(); k++) {
            sum += Coincidence.factor(times(teacher.get(k)), times(student.get(k)),
                    teacher.get(k).current().durationMs());
        }
        return sum / teacher.size();
    }

    private static double[] times(Trace trace) {
        return SpikeDetector.detect(trace).stream().mapToDouble(Spike::timeMs).toArray();
    }

    private static double rmse(Response teacher, Response student) {
        double sum = 0;
        long count = 0;
        for (int k = 0; k < teacher.noise().size(); k++) {
            for (int trial = 0; trial < teacher.noise().get(k).size(); trial++) {
                Trace a = teacher.noise().get(k).get(trial);
                Trace b = student.noise().get(k).get(trial);
                boolean[] near = new boolean[a.length()];
                markNear(near, a);
                markNear(near, b);
                for (int i = 0; i < near.length; i++) {
                    if (!near[i]) {
                        double error = a.voltageMv()[i] - b.voltageMv()[i];
                        sum += error * error;
                        count++;
                    }
                }
            }
        }
        return count == 0 ? Double.NaN : Math.sqrt(sum / count);
    }

    private static void markNear(boolean[] near, Trace trace) {
        for (double time : times(trace)) {
            int from = (int) Math.max(0, Math.ceil((time - AWAY_FROM_SPIKES_MS) / trace.dtMs()));
            int to = (int) Math.min(near.length, (time + AWAY_FROM_SPIKES_MS) / trace.dtMs() + 1);
            for (int i = from; i < to; i++) {
                near[i] = true;
            }
        }
    }

    /** The metrics as JSON; undefined numbers are null. */
    public ObjectNode toJson() {
        ObjectNode json = new ObjectMapper().createObjectNode();
        JsonNumber.put(json, "fi_count_mae", fiCountMae);
        json.put("fi_within_one", fiWithinOne);
        json.put("fi_points", fiPoints);
        JsonNumber.put(json, "rheobase_error_uA", rheobaseError);
        JsonNumber.put(json, "repetitive_onset_error_uA", repetitiveOnsetError);
        JsonNumber.put(json, "onset_rate_error_hz", onsetRateErrorHz);
        JsonNumber.put(json, "latency_mae_ms", latencyMaeMs);
        JsonNumber.put(json, "half_width_error_ms", halfWidthErrorMs);
        JsonNumber.put(json, "peak_error_mV", peakErrorMv);
        JsonNumber.put(json, "trough_error_mV", troughErrorMv);
        JsonNumber.put(json, "rest_error_mV", restErrorMv);
        json.put("rebound_correct", reboundCorrect);
        json.put("rebound_cases", reboundCases);
        JsonNumber.put(json, "rebound_latency_mae_ms", reboundLatencyMaeMs);
        JsonNumber.put(json, "coincidence_factor", coincidence);
        ObjectNode byNoise = json.putObject("coincidence_factor_by_noise");
        coincidenceByNoise.forEach((key, value) -> JsonNumber.put(byNoise, key, value));
        JsonNumber.put(json, "voltage_rmse_mV", voltageRmseMv);
        JsonNumber.put(json, "hyperpolarisation_error_mV", hyperpolarisationErrorMv);
        if (Double.isNaN(bistableFrom)) {
            json.putNull("bistable_range_uA");
        } else {
            json.putArray("bistable_range_uA").add(bistableFrom).add(bistableTo);
        }
        return json;
    }
}

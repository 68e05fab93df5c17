package org.nagumo.experiments.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How far one system is from another, under the same battery. Errors are absolute unless they say otherwise; undefined
 * numbers are NaN or null, as are those that a recording does not give. What a protocol measures is undefined where the
 * teacher does not fire in it: no spike in the f-I steps, after the releases, or under a kind of noise. The keys
 * of the JSON are the names of the properties.
 *
 * @param fiCountMae              mean error of the spike count over the f-I steps
 * @param fiWithinOne             steps whose count is within one spike; null when undefined
 * @param fiPoints                steps in all
 * @param rheobaseError           uA/cm2
 * @param repetitiveOnsetError    uA/cm2
 * @param onsetRateErrorHz        Hz
 * @param latencyMaeMs            mean over the f-I steps at which both fire
 * @param halfWidthErrorMs        mean over the f-I steps at which both fire, of the step's mean; with a recording, of
 *                                the mean of all its spikes
 * @param peakErrorMv             likewise
 * @param troughErrorMv           likewise
 * @param restErrorMv             mV
 * @param reboundCorrect          cases with the right number of spikes; null when undefined
 * @param reboundCases            cases in all
 * @param reboundLatencyMaeMs     mean over the cases in which both fire
 * @param coincidence             coincidence factor, mean over all trials of noise
 * @param coincidenceByNoise      the same for each kind of noise, by {@link NoiseKind#key}
 * @param voltageRmseMv           root mean square error of the voltage under noise, farther than 5 ms from any spike
 *                                of either
 * @param hyperpolarisationErrorMv mean error of the voltage at the end of -10 and -15 uA/cm2
 * @param bistable                currents at which the student's rest and firing coexist; null when they never do
 * @param bistableOverlap         length of the currents at which rest and firing coexist in both, over that of the
 *                                currents at which they do in either; NaN when they do in neither
 * @param refractoryError         error of the refractory period, relative to the teacher's
 * @param coincidenceStandardError standard error of the coincidence factor over the trials, each kind a stratum; NaN
 *                                for one trial a kind
 * @param victorPurpura           Victor-Purpura distance under noise, over the spikes of both: 0 the same, 1 nothing in
 *                                common
 * @param vanRossum               van Rossum distance, mean over all trials of noise
 * @param isiDistanceMs           distance of the histograms of inter-spike intervals, mean over the kinds of noise in
 *                                which both have some
 */
public record Metrics(@JsonProperty("fi_count_mae") double fiCountMae,
        @JsonProperty("fi_within_one") Integer fiWithinOne,
        @JsonProperty("fi_points") int fiPoints, @JsonProperty("rheobase_error_uA") double rheobaseError,
        @JsonProperty("repetitive_onset_error_uA") double repetitiveOnsetError,
        @JsonProperty("onset_rate_error_hz") double onsetRateErrorHz,
        @JsonProperty("latency_mae_ms") double latencyMaeMs,
        @JsonProperty("half_width_error_ms") double halfWidthErrorMs,
        @JsonProperty("peak_error_mV") double peakErrorMv, @JsonProperty("trough_error_mV") double troughErrorMv,
        @JsonProperty("rest_error_mV") double restErrorMv, @JsonProperty("rebound_correct") Integer reboundCorrect,
        @JsonProperty("rebound_cases") int reboundCases,
        @JsonProperty("rebound_latency_mae_ms") double reboundLatencyMaeMs,
        @JsonProperty("coincidence_factor") double coincidence,
        @JsonProperty("coincidence_factor_by_noise") Map<String, Double> coincidenceByNoise,
        @JsonProperty("voltage_rmse_mV") double voltageRmseMv,
        @JsonProperty("hyperpolarisation_error_mV") double hyperpolarisationErrorMv,
        @JsonProperty("bistable_range_uA") CurrentRange bistable,
        @JsonProperty("bistable_overlap") double bistableOverlap,
        @JsonProperty("refractory_relative_error") double refractoryError,
        @JsonProperty("coincidence_factor_standard_error") double coincidenceStandardError,
        @JsonProperty("victor_purpura_distance") double victorPurpura,
        @JsonProperty("van_rossum_distance") double vanRossum,
        @JsonProperty("isi_distance_ms") double isiDistanceMs) {

    /** Amplitudes at whose end the hyperpolarised voltage is compared. */
    private static final List<Double> HYPERPOLARISED = List.of(-10.0, -15.0);

    public Metrics {
        if (coincidenceByNoise == null) {
            throw new IllegalArgumentException("coincidence_factor_by_noise is missing; allowed: an object");
        }
        coincidenceByNoise = Collections.unmodifiableMap(new LinkedHashMap<>(coincidenceByNoise));
    }

    /**
     * Compares a student with its teacher.
     *
     * @throws IllegalArgumentException when they were measured by different batteries, or were read from a file, which
     *     holds no traces
     */
    public static Metrics compare(Response teacher, Response student) {
        if (!teacher.scale().equals(student.scale()) || teacher.fi().size() != student.fi().size()
                || teacher.rebound().size() != student.rebound().size()) {
            throw new IllegalArgumentException(teacher.system() + " and " + student.system()
                    + " were measured by different batteries; allowed: one battery");
        }
        List<FiPoint> t = teacher.fi();
        List<FiPoint> s = student.fi();
        int[] differences = IntStream.range(0, t.size())
                .map(i -> Math.abs(t.get(i).spikes() - s.get(i).spikes())).toArray();
        boolean steps = !t.isEmpty();
        SpikeShape a = teacher.noiseShape();
        SpikeShape b = student.noiseShape();
        NoiseComparison noise = NoiseComparison.of(teacher, student);
        boolean silent = teacher.silentInSteps();
        return new Metrics(silent ? Double.NaN : IntStream.of(differences).average().orElse(Double.NaN),
                silent ? null : (int) IntStream.of(differences).filter(d -> d <= 1).count(), t.size(),
                Math.abs(teacher.rheobase() - student.rheobase()), Math.abs(teacher.onset() - student.onset()),
                Math.abs(teacher.onsetRateHz() - student.onsetRateHz()), meanError(t, s, FiPoint::latencyMs),
                steps ? meanError(t, s, FiPoint::halfWidthMs) : Math.abs(a.halfWidthMs() - b.halfWidthMs()),
                steps ? meanError(t, s, FiPoint::peakMv) : Math.abs(a.peakMv() - b.peakMv()),
                steps ? meanError(t, s, FiPoint::troughMv) : Math.abs(a.troughMv() - b.troughMv()),
                Math.abs(teacher.restMv() - student.restMv()),
                teacher.silentAfterRelease() ? null : (int) IntStream.range(0, teacher.rebound().size())
                        .filter(i -> teacher.rebound().get(i).spikes() == student.rebound().get(i).spikes()).count(),
                teacher.rebound().size(), meanError(teacher.rebound(), student.rebound(), ReboundCase::latencyMs),
                noise.coincidence(), noise.coincidenceByKind(), noise.voltage().rmseMv(),
                meanError(hyperpolarised(teacher), hyperpolarised(student), ReboundCase::voltageMv),
                student.coexistence(), CurrentRange.overlap(teacher.coexistence(), student.coexistence()),
                Math.abs(student.refractoryMs() / teacher.refractoryMs() - 1), noise.coincidenceStandardError(),
                noise.victorPurpura(), noise.vanRossum(), noise.isiDistanceMs());
    }

    /** The cases at whose end the hyperpolarised voltage is compared. */
    static List<ReboundCase> hyperpolarised(Response response) {
        return HYPERPOLARISED.stream().map(Battery.REBOUND::indexOf).filter(i -> i < response.rebound().size())
                .map(response.rebound()::get).toList();
    }

    /** Mean over the pairs in which both have the value; NaN without any. */
    private static <T> double meanError(List<T> teacher, List<T> student, ToDoubleFunction<T> value) {
        DoubleStream errors = IntStream.range(0, teacher.size()).mapToDouble(
                i -> Math.abs(value.applyAsDouble(teacher.get(i)) - value.applyAsDouble(student.get(i))));
        return errors.filter(Double::isFinite).average().orElse(Double.NaN);
    }

    /** The metrics as JSON; undefined numbers are null. */
    public ObjectNode toJson() {
        return Json.MAPPER.valueToTree(this);
    }
}

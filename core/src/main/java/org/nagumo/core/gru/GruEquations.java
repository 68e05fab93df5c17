package org.nagumo.core.gru;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonValue;

/**
 * Which of the continuous-time GRU's equations a layer computes, apart from its size; shared by all views of it.
 *
 * <p>A sample of the input lasts {@code dtMs} and is passed in {@code substeps} equal steps of the integrator, with
 * alpha = dt / (substeps tau). In its JSON form it carries a format number; a file of a newer format is refused.
 *
 * @param dtMs          time from one sample to the next, in ms; with irregular time the longest that may come
 * @param substeps      integrator steps in a sample, at least 1
 * @param integrator    the method
 * @param tauMs         time constants in ms: one for all units, or one for each; learned ones begin here
 * @param learnTau      whether the time constants are parameters
 * @param minTauMs      lower bound of learned time constants, in ms
 * @param inputInGates  whether the input enters the gates z and r as well as the candidate
 * @param irregularTime whether the input's channel after the last one of the data holds the interval of each step, in
 *                      ms, in place of {@code dtMs}
 * @param initialState  where the first state comes from
 * @param initialValues its values, where it is fixed or learned: one for all units, or one for each
 * @param features      number of shared features, hyperbolic tangents of input and state that gates and candidate read
 */
public record GruEquations(double dtMs, int substeps, Integrator integrator, List<Double> tauMs, boolean learnTau,
        double minTauMs, boolean inputInGates, boolean irregularTime, InitialState initialState,
        List<Double> initialValues, int features) implements Serializable {

    /** Number of the JSON form that this version writes, the highest that it reads. */
    public static final int FORMAT = 2;

    /** Room for the rounding of decimal fractions such as 0.3 / 3. */
    private static final double ROUNDING = 1e-9;

    public GruEquations {
        tauMs = List.copyOf(tauMs);
        initialValues = List.copyOf(initialValues);
        require(dtMs > 0 && Double.isFinite(dtMs), "dt", dtMs, "positive, finite numbers of ms");
        require(substeps >= 1, "substeps", substeps, "at least 1");
        require(features >= 0, "features", features, "at least 0");
        require(!tauMs.isEmpty(), "the list of time constants", tauMs, "one, or one for each unit");
        require(!initialValues.isEmpty(), "the list of initial values", initialValues, "one, or one for each unit");
        double step = dtMs / substeps;
        double least = integrator.isBoundedByTau() ? step * (1 - ROUNDING) : Double.MIN_NORMAL;
        String allowed = integrator.isBoundedByTau() ? "finite numbers of at least dt / substeps = " + step
                + " ms, above which a step stays between state and candidate" : "positive, finite numbers of ms";
        for (int j = 0; j < tauMs.size(); j++) {
            double tau = tauMs.get(j);
            require(tau >= least && Double.isFinite(tau), "time constant of unit " + j, tau + " ms", allowed);
            require(!learnTau || tau >= minTauMs, "time constant of unit " + j, tau + " ms", "at least minTau = "
                    + minTauMs + " ms");
        }
        require(minTauMs >= least && Double.isFinite(minTauMs), "minTau", minTauMs + " ms", allowed);
        for (int j = 0; j < initialValues.size(); j++) {
            require(Double.isFinite(initialValues.get(j)), "initial state of unit " + j, initialValues.get(j),
                    "finite numbers");
        }
    }

    private static void require(boolean holds, String name, Object value, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + "; allowed: " + allowed);
        }
    }

    /** The plain form: Euler steps of {@code dtMs}, time constants of {@code dtMs}, input in the gates, start at 0. */
    public static GruEquations euler(double dtMs) {
        return euler(dtMs, 0);
    }

    /** The same with shared features. */
    public static GruEquations euler(double dtMs, int features) {
        return of(Integrator.EULER, 1, dtMs, features);
    }

    /**
     * The same with another method.
     *
     * @param integrator the method
     * @param substeps   its steps in a sample
     * @param dtMs       time from one sample to the next
     * @param features   number of shared features
     */
    public static GruEquations of(Integrator integrator, int substeps, double dtMs, int features) {
        Draft draft = new Draft();
        draft.integrator = integrator;
        draft.substeps = substeps;
        draft.features = features;
        draft.dtMs = dtMs;
        draft.tauMs = new double[] {dtMs};
        return draft.build();
    }

    /**
     * Time constants of all units, in ms.
     *
     * @throws IllegalArgumentException when there are neither one nor {@code units} of them
     */
    double[] tauMs(int units) {
        return spread("time constants", tauMs, units);
    }

    /** Fixed or first values of the initial state, one for each unit. */
    double[] initialValues(int units) {
        return spread("initial values", initialValues, units);
    }

    private static double[] spread(String name, List<Double> values, int units) {
        if (values.size() != 1 && values.size() != units) {
            throw new IllegalArgumentException(values.size() + " " + name + "; allowed: one, or one for each of the "
                    + units + " units");
        }
        double[] all = new double[units];
        for (int j = 0; j < units; j++) {
            all[j] = values.get(values.size() == 1 ? 0 : j);
        }
        return all;
    }

    /** Channels of the input beside the data: the interval and the given state. */
    int extraChannels(int units) {
        return (irregularTime ? 1 : 0) + (initialState == InitialState.GIVEN ? units : 0);
    }

    /**
     * Channels of the input that hold data, the rows of W.
     *
     * @throws IllegalArgumentException when there are none
     */
    int inputs(long nIn, int units) {
        int extra = extraChannels(units);
        require(nIn - extra >= 1, "nIn", nIn, "at least " + (1 + extra) + ", one for data"
                + (irregularTime ? ", one for the interval" : "")
                + (initialState == InitialState.GIVEN ? ", " + units + " for the given state" : ""));
        return (int) nIn - extra;
    }

    /** Columns of W in units of H: 3, or 1 when the candidate alone sees the input. */
    int inputBlocks() {
        return inputInGates ? 3 : 1;
    }

    @JsonValue
    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.put("dtMs", dtMs);
        json.put("substeps", substeps);
        json.put("integrator", integrator.name());
        json.put("tauMs", tauMs);
        json.put("learnTau", learnTau);
        json.put("minTauMs", minTauMs);
        json.put("inputInGates", inputInGates);
        json.put("irregularTime", irregularTime);
        json.put("initialState", initialState.name());
        json.put("initialValues", initialValues);
        json.put("features", features);
        return json;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static GruEquations fromJson(Map<String, Object> json) {
        Object format = json.get("format");
        require(format instanceof Integer number && number >= 1 && number <= FORMAT,
                "the format of a continuous-time GRU in the file", format, "1 to " + FORMAT
                        + "; a newer one needs a newer version of the library");
        TreeSet<String> keys = new TreeSet<>(euler(1).toJson().keySet());
        boolean hasFeatures = !format.equals(1);
        if (!hasFeatures) {
            keys.remove("features");
        }
        require(json.keySet().equals(keys), "the set of the continuous-time GRU's fields in the file", json.keySet(),
                keys.toString());
        return new GruEquations(number(json.get("dtMs")), ((Number) json.get("substeps")).intValue(),
                Integrator.valueOf((String) json.get("integrator")), numbers(json.get("tauMs")),
                (Boolean) json.get("learnTau"), number(json.get("minTauMs")), (Boolean) json.get("inputInGates"),
                (Boolean) json.get("irregularTime"), InitialState.valueOf((String) json.get("initialState")),
                numbers(json.get("initialValues")), hasFeatures ? ((Number) json.get("features")).intValue() : 0);
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    private static List<Double> numbers(Object value) {
        List<Double> all = new ArrayList<>();
        for (Object element : (List<?>) value) {
            all.add(number(element));
        }
        return all;
    }

    /** Equations in the making; see {@link GruOptions}. */
    public static final class Draft {

        double dtMs = 1;
        int substeps = 1;
        Integrator integrator = Integrator.EULER;
        double[] tauMs = {1};
        boolean learnTau;
        Double minTauMs;
        boolean inputInGates = true;
        boolean irregularTime;
        InitialState initialState = InitialState.FIXED;
        double[] initialValues = {0};
        int features;

        Draft() {
        }

        GruEquations build() {
            return new GruEquations(dtMs, substeps, integrator, list(tauMs), learnTau,
                    minTauMs == null ? dtMs / Math.max(1, substeps) : minTauMs, inputInGates, irregularTime,
                    initialState, list(initialValues), features);
        }

        private static List<Double> list(double[] values) {
            return Arrays.stream(values).boxed().toList();
        }
    }
}

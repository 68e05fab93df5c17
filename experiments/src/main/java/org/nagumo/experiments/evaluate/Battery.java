package org.nagumo.experiments.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.ExcitableSystem;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.datagen.stimulus.OrnsteinUhlenbeck;
import org.nagumo.datagen.stimulus.RandomStreams;
import org.nagumo.experiments.spikes.Spike;
import org.nagumo.experiments.spikes.SpikeDetector;
import org.nagumo.experiments.spikes.SpikeStatistics;

/**
 * The protocols by which a system is measured, the same for a neuron and for a network. None of them, and none of the
 * noise, is in a training set: the noise comes from streams of the battery's own seed.
 *
 * <p>All currents and times are those of Hodgkin and Huxley's neuron; another has them on its own scale: the steps
 * reach from zero to about three times the onset of repetitive firing, the
 * hyperpolarising ones to minus one onset where the
 * scale is measured.
 *
 * @param dtMs          sampling step of all currents in ms; a network runs at the step it was trained with
 * @param trialsPerKind one-second trials of each kind of noise
 * @param scale         what 1 uA/cm2 and 1 ms are in the teacher, and what counts as a spike
 */
public record Battery(@JsonProperty("dt_ms") double dtMs, @JsonProperty("trials_per_kind") int trialsPerKind,
        @JsonProperty("scale") NeuronScale scale) {

    /** Trials of each kind in a full measurement: with ten kinds, 320 seconds of noise. */
    public static final int FULL_TRIALS = 32;

    /** Sampling step in ms, on the scale of Hodgkin and Huxley's neuron, where no network asks for another. */
    public static final double DT_MS = 0.1;

    /** Amplitudes of the hyperpolarising steps. */
    static final List<Double> REBOUND = List.of(-2.0, -3.0, -5.0, -10.0, -15.0, -20.0);

    private static final long SEED = 1961;
    private static final double ONSET_MS = 100;
    private static final double STEP_MS = FiPoint.STEP_MS;
    private static final double TAIL_MS = 20;
    private static final double HYPERPOLARISED_MS = 50;
    private static final double AFTER_RELEASE_MS = 100;
    private static final double TRIAL_MS = 1000;
    private static final double RAMP_MS = 600;
    private static final double HOLD_MS = 1500;
    private static final double PULSE_MS = 1;
    private static final double AFTER_PULSES_MS = 40;

    /** Currents of the f-I curve: 0, 1, ... 20; thresholds are looked for up to the last. */
    private static final int LARGEST_CURRENT = 20;

    /** Refractory periods are looked for up to here. */
    private static final double LONGEST_INTERVAL_MS = 40;

    /** Currents of the responses that are drawn. */
    private static final int DRAWN_STEP = 10;
    private static final double DRAWN_RELEASE = -10;

    /** Values of one round of a search; each round narrows the bracket by this factor. */
    private static final int SEARCH_POINTS = 20;
    private static final int SEARCH_ROUNDS = 3;

    /** Whether a trace has what is looked for at a value of a search. */
    @FunctionalInterface
    private interface Criterion {
        boolean holds(double value, Trace trace);
    }

    public Battery {
        if (!(dtMs > 0) || Double.isInfinite(dtMs) || trialsPerKind < 1) {
            throw new IllegalArgumentException("dtMs is " + dtMs + " and trialsPerKind " + trialsPerKind
                    + "; allowed: a positive step and at least one trial");
        }
        if (scale == null) {
            throw new IllegalArgumentException("scale is missing; allowed: that of a neuron");
        }
    }

    /** The battery for Hodgkin and Huxley's neuron. */
    public Battery(double dtMs, int trialsPerKind) {
        this(dtMs, trialsPerKind, NeuronScale.MEMBRANE);
    }

    /** The currents of all steps, ramps and pulses. Noise may exceed them now and then. */
    public CurrentRange currents() {
        double first = Collections.min(REBOUND) * scale.amplitudes().hyperpolarising() * scale.currentUnit();
        double last = LARGEST_CURRENT * scale.currentUnit();
        return new CurrentRange(Math.min(first, last), Math.max(first, last));
    }

    /** Parts of one measurement, for its progress. */
    public int parts() {
        return 6;
    }

    /**
     * Measures a system.
     *
     * @param partDone told after each of {@link #parts} parts
     */
    public Response measure(ExcitableSystem system, Runnable partDone) {
        List<Trace> steps = steps(system);
        partDone.run();
        List<Trace> releases = system.respond(REBOUND.stream().map(this::release).toList());
        partDone.run();
        double rheobase = smallest(system, LARGEST_CURRENT, this::step, (value, trace) -> fires(trace));
        FiringOnset onset = onset(system);
        partDone.run();
        double firingDownTo = smallest(system, LARGEST_CURRENT, this::kicked,
                (value, trace) -> firesToTheEnd(trace));
        partDone.run();
        double refractory = smallest(system, LONGEST_INTERVAL_MS, this::pairedPulses, this::secondPulseFires);
        partDone.run();
        Map<String, List<Trace>> noise = underNoise(system);
        partDone.run();
        List<Spike> noiseSpikes = noise.values().stream().flatMap(List::stream)
                .flatMap(trace -> spikes(trace).stream()).toList();
        return new Response(system.name(), scale, steps.get(0).voltageMv()[samples(ONSET_MS)],
                fiCurve(steps), rheobase * scale.currentUnit(), onset.current(), onset.rateHz(),
                onset.restUpTo(), firingDownTo * scale.currentUnit(), refractory * scale.timeUnitMs(),
                IntStream.range(0, REBOUND.size()).mapToObj(i -> reboundCase(REBOUND.get(i), releases.get(i)))
                        .toList(),
                noiseSpikes.size(), SpikeShape.mean(noiseSpikes), new Traces(steps.get(DRAWN_STEP),
                        releases.get(REBOUND.indexOf(DRAWN_RELEASE)), noise));
    }

    /**
     * Measures the f-I curve alone.
     *
     * @param system a system
     * @return the answers to all steps
     */
    public List<FiPoint> fiCurve(ExcitableSystem system) {
        return fiCurve(steps(system));
    }

    private List<Trace> steps(ExcitableSystem system) {
        return system.respond(IntStream.rangeClosed(0, LARGEST_CURRENT).mapToObj(this::step).toList());
    }

    private List<FiPoint> fiCurve(List<Trace> steps) {
        return IntStream.rangeClosed(0, LARGEST_CURRENT).mapToObj(i -> fiPoint(i, steps.get(i))).toList();
    }

    /** Measures the onset of firing alone. */
    public FiringOnset onset(ExcitableSystem system) {
        double onset = smallest(system, LARGEST_CURRENT, this::step, (value, trace) -> firesToTheEnd(trace));
        double rate = Double.isNaN(onset) ? Double.NaN
                : stepStatistics(system.respond(List.of(step(onset))).get(0)).steadyRateHz();
        double restUpTo = smallest(system, LARGEST_CURRENT, this::slowRise, (value, trace) -> fires(trace));
        return new FiringOnset(onset * scale.currentUnit(), rate, restUpTo * scale.currentUnit());
    }

    /** Times here are on the scale of Hodgkin and Huxley's neuron. */
    private int samples(double ms) {
        return (int) Math.round(ms * scale.timeUnitMs() / dtMs);
    }

    /** A current on the scale of Hodgkin and Huxley's neuron in that of the teacher. */
    private CurrentTrace scaled(double[] current) {
        for (int i = 0; i < current.length; i++) {
            current[i] *= scale.currentUnit();
        }
        return new CurrentTrace(dtMs, current);
    }

    private CurrentTrace step(double amplitude) {
        double[] current = new double[samples(ONSET_MS + STEP_MS + TAIL_MS)];
        Arrays.fill(current, samples(ONSET_MS), samples(ONSET_MS + STEP_MS), amplitude);
        return scaled(current);
    }

    private CurrentTrace release(double amplitude) {
        double[] current = new double[samples(ONSET_MS + HYPERPOLARISED_MS + AFTER_RELEASE_MS)];
        Arrays.fill(current, samples(ONSET_MS), samples(ONSET_MS + HYPERPOLARISED_MS),
                amplitude * scale.amplitudes().hyperpolarising());
        return scaled(current);
    }

    /** So slow a rise that the neuron follows its rest, then a hold in which an instability would show. */
    private CurrentTrace slowRise(double amplitude) {
        double[] current = new double[samples(RAMP_MS + HOLD_MS)];
        double ramp = RAMP_MS * scale.timeUnitMs();
        for (int i = 0; i < current.length; i++) {
            current[i] = amplitude * Math.min(1, i * dtMs / ramp);
        }
        return scaled(current);
    }

    /** Firing at a high current that is reduced to a lower one. */
    private CurrentTrace kicked(double amplitude) {
        double[] current = new double[samples(ONSET_MS + STEP_MS + TAIL_MS)];
        double from = Math.max(scale.amplitudes().firing(), amplitude);
        int ramp = samples(ONSET_MS);
        for (int i = 0; i < current.length; i++) {
            current[i] = i < ramp ? from : Math.max(amplitude, from - (from - amplitude) * (i - ramp) / (double) ramp);
        }
        return scaled(current);
    }

    private CurrentTrace pairedPulses(double intervalMs) {
        double[] current = new double[samples(ONSET_MS + LONGEST_INTERVAL_MS + AFTER_PULSES_MS)];
        addPulse(current, ONSET_MS);
        addPulse(current, ONSET_MS + intervalMs);
        return scaled(current);
    }

    /** Samples that a pulse covers in part have a part of its amplitude, so that it may begin at any time. */
    private void addPulse(double[] current, double onsetMs) {
        double from = onsetMs * scale.timeUnitMs() / dtMs;
        double to = (onsetMs + PULSE_MS) * scale.timeUnitMs() / dtMs;
        for (int i = (int) from; i < to; i++) {
            current[i] += scale.amplitudes().pulse() * (Math.min(i + 1, to) - Math.max(i, from));
        }
    }

    private boolean secondPulseFires(double intervalMs, Trace trace) {
        List<Spike> spikes = spikes(trace);
        return spikes.size() >= 2 && spikes.get(1).timeMs() > (ONSET_MS + intervalMs) * scale.timeUnitMs();
    }

    /** Responses to all trials of noise, by kind, without the state variables. */
    private Map<String, List<Trace>> underNoise(ExcitableSystem system) {
        List<CurrentTrace> currents = NoiseKind.ALL.stream().flatMap(kind -> noise(kind).stream()).toList();
        List<Trace> traces = system.respond(currents);
        Map<String, List<Trace>> byKind = new LinkedHashMap<>();
        for (int k = 0; k < NoiseKind.ALL.size(); k++) {
            byKind.put(NoiseKind.ALL.get(k).key(), traces.subList(k * trialsPerKind, (k + 1) * trialsPerKind).stream()
                    .map(t -> new Trace(t.current(), t.voltageMv(), List.of(), new double[0][])).toList());
        }
        return byKind;
    }

    /** The trials of one kind of noise. */
    List<CurrentTrace> noise(NoiseKind kind) {
        List<CurrentTrace> trials = new ArrayList<>();
        for (int trial = 0; trial < trialsPerKind; trial++) {
            double[] current = new double[samples(TRIAL_MS)];
            new OrnsteinUhlenbeck(kind.meanUaPerCm2(), kind.sdUaPerCm2(), kind.tauMs()).addTo(current,
                    dtMs / scale.timeUnitMs(), RandomStreams.named(SEED, "battery." + kind.key(), trial));
            trials.add(scaled(current));
        }
        return trials;
    }

    /**
     * The smallest value from which on a property holds, by rounds of ever finer grids; NaN when it never does up to
     * the largest.
     */
    private double smallest(ExcitableSystem system, double largest, DoubleFunction<CurrentTrace> protocol,
            Criterion criterion) {
        double low = 0;
        double high = largest;
        for (int round = 0; round < SEARCH_ROUNDS; round++) {
            double start = low;
            double spacing = (high - low) / SEARCH_POINTS;
            double[] values = IntStream.rangeClosed(1, SEARCH_POINTS).mapToDouble(k -> start + k * spacing).toArray();
            List<Trace> traces = system.respond(Arrays.stream(values).mapToObj(protocol).toList());
            int first = 0;
            while (first < SEARCH_POINTS && !criterion.holds(values[first], traces.get(first))) {
                first++;
            }
            if (first == SEARCH_POINTS) {
                return Double.NaN;
            }
            high = low + (first + 1) * spacing;
            low = high - spacing;
        }
        return high;
    }

    private List<Spike> spikes(Trace trace) {
        return SpikeDetector.detect(trace, scale.criterion());
    }

    private boolean fires(Trace trace) {
        return !spikes(trace).isEmpty();
    }

    /** Regular firing that has not died: in the last 100 ms of the step and often enough. */
    private boolean firesToTheEnd(Trace trace) {
        double end = trace.length() * trace.dtMs() - TAIL_MS * scale.timeUnitMs();
        long late = spikes(trace).stream()
                .filter(s -> s.timeMs() > end - 100 * scale.timeUnitMs() && s.timeMs() < end).count();
        return late >= 2;
    }

    private SpikeStatistics stepStatistics(Trace trace) {
        return SpikeStatistics.of(trace, ONSET_MS * scale.timeUnitMs(), (ONSET_MS + STEP_MS) * scale.timeUnitMs(),
                scale.criterion());
    }

    private FiPoint fiPoint(double amplitude, Trace trace) {
        SpikeStatistics s = stepStatistics(trace);
        SpikeShape shape = SpikeShape.mean(s.spikes());
        return new FiPoint(amplitude * scale.currentUnit(), s.count(), s.steadyRateHz(), s.latencyMs(),
                shape.halfWidthMs(), shape.peakMv(), shape.troughMv());
    }

    private ReboundCase reboundCase(double amplitude, Trace trace) {
        double release = ONSET_MS + HYPERPOLARISED_MS;
        SpikeStatistics s = SpikeStatistics.of(trace, ONSET_MS * scale.timeUnitMs(), release * scale.timeUnitMs(),
                scale.criterion());
        return new ReboundCase(amplitude * scale.amplitudes().hyperpolarising() * scale.currentUnit(),
                s.reboundCount(), s.reboundLatencyMs(), trace.voltageMv()[samples(release) - 1]);
    }
}

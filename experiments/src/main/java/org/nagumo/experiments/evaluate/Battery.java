package org.nagumo.experiments.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Predicate;
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
 * @param dtMs          sampling step of all currents in ms; a network runs at the step it was trained with
 * @param trialsPerKind one-second trials of each kind of noise
 */
public record Battery(double dtMs, int trialsPerKind) {

    private static final long SEED = 1961;
    private static final double ONSET_MS = 100;
    private static final double STEP_MS = FiPoint.STEP_MS;
    private static final double TAIL_MS = 20;
    private static final double HYPERPOLARISED_MS = 50;
    private static final double AFTER_RELEASE_MS = 100;
    private static final double TRIAL_MS = 1000;
    private static final double RAMP_MS = 600;
    private static final double HOLD_MS = 1500;
    private static final double[] REBOUND = {-2, -3, -5, -10, -15, -20};

    /** Thresholds are looked for up to here. */
    private static final double LARGEST_CURRENT = 20;

    /** Currents of one round of a search; each round narrows the bracket by this factor. */
    private static final int SEARCH_POINTS = 20;
    private static final int SEARCH_ROUNDS = 3;

    public Battery {
        if (!(dtMs > 0) || trialsPerKind < 1) {
            throw new IllegalArgumentException("dtMs is " + dtMs + " and trialsPerKind " + trialsPerKind
                    + "; allowed: a positive step and at least one trial");
        }
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
        List<Trace> steps = new ArrayList<>();
        List<CurrentTrace> currents = new ArrayList<>();
        for (int i = 0; i <= 20; i++) {
            currents.add(step(i));
        }
        steps.addAll(system.respond(currents));
        partDone.run();
        List<Trace> releases = system.respond(Arrays.stream(REBOUND).mapToObj(this::release).toList());
        partDone.run();
        double rheobase = smallest(system, this::step, trace -> !SpikeDetector.detect(trace).isEmpty());
        double onset = smallest(system, this::step, Battery::firesToTheEnd);
        double onsetRate = Double.isNaN(onset) ? Double.NaN
                : stepStatistics(system.respond(List.of(step(onset))).get(0)).steadyRateHz();
        partDone.run();
        double restUpTo = smallest(system, this::slowRise, trace -> !SpikeDetector.detect(trace).isEmpty());
        partDone.run();
        double firingDownTo = smallest(system, this::kicked, Battery::firesToTheEnd);
        partDone.run();
        List<List<Trace>> noise = new ArrayList<>();
        for (int k = 0; k < NoiseKind.ALL.size(); k++) {
            noise.add(system.respond(noise(k)));
        }
        partDone.run();
        Trace quiet = steps.get(0);
        return new Response(system.name(), quiet.voltageMv()[(int) Math.round(ONSET_MS / dtMs)],
                steps.stream().map(Battery::fiPoint).toList(), rheobase, onset, onsetRate, restUpTo, firingDownTo,
                releases.stream().map(Battery::reboundCase).toList(), steps.get(10), releases.get(3), noise);
    }

    private int samples(double ms) {
        return (int) Math.round(ms / dtMs);
    }

    private CurrentTrace step(double amplitude) {
        double[] current = new double[samples(ONSET_MS + STEP_MS + TAIL_MS)];
        Arrays.fill(current, samples(ONSET_MS), samples(ONSET_MS + STEP_MS), amplitude);
        return new CurrentTrace(dtMs, current);
    }

    private CurrentTrace release(double amplitude) {
        double[] current = new double[samples(ONSET_MS + HYPERPOLARISED_MS + AFTER_RELEASE_MS)];
        Arrays.fill(current, samples(ONSET_MS), samples(ONSET_MS + HYPERPOLARISED_MS), amplitude);
        return new CurrentTrace(dtMs, current);
    }

    /** So slow a rise that the neuron follows its rest, then a hold in which an instability would show. */
    private CurrentTrace slowRise(double amplitude) {
        double[] current = new double[samples(RAMP_MS + HOLD_MS)];
        for (int i = 0; i < current.length; i++) {
            current[i] = amplitude * Math.min(1, i * dtMs / RAMP_MS);
        }
        return new CurrentTrace(dtMs, current);
    }

    /** Firing at 15 uA/cm2 that is taken down to a lower current. */
    private CurrentTrace kicked(double amplitude) {
        double[] current = new double[samples(ONSET_MS + STEP_MS + TAIL_MS)];
        double from = Math.max(15, amplitude);
        int ramp = samples(ONSET_MS);
        for (int i = 0; i < current.length; i++) {
            current[i] = i < ramp ? from : Math.max(amplitude, from - (from - amplitude) * (i - ramp) / (double) ramp);
        }
        return new CurrentTrace(dtMs, current);
    }

    /** The trials of one kind of noise. */
    List<CurrentTrace> noise(int kind) {
        NoiseKind noise = NoiseKind.ALL.get(kind);
        List<CurrentTrace> trials = new ArrayList<>();
        for (int trial = 0; trial < trialsPerKind; trial++) {
            double[] current = new double[samples(TRIAL_MS)];
            new OrnsteinUhlenbeck(noise.meanUaPerCm2(), noise.sdUaPerCm2(), noise.tauMs())
                    .addTo(current, dtMs, RandomStreams.named(SEED, "battery." + noise.key(), trial));
            trials.add(new CurrentTrace(dtMs, current));
        }
        return trials;
    }

    /**
     * The smallest current from which on a property holds, by rounds of ever finer grids; NaN when it never does up
     * to {@value #LARGEST_CURRENT} uA/cm2.
     */
    private double smallest(ExcitableSystem system, DoubleFunction<CurrentTrace> protocol, Predicate<Trace> holds) {
        double low = 0;
        double high = LARGEST_CURRENT;
        for (int round = 0; round < SEARCH_ROUNDS; round++) {
            double spacing = (high - low) / SEARCH_POINTS;
            List<CurrentTrace> currents = new ArrayList<>();
            for (int k = 1; k <= SEARCH_POINTS; k++) {
                currents.add(protocol.apply(low + k * spacing));
            }
            List<Trace> traces = system.respond(currents);
            int first = 0;
            while (first < SEARCH_POINTS && !holds.test(traces.get(first))) {
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

    /** Regular firing that has not died: in the last 100 ms of the step and often enough. */
    private static boolean firesToTheEnd(Trace trace) {
        List<Spike> spikes = SpikeDetector.detect(trace);
        double end = trace.length() * trace.dtMs() - TAIL_MS;
        long late = spikes.stream().filter(s -> s.timeMs() > end - 100 && s.timeMs() < end).count();
        return late >= 2;
    }

    private static SpikeStatistics stepStatistics(Trace trace) {
        return SpikeStatistics.of(trace, ONSET_MS, ONSET_MS + STEP_MS);
    }

    private static FiPoint fiPoint(Trace trace) {
        SpikeStatistics s = stepStatistics(trace);
        double amplitude = trace.current().currentUaPerCm2()[(int) Math.round(ONSET_MS / trace.dtMs())];
        return new FiPoint(amplitude, s.count(), s.steadyRateHz(), s.latencyMs(),
                s.spikes().stream().mapToDouble(Spike::halfWidthMs).filter(Double::isFinite).average()
                        .orElse(Double.NaN),
                s.spikes().stream().mapToDouble(Spike::peakMv).average().orElse(Double.NaN),
                s.spikes().stream().mapToDouble(Spike::troughMv).filter(Double::isFinite).average()
                        .orElse(Double.NaN));
    }

    private static ReboundCase reboundCase(Trace trace) {
        double release = ONSET_MS + HYPERPOLARISED_MS;
        SpikeStatistics s = SpikeStatistics.of(trace, release, release + AFTER_RELEASE_MS);
        int last = (int) Math.round(release / trace.dtMs()) - 1;
        return new ReboundCase(trace.current().currentUaPerCm2()[last], s.count(), s.latencyMs(),
                trace.voltageMv()[last]);
    }
}

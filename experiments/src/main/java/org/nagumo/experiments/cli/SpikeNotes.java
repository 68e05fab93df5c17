package org.nagumo.experiments.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.experiments.spikes.Spike;
import org.nagumo.experiments.spikes.SpikeCriterion;

/** Warnings about the spikes of a trace that a person should check. */
final class SpikeNotes {

    /** Without a spike, a potential above it in mV suggests that the threshold is too high. */
    private static final double SUSPICIOUS_MV = -40;

    private static final double LEAST_SAMPLES = 2;

    private SpikeNotes() {
    }

    /**
     * Returns the warnings.
     *
     * @param trace     a trace
     * @param spikes    all its spikes
     * @param criterion the criterion that found them
     * @return one line each; none where nothing is wrong
     */
    static List<String> of(Trace trace, List<Spike> spikes, SpikeCriterion criterion) {
        List<String> notes = new ArrayList<>();
        if (spikes.isEmpty() && !criterion.downward()) {
            double largest = Double.NEGATIVE_INFINITY;
            for (double v : trace.voltageMv()) {
                largest = Math.max(largest, v);
            }
            if (largest > SUSPICIOUS_MV) {
                notes.add(String.format(Locale.ROOT, "no spike, but the largest potential is %.2f mV%s; --threshold"
                        + " sets the potential whose crossing starts a spike, now %s mV", largest,
                        largest >= criterion.thresholdMv() ? " (the threshold is not crossed upward with a later"
                        + " return)" : "", Float.toString((float) criterion.thresholdMv())));
            }
        }
        int further = crossings(criterion.aligned(trace.voltageMv())) - spikes.size();
        if (!spikes.isEmpty() && further > 0 && criterion.leastWidthMs() == 0) {
            notes.add(further + " further crossing" + (further == 1 ? "" : "s") + " of the threshold without a fall to"
                    + " the re-arm level before, " + (float) criterion.rearmMv() + " mV from it: ripples or noise?"
                    + " --rearm sets that distance");
        }
        double least = LEAST_SAMPLES * trace.dtMs();
        List<Spike> narrow = spikes.stream().filter(s -> s.widthMs() < least).toList();
        if (!narrow.isEmpty()) {
            notes.add(narrow.size() + (narrow.size() == 1 ? " spike is" : " spikes are") + " narrower than 2 samples ("
                    + narrow.stream().limit(10).map(s -> String.format(Locale.ROOT, "%.3f", s.timeMs()))
                            .collect(Collectors.joining(", ")) + (narrow.size() > 10 ? ", ..." : "")
                    + " ms): artefacts? --least-width " + (float) least + " leaves them out");
        }
        return notes;
    }

    /** Crossings with a later return, however small. */
    private static int crossings(double[] aligned) {
        int crossings = 0;
        for (int i = 1; i < aligned.length; i++) {
            if (aligned[i - 1] < 0 && aligned[i] >= 0) {
                crossings++;
            }
        }
        return crossings > 0 && aligned[aligned.length - 1] >= 0 ? crossings - 1 : crossings;
    }
}

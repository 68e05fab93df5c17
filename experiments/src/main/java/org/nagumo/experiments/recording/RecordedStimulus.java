package org.nagumo.experiments.recording;

import java.util.Arrays;
import java.util.List;
import org.nagumo.datagen.recording.set.RecordedSequence.Role;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.ExcitableSystem;
import org.nagumo.datagen.simulate.Trace;

/**
 * One current and the potentials by which a cell answered it, once or several times.
 *
 * @param dtMs        time between samples in ms
 * @param fromMs      time of the first sample after the start of the sweep, in ms
 * @param current     mean of the currents of all repetitions, one value a sample, in the unit of the data set; not
 *                    copied, not to be modified
 * @param holding     current before the first sample, in the same unit
 * @param voltageMv   {@code [repetition][sample]} in mV; not copied, not to be modified
 * @param stretches   what is trained on and what is held out, in the order of time, without gaps
 */
public record RecordedStimulus(double dtMs, double fromMs, double[] current, double holding, double[][] voltageMv,
        List<Stretch> stretches) {

    /** Time under the holding current before a simulation of the stimulus. */
    private static final double SETTLING_MS = 1000;

    public RecordedStimulus {
        stretches = List.copyOf(stretches);
        for (double[] potential : voltageMv) {
            if (potential.length != current.length) {
                throw new IllegalArgumentException("voltageMv has " + potential.length + " samples; allowed: as many as"
                        + " the current, " + current.length);
            }
        }
    }

    /**
     * Number of repetitions.
     *
     * @return a positive number
     */
    public int repetitions() {
        return voltageMv.length;
    }

    /**
     * The stretches of a role.
     *
     * @param role what they are for
     * @return the stretches in the order of time; empty when there are none
     */
    public List<Stretch> stretches(Role role) {
        return stretches.stream().filter(stretch -> stretch.role() == role).toList();
    }

    /**
     * Potential of a repetition within a stretch, as a trace that starts at 0 ms.
     *
     * @param repetition index of the repetition
     * @param stretch    part of this stimulus
     * @return current and potential
     */
    public Trace trace(int repetition, Stretch stretch) {
        return trace(voltageMv[repetition], stretch);
    }

    /**
     * A potential under this stimulus within a stretch, as a trace that starts at 0 ms.
     *
     * @param potentialMv one value a sample of the stimulus; not modified
     * @param stretch     part of this stimulus
     * @return current and potential
     */
    public Trace trace(double[] potentialMv, Stretch stretch) {
        return new Trace(new CurrentTrace(dtMs, stretch.of(current)), stretch.of(potentialMv), List.of(),
                new double[0][]);
    }

    /**
     * The current as a model receives it: a second of the holding current, then the stimulus up to a sample.
     *
     * @param end index after the last sample
     * @return the current; {@link #settlingSamples} samples are put before the stimulus
     */
    CurrentTrace led(int end) {
        int settling = settlingSamples();
        double[] led = new double[settling + end];
        Arrays.fill(led, 0, settling, holding);
        System.arraycopy(current, 0, led, settling, end);
        return new CurrentTrace(dtMs, led);
    }

    int settlingSamples() {
        return (int) Math.round(SETTLING_MS / dtMs);
    }

    /**
     * Answer of a system to this stimulus, which it begins at its rest under the holding current.
     *
     * @param system the system
     * @return its potential in mV, one value a sample
     */
    public double[] answer(ExcitableSystem system) {
        double[] led = system.respond(List.of(led(current.length))).get(0).voltageMv();
        return Arrays.copyOfRange(led, settlingSamples(), led.length);
    }
}

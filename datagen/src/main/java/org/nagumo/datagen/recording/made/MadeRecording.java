package org.nagumo.datagen.recording.made;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.nagumo.datagen.io.AtomicFile;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.PhysicalUnits;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.NeuronSimulator;
import org.nagumo.datagen.stimulus.OrnsteinUhlenbeck;
import org.nagumo.datagen.stimulus.RandomStreams;

/**
 * A recording of a simulated neuron as a rig would make it: sweeps of noisy current, each repeated, as tables of time,
 * current in pA and potential in mV at 20 kHz, and a {@code recordings.yaml} that lists them and holds out the end of
 * each sweep.
 *
 * <p>Repetitions differ by a current that is not recorded, Ornstein-Uhlenbeck noise in the place of the noise of the
 * channels. The recorded potential has white noise of the measurement.
 *
 * @param neuron      the neuron, whose current has the unit uA/cm2
 * @param areaUm2     area of its membrane in um2, which turns uA/cm2 into pA
 * @param sweeps      number of different currents
 * @param repetitions how often each is repeated
 * @param durationMs  length of a sweep
 * @param currentUnit size of the currents: the mean is drawn from 0 to 9 times it, the standard deviation from 3 to 6
 *                    times, in uA/cm2; 1 for Hodgkin and Huxley's neuron
 * @param timeUnit    scale of times: correlation times are drawn from 1 to 10 ms times it
 * @param noise       standard deviation of the current that is not recorded, in uA/cm2
 * @param measuringMv standard deviation of the noise of the measurement
 * @param seed        seed of all draws
 */
public record MadeRecording(Neuron neuron, double areaUm2, int sweeps, int repetitions, double durationMs,
        double currentUnit, double timeUnit, double noise, double measuringMv, long seed) {

    /** Time between samples in ms: 20 kHz. */
    public static final double DT_MS = 0.05;

    /** Name of the file that lists the recordings. */
    public static final String LIST = "recordings.yaml";

    /** 1 uA/cm2 through 1 um2 in pA. */
    private static final double PA_PER_UA_PER_CM2_AND_UM2 = 0.01;
    private static final double HIDDEN_TAU_MS = 2;
    private static final double HELD_OUT_PART = 0.25;
    private static final double HIGHEST_MEAN = 9;
    private static final double LOWEST_SD = 3;
    private static final double HIGHEST_SD = 6;
    private static final double LONGEST_TAU = 10;

    public MadeRecording {
        check("areaUm2", areaUm2, areaUm2 > 0, "positive numbers of um2");
        check("sweeps", sweeps, sweeps > 0 && sweeps <= 1000, "1 to 1000");
        check("repetitions", repetitions, repetitions > 0 && repetitions <= 1000, "1 to 1000");
        check("durationMs", durationMs, durationMs >= 100 && durationMs <= 1e6, "100 to 1000000 ms");
        check("currentUnit", currentUnit, currentUnit > 0, "positive numbers");
        check("timeUnit", timeUnit, timeUnit > 0, "positive numbers");
        check("noise", noise, noise >= 0, "0 and more");
        check("measuringMv", measuringMv, measuringMv >= 0, "0 and more");
        if (!neuron.traits().units().equals(PhysicalUnits.MEMBRANE)) {
            throw new InputException(neuron.name() + " has currents in " + neuron.traits().units().current()
                    + ", which no electrode injects; allowed: neurons in uA/cm2, mV and ms");
        }
    }

    private static void check(String field, double value, boolean holds, String allowed) {
        if (!holds || !Double.isFinite(value)) {
            throw new IllegalArgumentException(field + " is " + value + "; allowed: " + allowed);
        }
    }

    /**
     * Current of a sweep.
     *
     * @param sweep number of the sweep, from 0
     * @return current in uA/cm2, one value every {@link #DT_MS}
     */
    double[] current(int sweep) {
        SplittableRandom random = RandomStreams.named(seed, "recorded-current", sweep);
        double mean = HIGHEST_MEAN * currentUnit * random.nextDouble();
        double sd = currentUnit * random.nextDouble(LOWEST_SD, HIGHEST_SD);
        double tau = timeUnit * Math.pow(LONGEST_TAU, random.nextDouble());
        double[] current = new double[(int) Math.round(durationMs / DT_MS)];
        new OrnsteinUhlenbeck(mean, sd, tau).addTo(current, DT_MS, random);
        return current;
    }

    /**
     * Recorded potential of a repetition.
     *
     * @param current    current of the sweep in uA/cm2; not modified
     * @param sweep      number of the sweep, from 0
     * @param repetition number of the repetition, from 0
     * @return potential in mV with the noise of the measurement
     */
    double[] potential(double[] current, int sweep, int repetition) {
        SplittableRandom random = RandomStreams.named(seed, "recorded-noise", (long) sweep * repetitions + repetition);
        double[] injected = current.clone();
        if (noise > 0) {
            new OrnsteinUhlenbeck(0, noise, HIDDEN_TAU_MS * timeUnit).addTo(injected, DT_MS, random);
        }
        double[] potential = new NeuronSimulator(neuron, 1).respond(List.of(new CurrentTrace(DT_MS, injected))).get(0)
                .voltageMv().clone();
        for (int i = 0; i < potential.length; i++) {
            potential[i] += measuringMv * RandomStreams.gaussian(random);
        }
        return potential;
    }

    /**
     * Makes the recording.
     *
     * @param folder   where it is put; made when missing
     * @param progress called after each repetition
     * @throws InputException when the folder holds a recording already
     */
    public void write(Path folder, Runnable progress) {
        Path list = folder.resolve(LIST);
        if (Files.exists(list)) {
            throw new InputException(list + ": exists; allowed: another folder");
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new InputException(folder + ": cannot be made (" + e + "); allowed: a folder to write to", e);
        }
        StringBuilder text = new StringBuilder("name: " + neuron.name() + "-recorded\nrecordings:\n");
        for (int sweep = 0; sweep < sweeps; sweep++) {
            double[] current = current(sweep);
            String name = String.format(Locale.ROOT, "sweep_%02d_", sweep + 1);
            for (int repetition = 0; repetition < repetitions; repetition++) {
                double[] potential = potential(current, sweep, repetition);
                AtomicFile.write(folder.resolve(name + (repetition + 1) + ".csv"), out -> table(
                        new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)), current, potential));
                progress.run();
            }
            text.append("  - {file: \"").append(name).append("*.csv\", repetitions: ").append(repetitions > 1)
                    .append("}\n");
        }
        double from = Math.rint((1 - HELD_OUT_PART) * durationMs);
        text.append("sampling: {dt_ms: 0.1, current_unit: pA}\nhold_out: {from_ms: ").append(from).append(", to_ms: ")
                .append(durationMs).append("}\n");
        AtomicFile.write(list, text.toString());
    }

    private void table(Writer out, double[] current, double[] potential) {
        try {
            out.write("time_ms,current_pA,voltage_mV\n");
            double scale = areaUm2 * PA_PER_UA_PER_CM2_AND_UM2;
            for (int i = 0; i < current.length; i++) {
                // Rounded as a converter rounds: to a hundredth of a pA and a thousandth of a mV.
                out.write(Math.round(i * DT_MS * 100) / 100.0 + "," + Math.round(current[i] * scale * 100) / 100.0 + ","
                        + Math.round(potential[i] * 1000) / 1000.0 + "\n");
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

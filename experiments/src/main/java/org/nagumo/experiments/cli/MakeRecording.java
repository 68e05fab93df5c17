package org.nagumo.experiments.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.recording.made.MadeRecording;
import org.nagumo.experiments.evaluate.NeuronScale;
import org.nagumo.experiments.reproduce.Steps;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes recordings of a simulated neuron. */
@Command(name = "record", mixinStandardHelpOptions = true, showDefaultValues = true,
        description = "Records a simulated neuron as a rig would: sweeps of noisy current in pA at 20 kHz, each"
                + " repeated with noise of its own, as CSV files with a recordings.yaml for 'generate'.")
public final class MakeRecording implements Callable<Integer> {

    @Option(names = "--model", paramLabel = "NEURON", defaultValue = "hh", description = "A neuron in uA/cm2, mV and"
            + " ms, by its name or file.")
    private String model;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder of the recordings.")
    private Path out;

    @Option(names = "--sweeps", paramLabel = "N", defaultValue = "8", description = "Different currents.")
    private int sweeps;

    @Option(names = "--repetitions", paramLabel = "N", defaultValue = "3", description = "Repetitions of each.")
    private int repetitions;

    @Option(names = "--duration", paramLabel = "MS", defaultValue = "4000", description = "Length of a sweep in ms.")
    private double durationMs;

    @Option(names = "--area", paramLabel = "UM2", defaultValue = "2000", description = "Area of the membrane in um2.")
    private double areaUm2;

    @Option(names = "--noise", paramLabel = "SD", description = "Standard deviation in uA/cm2 of a current that is not"
            + " recorded and differs between repetitions (default: 0.7 on the scale of hh).")
    private Double noise;

    @Option(names = "--measuring-noise", paramLabel = "MV", defaultValue = "0.1", description = "Standard deviation of"
            + " the noise of the recorded potential in mV.")
    private double measuringMv;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of all draws.")
    private long seed;

    @Mixin
    private ModelOption systems;

    @Mixin
    private QuietOption progress;

    private static final double NOISE = 0.7;

    /** Runs this command alone. */
    public static void main(String[] args) {
        System.exit(Nagumo.execute(new MakeRecording(), args));
    }

    @Override
    public Integer call() {
        Neuron neuron = systems.neuron(model);
        NeuronScale scale = NeuronScale.of(neuron);
        MadeRecording recording = new MadeRecording(neuron, areaUm2, sweeps, repetitions, durationMs,
                scale.currentUnit(), scale.timeUnitMs(), noise == null ? NOISE * scale.currentUnit() : noise,
                measuringMv, seed);
        try (Steps.Step step = progress.steps().begin("recording of " + neuron.name(),
                (long) sweeps * repetitions)) {
            recording.write(out, () -> step.advance(1));
        }
        System.out.println(sweeps * repetitions + " files and " + MadeRecording.LIST + " in " + out);
        return 0;
    }
}

package org.nagumo.experiments.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import org.nagumo.datagen.dataset.DatasetGenerator;
import org.nagumo.datagen.dataset.Recordings;
import org.nagumo.datagen.io.Beginning;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.recording.set.RecordedSequence.Role;
import org.nagumo.datagen.recording.set.RecordingSet;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.NeuronSimulator;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.datagen.simulate.TraceFile;
import org.nagumo.datagen.stimulus.OrnsteinUhlenbeck;
import org.nagumo.datagen.unit.Unit;

/** Recorded cells for tests. */
public final class Cells {

    private Cells() {
    }

    /** A Hodgkin-Huxley neuron under noise, as repetitions with a little noise of their own, the last part held out. */
    public static RecordedCell hodgkinHuxley(int repetitions, double ms, double heldOutFromMs) {
        double dt = 0.1;
        double[] current = current(dt, ms, 1);
        double[][] voltage = new double[repetitions][];
        for (int r = 0; r < repetitions; r++) {
            double[] own = current.clone();
            new OrnsteinUhlenbeck(0, 0.7, 2).addTo(own, dt, new SplittableRandom(100 + r));
            voltage[r] = new NeuronSimulator(Neurons.named("hh"), 1).respond(List.of(new CurrentTrace(dt, own))).get(0)
                    .voltageMv();
        }
        int split = (int) Math.round(heldOutFromMs / dt);
        List<Stretch> stretches = split >= current.length ? List.of(new Stretch(Role.TRAIN, 0, current.length))
                : List.of(new Stretch(Role.TRAIN, 0, split), new Stretch(Role.HOLD_OUT, split, current.length));
        return new RecordedCell("test", dt, Unit.UA_PER_CM2,
                List.of(new RecordedStimulus(dt, 0, current, current[0], voltage, stretches)), "0".repeat(64));
    }

    static double[] current(double dt, double ms, long seed) {
        double[] current = new double[(int) Math.round(ms / dt)];
        new OrnsteinUhlenbeck(6, 4, 4).addTo(current, dt, new SplittableRandom(seed));
        return current;
    }

    /** Writes two repetitions as files with a list of them, and makes a data set of it. */
    static Path dataSet(Path folder, String holdOut) {
        double[] current = current(0.1, 200, 1);
        for (int r = 1; r <= 2; r++) {
            double[] own = current.clone();
            for (int i = 0; i < own.length; i++) {
                own[i] += 0.01 * r;
            }
            Trace trace = new NeuronSimulator(Neurons.named("hh"), 1).respond(List.of(new CurrentTrace(0.1, own)))
                    .get(0);
            TraceFile.write(folder.resolve("sweep_" + r + ".csv"), new Trace(trace.current(), trace.voltageMv(),
                    List.of(), new double[0][]), samples -> { });
        }
        try {
            Path list = folder.resolve("recordings.yaml");
            Files.writeString(list, "name: pair\nrecordings:\n  - {file: 'sweep_*.csv', repetitions: true}\n"
                    + holdOut);
            Recordings.make(RecordingSet.read(list), folder.resolve("data"), new DatasetGenerator.Options(
                    EnumSet.of(DatasetGenerator.Format.BINARY), 1, Beginning.NEW, samples -> { }));
            return folder.resolve("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

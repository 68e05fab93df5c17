package org.nagumo.datagen.recording.prepare;

import java.util.Arrays;
import org.nagumo.datagen.recording.Signal;

/**
 * Takes the electrode's share off a potential: {@code V(t) = V_rec(t) - (K_e * I)(t)}. Before the first sample the
 * current is taken to have its first value.
 *
 * <p>Source: Brette et al. 2008, Neuron 59:379-391; Badel et al. 2008, J. Neurophysiol. 99:656-666; Pozzorini et al.
 * 2015, PLoS Comput. Biol. 11:e1004275, equation 15.
 *
 * @param recordedMv recorded potential in mV
 * @param currentPa  injected current in pA, on the same samples
 * @param kernel     K_e, with the same step
 */
public record Electrode(Signal recordedMv, Signal currentPa, ElectrodeKernel kernel) implements Signal {

    private static final double NA_PER_PA = 1e-3;
    private static final int PIECE = 1 << 11;

    public Electrode {
        SameSamples.require(recordedMv, currentPa);
        if (!SameSamples.sameStep(recordedMv.stepMs(), kernel.stepMs())) {
            throw new IllegalArgumentException("the electrode's recording has a step of " + kernel.stepMs()
                    + " ms; allowed: that of the recordings, " + recordedMv.stepMs() + " ms");
        }
    }

    @Override
    public int length() {
        return recordedMv.length();
    }

    @Override
    public double stepMs() {
        return recordedMv.stepMs();
    }

    @Override
    public void read(int from, int count, double[] into, int at) {
        recordedMv.read(from, count, into, at);
        double[] weights = kernel.megaohmPerMs();
        int before = weights.length - 1;
        double[] current = new double[before + PIECE];
        for (int done = 0; done < count; done += PIECE) {
            int now = Math.min(PIECE, count - done);
            int first = from + done - before;
            int missing = Math.max(0, -first);
            currentPa.read(first + missing, before + now - missing, current, missing);
            Arrays.fill(current, 0, missing, current[missing]);
            for (int k = 0; k < weights.length; k++) {
                subtract(into, at + done, now, current, before - k, weights[k] * NA_PER_PA * kernel.stepMs());
            }
        }
    }

    /** A loop of its own, which the compiler turns into vector instructions. */
    private static void subtract(double[] into, int at, int count, double[] current, int from, double weight) {
        for (int i = 0; i < count; i++) {
            into[at + i] -= weight * current[from + i];
        }
    }
}

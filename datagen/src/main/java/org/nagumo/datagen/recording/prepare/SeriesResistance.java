package org.nagumo.datagen.recording.prepare;

import org.nagumo.datagen.recording.Signal;

/**
 * Takes the drop across a series resistance off a potential that was recorded without bridge balance:
 * {@code V = V_rec - R_s I}. 1 MOhm times 1 nA is 1 mV.
 *
 * @param recordedMv  recorded potential in mV
 * @param currentPa   injected current in pA, on the same samples
 * @param megaohm     R_s in MOhm
 */
public record SeriesResistance(Signal recordedMv, Signal currentPa, double megaohm) implements Signal {

    private static final double NA_PER_PA = 1e-3;

    public SeriesResistance {
        SameSamples.require(recordedMv, currentPa);
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
        double[] current = new double[count];
        currentPa.read(from, count, current, 0);
        for (int k = 0; k < count; k++) {
            into[at + k] -= megaohm * NA_PER_PA * current[k];
        }
    }
}

package org.nagumo.datagen.recording.prepare;

import org.nagumo.datagen.recording.Signal;

/**
 * Corrects a potential for the liquid junction between pipette and bath: {@code V = V_rec - V_LJ}, where V_LJ is the
 * potential of the bath with respect to the pipette solution before the seal (positive, about 10 to 16 mV, for the
 * usual gluconate solutions).
 *
 * <p>Source: Neher 1992, Methods in Enzymology 207:123-131; Barry and Lynch 1991, J. Membr. Biol. 121:101-117.
 *
 * @param recordedMv  recorded potential in mV
 * @param junctionMv  V_LJ in mV
 */
public record JunctionPotential(Signal recordedMv, double junctionMv) implements Signal {

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
        for (int k = at; k < at + count; k++) {
            into[k] -= junctionMv;
        }
    }
}

package org.nagumo.datagen.recording.set;

import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.recording.Channel;
import org.nagumo.datagen.recording.Signal;
import org.nagumo.datagen.recording.prepare.AveragedCurrent;
import org.nagumo.datagen.recording.prepare.Electrode;
import org.nagumo.datagen.recording.prepare.ElectrodeKernel;
import org.nagumo.datagen.recording.prepare.JunctionPotential;
import org.nagumo.datagen.recording.prepare.ResampledPotential;
import org.nagumo.datagen.recording.prepare.Scaled;
import org.nagumo.datagen.recording.prepare.SeriesResistance;
import org.nagumo.datagen.recording.set.RecordingSet.Corrections;
import org.nagumo.datagen.unit.Quantity;
import org.nagumo.datagen.unit.Unit;

/**
 * Potential in mV and current in the unit of the data set, corrected and at the step of the data set. The electrode's
 * share or the drop across the series resistance is taken off at the step of the recording, then the junction
 * potential; then both are resampled.
 */
final class PreparedSweep {

    /** Membranes neither stay within the smaller potential nor exceed the larger. */
    private static final double LEAST_MV = 0.2;
    private static final double MOST_MV = 2000;

    /** No electrode passes less than a femtoampere or more than a milliampere: a largest current in pA. */
    private static final double LEAST_PA = 1e-3;
    private static final double MOST_PA = 1e9;

    /** Densities in uA/cm2. */
    private static final double LEAST_DENSITY = 1e-9;
    private static final double MOST_DENSITY = 1e6;

    private static final double UA_PER_CM2_IN_PA_PER_UM2 = 100;
    private static final int PIECE = 1 << 12;

    private final SweepSource source;
    private final TraceCheck potentialCheck;
    private final TraceCheck currentCheck;
    private final Signal potential;
    private final Signal current;
    private final double currentFactor;

    /**
     * @param source      the sweep
     * @param stepMs      step of the data set in ms
     * @param unit        unit of its current
     * @param corrections what to correct
     * @param electrode   the electrode's kernel, or null
     */
    PreparedSweep(SweepSource source, double stepMs, Unit unit, Corrections corrections, ElectrodeKernel electrode) {
        this.source = source;
        potentialCheck = new TraceCheck(source.potential(), source.potentialUnit().in(Unit.MV));
        currentCheck = new TraceCheck(source.current(), 0);
        Signal recorded = new Scaled(potentialCheck, source.potentialUnit().in(Unit.MV), 0);
        Signal injected = new Scaled(currentCheck, 1, corrections.holdingCurrent());
        potential = ResampledPotential.of(corrected(recorded, injected, corrections, electrode), stepMs);
        currentFactor = factor(unit, corrections.areaUm2());
        current = AveragedCurrent.of(new Scaled(injected, currentFactor, 0), stepMs);
    }

    private Signal corrected(Signal recorded, Signal injected, Corrections corrections, ElectrodeKernel electrode) {
        Signal corrected = recorded;
        if (electrode != null || corrections.seriesResistanceMohm() > 0) {
            if (source.currentUnit().quantity() != Quantity.CURRENT) {
                throw source.fault(source.current(), "is no current in amperes, so the drop across an electrode is not"
                        + " known", "channels in pA, nA or A, or no series_resistance_MOhm and no electrode");
            }
            Signal inPa = new Scaled(injected, source.currentUnit().factor(), 0);
            try {
                corrected = electrode != null ? new Electrode(corrected, inPa, electrode)
                        : new SeriesResistance(corrected, inPa, corrections.seriesResistanceMohm());
            } catch (IllegalArgumentException e) {
                throw new InputException(source.potentialFile() + ": sweep " + source.sweep().number() + ": "
                        + e.getMessage(), e);
            }
        }
        return corrections.junctionPotentialMv() == 0 ? corrected
                : new JunctionPotential(corrected, corrections.junctionPotentialMv());
    }

    /** Factor from the unit of the recording to that of the data set. */
    private double factor(Unit unit, double areaUm2) {
        Unit own = source.currentUnit();
        if (own.quantity() == unit.quantity()) {
            return own.in(unit);
        }
        if (own.quantity() == Quantity.CURRENT && areaUm2 > 0) {
            return own.factor() / areaUm2 * UA_PER_CM2_IN_PA_PER_UM2 / unit.factor();
        }
        throw source.fault(source.current(), "cannot be converted to " + unit, own.quantity() == Quantity.CURRENT
                ? "units of a current, " + Unit.symbols(Quantity.CURRENT) + ", or the membrane's area as area_um2"
                : "units of a current density, " + Unit.symbols(Quantity.CURRENT_DENSITY));
    }

    /** Factor from the unit of the recorded current to that of the data set. */
    double currentFactor() {
        return currentFactor;
    }

    /** Samples at the step of the data set. */
    int length() {
        return Math.min(potential.length(), current.length());
    }

    /**
     * Reads a stretch. Stretches are read in their order, which the checks rely on.
     *
     * @return {@code [time, current, potential][sample]}
     * @throws InputException when the sweep is flat or clipped, or its values make no sense
     */
    float[][] columns(int from, int count) {
        float[] time = new float[count];
        float[] i = new float[count];
        float[] v = new float[count];
        double[] piece = new double[PIECE];
        for (int done = 0; done < count; done += PIECE) {
            int now = Math.min(PIECE, count - done);
            current.read(from + done, now, piece, 0);
            copy(piece, now, i, done);
            potential.read(from + done, now, piece, 0);
            copy(piece, now, v, done);
            for (int k = done; k < done + now; k++) {
                time[k] = (float) (k * potential.stepMs());
            }
        }
        check(source.potential(), potentialCheck, source.potentialUnit().in(Unit.MV), "mV", LEAST_MV, MOST_MV);
        if (potentialCheck.isFlat()) {
            throw source.fault(source.potential(), "is flat: it stays at " + potentialCheck.least() + " "
                    + source.potential().unit() + " throughout", "a sweep with a response; leave this one out by"
                    + " sweeps in a recordings.yaml");
        }
        boolean absolute = source.currentUnit().quantity() == Quantity.CURRENT;
        check(source.current(), currentCheck, source.currentUnit().factor(), absolute ? "pA" : "uA/cm2",
                absolute ? LEAST_PA : LEAST_DENSITY, absolute ? MOST_PA : MOST_DENSITY);
        return new float[][] {time, i, v};
    }

    private static void copy(double[] from, int count, float[] into, int at) {
        for (int k = 0; k < count; k++) {
            into[at + k] = (float) from[k];
        }
    }

    private void check(Channel channel, TraceCheck check, double factor, String unit, double least, double most) {
        if (check.notFiniteAt() >= 0) {
            throw source.fault(channel, "is NaN or infinite at sample " + check.notFiniteAt(), "finite numbers; cut the"
                    + " sweep before by use: {to_ms: ...} in a recordings.yaml");
        }
        double largest = check.largest() * factor;
        if (largest > 0 && largest < least || largest > most) {
            throw source.fault(channel, "its largest value is " + (float) largest + " " + unit + ", which makes no"
                    + " sense", "largest values of " + (float) least + " to " + (float) most + " " + unit + "; correct"
                    + " the unit in the file, or by units in a recordings.yaml");
        }
        if (check.clippedAt() >= 0) {
            throw source.fault(channel, "is clipped at " + (float) (check.clippedAt() * source.stepMs())
                    + " ms: it stays at the end of its range", "a sweep within the range of the converter; leave this"
                    + " one out by sweeps, or cut it by use: {from_ms: ..., to_ms: ...} in a recordings.yaml");
        }
    }

    /** Whether the current was the same in all that was read. */
    boolean hasFlatCurrent() {
        return currentCheck.isFlat();
    }
}

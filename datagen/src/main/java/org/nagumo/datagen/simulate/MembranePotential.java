package org.nagumo.datagen.simulate;

import java.nio.file.Path;
import org.nagumo.datagen.io.InputException;

/** Tells potentials in mV from potentials in another unit under the name of mV. */
public final class MembranePotential {

    /** No membrane stays within it, and none leaves it: potentials outside have another unit than they say. */
    private static final double LEAST_MV = 0.2;
    private static final double MOST_MV = 2000;

    private MembranePotential() {
    }

    /**
     * Refuses potentials that no membrane has in mV, such as volts under the name {@code voltage_mV}.
     *
     * @param file      the file they were read from, for the message
     * @param column    the column they were read from, for the message
     * @param voltageMv potentials in mV, as they are named
     * @throws InputException when all are within 0.2 mV of 0 but not all 0, or one is beyond 2000 mV
     */
    public static void check(Path file, String column, double[] voltageMv) {
        double largest = 0;
        for (double value : voltageMv) {
            largest = Math.max(largest, Math.abs(value));
        }
        if (largest > 0 && largest <= LEAST_MV || largest > MOST_MV) {
            throw new InputException(file + ": " + column + " runs to " + (float) largest + " mV, which no membrane"
                    + " does" + (largest <= LEAST_MV ? " (volts?)" : "")
                    + "; allowed: potentials in the unit that the column names, as voltage_mV, voltage_V or"
                    + " voltage_uV");
        }
    }
}

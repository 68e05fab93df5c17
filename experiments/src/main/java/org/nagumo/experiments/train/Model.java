package org.nagumo.experiments.train;

import org.nagumo.experiments.configuration.Described;
import org.nagumo.experiments.configuration.Range;

/** What kind of network is trained. */
public record Model(
        @Described("state variables, the units of the continuous-time GRU: 1 to 64") int units,
        @Described("tanh units of the readout, 0 for a linear one: 0 to 64") int readoutUnits,
        @Described("shared features, u = tanh([x, h] A + a), further inputs of gates and candidate: 0 to 64")
        int features) {

    /** Most units, readout units and features. */
    public static final int MOST_UNITS = 64;

    static final Model STANDARD = new Model(2, 0, 0);

    public Model {
        Range.check("units", units, units >= 1 && units <= MOST_UNITS, "1 to " + MOST_UNITS);
        Range.check("readoutUnits", readoutUnits, readoutUnits >= 0 && readoutUnits <= MOST_UNITS,
                "0 to " + MOST_UNITS);
        Range.check("features", features, features >= 0 && features <= MOST_UNITS, "0 to " + MOST_UNITS);
    }
}

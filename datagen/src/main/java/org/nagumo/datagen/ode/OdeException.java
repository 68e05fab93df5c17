package org.nagumo.datagen.ode;

import java.util.List;
import java.util.stream.Collectors;
import org.nagumo.datagen.io.InputException;

/** An {@code .ode} file cannot be used. The message has one line for each fault of the file. */
public final class OdeException extends InputException {

    private static final long serialVersionUID = 1L;

    private final transient List<OdeFault> faults;

    /**
     * Reports faults.
     *
     * @param faults the faults in the order of their places, at least one
     */
    OdeException(List<OdeFault> faults) {
        super(faults.stream().map(OdeFault::toString).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    /**
     * The faults with their places.
     *
     * @return the faults in the order of their places
     */
    public List<OdeFault> faults() {
        return faults == null ? List.of() : faults;
    }
}

package org.nagumo.core.equations;

import java.util.List;
import java.util.stream.Collectors;

/** A system of equations has faults; all of them are given. */
public final class InvalidSystemException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final transient List<Fault> faults;

    InvalidSystemException(List<Fault> faults) {
        super(faults.stream().map(Fault::message).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    /**
     * All faults.
     *
     * @return at least one
     */
    public List<Fault> faults() {
        return faults;
    }
}

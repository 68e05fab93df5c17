package org.nagumo.core.equations;

/**
 * What is wrong with a system of equations.
 *
 * @param kind     the kind of fault
 * @param quantity the state, temporary, output, parameter or input that has the fault; empty if it is the system's
 * @param name     the name in the quantity's expression that causes it, or the quantity itself
 * @param message  one line: the fault and what is allowed
 */
public record Fault(Kind kind, String quantity, String name, String message) {

    /** The kinds of faults. */
    public enum Kind {
        /** There is no state. */
        NO_STATE,
        /** A name has a form that expressions cannot refer to, or is the reserved name of the time. */
        INVALID_NAME,
        /** Two quantities have one name. */
        DEFINED_TWICE,
        /** An expression uses a name that is not defined. */
        UNKNOWN_NAME,
        /** An expression uses an output. */
        USED_OUTPUT,
        /** A temporary needs its own value. */
        CYCLE,
        /** No equation depends on an input. */
        UNREAD_INPUT,
        /** A divisor is the constant 0. */
        DIVISION_BY_ZERO
    }
}

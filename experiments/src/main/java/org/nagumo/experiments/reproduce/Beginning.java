package org.nagumo.experiments.reproduce;

/** How a run treats what an earlier one left in its folder. */
public enum Beginning {

    /** There must be no training yet. */
    NEW,

    /** Goes on where the earlier run was; what is finished stays as it is. */
    RESUME,

    /** Begins anew and replaces what is there. */
    OVERWRITE
}

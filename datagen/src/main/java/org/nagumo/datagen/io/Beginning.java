package org.nagumo.datagen.io;

/** How a run begins whose folder may hold the results of another. */
public enum Beginning {

    /** Nothing that differs may be lost: where it would be, the run is refused. */
    NEW,

    /** Goes on where the earlier run was; what is finished stays as it is. */
    RESUME,

    /** Begins anew and replaces what is there. */
    OVERWRITE
}

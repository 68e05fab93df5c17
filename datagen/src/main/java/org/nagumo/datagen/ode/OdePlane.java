package org.nagumo.datagen.ode;

import java.util.Objects;
import org.nagumo.core.equations.Expression;

/**
 * What phase portraits show against the potential.
 *
 * @param text    the formula as the file writes it
 * @param formula the formula, of states alone
 */
public record OdePlane(String text, Expression formula) {

    /** Checks that both are there. */
    public OdePlane {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(formula, "formula");
    }
}

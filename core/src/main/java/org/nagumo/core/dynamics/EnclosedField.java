package org.nagumo.core.dynamics;

import org.nagumo.core.interval.Jet;

/**
 * A field that can also enclose itself: over a box of states it gives intervals that contain all values that it and its
 * Jacobian take there. This is what proofs about its equilibria need, see {@link CertifiedEquilibria}.
 */
public interface EnclosedField extends VectorField {

    /**
     * Encloses the field and its Jacobian matrix.
     *
     * @param state      the state variables over a box, length {@link #dimension()}, with derivatives by themselves
     * @param input      the input u
     * @param derivative receives dx/dt per ms over the box, with derivatives by the state, length {@link #dimension()}
     */
    void enclose(Jet[] state, double input, Jet[] derivative);
}

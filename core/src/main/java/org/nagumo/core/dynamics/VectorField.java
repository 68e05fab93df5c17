package org.nagumo.core.dynamics;

import java.util.List;

/**
 * The right-hand side of an autonomous system of ordinary differential equations under one constant input,
 * {@code dx/dt = f(x, u)}. Time is in milliseconds. For a neuron, {@code u} is the injected current in uA/cm2.
 *
 * <p>Implementations are immutable and may be called from several threads at once.
 */
public interface VectorField {

    /** Number of state variables, at least 1. */
    int dimension();

    /** Names of the state variables in the order of the state vector, as they head the columns of a trace. */
    List<String> stateNames();

    /**
     * Evaluates the field.
     *
     * @param state      the state x, length {@link #dimension()}; not modified
     * @param input      the input u
     * @param derivative receives dx/dt per ms, length {@link #dimension()}
     */
    void derivative(double[] state, double input, double[] derivative);

    /**
     * Evaluates the Jacobian matrix of the field with respect to the state. A field that does not know it is
     * differenced by the formula of order four,
     * <pre>
     *   f'(x) = (8 (f(x + h) - f(x - h)) - (f(x + 2h) - f(x - 2h))) / 12h,  h = max(|x|, 1e-3) / 1000,
     * </pre>
     * (Abramowitz and Stegun 1964, formula 25.3.6), about nine digits of a smooth field.
     *
     * @param state    the state x, length {@link #dimension()}; not modified
     * @param input    the input u
     * @param jacobian receives {@code jacobian[i][j] = d f_i / d x_j}, per ms
     */
    default void jacobian(double[] state, double input, double[][] jacobian) {
        DifferencedJacobian.at(this, state, input, jacobian);
    }
}

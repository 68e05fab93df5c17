/**
 * Dynamical systems: {@link org.nagumo.core.dynamics.VectorField} and what can be asked of any of them: nullclines,
 * equilibria and their stability, orbits, limit cycles, a phase portrait of it all.
 *
 * <p>Nothing here knows a network, a plot or a file.
 */
package org.nagumo.core.dynamics;

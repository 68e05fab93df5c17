/**
 * Dynamical systems: {@link org.nagumo.core.dynamics.VectorField} and what can be asked of any of them:
 * <ul>
 *   <li>{@link org.nagumo.core.dynamics.Nullclines}, in the plane;
 *   <li>{@link org.nagumo.core.dynamics.Equilibria} and the kind of each
 *       {@link org.nagumo.core.dynamics.Equilibrium};
 *   <li>an {@link org.nagumo.core.dynamics.Orbit}, and the stable {@link org.nagumo.core.dynamics.LimitCycle} that it
 *       may settle to, or what else becomes of it ({@link org.nagumo.core.dynamics.CycleSearch});
 *   <li>a {@link org.nagumo.core.dynamics.PhasePortrait} of it all.
 * </ul>
 *
 * <p>Where a field is not finite, an orbit runs away or nothing is found, the result says so. Nothing here knows a
 * network, a plot or a file.
 */
package org.nagumo.core.dynamics;

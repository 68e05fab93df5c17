/**
 * Dynamical systems: {@link org.nagumo.core.dynamics.VectorField} and what can be asked of any of them:
 * <ul>
 *   <li>{@link org.nagumo.core.dynamics.Nullclines}, in the plane;
 *   <li>{@link org.nagumo.core.dynamics.Equilibria}, each {@link org.nagumo.core.dynamics.Equilibrium} with its
 *       eigenvalues and its {@link org.nagumo.core.dynamics.EquilibriumKind}; all of them, with a proof, of an
 *       {@link org.nagumo.core.dynamics.EnclosedField}
 *       ({@link org.nagumo.core.dynamics.CertifiedEquilibria});
 *   <li>an {@link org.nagumo.core.dynamics.Orbit}, and what becomes of it
 *       ({@link org.nagumo.core.dynamics.CycleSearch}): it may settle to a stable
 *       {@link org.nagumo.core.dynamics.LimitCycle};
 *   <li>the {@link org.nagumo.core.dynamics.Separatrices} of saddles, in the plane;
 *   <li>a {@link org.nagumo.core.dynamics.PhasePortrait} of it all.
 * </ul>
 *
 * <p>A limit cycle here is what simulation shows, and needs nothing but the field. From it
 * {@code org.nagumo.core.bifurcation} computes the periodic orbit as the solution of a boundary value problem, with its
 * multipliers, and follows it to where simulation does not lead.
 *
 * <p>Where a field is not finite, an orbit runs away or nothing is found, the result says so. Nothing here knows a
 * network, a plot or a file.
 */
package org.nagumo.core.dynamics;

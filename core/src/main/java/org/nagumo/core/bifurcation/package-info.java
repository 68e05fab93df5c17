/**
 * What becomes of equilibria and periodic orbits as the input changes: a
 * {@link org.nagumo.core.bifurcation.BifurcationDiagram} of any field that can enclose itself, with folds, Hopf points
 * and whether their cycles attract, folds of cycles, period doublings and homoclinic ends.
 */
package org.nagumo.core.bifurcation;

/**
 * Neurons and trained networks as dynamical systems: their phase portraits and bifurcation diagrams, in the units of the
 * laboratory.
 */
package org.nagumo.experiments.dynamics;

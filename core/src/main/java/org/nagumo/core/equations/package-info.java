/**
 * Expressions and systems of differential equations. An {@link org.nagumo.core.equations.Expression} is an immutable
 * tree; an {@link org.nagumo.core.equations.EquationSystem} gives the names in it a meaning. Values, derivatives,
 * enclosures, compiled code and text in other languages are derived from the same trees. Nothing here knows a neuron, a
 * network or a file.
 */
package org.nagumo.core.equations;

package org.nagumo.datagen.ode;

import org.nagumo.core.equations.Expression;

/**
 * A condition that the parameters of a system have to satisfy.
 *
 * @param parameter the first parameter of the condition, which a violation names
 * @param condition an expression of parameters, not 0 where it holds
 * @param text      the condition as it is written
 */
public record OdeRequirement(String parameter, Expression condition, String text) {
}

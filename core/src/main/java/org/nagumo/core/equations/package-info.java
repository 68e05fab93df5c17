/**
 * Expressions and systems of differential equations. An {@link org.nagumo.core.equations.Expression} is an immutable
 * tree; an {@link org.nagumo.core.equations.EquationSystem} gives the names in it a meaning and reports all its faults.
 * From the same trees follow
 * <ul>
 *   <li>values, Jacobians, derivatives by any parameter or input, and relaxation rates, as compiled code
 *       ({@link org.nagumo.core.equations.CompiledSystem});
 *   <li>a vector field with an enclosure, for all analyses of {@link org.nagumo.core.dynamics}
 *       ({@link org.nagumo.core.equations.SystemField});
 *   <li>loops over many states at once, for simulation ({@link org.nagumo.core.equations.SystemBatch});
 *   <li>text in other languages ({@link org.nagumo.core.equations.ExpressionPrinter}).
 * </ul>
 *
 * <p>Quotients such as {@code x/(1-exp(-x))} have a removable singularity. They become the function L(x) with L(0) = 1,
 * in whatever form they are written, also through temporaries: the argument may be any sum of multiples of a state or
 * of another expression, with any constant factor, whose coefficients may be parameters. Not recognised are
 * singularities of other functions, such as {@code sin(x)/x}, {@code x/sinh(x)}, {@code x/tanh(x)} and {@code
 * ln(1+x)/x}.
 *
 * <p>Example:
 * <pre>
 *   EquationSystem decay = EquationSystem.builder("decay")
 *           .parameter(new Parameter("tau", 10, "ms", "time constant"))
 *           .input(new Input("i", 0, "mV", "drive"))
 *           .state(new State("v", variable("i").minus(variable("v")).over(variable("tau")), 0, "mV", "potential"))
 *           .build();
 *   SystemField field = decay.with(Map.of("tau", 20.0)).field();
 * </pre>
 *
 * <p>Nothing here knows a neuron, a network or a file.
 */
package org.nagumo.core.equations;

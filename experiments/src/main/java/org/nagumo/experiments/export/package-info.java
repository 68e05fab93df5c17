/**
 * Writes neurons and trained networks as programs of other simulators. An
 * {@link org.nagumo.experiments.export.ExportedSystem} holds the equations with their numbers, units and origin; an
 * {@link org.nagumo.experiments.export.ExportDialect} writes it in one language.
 * {@link org.nagumo.experiments.export.Exports} finds the dialects as services, so that another one is a class that is
 * listed in {@code META-INF/services/org.nagumo.experiments.export.ExportDialect} of its jar.
 *
 * <pre>
 *   Exports.write(ExportedSystem.of(ShippedNetworks.named("gru-2")), "python", Path.of("gru_2.py"));
 * </pre>
 *
 * <p>All dialects print expressions by {@link org.nagumo.core.equations.ExpressionPrinter}.
 */
package org.nagumo.experiments.export;

/**
 * The battery: one set of protocols that every system answers ({@link org.nagumo.experiments.evaluate.Battery}), what
 * was measured of one system ({@link org.nagumo.experiments.evaluate.Response}), and how far one is from another
 * ({@link org.nagumo.experiments.evaluate.Metrics}). Nothing here draws or knows what a network is.
 */
package org.nagumo.experiments.evaluate;

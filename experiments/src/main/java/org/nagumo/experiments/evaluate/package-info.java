/**
 * The battery: one set of protocols that every system answers ({@link org.nagumo.experiments.evaluate.Battery}), on the
 * scale of its teacher ({@link org.nagumo.experiments.evaluate.NeuronScale}), or a recording in its place
 * ({@link org.nagumo.experiments.evaluate.Recorded}); what was measured of one system
 * ({@link org.nagumo.experiments.evaluate.Response}), how far one is from another
 * ({@link org.nagumo.experiments.evaluate.Metrics}), all of it as one record that is saved and read back
 * ({@link org.nagumo.experiments.evaluate.Evaluation}, {@link org.nagumo.experiments.evaluate.EvaluationFile}), and
 * several of them side by side ({@link org.nagumo.experiments.evaluate.Contest}). Nothing here draws or knows what a
 * network is.
 */
package org.nagumo.experiments.evaluate;

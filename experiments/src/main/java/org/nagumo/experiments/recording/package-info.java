/**
 * Recorded cells: the currents of a data set of recordings with the potentials by which the cell answered them
 * ({@link org.nagumo.experiments.recording.RecordedCell}), the spike threshold of the data, the cell's own reliability,
 * and how close a model comes to it ({@link org.nagumo.experiments.recording.RecordingScore}).
 *
 * <pre>
 *   RecordedCell cell = RecordedCell.read(Path.of("cell"));
 *   SpikeCriterion criterion = SpikeThreshold.of(cell).criterion();
 *   RecordingScore score = RecordingScore.of(cell, Role.HOLD_OUT, criterion, model);
 * </pre>
 */
package org.nagumo.experiments.recording;

/**
 * Training by windows of growing length from many random starts. A
 * {@link org.nagumo.experiments.train.TrainingPlan} is all that decides it beside the
 * {@link org.nagumo.experiments.train.TrainingData}; plans are files
 * ({@link org.nagumo.experiments.train.TrainingPlans}), and {@link org.nagumo.experiments.train.Training} carries them out.
 * Gradients are exact, by the layer's fused kernel; the same plan and data give the same network, with any number of
 * threads and however often the training was interrupted ({@link org.nagumo.experiments.train.CheckpointFile}).
 */
package org.nagumo.experiments.train;

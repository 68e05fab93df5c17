/**
 * Training by windows of growing length from many random starts
 * ({@link org.nagumo.experiments.train.TrainingPlan}, {@link org.nagumo.experiments.train.Training}). Gradients are
 * exact, by the layer's fused kernel; the same plan and data give the same network.
 */
package org.nagumo.experiments.train;

/**
 * Spikes in voltage traces and their statistics: of one trace ({@link org.nagumo.experiments.spikes.SpikeStatistics},
 * {@link org.nagumo.experiments.spikes.SpikeSlopes}, {@link org.nagumo.experiments.spikes.PassiveProperties}), of two
 * ({@link org.nagumo.experiments.spikes.TraceComparison}) and of many ({@link org.nagumo.experiments.spikes.FiCurve}),
 * each with a card that defines it ({@link org.nagumo.experiments.spikes.StatisticCard}). Works on any trace: a
 * neuron's, a network's, a recording's.
 */
package org.nagumo.experiments.spikes;

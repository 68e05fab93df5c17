/**
 * Spikes in voltage traces and their statistics: of one trace ({@link org.nagumo.experiments.spikes.SpikeStatistics})
 * and of two ({@link org.nagumo.experiments.spikes.TraceComparison}), each with a card that says what it is
 * ({@link org.nagumo.experiments.spikes.StatisticCard}). Works on any trace: a neuron's, a network's, a recording's.
 */
package org.nagumo.experiments.spikes;

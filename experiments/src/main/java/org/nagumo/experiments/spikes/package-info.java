/**
 * Spikes in voltage traces and their statistics, each with its definition and unit. Works on any trace: a neuron's, a
 * network's, a recording's.
 */
package org.nagumo.experiments.spikes;

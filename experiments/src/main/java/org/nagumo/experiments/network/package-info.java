/**
 * Trained networks: what they are ({@link org.nagumo.experiments.network.NetworkCard}), their files
 * ({@link org.nagumo.experiments.network.TrainedNetwork}) and their answers to currents
 * ({@link org.nagumo.experiments.network.NetworkSystem}).
 */
package org.nagumo.experiments.network;

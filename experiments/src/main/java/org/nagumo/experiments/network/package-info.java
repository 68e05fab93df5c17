/**
 * Trained networks: what they are ({@link org.nagumo.experiments.network.NetworkCard}), their files
 * ({@link org.nagumo.experiments.network.TrainedNetwork}), their answers to currents
 * ({@link org.nagumo.experiments.network.NetworkSystem}), and those that ship
 * ({@link org.nagumo.experiments.network.ShippedNetworks}).
 */
package org.nagumo.experiments.network;

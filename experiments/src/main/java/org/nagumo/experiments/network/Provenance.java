package org.nagumo.experiments.network;

/**
 * Where a network comes from: enough to make it again.
 *
 * @param command      the command that trained it
 * @param teacher      the neuron it imitates
 * @param seed         seed of the training
 * @param dataSha256   checksum of the training data
 * @param trainingLoss loss by which it was chosen
 * @param version      version of this project
 * @param java         version of Java
 */
public record Provenance(String command, String teacher, long seed, String dataSha256, double trainingLoss,
        String version, String java) {
}

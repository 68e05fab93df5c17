package org.nagumo.experiments.train;

/**
 * One stage of the curriculum: windows of one length, a learning rate that falls geometrically, and how many of the
 * networks that enter it are trained.
 *
 * @param windowMs        length of the windows in ms
 * @param minibatch       windows in a minibatch
 * @param iterations      number of steps of the optimiser
 * @param firstRate       learning rate at the start
 * @param lastRate        learning rate at the end
 * @param auxiliaryWeight weight of the term that holds the state to the encoded state of the neuron
 * @param freezeEncoder   whether the encoder stays as it is
 * @param freezeReadout   whether the readout stays as it is
 * @param readoutUnits    tanh units of the readout from this stage on, 0 for a linear one; never fewer than before
 * @param flankWeight     least weight of a sample in the loss; what is above counts the flanks of spikes less
 * @param networks        how many networks, the best of the stage before by training loss, take part
 */
public record Stage(double windowMs, int minibatch, int iterations, double firstRate, double lastRate,
        double auxiliaryWeight, boolean freezeEncoder, boolean freezeReadout,
        int readoutUnits, double flankWeight, int networks) {

    public Stage {
        check("windowMs", windowMs, windowMs > 0);
        check("minibatch", minibatch, minibatch > 0);
        check("iterations", iterations, iterations > 0);
        check("firstRate", firstRate, firstRate > 0);
        check("lastRate", lastRate, lastRate > 0 && lastRate <= firstRate);
        check("auxiliaryWeight", auxiliaryWeight, auxiliaryWeight >= 0);
        check("readoutUnits", readoutUnits, readoutUnits >= 0);
        check("flankWeight", flankWeight, flankWeight > 0 && flankWeight <= 1);
        check("networks", networks, networks > 0);
    }

    private static void check(String field, double value, boolean allowed) {
        if (!allowed || !Double.isFinite(value)) {
            throw new IllegalArgumentException(field + " is " + value + "; allowed: " + switch (field) {
                case "auxiliaryWeight", "readoutUnits" -> "0 and more";
                case "flankWeight" -> "positive numbers up to 1";
                case "lastRate" -> "positive numbers up to firstRate";
                default -> "positive numbers";
            });
        }
    }
}

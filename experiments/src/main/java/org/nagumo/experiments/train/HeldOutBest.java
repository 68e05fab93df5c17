package org.nagumo.experiments.train;

/**
 * What the checks of a network by the held-out stretches have shown so far.
 *
 * @param score        lowest score; infinite before the first check
 * @param theta        trained vector that had it; empty before the first check
 * @param readoutUnits tanh units of its readout
 * @param checks       number of checks
 * @param waiting      checks since then
 * @param ended        whether the training of the network has ended
 */
record HeldOutBest(double score, double[] theta, int readoutUnits, int checks, int waiting, boolean ended) {

    static final HeldOutBest NONE = new HeldOutBest(Double.POSITIVE_INFINITY, new double[0], 0, 0, 0, false);

    /** After one more check. */
    HeldOutBest after(double other, double[] its, int itsReadoutUnits, int patience) {
        if (other < score) {
            return new HeldOutBest(other, its.clone(), itsReadoutUnits, checks + 1, 0, false);
        }
        return new HeldOutBest(score, theta, readoutUnits, checks + 1, waiting + 1, waiting + 1 >= patience);
    }
}

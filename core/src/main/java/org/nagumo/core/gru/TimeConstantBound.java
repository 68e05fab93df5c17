package org.nagumo.core.gru;

import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Keeps learned time constants at or above their lower bound, after every update. It belongs to the equations: were it
 * one of the configuration's constraints, Deeplearning4j would leave out those set for the whole network, and transfer
 * learning would drop it.
 */
final class TimeConstantBound {

    /** A hair above the bound, so that rounding in single precision cannot undercut it. */
    private static final double MARGIN = 1 + 1e-6;

    private TimeConstantBound() {
    }

    static void apply(Layer layer, GruEquations equations) {
        if (!equations.learnTau()) {
            return;
        }
        double bound = Math.log(equations.minTauMs() * MARGIN);
        INDArray logTau = layer.getParam(GruParameters.LOG_TAU);
        // One by one: for few units an operation of ND4J takes far longer.
        for (long j = 0; j < logTau.length(); j++) {
            if (logTau.getDouble(j) < bound) {
                logTau.putScalar(j, bound);
            }
        }
    }
}

package org.nagumo.core.gru;

import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Keeps learned time constants at or above their lower bound, after every update. */
public final class TimeConstantBound implements LayerConstraint {

    private static final long serialVersionUID = 1L;

    /** A hair above the bound, so that rounding in single precision cannot undercut it. */
    private static final double MARGIN = 1 + 1e-6;

    private double minTau;

    /** @param minTau lower bound in ms */
    public TimeConstantBound(double minTau) {
        this.minTau = minTau;
    }

    /** For the JSON reader alone. */
    public TimeConstantBound() {
    }

    public double getMinTau() {
        return minTau;
    }

    public void setMinTau(double minTau) {
        this.minTau = minTau;
    }

    @Override
    public void applyConstraint(Layer layer, int iteration, int epoch) {
        INDArray logTau = layer.getParam(GruParameters.LOG_TAU);
        Transforms.max(logTau, Math.log(minTau * MARGIN), false);
    }

    @Override
    public void setParams(Set<String> params) {
        if (!getParams().equals(params)) {
            throw new IllegalArgumentException("params is " + params + "; allowed: " + getParams());
        }
    }

    @Override
    public Set<String> getParams() {
        return Set.of(GruParameters.LOG_TAU);
    }

    @Override
    public TimeConstantBound clone() {
        return new TimeConstantBound(minTau);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TimeConstantBound that && minTau == that.minTau;
    }

    @Override
    public int hashCode() {
        return Double.hashCode(minTau);
    }
}

package org.nagumo.core.gru;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The continuous-time GRU in plain SameDiff: <b>the definition</b>, of which {@link FusedGru} is the fast equivalent.
 * <pre>
 *   z = sigma(x Wz + h Uz + bz)
 *   r = sigma(x Wr + h Ur + br)
 *   c = tanh (x Wh + (r * h) Uh + bh)
 *   tau dh/dt = (1 - z)(c - h),   one Euler step:   h' = h + (dt / tau)(1 - z)(c - h)
 * </pre>
 * Shared features, where there are any, are F further inputs of gates and candidate:
 * <pre>
 *   u = tanh([x, h] FW + Fb),   x Wz + h Uz + u Vz + bz   and alike for r and c
 * </pre>
 * The reset acts on h alone, not on u.
 *
 * <p>The input is held over a sample, which {@link GruEquations} cuts into substeps of another {@link Integrator} where
 * that is asked for; without the input in the gates, {@code x Wz} and {@code x Wr} are left out.
 *
 * <p>With dt = tau the step is h' = z h + (1 - z) c, the gated recurrent unit of Cho et al. (2014), arXiv:1406.1078,
 * equations 5 to 8, with the reset before the matrix product. The flow is the fully gated GRU-ODE of De Brouwer et
 * al. (2019), NeurIPS 32, equation 4, studied by Jordan, Sokol and Park (2021), Front. Comput. Neurosci. 15:678158.
 * It is not the "CT-GRU" of Mozer, Kazakov and Lindsey (2017), which keeps traces at many time scales.
 *
 * <p>One object joins the parameters of one layer to one SameDiff graph; {@link #step} and {@link #sequence} can be
 * called in anyone's graph, and SameDiff differentiates them.
 */
public final class ContinuousTimeGruGraph {

    private final SameDiff sd;
    private final GruEquations equations;
    private final int channels;
    private final int inputs;
    private final int units;
    private final SDVariable[] w;
    private final SDVariable[] u;
    private final SDVariable[] b;
    private final int features;
    private final SDVariable featuresOfInput;
    private final SDVariable featuresOfState;
    private final SDVariable featureBias;
    private final SDVariable[] v;
    private final SDVariable rate;
    private final SDVariable regularAlpha;
    private final SDVariable intervalChannel;

    /**
     * @param sd        the graph
     * @param equations the equations; their time constants are used where {@code logTau} is null
     * @param channels  number of the input's channels nIn: data, then the interval with irregular time, then the state
     *                  where it is given
     * @param units     number of units H
     * @param w         input weights {@code [data inputs, 3H]}, column blocks z, r, candidate; {@code [data inputs, H]}
     *                  without the input in the gates
     * @param rw        recurrent weights {@code [H, 3H]}, blocks z, r, candidate
     * @param b         biases {@code [1, 3H]}, the same blocks
     * @param fw        weights of the shared features {@code [data inputs + H, F]}; null without them, like the next
     *                  two
     * @param fb        biases of the shared features {@code [1, F]}
     * @param v         weights from the shared features {@code [F, 3H]}, blocks z, r, candidate
     * @param logTau    natural logarithm of the time constants in ms, {@code [1, H]}, or null
     * @throws IllegalArgumentException when the sizes do not fit the equations
     */
    public ContinuousTimeGruGraph(SameDiff sd, GruEquations equations, int channels, int units, SDVariable w,
            SDVariable rw, SDVariable b, SDVariable fw, SDVariable fb, SDVariable v, SDVariable logTau) {
        this.sd = sd;
        this.equations = equations;
        this.channels = channels;
        this.units = units;
        inputs = equations.inputs(channels, units);
        DataType type = w.dataType();
        this.w = equations.inputInGates() ? sd.split(withoutExtras(w, type), 3, 1)
                : new SDVariable[] {null, null, withoutExtras(w, type)};
        this.u = sd.split(rw, 3, 1);
        this.b = sd.split(b, 3, 1);
        features = equations.features();
        if ((fw == null) != (features == 0) || (fb == null) != (features == 0) || (v == null) != (features == 0)) {
            throw new IllegalArgumentException("of fw, fb and v some are null; allowed: all three variables with"
                    + " shared features, of which the equations have " + features + ", and none without");
        }
        featuresOfInput = features == 0 ? null : rows(fw, 0, inputs, channels);
        featuresOfState = features == 0 ? null : rows(fw, inputs, units, units);
        featureBias = fb;
        this.v = features == 0 ? null : sd.split(v, 3, 1);
        rate = logTau == null ? sd.constant(rates(type)) : sd.math.exp(logTau.neg()).div(equations.substeps());
        boolean irregular = equations.irregularTime();
        regularAlpha = irregular ? null : rate.mul(equations.dtMs());
        intervalChannel = irregular ? sd.constant(row(type, inputs)) : null;
    }

    /** Rows of zeros under W for the channels that hold no data, so that no input has to be cut. */
    private SDVariable withoutExtras(SDVariable matrix, DataType type) {
        int extra = channels - inputs;
        return extra == 0 ? matrix : sd.concat(0, matrix,
                sd.constant(Nd4j.zeros(type, extra, (long) equations.inputBlocks() * units)));
    }

    /**
     * Rows {@code from} to {@code from + count} of the features' weights, and rows of zeros below them: a product,
     * since M2.1 cannot differentiate a slice of a parameter.
     */
    private SDVariable rows(SDVariable fw, int from, int count, int height) {
        INDArray pick = Nd4j.zeros(fw.dataType(), height, inputs + units);
        for (int i = 0; i < count; i++) {
            pick.putScalar(i, from + i, 1);
        }
        return sd.constant(pick).mmul(fw);
    }

    private INDArray rates(DataType type) {
        double[] tau = equations.tauMs(units);
        double[][] rates = new double[1][units];
        for (int j = 0; j < units; j++) {
            rates[0][j] = 1 / (equations.substeps() * tau[j]);
        }
        return Nd4j.createFromArray(rates).castTo(type);
    }

    private INDArray row(DataType type, int channel) {
        INDArray row = Nd4j.zeros(type, 1, channels);
        row.putScalar(0, channel, 1);
        return row;
    }

    /**
     * The state after one sample.
     *
     * @param x input {@code [minibatch, nIn]}
     * @param h state {@code [minibatch, H]}
     * @return the next state {@code [minibatch, H]}
     */
    public SDVariable step(SDVariable x, SDVariable h) {
        SDVariable alpha = intervalChannel == null ? regularAlpha : rate.mul(x.mul(intervalChannel).sum(true, 1));
        SDVariable next = h;
        for (int s = 0; s < equations.substeps(); s++) {
            next = integratorStep(x, next, alpha);
        }
        return next;
    }

    private SDVariable integratorStep(SDVariable x, SDVariable h, SDVariable alpha) {
        Integrator integrator = equations.integrator();
        SDVariable next = h;
        SDVariable y = h;
        for (int i = 0; i < integrator.stages(); i++) {
            SDVariable f = features(x, y);
            SDVariable z = sd.nn.sigmoid(preActivation(0, x, y, f));
            SDVariable r = sd.nn.sigmoid(preActivation(1, x, y, f));
            SDVariable c = sd.nn.tanh(preActivation(2, x, r.mul(y), f));
            SDVariable a = alpha.mul(z.rsub(1));
            SDVariable share = integrator == Integrator.EXPONENTIAL_EULER ? sd.math.exp(a.neg()).rsub(1) : a;
            SDVariable slope = share.mul(c.sub(y));
            next = next.add(integrator.weight(i) == 1 ? slope : slope.mul(integrator.weight(i)));
            if (i + 1 < integrator.stages()) {
                y = h.add(slope.mul(integrator.inner(i + 1)));
            }
        }
        return next;
    }

    private SDVariable features(SDVariable x, SDVariable y) {
        return features == 0 ? null : sd.nn.tanh(product(x, featuresOfInput, channels)
                .add(product(y, featuresOfState, units).add(featureBias)));
    }

    private SDVariable preActivation(int block, SDVariable x, SDVariable y, SDVariable f) {
        SDVariable ofState = product(y, u[block], units).add(b[block]);
        SDVariable recurrent = f == null ? ofState : product(f, v[block], features).add(ofState);
        return w[block] == null ? recurrent : product(x, w[block], channels).add(recurrent);
    }

    /** A matrix product; an inner dimension of one is a broadcast, whose gradient M2.1 gets right for any size. */
    private SDVariable product(SDVariable a, SDVariable matrix, int inner) {
        return inner == 1 ? a.mul(matrix) : a.mmul(matrix);
    }

    /** The state that is given with the input of the first step, {@code [minibatch, H]}. */
    private SDVariable given(SDVariable x) {
        INDArray pick = Nd4j.zeros(x.dataType(), channels, units);
        for (int j = 0; j < units; j++) {
            pick.putScalar(channels - units + j, j, 1);
        }
        return x.mmul(sd.constant(pick));
    }

    /**
     * The unrolled sequence.
     *
     * @param x     input {@code [minibatch, nIn, steps]}
     * @param steps number of time steps
     * @param h0    state before the first step, {@code [minibatch, H]} or broadcastable to it; null when it is given
     *              with the input
     * @param mask  null, or {@code [minibatch, steps]} of zeros and ones: where it is zero the state is held and the
     *              output is zero
     * @return the outputs {@code [minibatch, H, steps]}
     */
    public SDVariable sequence(SDVariable x, int steps, SDVariable h0, SDVariable mask) {
        SDVariable[] at = sd.unstack(x, 2, steps);
        SDVariable[] maskAt = mask == null ? null : sd.unstack(mask, 1, steps);
        SDVariable[] outputs = new SDVariable[steps];
        SDVariable h = h0 == null ? given(at[0]) : h0;
        for (int t = 0; t < steps; t++) {
            SDVariable next = step(at[t], h);
            if (mask == null) {
                h = next;
                outputs[t] = next;
            } else {
                SDVariable m = sd.expandDims(maskAt[t], 1);
                h = h.add(m.mul(next.sub(h)));
                outputs[t] = h.mul(m);
            }
        }
        return sd.stack(2, outputs);
    }
}

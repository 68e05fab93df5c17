package org.nagumo.core.gru;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The continuous-time GRU in plain SameDiff: <b>the definition</b>, of which {@link FusedGru} is the fast equivalent.
 * <pre>
 *   z = sigma(x Wz + h Uz + bz)
 *   r = sigma(x Wr + h Ur + br)
 *   c = tanh (x Wh + (r * h) Uh + bh)
 *   tau dh/dt = (1 - z)(c - h),   one Euler step:   h' = h + (dt / tau)(1 - z)(c - h)
 * </pre>
 * With dt = tau the step is h' = z h + (1 - z) c, the gated recurrent unit of Cho et al. (2014), arXiv:1406.1078,
 * equations 5 to 8, with the reset before the matrix product. The flow is the fully gated GRU-ODE of De Brouwer et
 * al. (2019), NeurIPS 32, equation 4, studied by Jordan, Sokol and Park (2021), Front. Comput. Neurosci. 15:678158.
 * It is not the "CT-GRU" of Mozer, Kazakov and Lindsey (2017), which keeps traces at many time scales.
 *
 * <p>One object joins the parameters of one layer to one SameDiff graph; {@link #step} and {@link #sequence} can be
 * called in anyone's graph, and SameDiff differentiates them.
 */
public final class ContinuousTimeGruGraph {

    private final SameDiff sd;
    private final int inputs;
    private final int units;
    private final SDVariable[] w;
    private final SDVariable[] u;
    private final SDVariable[] b;
    private final SDVariable alpha;

    /**
     * @param sd     the graph
     * @param inputs number of inputs nIn
     * @param units  number of units H
     * @param w      input weights {@code [nIn, 3H]}, column blocks z, r, candidate
     * @param rw     recurrent weights {@code [H, 3H]}, the same blocks
     * @param b      biases {@code [1, 3H]}, the same blocks
     * @param alpha  dt / tau of each unit, {@code [1, H]}, at most 1
     */
    public ContinuousTimeGruGraph(SameDiff sd, int inputs, int units, SDVariable w, SDVariable rw, SDVariable b,
            SDVariable alpha) {
        this.sd = sd;
        this.inputs = inputs;
        this.units = units;
        this.w = sd.split(w, 3, 1);
        this.u = sd.split(rw, 3, 1);
        this.b = sd.split(b, 3, 1);
        this.alpha = alpha;
    }

    /**
     * One Euler step.
     *
     * @param x input {@code [minibatch, nIn]}
     * @param h state {@code [minibatch, H]}
     * @return the next state {@code [minibatch, H]}
     */
    public SDVariable step(SDVariable x, SDVariable h) {
        SDVariable z = sd.nn.sigmoid(product(x, w[0], inputs).add(product(h, u[0], units)).add(b[0]));
        SDVariable r = sd.nn.sigmoid(product(x, w[1], inputs).add(product(h, u[1], units)).add(b[1]));
        SDVariable c = sd.nn.tanh(product(x, w[2], inputs).add(product(r.mul(h), u[2], units)).add(b[2]));
        return h.add(alpha.mul(z.rsub(1)).mul(c.sub(h)));
    }

    /** A matrix product; an inner dimension of one is a broadcast, whose gradient M2.1 gets right for any size. */
    private SDVariable product(SDVariable a, SDVariable matrix, int inner) {
        return inner == 1 ? a.mul(matrix) : a.mmul(matrix);
    }

    /**
     * The unrolled sequence.
     *
     * @param x     input {@code [minibatch, nIn, steps]}
     * @param steps number of time steps
     * @param h0    state before the first step, {@code [minibatch, H]} or broadcastable to it
     * @param mask  null, or {@code [minibatch, steps]} of zeros and ones: where it is zero the state is held and the
     *              output is zero
     * @return the outputs {@code [minibatch, H, steps]}
     */
    public SDVariable sequence(SDVariable x, int steps, SDVariable h0, SDVariable mask) {
        SDVariable[] at = sd.unstack(x, 2, steps);
        SDVariable[] maskAt = mask == null ? null : sd.unstack(mask, 1, steps);
        SDVariable[] outputs = new SDVariable[steps];
        SDVariable h = h0;
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

package org.nagumo.core.gru;

import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link FloatRowMath} in vector instructions, where they pay: sums over rows, and long formulas. The same operations in the
 * same order on every lane, and so the same numbers.
 *
 * <p>Rows hold a multiple of {@link #laneMultiple} lanes. The loops call nothing but the methods of the vector classes: C2
 * on JDK 17 gives up inlining those, and then allocates every vector, as soon as a helper of ours stands between.
 * A sum that is carried from iteration to iteration stays in a register in a single loop alone, not in a nest; hence a
 * method for each tile.
 */
final class VectorRowMath extends FloatRowMath {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int L = SPECIES.length();
    private static final int FOUR = 4;

    /** The width of a tile. */
    @Override
    public int laneMultiple() {
        return 2 * L;
    }

    @Override
    public void affine(float[][] y, int at, int count, float[] bias, float[] w, float[][] x, int from, int sources) {
        int last = at + count - 1;
        int first = sources % FOUR;
        for (int j = at; j <= last; j += 2) {
            int other = Math.min(j + 1, last);
            for (int b = 0; b < y[at].length; b += 2 * L) {
                affineTile(y[j], y[other], bias[j], bias[other], w, j * sources, other * sources, x, from, first, b);
            }
            addFours(y[j], y[other], w, j * sources, other * sources, x, from, first, sources);
        }
    }

    @Override
    public void addAffine(float[][] y, float[] w, float[][] x, int from, int sources) {
        int last = y.length - 1;
        int first = sources % FOUR;
        for (int j = 0; j <= last; j += 2) {
            int other = Math.min(j + 1, last);
            for (int b = 0; first > 0 && b < y[0].length; b += 2 * L) {
                addTile(y[j], y[other], w, j * sources, other * sources, x, from, first, b);
            }
            addFours(y[j], y[other], w, j * sources, other * sources, x, from, first, sources);
        }
    }

    /** Two rows, two vectors wide; the rows may be the same. To fill them with the bias first and add would take longer. */
    private static void affineTile(float[] y0, float[] y1, float b0, float b1, float[] w, int w0, int w1, float[][] x,
            int from, int sources, int b) {
        FloatVector s00 = FloatVector.broadcast(SPECIES, b0);
        FloatVector s01 = s00;
        FloatVector s10 = FloatVector.broadcast(SPECIES, b1);
        FloatVector s11 = s10;
        for (int k = 0; k < sources; k++) {
            float[] row = x[from + k];
            FloatVector x0 = FloatVector.fromArray(SPECIES, row, b);
            FloatVector x1 = FloatVector.fromArray(SPECIES, row, b + L);
            FloatVector v = FloatVector.broadcast(SPECIES, w[w0 + k]);
            s00 = v.fma(x0, s00);
            s01 = v.fma(x1, s01);
            v = FloatVector.broadcast(SPECIES, w[w1 + k]);
            s10 = v.fma(x0, s10);
            s11 = v.fma(x1, s11);
        }
        s00.intoArray(y0, b);
        s01.intoArray(y0, b + L);
        s10.intoArray(y1, b);
        s11.intoArray(y1, b + L);
    }

    /** As {@link #affineTile}, but added to what is there. */
    private static void addTile(float[] y0, float[] y1, float[] w, int w0, int w1, float[][] x, int from, int sources,
            int b) {
        FloatVector s00 = FloatVector.fromArray(SPECIES, y0, b);
        FloatVector s01 = FloatVector.fromArray(SPECIES, y0, b + L);
        FloatVector s10 = FloatVector.fromArray(SPECIES, y1, b);
        FloatVector s11 = FloatVector.fromArray(SPECIES, y1, b + L);
        for (int k = 0; k < sources; k++) {
            float[] row = x[from + k];
            FloatVector x0 = FloatVector.fromArray(SPECIES, row, b);
            FloatVector x1 = FloatVector.fromArray(SPECIES, row, b + L);
            FloatVector v = FloatVector.broadcast(SPECIES, w[w0 + k]);
            s00 = v.fma(x0, s00);
            s01 = v.fma(x1, s01);
            v = FloatVector.broadcast(SPECIES, w[w1 + k]);
            s10 = v.fma(x0, s10);
            s11 = v.fma(x1, s11);
        }
        s00.intoArray(y0, b);
        s01.intoArray(y0, b + L);
        s10.intoArray(y1, b);
        s11.intoArray(y1, b + L);
    }

    /** Adds what the sources from {@code k} on contribute to two rows, which may be the same. */
    private static void addFours(float[] y0, float[] y1, float[] w, int w0, int w1, float[][] x, int from, int k,
            int sources) {
        for (int i = k; i < sources; i += FOUR) {
            addFour(y0, y1, w, w0 + i, w1 + i, x[from + i], x[from + i + 1], x[from + i + 2], x[from + i + 3]);
        }
    }

    /** Weights stay in registers, and the loop over the lanes checks no bounds. */
    private static void addFour(float[] y0, float[] y1, float[] w, int w0, int w1, float[] x0, float[] x1, float[] x2,
            float[] x3) {
        FloatVector w00 = FloatVector.broadcast(SPECIES, w[w0]);
        FloatVector w01 = FloatVector.broadcast(SPECIES, w[w0 + 1]);
        FloatVector w02 = FloatVector.broadcast(SPECIES, w[w0 + 2]);
        FloatVector w03 = FloatVector.broadcast(SPECIES, w[w0 + 3]);
        FloatVector w10 = FloatVector.broadcast(SPECIES, w[w1]);
        FloatVector w11 = FloatVector.broadcast(SPECIES, w[w1 + 1]);
        FloatVector w12 = FloatVector.broadcast(SPECIES, w[w1 + 2]);
        FloatVector w13 = FloatVector.broadcast(SPECIES, w[w1 + 3]);
        for (int b = 0; b < y0.length; b += L) {
            FloatVector v0 = FloatVector.fromArray(SPECIES, x0, b);
            FloatVector v1 = FloatVector.fromArray(SPECIES, x1, b);
            FloatVector v2 = FloatVector.fromArray(SPECIES, x2, b);
            FloatVector v3 = FloatVector.fromArray(SPECIES, x3, b);
            FloatVector s0 = FloatVector.fromArray(SPECIES, y0, b);
            FloatVector s1 = FloatVector.fromArray(SPECIES, y1, b);
            w03.fma(v3, w02.fma(v2, w01.fma(v1, w00.fma(v0, s0)))).intoArray(y0, b);
            w13.fma(v3, w12.fma(v2, w11.fma(v1, w10.fma(v0, s1)))).intoArray(y1, b);
        }
    }

    @Override
    void sigmoid3(float[] y, float bias, float w0, float w1, float w2, float[] x0, float[] x1, float[] x2) {
        FloatVector s6 = FloatVector.broadcast(SPECIES, S6);
        FloatVector s5 = FloatVector.broadcast(SPECIES, S5);
        FloatVector s4 = FloatVector.broadcast(SPECIES, S4);
        FloatVector s3 = FloatVector.broadcast(SPECIES, S3);
        FloatVector s2 = FloatVector.broadcast(SPECIES, S2);
        FloatVector s1 = FloatVector.broadcast(SPECIES, S1);
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        FloatVector half = FloatVector.broadcast(SPECIES, 0.5f);
        FloatVector b0 = FloatVector.broadcast(SPECIES, bias);
        FloatVector v0 = FloatVector.broadcast(SPECIES, w0);
        FloatVector v1 = FloatVector.broadcast(SPECIES, w1);
        FloatVector v2 = FloatVector.broadcast(SPECIES, w2);
        for (int b = 0; b < y.length; b += L) {
            FloatVector v = v2.fma(FloatVector.fromArray(SPECIES, x2, b), v1.fma(FloatVector.fromArray(SPECIES, x1, b),
                    v0.fma(FloatVector.fromArray(SPECIES, x0, b), b0))).mul(half);
            FloatVector s = v.mul(v);
            FloatVector u = v.mul(s.fma(s6, s5).fma(s, s4).fma(s, s3).fma(s, s2).fma(s, s1).fma(s, one));
            u.div(u.fma(u, one).lanewise(VectorOperators.SQRT)).fma(half, half).intoArray(y, b);
        }
    }

    @Override
    void tanh3(float[] y, float bias, float w0, float w1, float w2, float[] x0, float[] x1, float[] x2) {
        FloatVector s6 = FloatVector.broadcast(SPECIES, S6);
        FloatVector s5 = FloatVector.broadcast(SPECIES, S5);
        FloatVector s4 = FloatVector.broadcast(SPECIES, S4);
        FloatVector s3 = FloatVector.broadcast(SPECIES, S3);
        FloatVector s2 = FloatVector.broadcast(SPECIES, S2);
        FloatVector s1 = FloatVector.broadcast(SPECIES, S1);
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        FloatVector b0 = FloatVector.broadcast(SPECIES, bias);
        FloatVector v0 = FloatVector.broadcast(SPECIES, w0);
        FloatVector v1 = FloatVector.broadcast(SPECIES, w1);
        FloatVector v2 = FloatVector.broadcast(SPECIES, w2);
        for (int b = 0; b < y.length; b += L) {
            FloatVector v = v2.fma(FloatVector.fromArray(SPECIES, x2, b), v1.fma(FloatVector.fromArray(SPECIES, x1, b),
                    v0.fma(FloatVector.fromArray(SPECIES, x0, b), b0)));
            FloatVector s = v.mul(v);
            FloatVector u = v.mul(s.fma(s6, s5).fma(s, s4).fma(s, s3).fma(s, s2).fma(s, s1).fma(s, one));
            u.div(u.fma(u, one).lanewise(VectorOperators.SQRT)).intoArray(y, b);
        }
    }

    @Override
    public void sigmoid(float[] y, double bound) {
        if (bound > 2 * POLYNOMIAL_LIMIT) {
            clamp(y, 2 * SATURATION);
        }
        FloatVector s6 = FloatVector.broadcast(SPECIES, S6);
        FloatVector s5 = FloatVector.broadcast(SPECIES, S5);
        FloatVector s4 = FloatVector.broadcast(SPECIES, S4);
        FloatVector s3 = FloatVector.broadcast(SPECIES, S3);
        FloatVector s2 = FloatVector.broadcast(SPECIES, S2);
        FloatVector s1 = FloatVector.broadcast(SPECIES, S1);
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        FloatVector half = FloatVector.broadcast(SPECIES, 0.5f);
        for (int b = 0; b < y.length; b += L) {
            FloatVector v = FloatVector.fromArray(SPECIES, y, b).mul(half);
            FloatVector s = v.mul(v);
            FloatVector u = v.mul(s.fma(s6, s5).fma(s, s4).fma(s, s3).fma(s, s2).fma(s, s1).fma(s, one));
            u.div(u.fma(u, one).lanewise(VectorOperators.SQRT)).fma(half, half).intoArray(y, b);
        }
    }

    @Override
    public void tanh(float[] y, double bound) {
        if (bound > POLYNOMIAL_LIMIT) {
            clamp(y, SATURATION);
        }
        FloatVector s6 = FloatVector.broadcast(SPECIES, S6);
        FloatVector s5 = FloatVector.broadcast(SPECIES, S5);
        FloatVector s4 = FloatVector.broadcast(SPECIES, S4);
        FloatVector s3 = FloatVector.broadcast(SPECIES, S3);
        FloatVector s2 = FloatVector.broadcast(SPECIES, S2);
        FloatVector s1 = FloatVector.broadcast(SPECIES, S1);
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        for (int b = 0; b < y.length; b += L) {
            FloatVector v = FloatVector.fromArray(SPECIES, y, b);
            FloatVector s = v.mul(v);
            FloatVector u = v.mul(s.fma(s6, s5).fma(s, s4).fma(s, s3).fma(s, s2).fma(s, s1).fma(s, one));
            u.div(u.fma(u, one).lanewise(VectorOperators.SQRT)).intoArray(y, b);
        }
    }

    @Override
    public void multiply(float[] y, float[] p, float[] q) {
        for (int b = 0; b < y.length; b += L) {
            FloatVector.fromArray(SPECIES, p, b).mul(FloatVector.fromArray(SPECIES, q, b)).intoArray(y, b);
        }
    }

    @Override
    public void add(float[] y, float[] x) {
        for (int b = 0; b < y.length; b += L) {
            FloatVector.fromArray(SPECIES, y, b).add(FloatVector.fromArray(SPECIES, x, b)).intoArray(y, b);
        }
    }

    @Override
    public void euler(float[] next, float[] h, float[] z, float[] c, float[] alpha) {
        for (int b = 0; b < next.length; b += L) {
            FloatVector a = FloatVector.fromArray(SPECIES, alpha, b);
            FloatVector state = FloatVector.fromArray(SPECIES, h, b);
            a.neg().fma(FloatVector.fromArray(SPECIES, z, b), a)
                    .fma(FloatVector.fromArray(SPECIES, c, b).sub(state), state).intoArray(next, b);
        }
    }

    @Override
    public void eulerBackward(float[] d, float[] y, float[] z, float[] c, float[] dLogTau, float[] alpha, double keep) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        FloatVector kept = FloatVector.broadcast(SPECIES, (float) keep);
        for (int b = 0; b < d.length; b += L) {
            FloatVector e = FloatVector.fromArray(SPECIES, d, b);
            FloatVector zb = FloatVector.fromArray(SPECIES, z, b);
            FloatVector cb = FloatVector.fromArray(SPECIES, c, b);
            FloatVector ae = FloatVector.fromArray(SPECIES, alpha, b).mul(one.sub(zb)).mul(e);
            FloatVector minus = ae.neg();
            FloatVector pull = cb.sub(FloatVector.fromArray(SPECIES, y, b));
            minus.fma(pull, FloatVector.fromArray(SPECIES, dLogTau, b)).intoArray(dLogTau, b);
            minus.mul(pull).mul(zb).intoArray(z, b);
            ae.mul(cb.neg().fma(cb, one)).intoArray(c, b);
            kept.mul(e).sub(ae).intoArray(d, b);
        }
    }

    @Override
    public void resetBackward(float[] dh, float[] dq, float[] h, float[] r) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        for (int b = 0; b < dh.length; b += L) {
            FloatVector rb = FloatVector.fromArray(SPECIES, r, b);
            FloatVector hb = FloatVector.fromArray(SPECIES, h, b);
            FloatVector s = FloatVector.fromArray(SPECIES, dq, b).mul(rb);
            FloatVector.fromArray(SPECIES, dh, b).add(s).intoArray(dh, b);
            s.mul(hb).mul(one.sub(rb)).intoArray(r, b);
            rb.mul(hb).intoArray(dq, b);
        }
    }

    @Override
    public void tanhBackward(float[] d, float[] e, float[] f, double w) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        FloatVector scale = FloatVector.broadcast(SPECIES, (float) w);
        for (int b = 0; b < d.length; b += L) {
            FloatVector fb = FloatVector.fromArray(SPECIES, f, b);
            scale.mul(FloatVector.fromArray(SPECIES, e, b)).mul(fb.neg().fma(fb, one)).intoArray(d, b);
        }
    }

    @Override
    public void tanhBackward(float[][] d, float[][] f, float[] w, float[][] e, int sources) {
        int lanes = d[0].length;
        if (lanes % (4 * L) != 0) {
            super.tanhBackward(d, f, w, e, sources);
            return;
        }
        int last = d.length - 1;
        for (int j = 0; j <= last; j += 2) {
            int other = Math.min(j + 1, last);
            for (int b = 0; b < lanes; b += 4 * L) {
                tanhBackwardTile(d[j], d[other], f[j], f[other], w, j * sources, other * sources, e, sources, b);
            }
        }
    }

    /** Two rows, four vectors wide; the rows may be the same. */
    private static void tanhBackwardTile(float[] d0, float[] d1, float[] f0, float[] f1, float[] w, int w0, int w1,
            float[][] e, int sources, int b) {
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = FloatVector.zero(SPECIES);
        FloatVector s02 = FloatVector.zero(SPECIES);
        FloatVector s03 = FloatVector.zero(SPECIES);
        FloatVector s10 = FloatVector.zero(SPECIES);
        FloatVector s11 = FloatVector.zero(SPECIES);
        FloatVector s12 = FloatVector.zero(SPECIES);
        FloatVector s13 = FloatVector.zero(SPECIES);
        for (int k = 0; k < sources; k++) {
            float[] row = e[k];
            FloatVector x0 = FloatVector.fromArray(SPECIES, row, b);
            FloatVector x1 = FloatVector.fromArray(SPECIES, row, b + L);
            FloatVector x2 = FloatVector.fromArray(SPECIES, row, b + 2 * L);
            FloatVector x3 = FloatVector.fromArray(SPECIES, row, b + 3 * L);
            FloatVector v = FloatVector.broadcast(SPECIES, w[w0 + k]);
            s00 = v.fma(x0, s00);
            s01 = v.fma(x1, s01);
            s02 = v.fma(x2, s02);
            s03 = v.fma(x3, s03);
            v = FloatVector.broadcast(SPECIES, w[w1 + k]);
            s10 = v.fma(x0, s10);
            s11 = v.fma(x1, s11);
            s12 = v.fma(x2, s12);
            s13 = v.fma(x3, s13);
        }
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        FloatVector f = FloatVector.fromArray(SPECIES, f0, b);
        s00.mul(f.neg().fma(f, one)).intoArray(d0, b);
        f = FloatVector.fromArray(SPECIES, f0, b + L);
        s01.mul(f.neg().fma(f, one)).intoArray(d0, b + L);
        f = FloatVector.fromArray(SPECIES, f0, b + 2 * L);
        s02.mul(f.neg().fma(f, one)).intoArray(d0, b + 2 * L);
        f = FloatVector.fromArray(SPECIES, f0, b + 3 * L);
        s03.mul(f.neg().fma(f, one)).intoArray(d0, b + 3 * L);
        f = FloatVector.fromArray(SPECIES, f1, b);
        s10.mul(f.neg().fma(f, one)).intoArray(d1, b);
        f = FloatVector.fromArray(SPECIES, f1, b + L);
        s11.mul(f.neg().fma(f, one)).intoArray(d1, b + L);
        f = FloatVector.fromArray(SPECIES, f1, b + 2 * L);
        s12.mul(f.neg().fma(f, one)).intoArray(d1, b + 2 * L);
        f = FloatVector.fromArray(SPECIES, f1, b + 3 * L);
        s13.mul(f.neg().fma(f, one)).intoArray(d1, b + 3 * L);
    }

    @Override
    public WeightSums weightSums(float[][] rows, List<WeightGroup<float[]>> groups) {
        return new PackedWeightSums(rows, groups);
    }
}

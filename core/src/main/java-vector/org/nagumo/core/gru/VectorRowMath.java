package org.nagumo.core.gru;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link FloatRowMath} in vector instructions, where they pay: sums over rows in tiles that stay in registers, and
 * long formulas. The same operations in the same order on every lane, and so the same numbers.
 *
 * <p>Rows hold a multiple of {@link #laneMultiple} lanes. The loops call nothing but the methods of the vector classes: C2
 * on JDK 17 gives up inlining those, and then allocates every vector, as soon as a helper of ours stands between.
 * A sum that is carried from iteration to iteration stays in a register in a single loop alone, not in a nest; hence a
 * method for each tile.
 */
final class VectorRowMath extends FloatRowMath {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int L = SPECIES.length();

    /** From so many weights on, copying the rows first takes less time than it saves. */
    private static final int PACKED_WEIGHTS = 128;

    /** By thread, since kernels on several threads share this object. */
    private static final ThreadLocal<PackedAccumulation> PACKED = ThreadLocal.withInitial(PackedAccumulation::new);

    /** The width of a tile. */
    @Override
    public int laneMultiple() {
        return 2 * L;
    }

    @Override
    public void affine(float[][] y, int at, int count, float[] bias, float[] w, float[][] x, int from, int sources) {
        int lanes = y[at].length;
        int last = at + count - 1;
        if (count <= 2 && lanes % (4 * L) == 0) {
            for (int b = 0; b < lanes; b += 4 * L) {
                affineNarrowTile(y[at], y[last], bias[at], bias[last], w, at * sources, last * sources, x, from, sources,
                        b);
            }
            return;
        }
        for (int j = at; j <= last; j += 4) {
            int j1 = Math.min(j + 1, last);
            int j2 = Math.min(j + 2, last);
            int j3 = Math.min(j + 3, last);
            for (int b = 0; b < lanes; b += 2 * L) {
                affineTile(y[j], y[j1], y[j2], y[j3], bias[j], bias[j1], bias[j2], bias[j3], w, j * sources,
                        j1 * sources, j2 * sources, j3 * sources, x, from, sources, b);
            }
        }
    }

    /** Four rows, two vectors wide; the rows may be the same. */
    private static void affineTile(float[] y0, float[] y1, float[] y2, float[] y3, float b0, float b1, float b2, float b3,
            float[] w, int w0, int w1, int w2, int w3, float[][] x, int from, int sources, int b) {
        FloatVector s00 = FloatVector.broadcast(SPECIES, b0);
        FloatVector s01 = s00;
        FloatVector s10 = FloatVector.broadcast(SPECIES, b1);
        FloatVector s11 = s10;
        FloatVector s20 = FloatVector.broadcast(SPECIES, b2);
        FloatVector s21 = s20;
        FloatVector s30 = FloatVector.broadcast(SPECIES, b3);
        FloatVector s31 = s30;
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
            v = FloatVector.broadcast(SPECIES, w[w2 + k]);
            s20 = v.fma(x0, s20);
            s21 = v.fma(x1, s21);
            v = FloatVector.broadcast(SPECIES, w[w3 + k]);
            s30 = v.fma(x0, s30);
            s31 = v.fma(x1, s31);
        }
        s00.intoArray(y0, b);
        s01.intoArray(y0, b + L);
        s10.intoArray(y1, b);
        s11.intoArray(y1, b + L);
        s20.intoArray(y2, b);
        s21.intoArray(y2, b + L);
        s30.intoArray(y3, b);
        s31.intoArray(y3, b + L);
    }

    /** Two rows, four vectors wide; the rows may be the same. */
    private static void affineNarrowTile(float[] y0, float[] y1, float b0, float b1, float[] w, int w0, int w1,
            float[][] x, int from, int sources, int b) {
        FloatVector s00 = FloatVector.broadcast(SPECIES, b0);
        FloatVector s01 = s00;
        FloatVector s02 = s00;
        FloatVector s03 = s00;
        FloatVector s10 = FloatVector.broadcast(SPECIES, b1);
        FloatVector s11 = s10;
        FloatVector s12 = s10;
        FloatVector s13 = s10;
        for (int k = 0; k < sources; k++) {
            float[] row = x[from + k];
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
        s00.intoArray(y0, b);
        s01.intoArray(y0, b + L);
        s02.intoArray(y0, b + 2 * L);
        s03.intoArray(y0, b + 3 * L);
        s10.intoArray(y1, b);
        s11.intoArray(y1, b + L);
        s12.intoArray(y1, b + 2 * L);
        s13.intoArray(y1, b + 3 * L);
    }

    @Override
    public void addAffine(float[][] y, float[] w, float[][] x, int from, int sources) {
        int lanes = y[0].length;
        int last = y.length - 1;
        if (last <= 1 && lanes % (4 * L) == 0) {
            for (int b = 0; b < lanes; b += 4 * L) {
                addNarrowTile(y[0], y[last], w, 0, last * sources, x, from, sources, b);
            }
            return;
        }
        for (int j = 0; j <= last; j += 4) {
            int j1 = Math.min(j + 1, last);
            int j2 = Math.min(j + 2, last);
            int j3 = Math.min(j + 3, last);
            for (int b = 0; b < lanes; b += 2 * L) {
                addTile(y[j], y[j1], y[j2], y[j3], w, j * sources, j1 * sources, j2 * sources, j3 * sources, x, from,
                        sources, b);
            }
        }
    }

    /** As {@link #affineTile}, but added to what is there. */
    private static void addTile(float[] y0, float[] y1, float[] y2, float[] y3,
            float[] w, int w0, int w1, int w2, int w3, float[][] x, int from, int sources, int b) {
        FloatVector s00 = FloatVector.fromArray(SPECIES, y0, b);
        FloatVector s01 = FloatVector.fromArray(SPECIES, y0, b + L);
        FloatVector s10 = FloatVector.fromArray(SPECIES, y1, b);
        FloatVector s11 = FloatVector.fromArray(SPECIES, y1, b + L);
        FloatVector s20 = FloatVector.fromArray(SPECIES, y2, b);
        FloatVector s21 = FloatVector.fromArray(SPECIES, y2, b + L);
        FloatVector s30 = FloatVector.fromArray(SPECIES, y3, b);
        FloatVector s31 = FloatVector.fromArray(SPECIES, y3, b + L);
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
            v = FloatVector.broadcast(SPECIES, w[w2 + k]);
            s20 = v.fma(x0, s20);
            s21 = v.fma(x1, s21);
            v = FloatVector.broadcast(SPECIES, w[w3 + k]);
            s30 = v.fma(x0, s30);
            s31 = v.fma(x1, s31);
        }
        s00.intoArray(y0, b);
        s01.intoArray(y0, b + L);
        s10.intoArray(y1, b);
        s11.intoArray(y1, b + L);
        s20.intoArray(y2, b);
        s21.intoArray(y2, b + L);
        s30.intoArray(y3, b);
        s31.intoArray(y3, b + L);
    }

    /** As {@link #affineNarrowTile}, but added to what is there. */
    private static void addNarrowTile(float[] y0, float[] y1, float[] w, int w0, int w1,
            float[][] x, int from, int sources, int b) {
        FloatVector s00 = FloatVector.fromArray(SPECIES, y0, b);
        FloatVector s01 = FloatVector.fromArray(SPECIES, y0, b + L);
        FloatVector s02 = FloatVector.fromArray(SPECIES, y0, b + 2 * L);
        FloatVector s03 = FloatVector.fromArray(SPECIES, y0, b + 3 * L);
        FloatVector s10 = FloatVector.fromArray(SPECIES, y1, b);
        FloatVector s11 = FloatVector.fromArray(SPECIES, y1, b + L);
        FloatVector s12 = FloatVector.fromArray(SPECIES, y1, b + 2 * L);
        FloatVector s13 = FloatVector.fromArray(SPECIES, y1, b + 3 * L);
        for (int k = 0; k < sources; k++) {
            float[] row = x[from + k];
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
        s00.intoArray(y0, b);
        s01.intoArray(y0, b + L);
        s02.intoArray(y0, b + 2 * L);
        s03.intoArray(y0, b + 3 * L);
        s10.intoArray(y1, b);
        s11.intoArray(y1, b + L);
        s12.intoArray(y1, b + 2 * L);
        s13.intoArray(y1, b + 3 * L);
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
        for (int j = 0; j <= last; j += 4) {
            int j1 = Math.min(j + 1, last);
            int j2 = Math.min(j + 2, last);
            int j3 = Math.min(j + 3, last);
            for (int b = 0; b < lanes; b += 4 * L) {
                tanhBackwardTile(d[j], d[j1], d[j2], d[j3], f[j], f[j1], f[j2], f[j3], w, j * sources, j1 * sources,
                        j2 * sources, j3 * sources, e, sources, b);
            }
        }
    }

    /** Four rows, four vectors wide; the rows may be the same. */
    private static void tanhBackwardTile(float[] d0, float[] d1, float[] d2, float[] d3, float[] f0, float[] f1,
            float[] f2, float[] f3, float[] w, int w0, int w1, int w2, int w3, float[][] e, int sources, int b) {
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = FloatVector.zero(SPECIES);
        FloatVector s02 = FloatVector.zero(SPECIES);
        FloatVector s03 = FloatVector.zero(SPECIES);
        FloatVector s10 = FloatVector.zero(SPECIES);
        FloatVector s11 = FloatVector.zero(SPECIES);
        FloatVector s12 = FloatVector.zero(SPECIES);
        FloatVector s13 = FloatVector.zero(SPECIES);
        FloatVector s20 = FloatVector.zero(SPECIES);
        FloatVector s21 = FloatVector.zero(SPECIES);
        FloatVector s22 = FloatVector.zero(SPECIES);
        FloatVector s23 = FloatVector.zero(SPECIES);
        FloatVector s30 = FloatVector.zero(SPECIES);
        FloatVector s31 = FloatVector.zero(SPECIES);
        FloatVector s32 = FloatVector.zero(SPECIES);
        FloatVector s33 = FloatVector.zero(SPECIES);
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
            v = FloatVector.broadcast(SPECIES, w[w2 + k]);
            s20 = v.fma(x0, s20);
            s21 = v.fma(x1, s21);
            s22 = v.fma(x2, s22);
            s23 = v.fma(x3, s23);
            v = FloatVector.broadcast(SPECIES, w[w3 + k]);
            s30 = v.fma(x0, s30);
            s31 = v.fma(x1, s31);
            s32 = v.fma(x2, s32);
            s33 = v.fma(x3, s33);
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
        f = FloatVector.fromArray(SPECIES, f2, b);
        s20.mul(f.neg().fma(f, one)).intoArray(d2, b);
        f = FloatVector.fromArray(SPECIES, f2, b + L);
        s21.mul(f.neg().fma(f, one)).intoArray(d2, b + L);
        f = FloatVector.fromArray(SPECIES, f2, b + 2 * L);
        s22.mul(f.neg().fma(f, one)).intoArray(d2, b + 2 * L);
        f = FloatVector.fromArray(SPECIES, f2, b + 3 * L);
        s23.mul(f.neg().fma(f, one)).intoArray(d2, b + 3 * L);
        f = FloatVector.fromArray(SPECIES, f3, b);
        s30.mul(f.neg().fma(f, one)).intoArray(d3, b);
        f = FloatVector.fromArray(SPECIES, f3, b + L);
        s31.mul(f.neg().fma(f, one)).intoArray(d3, b + L);
        f = FloatVector.fromArray(SPECIES, f3, b + 2 * L);
        s32.mul(f.neg().fma(f, one)).intoArray(d3, b + 2 * L);
        f = FloatVector.fromArray(SPECIES, f3, b + 3 * L);
        s33.mul(f.neg().fma(f, one)).intoArray(d3, b + 3 * L);
    }

    @Override
    public void accumulate(float[][] acc, int[] place, float[][][] d, int at, float[][][] x, int sources,
            boolean biased, int from, int to) {
        if (place.length >= PACKED_WEIGHTS) {
            PACKED.get().accumulate(acc, place, d, at, x, sources, from, to);
        } else {
            accumulateUnpacked(acc, place, d, at, x, sources, from, to);
        }
    }

    private static void accumulateUnpacked(float[][] acc, int[] place, float[][][] d, int at, float[][][] x, int sources,
            int from, int to) {
        int end = at + place.length / sources;
        float[] spare = new float[acc[0].length];
        for (int j = at; j < end;) {
            int rows = end - j > 4 && sources >= 4 && d[from].length >= 6 ? 6 : 4;
            for (int k = 0; k < sources; k += 4) {
                // A tall tile takes rows that follow each other; at the ends it takes some again, to no effect.
                int firstRow = rows == 4 ? j : Math.min(j, d[from].length - rows);
                int firstSource = rows == 4 ? k : Math.min(k, sources - 4);
                float[][] sums = new float[4 * rows][];
                for (int n = 0; n < sums.length; n++) {
                    int row = firstRow + n / 4;
                    int source = firstSource + n % 4;
                    boolean wanted = row >= j && row < end && source >= k && source < sources;
                    int p = wanted ? place[(row - at) * sources + source] : -1;
                    sums[n] = p < 0 ? spare : acc[p];
                }
                for (int b = 0; b < spare.length; b += L) {
                    if (rows == 4) {
                        accumulateTile(sums, d, j, Math.min(j + 1, end - 1), Math.min(j + 2, end - 1),
                                Math.min(j + 3, end - 1), x, k, Math.min(k + 1, sources - 1),
                                Math.min(k + 2, sources - 1), Math.min(k + 3, sources - 1), from, to, b);
                    } else {
                        accumulateTallTile(sums, d, firstRow, x, firstSource, from, to, b);
                    }
                }
            }
            j += rows;
        }
    }

    /** Four gradients times four sources, one vector wide. */
    private static void accumulateTile(float[][] sums, float[][][] d, int j0, int j1, int j2, int j3, float[][][] x,
            int k0, int k1, int k2, int k3, int from, int to, int b) {
        FloatVector s00 = FloatVector.fromArray(SPECIES, sums[0], b);
        FloatVector s01 = FloatVector.fromArray(SPECIES, sums[1], b);
        FloatVector s02 = FloatVector.fromArray(SPECIES, sums[2], b);
        FloatVector s03 = FloatVector.fromArray(SPECIES, sums[3], b);
        FloatVector s10 = FloatVector.fromArray(SPECIES, sums[4], b);
        FloatVector s11 = FloatVector.fromArray(SPECIES, sums[5], b);
        FloatVector s12 = FloatVector.fromArray(SPECIES, sums[6], b);
        FloatVector s13 = FloatVector.fromArray(SPECIES, sums[7], b);
        FloatVector s20 = FloatVector.fromArray(SPECIES, sums[8], b);
        FloatVector s21 = FloatVector.fromArray(SPECIES, sums[9], b);
        FloatVector s22 = FloatVector.fromArray(SPECIES, sums[10], b);
        FloatVector s23 = FloatVector.fromArray(SPECIES, sums[11], b);
        FloatVector s30 = FloatVector.fromArray(SPECIES, sums[12], b);
        FloatVector s31 = FloatVector.fromArray(SPECIES, sums[13], b);
        FloatVector s32 = FloatVector.fromArray(SPECIES, sums[14], b);
        FloatVector s33 = FloatVector.fromArray(SPECIES, sums[15], b);
        for (int e = to - 1; e >= from; e--) {
            float[][] xe = x[e];
            float[][] de = d[e];
            FloatVector x0 = FloatVector.fromArray(SPECIES, xe[k0], b);
            FloatVector x1 = FloatVector.fromArray(SPECIES, xe[k1], b);
            FloatVector x2 = FloatVector.fromArray(SPECIES, xe[k2], b);
            FloatVector x3 = FloatVector.fromArray(SPECIES, xe[k3], b);
            FloatVector v = FloatVector.fromArray(SPECIES, de[j0], b);
            s00 = v.fma(x0, s00);
            s01 = v.fma(x1, s01);
            s02 = v.fma(x2, s02);
            s03 = v.fma(x3, s03);
            v = FloatVector.fromArray(SPECIES, de[j1], b);
            s10 = v.fma(x0, s10);
            s11 = v.fma(x1, s11);
            s12 = v.fma(x2, s12);
            s13 = v.fma(x3, s13);
            v = FloatVector.fromArray(SPECIES, de[j2], b);
            s20 = v.fma(x0, s20);
            s21 = v.fma(x1, s21);
            s22 = v.fma(x2, s22);
            s23 = v.fma(x3, s23);
            v = FloatVector.fromArray(SPECIES, de[j3], b);
            s30 = v.fma(x0, s30);
            s31 = v.fma(x1, s31);
            s32 = v.fma(x2, s32);
            s33 = v.fma(x3, s33);
        }
        s00.intoArray(sums[0], b);
        s01.intoArray(sums[1], b);
        s02.intoArray(sums[2], b);
        s03.intoArray(sums[3], b);
        s10.intoArray(sums[4], b);
        s11.intoArray(sums[5], b);
        s12.intoArray(sums[6], b);
        s13.intoArray(sums[7], b);
        s20.intoArray(sums[8], b);
        s21.intoArray(sums[9], b);
        s22.intoArray(sums[10], b);
        s23.intoArray(sums[11], b);
        s30.intoArray(sums[12], b);
        s31.intoArray(sums[13], b);
        s32.intoArray(sums[14], b);
        s33.intoArray(sums[15], b);
    }

    /** Six gradients times four sources that follow each other, one vector wide. */
    private static void accumulateTallTile(float[][] sums, float[][][] d, int j, float[][][] x, int k, int from,
            int to, int b) {
        FloatVector s00 = FloatVector.fromArray(SPECIES, sums[0], b);
        FloatVector s01 = FloatVector.fromArray(SPECIES, sums[1], b);
        FloatVector s02 = FloatVector.fromArray(SPECIES, sums[2], b);
        FloatVector s03 = FloatVector.fromArray(SPECIES, sums[3], b);
        FloatVector s10 = FloatVector.fromArray(SPECIES, sums[4], b);
        FloatVector s11 = FloatVector.fromArray(SPECIES, sums[5], b);
        FloatVector s12 = FloatVector.fromArray(SPECIES, sums[6], b);
        FloatVector s13 = FloatVector.fromArray(SPECIES, sums[7], b);
        FloatVector s20 = FloatVector.fromArray(SPECIES, sums[8], b);
        FloatVector s21 = FloatVector.fromArray(SPECIES, sums[9], b);
        FloatVector s22 = FloatVector.fromArray(SPECIES, sums[10], b);
        FloatVector s23 = FloatVector.fromArray(SPECIES, sums[11], b);
        FloatVector s30 = FloatVector.fromArray(SPECIES, sums[12], b);
        FloatVector s31 = FloatVector.fromArray(SPECIES, sums[13], b);
        FloatVector s32 = FloatVector.fromArray(SPECIES, sums[14], b);
        FloatVector s33 = FloatVector.fromArray(SPECIES, sums[15], b);
        FloatVector s40 = FloatVector.fromArray(SPECIES, sums[16], b);
        FloatVector s41 = FloatVector.fromArray(SPECIES, sums[17], b);
        FloatVector s42 = FloatVector.fromArray(SPECIES, sums[18], b);
        FloatVector s43 = FloatVector.fromArray(SPECIES, sums[19], b);
        FloatVector s50 = FloatVector.fromArray(SPECIES, sums[20], b);
        FloatVector s51 = FloatVector.fromArray(SPECIES, sums[21], b);
        FloatVector s52 = FloatVector.fromArray(SPECIES, sums[22], b);
        FloatVector s53 = FloatVector.fromArray(SPECIES, sums[23], b);
        for (int e = to - 1; e >= from; e--) {
            float[][] xe = x[e];
            float[][] de = d[e];
            FloatVector x0 = FloatVector.fromArray(SPECIES, xe[k], b);
            FloatVector x1 = FloatVector.fromArray(SPECIES, xe[k + 1], b);
            FloatVector x2 = FloatVector.fromArray(SPECIES, xe[k + 2], b);
            FloatVector x3 = FloatVector.fromArray(SPECIES, xe[k + 3], b);
            FloatVector v = FloatVector.fromArray(SPECIES, de[j], b);
            s00 = v.fma(x0, s00);
            s01 = v.fma(x1, s01);
            s02 = v.fma(x2, s02);
            s03 = v.fma(x3, s03);
            v = FloatVector.fromArray(SPECIES, de[j + 1], b);
            s10 = v.fma(x0, s10);
            s11 = v.fma(x1, s11);
            s12 = v.fma(x2, s12);
            s13 = v.fma(x3, s13);
            v = FloatVector.fromArray(SPECIES, de[j + 2], b);
            s20 = v.fma(x0, s20);
            s21 = v.fma(x1, s21);
            s22 = v.fma(x2, s22);
            s23 = v.fma(x3, s23);
            v = FloatVector.fromArray(SPECIES, de[j + 3], b);
            s30 = v.fma(x0, s30);
            s31 = v.fma(x1, s31);
            s32 = v.fma(x2, s32);
            s33 = v.fma(x3, s33);
            v = FloatVector.fromArray(SPECIES, de[j + 4], b);
            s40 = v.fma(x0, s40);
            s41 = v.fma(x1, s41);
            s42 = v.fma(x2, s42);
            s43 = v.fma(x3, s43);
            v = FloatVector.fromArray(SPECIES, de[j + 5], b);
            s50 = v.fma(x0, s50);
            s51 = v.fma(x1, s51);
            s52 = v.fma(x2, s52);
            s53 = v.fma(x3, s53);
        }
        s00.intoArray(sums[0], b);
        s01.intoArray(sums[1], b);
        s02.intoArray(sums[2], b);
        s03.intoArray(sums[3], b);
        s10.intoArray(sums[4], b);
        s11.intoArray(sums[5], b);
        s12.intoArray(sums[6], b);
        s13.intoArray(sums[7], b);
        s20.intoArray(sums[8], b);
        s21.intoArray(sums[9], b);
        s22.intoArray(sums[10], b);
        s23.intoArray(sums[11], b);
        s30.intoArray(sums[12], b);
        s31.intoArray(sums[13], b);
        s32.intoArray(sums[14], b);
        s33.intoArray(sums[15], b);
        s40.intoArray(sums[16], b);
        s41.intoArray(sums[17], b);
        s42.intoArray(sums[18], b);
        s43.intoArray(sums[19], b);
        s50.intoArray(sums[20], b);
        s51.intoArray(sums[21], b);
        s52.intoArray(sums[22], b);
        s53.intoArray(sums[23], b);
    }
}

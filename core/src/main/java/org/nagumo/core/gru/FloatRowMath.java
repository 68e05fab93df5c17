package org.nagumo.core.gru;

import java.util.Arrays;

/**
 * {@link RowMath} in single precision with a fast hyperbolic tangent: within 2.4e-7 of the exact
 * value everywhere.
 */
class FloatRowMath implements RowMath<float[]> {

    /** Above this, u * u of the hyperbolic sine's polynomial would overflow (at about 170). */
    static final double POLYNOMIAL_LIMIT = 150;

    /** tanh is 1 to float precision from here on. */
    static final float SATURATION = 9.5f;

    // Taylor coefficients of sinh, 1 / (2k + 1)!.
    static final float S1 = 1f / 6;
    static final float S2 = 1f / 120;
    static final float S3 = 1f / 5040;
    static final float S4 = 1f / 362880;
    static final float S5 = 1f / 39916800;
    static final float S6 = 1f / 6227020800f;

    @Override
    public float[] row(int lanes) {
        return new float[lanes];
    }

    @Override
    public float[][] rows(int count, int lanes) {
        return new float[count][lanes];
    }

    @Override
    public int bytes() {
        return Float.BYTES;
    }

    @Override
    public double largestNumber() {
        return Float.MAX_VALUE;
    }

    @Override
    public double get(float[] y, int lane) {
        return y[lane];
    }

    @Override
    public void set(float[] y, int lane, double value) {
        y[lane] = (float) value;
    }

    @Override
    public void clear(float[] y) {
        Arrays.fill(y, 0);
    }

    @Override
    public void fill(float[] y, double value) {
        Arrays.fill(y, (float) value);
    }

    @Override
    public void copy(float[] y, float[] x) {
        System.arraycopy(x, 0, y, 0, y.length);
    }

    @Override
    public void affine(float[] y, double bias, float[] w, int at, float[][] x, int from, int count) {
        float b = (float) bias;
        switch (count) {
            case 0 -> Arrays.fill(y, b);
            case 1 -> affine1(y, b, w[at], x[from]);
            case 2 -> affine2(y, b, w[at], x[from], w[at + 1], x[from + 1]);
            default -> {
                affine3(y, b, w[at], x[from], w[at + 1], x[from + 1], w[at + 2], x[from + 2]);
                addAffine(y, w, at + 3, x, from + 3, count - 3);
            }
        }
    }

    @Override
    public void addAffine(float[] y, float[] w, int at, float[][] x, int from, int count) {
        int k = 0;
        for (; k + 4 <= count; k += 4) {
            int i = at + k;
            int j = from + k;
            add4(y, w[i], x[j], w[i + 1], x[j + 1], w[i + 2], x[j + 2], w[i + 3], x[j + 3]);
        }
        for (; k + 2 <= count; k += 2) {
            add2(y, w[at + k], x[from + k], w[at + k + 1], x[from + k + 1]);
        }
        if (k < count) {
            add1(y, w[at + k], x[from + k]);
        }
    }

    private static void affine1(float[] y, float bias, float w0, float[] x0) {
        for (int b = 0; b < y.length; b++) {
            y[b] = Math.fma(w0, x0[b], bias);
        }
    }

    private static void affine2(float[] y, float bias, float w0, float[] x0, float w1, float[] x1) {
        for (int b = 0; b < y.length; b++) {
            y[b] = Math.fma(w1, x1[b], Math.fma(w0, x0[b], bias));
        }
    }

    private static void affine3(float[] y, float bias, float w0, float[] x0, float w1, float[] x1, float w2, float[] x2) {
        for (int b = 0; b < y.length; b++) {
            y[b] = Math.fma(w2, x2[b], Math.fma(w1, x1[b], Math.fma(w0, x0[b], bias)));
        }
    }

    private static void add1(float[] y, float w0, float[] x0) {
        for (int b = 0; b < y.length; b++) {
            y[b] = Math.fma(w0, x0[b], y[b]);
        }
    }

    private static void add2(float[] y, float w0, float[] x0, float w1, float[] x1) {
        for (int b = 0; b < y.length; b++) {
            y[b] = Math.fma(w1, x1[b], Math.fma(w0, x0[b], y[b]));
        }
    }

    private static void add4(float[] y, float w0, float[] x0, float w1, float[] x1, float w2, float[] x2, float w3, float[] x3) {
        for (int b = 0; b < y.length; b++) {
            y[b] = Math.fma(w3, x3[b], Math.fma(w2, x2[b], Math.fma(w1, x1[b], Math.fma(w0, x0[b], y[b]))));
        }
    }

    @Override
    public void add(float[] y, float[] x) {
        for (int b = 0; b < y.length; b++) {
            y[b] += x[b];
        }
    }

    @Override
    public void multiply(float[] y, float[] p, float[] q) {
        for (int b = 0; b < y.length; b++) {
            y[b] = p[b] * q[b];
        }
    }

    @Override
    public void maxAbs(float[] m, float[] x) {
        for (int b = 0; b < m.length; b++) {
            m[b] = Math.max(m[b], Math.abs(x[b]));
        }
    }

    @Override
    public void sigmoid(float[] y, double bound) {
        if (bound > 2 * POLYNOMIAL_LIMIT) {
            clamp(y, 2 * SATURATION);
        }
        for (int b = 0; b < y.length; b++) {
            y[b] = Math.fma(0.5f, tanh(0.5f * y[b]), 0.5f);
        }
    }

    @Override
    public void tanh(float[] y, double bound) {
        if (bound > POLYNOMIAL_LIMIT) {
            clamp(y, SATURATION);
        }
        for (int b = 0; b < y.length; b++) {
            y[b] = tanh(y[b]);
        }
    }

    @Override
    public void sigmoid(float[][] y, int at, int count, float[] bias, float[] w, float[][] x, int sources, double bound) {
        if (sources != 3 || bound > 2 * POLYNOMIAL_LIMIT) {
            RowMath.super.sigmoid(y, at, count, bias, w, x, sources, bound);
            return;
        }
        for (int j = at; j < at + count; j++) {
            sigmoid3(y[j], bias[j], w[3 * j], w[3 * j + 1], w[3 * j + 2], x[0], x[1], x[2]);
        }
    }

    @Override
    public void tanh(float[][] y, int at, int count, float[] bias, float[] w, float[][] x, int sources, double bound) {
        if (sources != 3 || bound > POLYNOMIAL_LIMIT) {
            RowMath.super.tanh(y, at, count, bias, w, x, sources, bound);
            return;
        }
        for (int j = at; j < at + count; j++) {
            tanh3(y[j], bias[j], w[3 * j], w[3 * j + 1], w[3 * j + 2], x[0], x[1], x[2]);
        }
    }

    /** Two units and one input, the network that the project is about: sum and sigmoid in one loop. */
    void sigmoid3(float[] y, float bias, float w0, float w1, float w2, float[] x0, float[] x1, float[] x2) {
        for (int b = 0; b < y.length; b++) {
            y[b] = Math.fma(0.5f, tanh(0.5f * Math.fma(w2, x2[b], Math.fma(w1, x1[b], Math.fma(w0, x0[b], bias)))), 0.5f);
        }
    }

    void tanh3(float[] y, float bias, float w0, float w1, float w2, float[] x0, float[] x1, float[] x2) {
        for (int b = 0; b < y.length; b++) {
            y[b] = tanh(Math.fma(w2, x2[b], Math.fma(w1, x1[b], Math.fma(w0, x0[b], bias))));
        }
    }

    /** tanh x = u / sqrt(1 + u^2) with u = sinh x by its polynomial of order 13; |x| at most 150. */
    private static float tanh(float x) {
        float s = x * x;
        float p = Math.fma(s, S6, S5);
        p = Math.fma(p, s, S4);
        p = Math.fma(p, s, S3);
        p = Math.fma(p, s, S2);
        p = Math.fma(p, s, S1);
        p = Math.fma(p, s, 1f);
        float u = x * p;
        return u / (float) Math.sqrt(Math.fma(u, u, 1f));
    }

    static void clamp(float[] y, float limit) {
        for (int b = 0; b < y.length; b++) {
            y[b] = Math.max(-limit, Math.min(limit, y[b]));
        }
    }

    @Override
    public void euler(float[] next, float[] h, float[] z, float[] c, float[] alpha) {
        for (int b = 0; b < next.length; b++) {
            next[b] = Math.fma(Math.fma(-alpha[b], z[b], alpha[b]), c[b] - h[b], h[b]);
        }
    }

    @Override
    public void exponentialEuler(float[] next, float[] h, float[] z, float[] c, float[] alpha) {
        for (int b = 0; b < next.length; b++) {
            next[b] = Math.fma(share(alpha[b] * (1 - z[b])), c[b] - h[b], h[b]);
        }
    }

    @Override
    public void slope(float[] k, float[] y, float[] z, float[] c, float[] alpha) {
        for (int b = 0; b < k.length; b++) {
            k[b] = alpha[b] * (1 - z[b]) * (c[b] - y[b]);
        }
    }

    @Override
    public void combine(float[] y, float[] p, double weightOfP, float[] q, double weightOfQ) {
        float wp = (float) weightOfP;
        float wq = (float) weightOfQ;
        for (int b = 0; b < y.length; b++) {
            y[b] = Math.fma(wq, q[b], wp * p[b]);
        }
    }

    /** 1 - exp(-a) for a from 0: 2 s / (1 + s) with s = tanh(a / 2), without loss of digits near 0. */
    private static float share(float a) {
        float s = tanh(Math.min(0.5f * a, SATURATION));
        return 2 * s / (1 + s);
    }

    @Override
    public void hold(float[] next, float[] h, float[] mask) {
        for (int b = 0; b < next.length; b++) {
            next[b] = mask[b] == 0 ? h[b] : next[b];
        }
    }

    @Override
    public void splitHeld(float[] held, float[] dh, float[] mask) {
        for (int b = 0; b < dh.length; b++) {
            held[b] = mask[b] == 0 ? dh[b] : 0;
            dh[b] = mask[b] == 0 ? 0 : dh[b];
        }
    }

    @Override
    public void eulerBackward(float[] d, float[] y, float[] z, float[] c, float[] dLogTau, float[] alpha, double keep) {
        float kept = (float) keep;
        for (int b = 0; b < d.length; b++) {
            float e = d[b];
            float zb = z[b];
            float cb = c[b];
            float ae = alpha[b] * (1 - zb) * e;
            float pull = cb - y[b];
            dLogTau[b] = Math.fma(-ae, pull, dLogTau[b]);
            z[b] = -ae * pull * zb;
            c[b] = ae * Math.fma(-cb, cb, 1);
            d[b] = kept * e - ae;
        }
    }

    @Override
    public void exponentialEulerBackward(float[] d, float[] h, float[] z, float[] c, float[] dLogTau, float[] alpha) {
        for (int b = 0; b < d.length; b++) {
            float e = d[b];
            float zb = z[b];
            float cb = c[b];
            float a = alpha[b] * (1 - zb);
            float g = share(a);
            float pull = cb - h[b];
            float s = a * (1 - g) * pull * e;
            dLogTau[b] -= s;
            z[b] = -s * zb;
            c[b] = g * e * Math.fma(-cb, cb, 1);
            d[b] = e - g * e;
        }
    }

    @Override
    public void intervalBackward(float[] acc, float[] d, float[] y, float[] z, float[] c, float[] alpha, double rate,
            boolean exponential) {
        for (int b = 0; b < acc.length; b++) {
            float slope = (float) rate * (1 - z[b]) * (c[b] - y[b]) * d[b];
            acc[b] += exponential ? slope * (1 - share(alpha[b] * (1 - z[b]))) : slope;
        }
    }

    @Override
    public void resetBackward(float[] dh, float[] dq, float[] h, float[] r) {
        for (int b = 0; b < dh.length; b++) {
            float rb = r[b];
            float s = dq[b] * rb;
            dh[b] += s;
            r[b] = s * h[b] * (1 - rb);
            dq[b] = rb * h[b];
        }
    }

    @Override
    public void tanhBackward(float[] d, float[] e, float[] f, double w) {
        float scale = (float) w;
        for (int b = 0; b < d.length; b++) {
            d[b] = scale * e[b] * Math.fma(-f[b], f[b], 1);
        }
    }

    @Override
    public void accumulate(float[] acc, float[] d1, float[] d2) {
        for (int b = 0; b < acc.length; b++) {
            acc[b] = acc[b] + d1[b] + d2[b];
        }
    }

    @Override
    public void accumulate(float[] acc, float[] d1, float[] x1, float[] d2, float[] x2) {
        for (int b = 0; b < acc.length; b++) {
            acc[b] = Math.fma(d2[b], x2[b], Math.fma(d1[b], x1[b], acc[b]));
        }
    }

    @Override
    public void accumulateOne(float[] acc, float[] d, float[] x) {
        for (int b = 0; b < acc.length; b++) {
            acc[b] = Math.fma(d[b], x[b], acc[b]);
        }
    }

    @Override
    public double sum(double start, float[] y, int lanes) {
        double total = start;
        for (int b = 0; b < lanes; b++) {
            total += y[b];
        }
        return total;
    }

    /** Four rows at a time: each addition of a single row would wait for the one before. */
    @Override
    public void addSums(double[] into, float[][] rows, int lanes) {
        int p = 0;
        for (; p + 4 <= rows.length; p += 4) {
            float[] y0 = rows[p];
            float[] y1 = rows[p + 1];
            float[] y2 = rows[p + 2];
            float[] y3 = rows[p + 3];
            double s0 = into[p];
            double s1 = into[p + 1];
            double s2 = into[p + 2];
            double s3 = into[p + 3];
            for (int b = 0; b < lanes; b++) {
                s0 += y0[b];
                s1 += y1[b];
                s2 += y2[b];
                s3 += y3[b];
            }
            into[p] = s0;
            into[p + 1] = s1;
            into[p + 2] = s2;
            into[p + 3] = s3;
        }
        for (; p < rows.length; p++) {
            into[p] = sum(into[p], rows[p], lanes);
        }
    }
}

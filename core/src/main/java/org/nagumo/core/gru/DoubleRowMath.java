package org.nagumo.core.gru;

import java.util.Arrays;

/**
 * {@link RowMath} in double precision, with the exponential and hyperbolic tangent of {@link Math}: the reference
 * for gradient checks.
 */
final class DoubleRowMath implements RowMath<double[]> {

    @Override
    public double[] row(int lanes) {
        return new double[lanes];
    }

    @Override
    public double[][] rows(int count, int lanes) {
        return new double[count][lanes];
    }

    @Override
    public int bytes() {
        return Double.BYTES;
    }

    @Override
    public double largestNumber() {
        return Double.MAX_VALUE;
    }

    @Override
    public double get(double[] y, int lane) {
        return y[lane];
    }

    @Override
    public void set(double[] y, int lane, double value) {
        y[lane] = value;
    }

    @Override
    public void clear(double[] y) {
        Arrays.fill(y, 0);
    }

    @Override
    public void fill(double[] y, double value) {
        Arrays.fill(y, value);
    }

    @Override
    public void copy(double[] y, double[] x) {
        System.arraycopy(x, 0, y, 0, y.length);
    }

    @Override
    public void affine(double[] y, double bias, double[] w, int at, double[][] x, int from, int count) {
        double b = bias;
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
    public void addAffine(double[] y, double[] w, int at, double[][] x, int from, int count) {
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

    private static void affine1(double[] y, double bias, double w0, double[] x0) {
        for (int b = 0; b < y.length; b++) {
            y[b] = Math.fma(w0, x0[b], bias);
        }
    }

    private static void affine2(double[] y, double bias, double w0, double[] x0, double w1, double[] x1) {
        for (int b = 0; b < y.length; b++) {
            y[b] = Math.fma(w1, x1[b], Math.fma(w0, x0[b], bias));
        }
    }

    private static void affine3(double[] y, double bias, double w0, double[] x0, double w1, double[] x1, double w2, double[] x2) {
        for (int b = 0; b < y.length; b++) {
            y[b] = Math.fma(w2, x2[b], Math.fma(w1, x1[b], Math.fma(w0, x0[b], bias)));
        }
    }

    private static void add1(double[] y, double w0, double[] x0) {
        for (int b = 0; b < y.length; b++) {
            y[b] = Math.fma(w0, x0[b], y[b]);
        }
    }

    private static void add2(double[] y, double w0, double[] x0, double w1, double[] x1) {
        for (int b = 0; b < y.length; b++) {
            y[b] = Math.fma(w1, x1[b], Math.fma(w0, x0[b], y[b]));
        }
    }

    private static void add4(double[] y, double w0, double[] x0, double w1, double[] x1, double w2, double[] x2, double w3, double[] x3) {
        for (int b = 0; b < y.length; b++) {
            y[b] = Math.fma(w3, x3[b], Math.fma(w2, x2[b], Math.fma(w1, x1[b], Math.fma(w0, x0[b], y[b]))));
        }
    }

    @Override
    public void add(double[] y, double[] x) {
        for (int b = 0; b < y.length; b++) {
            y[b] += x[b];
        }
    }

    @Override
    public void multiply(double[] y, double[] p, double[] q) {
        for (int b = 0; b < y.length; b++) {
            y[b] = p[b] * q[b];
        }
    }

    @Override
    public void maxAbs(double[] m, double[] x) {
        for (int b = 0; b < m.length; b++) {
            m[b] = Math.max(m[b], Math.abs(x[b]));
        }
    }

    @Override
    public void sigmoid(double[] y, double bound) {
        for (int b = 0; b < y.length; b++) {
            y[b] = 1 / (1 + Math.exp(-y[b]));
        }
    }

    @Override
    public void tanh(double[] y, double bound) {
        for (int b = 0; b < y.length; b++) {
            y[b] = Math.tanh(y[b]);
        }
    }

    @Override
    public void euler(double[] next, double[] h, double[] z, double[] c, double[] alpha) {
        for (int b = 0; b < next.length; b++) {
            next[b] = Math.fma(Math.fma(-alpha[b], z[b], alpha[b]), c[b] - h[b], h[b]);
        }
    }

    @Override
    public void exponentialEuler(double[] next, double[] h, double[] z, double[] c, double[] alpha) {
        for (int b = 0; b < next.length; b++) {
            next[b] = Math.fma(share(alpha[b] * (1 - z[b])), c[b] - h[b], h[b]);
        }
    }

    @Override
    public void slope(double[] k, double[] y, double[] z, double[] c, double[] alpha) {
        for (int b = 0; b < k.length; b++) {
            k[b] = alpha[b] * (1 - z[b]) * (c[b] - y[b]);
        }
    }

    @Override
    public void combine(double[] y, double[] p, double weightOfP, double[] q, double weightOfQ) {
        double wp = weightOfP;
        double wq = weightOfQ;
        for (int b = 0; b < y.length; b++) {
            y[b] = Math.fma(wq, q[b], wp * p[b]);
        }
    }

    /** 1 - exp(-a). */
    private static double share(double a) {
        return -Math.expm1(-a);
    }

    @Override
    public void hold(double[] next, double[] h, double[] mask) {
        for (int b = 0; b < next.length; b++) {
            next[b] = mask[b] == 0 ? h[b] : next[b];
        }
    }

    @Override
    public void splitHeld(double[] held, double[] dh, double[] mask) {
        for (int b = 0; b < dh.length; b++) {
            held[b] = mask[b] == 0 ? dh[b] : 0;
            dh[b] = mask[b] == 0 ? 0 : dh[b];
        }
    }

    @Override
    public void eulerBackward(double[] d, double[] y, double[] z, double[] c, double[] dLogTau, double[] alpha, double keep) {
        double kept = keep;
        for (int b = 0; b < d.length; b++) {
            double e = d[b];
            double zb = z[b];
            double cb = c[b];
            double ae = alpha[b] * (1 - zb) * e;
            double pull = cb - y[b];
            dLogTau[b] = Math.fma(-ae, pull, dLogTau[b]);
            z[b] = -ae * pull * zb;
            c[b] = ae * Math.fma(-cb, cb, 1);
            d[b] = kept * e - ae;
        }
    }

    @Override
    public void exponentialEulerBackward(double[] d, double[] h, double[] z, double[] c, double[] dLogTau, double[] alpha) {
        for (int b = 0; b < d.length; b++) {
            double e = d[b];
            double zb = z[b];
            double cb = c[b];
            double a = alpha[b] * (1 - zb);
            double g = share(a);
            double pull = cb - h[b];
            double s = a * (1 - g) * pull * e;
            dLogTau[b] -= s;
            z[b] = -s * zb;
            c[b] = g * e * Math.fma(-cb, cb, 1);
            d[b] = e - g * e;
        }
    }

    @Override
    public void intervalBackward(double[] acc, double[] d, double[] y, double[] z, double[] c, double[] alpha, double rate,
            boolean exponential) {
        for (int b = 0; b < acc.length; b++) {
            double slope = rate * (1 - z[b]) * (c[b] - y[b]) * d[b];
            acc[b] += exponential ? slope * (1 - share(alpha[b] * (1 - z[b]))) : slope;
        }
    }

    @Override
    public void resetBackward(double[] dh, double[] dq, double[] h, double[] r) {
        for (int b = 0; b < dh.length; b++) {
            double rb = r[b];
            double s = dq[b] * rb;
            dh[b] += s;
            r[b] = s * h[b] * (1 - rb);
            dq[b] = rb * h[b];
        }
    }

    @Override
    public void tanhBackward(double[] d, double[] e, double[] f, double w) {
        double scale = w;
        for (int b = 0; b < d.length; b++) {
            d[b] = scale * e[b] * Math.fma(-f[b], f[b], 1);
        }
    }

    @Override
    public void accumulate(double[] acc, double[] d1, double[] d2) {
        for (int b = 0; b < acc.length; b++) {
            acc[b] = acc[b] + d1[b] + d2[b];
        }
    }

    @Override
    public void accumulate(double[] acc, double[] d1, double[] x1, double[] d2, double[] x2) {
        for (int b = 0; b < acc.length; b++) {
            acc[b] = Math.fma(d2[b], x2[b], Math.fma(d1[b], x1[b], acc[b]));
        }
    }

    @Override
    public void accumulateOne(double[] acc, double[] d, double[] x) {
        for (int b = 0; b < acc.length; b++) {
            acc[b] = Math.fma(d[b], x[b], acc[b]);
        }
    }

    @Override
    public double sum(double start, double[] y, int lanes) {
        double total = start;
        for (int b = 0; b < lanes; b++) {
            total += y[b];
        }
        return total;
    }
}

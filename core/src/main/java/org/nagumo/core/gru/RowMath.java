package org.nagumo.core.gru;

import java.util.List;

/**
 * The arithmetic of {@link FusedGru} on rows: one array per quantity and time step, with one element for each
 * sequence of the minibatch (a lane).
 *
 * <p>The operations on one row are short loops in which all arrays are read and written at the same index, the form
 * that the just-in-time compiler turns into vector instructions. Those on several rows are made of them, unless an
 * implementation has a better way. Every implementation for one type of number does the same operations on a lane
 * in the same order, so that the numbers are the same to the last bit.
 *
 * <p>All rows of one call have the same length. Constants ({@code w}, {@code bias}) are arrays of the type; scalars are
 * passed in double precision and rounded by the implementation.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
interface RowMath<A> {

    /** A new row of zeros. */
    A row(int lanes);

    /** {@code count} new rows of zeros. */
    A[] rows(int count, int lanes);

    /** Size of a number. */
    int bytes();

    /** The number of lanes has to be a multiple of this. */
    default int laneMultiple() {
        return 1;
    }

    /** The largest finite number of the type. */
    double largestNumber();

    double get(A y, int lane);

    void set(A y, int lane, double value);

    /** y = 0. */
    void clear(A y);

    /** y = value. */
    void fill(A y, double value);

    /** y = x. */
    void copy(A y, A x);

    /** y = bias + sum of w[at + k] * x[from + k] over the first count k. */
    void affine(A y, double bias, A w, int at, A[] x, int from, int count);

    /** y += sum of w[at + k] * x[from + k] over the first count k. */
    void addAffine(A y, A w, int at, A[] x, int from, int count);

    /** y += x. */
    void add(A y, A x);

    /** y = a * b. */
    void multiply(A y, A a, A b);

    /** m = max(m, |x|); a NaN in x stays in m. */
    void maxAbs(A m, A x);

    /** y = sigma(y), where the caller knows that |y| is at most {@code bound}. */
    void sigmoid(A y, double bound);

    /** y = tanh(y), where the caller knows that |y| is at most {@code bound}. */
    void tanh(A y, double bound);

    /** next = h + alpha (1 - z)(c - h), the Euler step. */
    void euler(A next, A h, A z, A c, A alpha);

    /** next = h + g (c - h) with g = 1 - exp(-alpha (1 - z)), the exponential Euler step. */
    void exponentialEuler(A next, A h, A z, A c, A alpha);

    /** k = alpha (1 - z)(c - y). */
    void slope(A k, A y, A z, A c, A alpha);

    /** y = weightOfP p + weightOfQ q; y may be p or q. */
    void combine(A y, A p, double weightOfP, A q, double weightOfQ);

    /** next = h wherever the mask is zero. */
    void hold(A next, A h, A mask);

    /** Splits dh by the mask: held = dh where the mask is zero, else 0; dh = 0 where the mask is zero. */
    void splitHeld(A held, A dh, A mask);

    /**
     * The gradient through {@code keep y + alpha (1 - z)(c - y)}: with e = d,
     * {@code dLogTau -= alpha (1 - z)(c - y) e}, {@code z <- -alpha (1 - z)(c - y) e z},
     * {@code c <- alpha (1 - z) e (1 - c^2)}, {@code d <- e (keep - alpha (1 - z))}.
     */
    void eulerBackward(A d, A y, A z, A c, A dLogTau, A alpha, double keep);

    /**
     * The gradient through the exponential Euler step: with e = d, a = alpha (1 - z), g = 1 - exp(-a) and
     * s = a (1 - g)(c - h) e, {@code dLogTau -= s}, {@code z <- -s z}, {@code c <- g e (1 - c^2)},
     * {@code d <- e (1 - g)}.
     */
    void exponentialEulerBackward(A d, A h, A z, A c, A dLogTau, A alpha);

    /** acc += rate (1 - z)(c - y) d, times exp(-alpha (1 - z)) in the exponential case: dL/d(interval). */
    void intervalBackward(A acc, A d, A y, A z, A c, A alpha, double rate, boolean exponential);

    /** The gradient through q = r h: {@code dh += dq r}, then {@code r <- dq h r (1 - r)} and {@code dq <- r h}. */
    void resetBackward(A dh, A dq, A h, A r);

    /** The gradient before f = tanh(.): d = w e (1 - f^2). */
    void tanhBackward(A d, A e, A f, double w);

    /** acc += d1, then acc += d2. */
    void accumulate(A acc, A d1, A d2);

    /** acc += d1 x1, then acc += d2 x2, each rounded once. */
    void accumulate(A acc, A d1, A x1, A d2, A x2);

    /** acc += d x, rounded once. */
    void accumulateOne(A acc, A d, A x);

    /** start + the sum of the first lanes, in double precision and in lane order. */
    double sum(double start, A y, int lanes);

    /** {@code into[p] = sum(into[p], rows[p], lanes)} for all p. */
    default void addSums(double[] into, A[] rows, int lanes) {
        for (int p = 0; p < rows.length; p++) {
            into[p] = sum(into[p], rows[p], lanes);
        }
    }

    // Several rows at once.

    /** y[at + j] = bias[at + j] + sum over k of w[(at + j) * sources + k] * x[from + k], for j from 0 to count. */
    default void affine(A[] y, int at, int count, A bias, A w, A[] x, int from, int sources) {
        for (int j = at; j < at + count; j++) {
            affine(y[j], get(bias, j), w, j * sources, x, from, sources);
        }
    }

    /** y[j] += sum over k of w[j * sources + k] * x[from + k], for all j. */
    default void addAffine(A[] y, A w, A[] x, int from, int sources) {
        for (int j = 0; j < y.length; j++) {
            addAffine(y[j], w, j * sources, x, from, sources);
        }
    }

    /** The sigmoid of {@link #affine}, where the caller knows that no sum exceeds {@code bound}. */
    default void sigmoid(A[] y, int at, int count, A bias, A w, A[] x, int sources, double bound) {
        affine(y, at, count, bias, w, x, 0, sources);
        for (int j = at; j < at + count; j++) {
            sigmoid(y[j], bound);
        }
    }

    /** The hyperbolic tangent of {@link #affine}, where the caller knows that no sum exceeds {@code bound}. */
    default void tanh(A[] y, int at, int count, A bias, A w, A[] x, int sources, double bound) {
        affine(y, at, count, bias, w, x, 0, sources);
        for (int j = at; j < at + count; j++) {
            tanh(y[j], bound);
        }
    }

    /** y[yAt + j] = a[aAt + j] * b[bAt + j], for j from 0 to count. */
    default void multiply(A[] y, int yAt, A[] a, int aAt, A[] b, int bAt, int count) {
        for (int j = 0; j < count; j++) {
            multiply(y[yAt + j], a[aAt + j], b[bAt + j]);
        }
    }

    /** {@link #euler} for {@code units} units, whose gates are the rows z, r, c. */
    default void euler(A[] next, A[] h, A[] gates, A[] alpha, int units) {
        for (int j = 0; j < units; j++) {
            euler(next[j], h[j], gates[j], gates[2 * units + j], alpha[j]);
        }
    }

    /** {@link #eulerBackward} for all units, with the states from {@code y[yAt]} on. */
    default void eulerBackward(A[] d, A[] y, int yAt, A[] gates, A[] dLogTau, int tauAt, A[] alpha, double keep) {
        for (int j = 0; j < d.length; j++) {
            eulerBackward(d[j], y[yAt + j], gates[j], gates[2 * d.length + j], dLogTau[tauAt + j], alpha[j], keep);
        }
    }

    /** {@link #resetBackward} for all units, with the states from {@code h[hAt]} on. */
    default void resetBackward(A[] dh, A[] dq, A[] h, int hAt, A[] gates) {
        for (int j = 0; j < dh.length; j++) {
            resetBackward(dh[j], dq[j], h[hAt + j], gates[dh.length + j]);
        }
    }

    /**
     * The gradients before f = tanh(.), whose effects are sums:
     * d[j] = (1 - f[j]^2) times the sum over k of w[j * sources + k] * e[k], for all j.
     */
    default void tanhBackward(A[] d, A[] f, A w, A[] e, int sources) {
        for (int j = 0; j < d.length; j++) {
            affine(d[j], 0, w, j * sources, e, 0, sources);
            tanhBackward(d[j], d[j], f[j], 1);
        }
    }

    /**
     * The gradients of a group's weights over several evaluations, the last one first: acc[place] += d[e] x[e] for each e from
     * {@code to - 1} down to {@code from}, each sum rounded once.
     */
    default void accumulate(A[] acc, WeightGroup<A> group, int from, int to) {
        A[][] d = group.d();
        A[][] x = group.x();
        int sources = group.sources();
        int[] places = group.places();
        for (int p = 0; p < places.length; p++) {
            if (places[p] >= 0) {
                A sum = acc[places[p]];
                int j = group.at() + p / sources;
                int k = p % sources;
                int e = to;
                for (; e - 2 >= from; e -= 2) {
                    if (group.biased() && k == sources - 1) {
                        accumulate(sum, d[e - 1][j], d[e - 2][j]);
                    } else {
                        accumulate(sum, d[e - 1][j], x[e - 1][k], d[e - 2][j], x[e - 2][k]);
                    }
                }
                if (e > from) {
                    accumulateOne(sum, d[e - 1][j], x[e - 1][k]);
                }
            }
        }
    }

    /** Sums of weight gradients that end up in some rows. */
    default WeightSums weightSums(A[] rows, List<WeightGroup<A>> groups) {
        return new RowWeightSums<>(this, rows, groups);
    }
}

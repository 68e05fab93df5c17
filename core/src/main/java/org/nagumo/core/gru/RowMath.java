package org.nagumo.core.gru;

/**
 * The arithmetic of {@link FusedGru} on rows: one array per quantity and time step, with one element for each
 * sequence of the minibatch (a lane). Every operation is one short loop in which all arrays are read and written at
 * the same index, the form that the just-in-time compiler turns into vector instructions.
 *
 * <p>All rows of one call have the same length. Scalars are passed in double precision and rounded by the
 * implementation.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
interface RowMath<A> {

    /** A new row of zeros. */
    A row(int lanes);

    /** {@code count} new rows of zeros. */
    A[] rows(int count, int lanes);

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

    /** y = bias + sum of w[k] * x[from + k] over the first count k. */
    void affine(A y, double bias, double[] w, A[] x, int from, int count);

    /** y += sum of w[k] * x[from + k] over the first count k. */
    void addAffine(A y, double[] w, A[] x, int from, int count);

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

    /** The gradient through q = r h: {@code dh += dq r}, then {@code r <- dq h r (1 - r)}. */
    void resetBackward(A dh, A dq, A h, A r);

    /** The gradient before f = tanh(.): d = w e (1 - f^2). */
    void tanhBackward(A d, A e, A f, double w);

    /** acc += d1 + d2. */
    void accumulate(A acc, A d1, A d2);

    /** acc += d1 x1 + d2 x2. */
    void accumulate(A acc, A d1, A x1, A d2, A x2);

    /** acc += d x. */
    void accumulateOne(A acc, A d, A x);

    /** Sum of all lanes, in double precision and in lane order. */
    double sum(A y);
}

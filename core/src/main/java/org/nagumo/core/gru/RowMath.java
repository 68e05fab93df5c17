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

    double get(A y, int lane);

    void set(A y, int lane, double value);

    /** y = 0. */
    void clear(A y);

    /** y = x. */
    void copy(A y, A x);

    /** y = bias + sum over k < count of w[k] * x[from + k]. */
    void affine(A y, double bias, double[] w, A[] x, int from, int count);

    /** y += sum over k < count of w[k] * x[from + k]. */
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

    /** next = h + alpha (1 - z) (c - h), the Euler step. */
    void euler(A next, A h, A z, A c, double alpha);

    /** next = h wherever the mask is zero. */
    void hold(A next, A h, A mask);

    /** Splits dh by the mask: held = dh where the mask is zero, else 0; dh = 0 where the mask is zero. */
    void splitHeld(A held, A dh, A mask);

    /**
     * The gradient through one Euler step: with e = dh,
     * {@code dLogTau -= alpha (1 - z)(c - h) e}, {@code z <- -alpha (c - h) e z (1 - z)},
     * {@code c <- alpha (1 - z) e (1 - c^2)}, {@code dh <- e (1 - alpha (1 - z))}.
     */
    void eulerBackward(A dh, A h, A z, A c, A dLogTau, double alpha);

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

package org.nagumo.core.gru;

/**
 * How one step of length s = alpha tau advances {@code tau dh/dt = (1 - z)(c - h)}, with the input held.
 *
 * <p>The explicit methods are Runge-Kutta methods in which each stage needs the one before alone. With
 * {@code k(y) = alpha (1 - z(y))(c(y) - y)}:
 * <pre>
 *   y_1 = h,   y_(i+1) = h + a_(i+1) k(y_i),   h' = h + sum over i of b_i k(y_i)
 * </pre>
 * For alpha at most 1 each of them is a weighted mean of h and of candidates c, all in (-1, 1): a state that starts in
 * [-1, 1] stays there. (For the classical method, the weight of the first candidate is
 * {@code alpha/6 g_1 (1 - alpha g_2 (1 - alpha/2 g_3 (1 - alpha/2 g_4)))} with {@code g = 1 - z} in (0, 1), which
 * is not negative up to alpha = 1; those of the others are seen likewise, and all of them sum up to at most alpha.)
 * That is why the layer holds alpha to at most 1 with these methods.
 */
public enum Integrator {

    /** The Euler step {@code h' = h + k(h)}, order 1: with alpha = 1 the classical gated recurrent unit. */
    EULER(1, new double[] {0}, new double[] {1}),

    /** Heun's method, order 2 (K. Heun 1900): a = 1, b = 1/2, 1/2. */
    HEUN(2, new double[] {0, 1}, new double[] {0.5, 0.5}),

    /** The classical method of W. Kutta (1901), order 4: a = 1/2, 1/2, 1, b = 1/6, 1/3, 1/3, 1/6. */
    RUNGE_KUTTA_4(4, new double[] {0, 0.5, 0.5, 1}, new double[] {1 / 6.0, 1 / 3.0, 1 / 3.0, 1 / 6.0}),

    /**
     * Exponential Euler, order 1: gates and candidate held over the step, for which the equation has the solution
     * {@code h' = c + (h - c) exp(-alpha (1 - z))}. The state stays within [-1, 1] for any alpha.
     */
    EXPONENTIAL_EULER(1, new double[] {0}, new double[] {1});

    private final int order;
    private final double[] inner;
    private final double[] weights;

    Integrator(int order, double[] inner, double[] weights) {
        this.order = order;
        this.inner = inner;
        this.weights = weights;
    }

    /** Order of convergence: the error at a fixed time falls as the step to this power. */
    public int order() {
        return order;
    }

    /** Number of times the gates are computed in a step. */
    public int stages() {
        return weights.length;
    }

    /** a_i of the explicit methods, 0 for the first stage. */
    public double inner(int stage) {
        return inner[stage];
    }

    /** b_i of the explicit methods. */
    public double weight(int stage) {
        return weights[stage];
    }

    /** Whether a step must not exceed the shortest time constant. */
    boolean isBoundedByTau() {
        return this != EXPONENTIAL_EULER;
    }

    /** The largest |y_i| of a stage, over the largest of |h| and 1. */
    double overshoot() {
        // y_3 = h + (c - y_2) / 2 at most and y_4 = h + c - y_3, with |y_2| at most the larger of |h| and 1.
        return this == RUNGE_KUTTA_4 ? 4 : 1;
    }
}

package org.nagumo.experiments.train;


/**
 * Adam (Kingma and Ba 2015, algorithm 1) on one flat vector, by default along the eigenvectors of the gradient's second
 * moment rather than along the parameters.
 *
 * <p>With the gradient g and decays beta1, beta2 it keeps the means m of g and C of g g^T. Every few steps Q becomes the
 * eigenvectors of C, and s their eigenvalues: the means of (Q^T g)^2, which is followed until the next change. A step is
 * <pre>
 *   theta -= rate Q [ (Q^T m) / (1 - beta1^t) / (sqrt(s / (1 - beta2^t)) + epsilon) ]
 * </pre>
 * A recurrent network's loss is curved along combinations of many parameters, by factors of many thousands; there Adam's
 * own steps, one length for each parameter, are too long in some directions and too short in most. This is SOAP (Vyas et
 * al. 2024, algorithm 3) with one basis for all parameters in place of a Kronecker product for each matrix: a
 * few hundred parameters allow it.
 *
 * <p>Frozen parameters stay, whatever the basis.
 */
final class Adam {

    /** The first basis comes early: with the parameters' own, the rates that suit the later steps are too large. */
    private static final int FIRST_BASIS = 10;

    private final Optimiser settings;
    private final boolean[] frozen;
    private final double[] mean;
    private final double[] square;       // along the basis
    private final GradientBasis basis;   // null: the parameters' own
    private int step;

    Adam(Optimiser settings, boolean[] frozen) {
        this.settings = settings;
        this.frozen = frozen.clone();
        mean = new double[frozen.length];
        square = new double[frozen.length];
        basis = settings.basisSteps() == 0 ? null : new GradientBasis(frozen.length);
    }

    /** Goes on after a number of steps with what {@link #mean} and {@link #moments} were. */
    Adam(Optimiser settings, boolean[] frozen, double[] mean, double[] moments, int step) {
        this(settings, frozen);
        System.arraycopy(mean, 0, this.mean, 0, mean.length);
        this.step = step;
        if (basis == null) {
            System.arraycopy(moments, 0, square, 0, square.length);
        } else if (step > 0) {
            basis.restore(moments);
            basis.turn(square);
        }
    }

    /** Means of the gradient so far. */
    double[] mean() {
        return mean.clone();
    }

    /**
     * With a basis, means of the products of the gradient's elements, the lower triangle row by row; without one, of
     * its squares. Where {@link #isFresh}, these and the means are the whole state.
     */
    double[] moments() {
        return basis == null ? square.clone() : basis.moments();
    }

    /** Whether the basis is that of the moments as they are now. */
    boolean isFresh() {
        return basis == null || step % settings.basisSteps() == 0;
    }

    /** One step: those parameters that are not frozen change; the gradient is not modified. */
    void update(double[] theta, double[] gradient, double rate) {
        step++;
        double[] free = gradient.clone();
        for (int p = 0; p < free.length; p++) {
            free[p] = frozen[p] ? 0 : free[p];
            mean[p] += (1 - settings.beta1()) * (free[p] - mean[p]);
        }
        double[] along = basis == null ? free : basis.coordinates(free);
        double[] move = basis == null ? mean.clone() : basis.coordinates(mean);
        double correct1 = 1 - Math.pow(settings.beta1(), step);
        double correct2 = 1 - Math.pow(settings.beta2(), step);
        for (int k = 0; k < move.length; k++) {
            square[k] += (1 - settings.beta2()) * (along[k] * along[k] - square[k]);
            move[k] = move[k] / correct1 / (Math.sqrt(square[k] / correct2) + settings.epsilon());
        }
        double[] change = basis == null ? move : basis.vector(move);
        for (int p = 0; p < theta.length; p++) {
            theta[p] -= frozen[p] ? 0 : rate * change[p];
        }
        if (basis != null) {
            basis.add(free, 1 - settings.beta2());
            if (isFresh() || step == Math.min(FIRST_BASIS, settings.basisSteps())) {
                basis.turn(square);
            }
        }
    }
}

package org.nagumo.experiments.train;

/** Adam (Kingma and Ba 2015, algorithm 1) on one flat vector. */
final class Adam {

    private final Optimiser settings;
    private final double[] mean;
    private final double[] square;
    private int step;

    Adam(Optimiser settings, int parameters) {
        this(settings, new double[parameters], new double[parameters], 0);
    }

    /** Goes on after a number of steps; the arrays are its own from then on. */
    Adam(Optimiser settings, double[] mean, double[] square, int step) {
        this.settings = settings;
        this.mean = mean;
        this.square = square;
        this.step = step;
    }

    /** Means of the gradient so far. */
    double[] mean() {
        return mean.clone();
    }

    /** Means of its square so far. */
    double[] square() {
        return square.clone();
    }

    /** One step: parameters p with {@code frozen[p]} stay. */
    void update(double[] theta, double[] gradient, double rate, boolean[] frozen) {
        step++;
        double correct1 = 1 - Math.pow(settings.beta1(), step);
        double correct2 = 1 - Math.pow(settings.beta2(), step);
        for (int p = 0; p < theta.length; p++) {
            if (!frozen[p]) {
                mean[p] += (1 - settings.beta1()) * (gradient[p] - mean[p]);
                square[p] += (1 - settings.beta2()) * (gradient[p] * gradient[p] - square[p]);
                theta[p] -= rate * (mean[p] / correct1) / (Math.sqrt(square[p] / correct2) + settings.epsilon());
            }
        }
    }
}
